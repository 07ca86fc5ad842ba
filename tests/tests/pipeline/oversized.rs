use agent_trace::telemetry::BatchLimits;
use agent_trace_tests::receiver::Receiver;
use opentelemetry::KeyValue;
use opentelemetry::trace::{Span as _, Tracer as _, TracerProvider as _};

use crate::support::{PROTOCOLS, assert_agrees, limits, pipeline};

/// A receiver that takes 4 MiB a message gets every span, also the one that is larger, and every other one whole.
#[test]
fn a_span_larger_than_a_message_arrives_with_less() {
    for protocol in PROTOCOLS {
        let receiver = Receiver::keeping();
        let limits = limits()
            .batch_spans(512)
            .batch_bytes(BatchLimits::default().batch_bytes);
        let telemetry = pipeline(protocol, &receiver, limits);
        let tracer = telemetry.tracer_provider().tracer("chaos");
        let message = |bytes: usize| {
            serde_json::json!([{"role": "user", "content": "q".repeat(bytes)}]).to_string()
        };
        for (at, bytes) in [10, 9 << 20, 1_000, 3 << 20, 3 << 20, 20]
            .into_iter()
            .enumerate()
        {
            let mut span = tracer.start(format!("chat {at}"));
            span.set_attribute(KeyValue::new("gen_ai.input.messages", message(bytes)));
            span.set_attribute(KeyValue::new("gen_ai.usage.input_tokens", 12));
            span.end();
        }
        telemetry.shutdown().unwrap();
        let stats = assert_agrees(&telemetry, &receiver);
        assert_eq!(stats.exporters[0].exported, 6, "{protocol:?}");
        assert_eq!(receiver.account().too_large, 0, "{protocol:?}");
        let kept = receiver.kept();
        for span in kept.spans() {
            let text = |key: &str| {
                let found = span
                    .attributes
                    .iter()
                    .find(|attribute| attribute.key == key)?;
                let value = serde_json::to_value(found.value.as_ref()?).ok()?;
                Some(value)
            };
            let is_cut = text("agent_trace.truncated_bytes").is_some();
            assert_eq!(is_cut, span.name == "chat 1", "{}", span.name);
            assert_eq!(span.attributes.len(), if is_cut { 3 } else { 2 });
            let messages = text("gen_ai.input.messages").expect("it was recorded");
            let messages = messages["stringValue"].as_str().expect("text");
            let messages: serde_json::Value =
                serde_json::from_str(messages).expect("it is JSON still");
            let content = messages[0]["content"].as_str().expect("text");
            assert_eq!(content.ends_with(" bytes cut]"), is_cut);
        }
    }
}

/// JSON escapes can make the body larger than the estimate, which is of protobuf: what a message holds is bounded by it.
#[test]
fn many_large_spans_are_split_over_messages() {
    for protocol in PROTOCOLS {
        let receiver = Receiver::start();
        let telemetry = pipeline(protocol, &receiver, limits().batch_spans(512));
        let tracer = telemetry.tracer_provider().tracer("chaos");
        for _ in 0..100 {
            let mut span = tracer.start("chat");
            span.set_attribute(KeyValue::new("text", "x".repeat(200_000)));
            span.end();
        }
        telemetry.shutdown().unwrap();
        let stats = assert_agrees(&telemetry, &receiver);
        assert_eq!(stats.exporters[0].exported, 100, "{protocol:?}");
        let account = receiver.account();
        assert_eq!(account.too_large, 0);
        assert!(
            account.requests >= 6 && account.largest <= 4 << 20,
            "{account:?}"
        );
    }
}
