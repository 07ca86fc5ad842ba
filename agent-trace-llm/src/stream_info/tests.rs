use super::*;

#[test]
fn content_counts_once_a_chunk() {
    let mut stream = StreamInfo::default();
    for _ in 0..3 {
        stream.begin_chunk();
        stream.content();
        stream.content();
    }
    stream.begin_chunk();
    assert_eq!((stream.chunks(), stream.content_chunks()), (4, 3));
    assert!(stream.has_content());
}

#[test]
fn choices_are_ordered_and_the_last_reason_wins() {
    let mut stream = StreamInfo::default();
    stream.finish_reason(1, "length".into());
    stream.finish_reason(0, "".into());
    stream.finish_reason(0, "stop".into());
    stream.finish_reason(1, "tool_calls".into());
    assert_eq!(stream.finish().finish_reasons, ["stop", "tool_calls"]);
}

#[test]
fn tool_calls_come_in_pieces() {
    let mut stream = StreamInfo::default();
    stream.tool_call(0, Some("a"), Some("search"));
    stream.tool_call(1, Some("b"), Some("fetch"));
    stream.tool_call(0, None, None);
    stream.tool_call(1, Some(""), Some("fetch"));
    // Another choice has indices of its own.
    stream.choice_tool_call(1, 0, Some("c"), None);
    stream.choice_tool_call(1, 0, None, Some("search"));
    // The same index again, but plainly another call.
    stream.tool_call(0, Some("d"), Some("search"));
    // A piece with an id made up anew is not another call.
    stream.tool_call(1, Some("made-up"), None);
    assert_eq!(stream.tool_call_count(), 4);
    assert_eq!(
        stream.finish().tool_calls,
        [
            ToolCallRef::new("a", "search"),
            ToolCallRef::new("b", "fetch"),
            ToolCallRef::new("c", "search"),
            ToolCallRef::new("d", "search"),
        ]
    );
}

#[test]
fn bounded_whatever_arrives() {
    let mut stream = StreamInfo::default();
    let long = "é".repeat(10_000);
    for n in 0..1_000 {
        stream.tool_call(n, Some(&long), Some(&long));
        stream.finish_reason(n, long.clone().into());
    }
    stream.response_id(&long);
    stream.model(&long);
    stream.service_tier(&long);
    stream.system_fingerprint(&long);
    stream.status(&long);
    stream.error(long.into());
    assert_eq!(stream.tool_call_count(), 1_000);
    let reply = stream.finish();
    assert_eq!(reply.tool_calls.len(), MAX_TOOL_CALLS);
    assert_eq!(reply.finish_reasons.len(), MAX_CHOICES);
    for text in [
        reply.id,
        reply.model,
        reply.service_tier,
        reply.system_fingerprint,
    ] {
        assert!(text.is_some_and(|text| text.len() <= MAX_ID));
    }
    assert!(reply.status.is_some_and(|text| text.len() <= MAX_NAME));
    assert!(reply.error_type.is_some_and(|text| text.len() <= MAX_NAME));
}

#[test]
fn first_and_last() {
    let mut stream = StreamInfo::default();
    stream.response_id("");
    stream.response_id("one");
    stream.response_id("two");
    stream.service_tier("default");
    stream.service_tier("");
    stream.service_tier("flex");
    stream.error("server_error".into());
    stream.error("timeout".into());
    let reply = stream.finish();
    assert_eq!(reply.id.as_deref(), Some("one"));
    assert_eq!(reply.service_tier.as_deref(), Some("flex"));
    assert_eq!(reply.error_type.as_deref(), Some("server_error"));
}

#[test]
fn the_last_usage_wins_whole() {
    let mut stream = StreamInfo::default();
    let first = Usage {
        input_tokens: Some(9),
        output_tokens: Some(1),
        ..Usage::default()
    };
    let last = Usage {
        input_tokens: Some(9),
        ..Usage::default()
    };
    stream.usage(first);
    stream.usage(last);
    stream.usage(Usage::default());
    assert_eq!(stream.current_usage(), Some(&last));
    assert_eq!(stream.finish().usage, Some(last));
}
#[test]
fn what_the_provider_wrote_and_what_it_bills() {
    let mut stream = StreamInfo::default();
    let written = |total| ProviderUsage {
        total_tokens: total,
        ..ProviderUsage::default()
    };
    stream.provider_usage(written(Some(3)));
    stream.provider_usage(written(Some(9)));
    stream.provider_usage(written(None));
    let billed = |searches| BilledUsage {
        search_units: searches,
        ..BilledUsage::default()
    };
    stream.billed_usage(billed(Some(1)));
    stream.billed_usage(billed(Some(2)));
    stream.billed_usage(billed(None));
    assert_eq!(stream.current_provider_usage(), Some(&written(Some(9))));
    assert_eq!(stream.current_billed_usage(), Some(&billed(Some(2))));
    let reply = stream.finish();
    assert_eq!(reply.usage, None);
    assert_eq!(reply.provider_usage, Some(written(Some(9))));
    assert_eq!(reply.billed_usage.as_deref(), Some(&billed(Some(2))));
}
