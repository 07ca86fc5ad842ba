//! What the spans of an entrance make of what was sent, and what leaves at an exit.

#![cfg(feature = "testing")]

use std::collections::HashMap;

use agent_trace::propagation::{Egress, Format, Propagator, RemoteContext, TrustMode};
use agent_trace::testing::{Capture, capture};
use agent_trace::{Scope, agent_span, extract, inject, llm_call, tool_call};
use opentelemetry::baggage::BaggageExt as _;
use opentelemetry::trace::TraceContextExt as _;
use opentelemetry::{Context, KeyValue};
use opentelemetry_sdk::trace::Sampler;
use tracing::info_span;

const TRACE_ID: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const SPAN_ID: &str = "00f067aa0ba902b7";
const TRACEPARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

type Headers = HashMap<String, String>;

fn headers(pairs: &[(&str, &str)]) -> Headers {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

fn sent() -> RemoteContext {
    extract(&headers(&[
        ("traceparent", TRACEPARENT),
        ("tracestate", "foo@@bar=1,vendor=2"),
        ("baggage", "tenant=acme;p=1"),
    ]))
}

#[test]
fn what_a_scope_lets_leave_arrives_in_the_scope_of_the_next() {
    let propagator = Propagator::default().egress(Egress::default().host("mine.internal"));
    let scope = Scope::new()
        .user("u-1")
        .tenant("acme")
        .propagate(["user.id"]);
    let (mut anywhere, mut own, mut model, mut of_context) = (
        Headers::new(),
        Headers::new(),
        Headers::new(),
        Headers::new(),
    );
    let _ = capture(|| {
        scope.run(|| {
            info_span!("request").in_scope(|| {
                propagator.inject(&mut anywhere);
                propagator.inject_to("https://mine.internal/x", &mut own);
                propagator.inject_to("https://api.openai.com/v1", &mut model);
                propagator.inject_context(&Context::current(), &mut of_context);
            });
        });
    });
    for carrier in [&anywhere, &own] {
        assert_eq!(
            carrier.get("baggage").map(String::as_str),
            Some("user.id=u-1")
        );
    }
    for carrier in [&model, &of_context] {
        assert_eq!(carrier.get("baggage"), None);
    }

    let user = |remote: RemoteContext| {
        let spans = capture(|| remote.scope().run(|| answer(&RemoteContext::default()))).spans;
        let agent = spans.find("invoke_agent answer");
        agent.str("user.id").map(str::to_owned)
    };
    let remote = || propagator.extract(&own);
    assert_eq!(user(remote()).as_deref(), Some("u-1"));
    assert_eq!(user(remote().trust(TrustMode::Ignore)), None);
    assert_eq!(user(remote().trust(TrustMode::Link)), None);
    let kept = remote().trust(TrustMode::Link).keep_baggage(true);
    assert_eq!(user(kept).as_deref(), Some("u-1"));
}

/// What the agent's tool sends on.
#[agent_span(parent = caller)]
fn answer(caller: &RemoteContext) -> Headers {
    send()
}

#[tool_call]
fn send() -> Headers {
    let mut out = Headers::new();
    inject(&mut out);
    out
}

fn tenant() -> Option<String> {
    Context::map_current(|context| context.baggage().get("tenant").map(ToString::to_string))
}

#[test]
fn trust_continues_the_senders_trace() {
    let captured = capture(|| answer(&sent()));
    let agent = captured.spans.find("invoke_agent answer");
    assert_eq!(agent.trace_id().to_string(), TRACE_ID);
    assert_eq!(
        agent.parent().map(|id| id.to_string()).as_deref(),
        Some(SPAN_ID)
    );
    assert!(agent.has_remote_parent() && agent.links().is_empty());

    let tool = captured.spans.find("execute_tool send");
    let out = captured.value;
    assert_eq!(
        out["traceparent"],
        format!("00-{TRACE_ID}-{}-01", tool.id())
    );
    assert_eq!(out["tracestate"], "foo@@bar=1,vendor=2");
    assert!(
        !out.contains_key("baggage"),
        "nothing leaves that was not listed"
    );
}

#[test]
fn link_starts_a_trace_of_its_own() {
    let remote = sent().trust(TrustMode::Link);
    let captured = capture(|| info_span!("server").in_scope(|| answer(&remote)));
    let agent = captured.spans.find("invoke_agent answer");
    assert_eq!(agent.parent(), None);
    assert_ne!(agent.trace_id().to_string(), TRACE_ID);
    assert_ne!(agent.trace_id(), captured.spans.find("server").trace_id());
    // To the sender, and to where it happened.
    let links = agent.links_of("triggered_by");
    let traces: Vec<_> = links
        .iter()
        .map(|link| link.trace_id().to_string())
        .collect();
    assert_eq!(
        traces,
        [
            TRACE_ID.to_owned(),
            captured.spans.find("server").trace_id().to_string()
        ]
    );
    assert_eq!(links[0].span_id().to_string(), SPAN_ID);

    let out = captured.value;
    assert!(
        out["traceparent"].starts_with(&format!("00-{}-", agent.trace_id())),
        "{out:?}"
    );
    assert!(!out.contains_key("tracestate"), "another trace's: {out:?}");
}

#[test]
fn ignore_is_as_if_nothing_had_been_sent() {
    let remote = sent().trust(TrustMode::Ignore);
    let captured = capture(|| info_span!("server").in_scope(|| answer(&remote)));
    let agent = captured.spans.find("invoke_agent answer");
    assert_eq!(captured.spans.path(agent), "server > invoke_agent answer");
    assert!(agent.links().is_empty());
    assert!(!captured.value.contains_key("tracestate"));
}

#[test]
fn what_was_not_sent_changes_nothing() {
    for mode in [TrustMode::Trust, TrustMode::Link, TrustMode::Ignore] {
        let remote = extract(&Headers::new()).trust(mode);
        let captured = capture(|| info_span!("server").in_scope(|| answer(&remote)));
        let agent = captured.spans.find("invoke_agent answer");
        assert_eq!(
            captured.spans.path(agent),
            "server > invoke_agent answer",
            "{mode:?}"
        );
        assert!(agent.links().is_empty(), "{mode:?}");
    }
}

#[test]
fn a_stranger_decides_on_sampling_only_where_trusted() {
    let sampler = || Sampler::ParentBased(Box::new(Sampler::AlwaysOn));
    let unsampled = extract(&headers(&[(
        "traceparent",
        &TRACEPARENT.replace("-01", "-02"),
    )]));
    let trusted = Capture::new().sampler(sampler()).run(|| answer(&unsampled));
    assert!(trusted.spans.is_empty());
    let out = &trusted.value["traceparent"];
    assert!(
        out.starts_with(&format!("00-{TRACE_ID}-")) && out.ends_with("-02"),
        "{out}"
    );

    let linked = unsampled.trust(TrustMode::Link);
    let linked = Capture::new().sampler(sampler()).run(|| answer(&linked));
    assert_eq!(linked.spans.len(), 2);
}

#[test]
fn a_remote_context_can_be_linked_to() {
    #[agent_span(new_trace, links(message, None::<RemoteContext>))]
    fn work_off(message: &RemoteContext) {}

    let captured = capture(|| {
        work_off(&sent());
        work_off(&sent().trust(TrustMode::Ignore));
        work_off(&RemoteContext::default());
    });
    let links = |at: usize| captured.spans.iter().nth(at).map(|span| span.links().len());
    assert_eq!([links(0), links(1), links(2)], [Some(1), Some(0), Some(0)]);
    assert_eq!(captured.spans.roots().len(), 3);
}

#[test]
fn baggage_comes_in_where_it_is_trusted() {
    #[agent_span(parent = caller)]
    fn reads(caller: RemoteContext) -> Option<String> {
        tenant()
    }
    let read = |remote: RemoteContext| capture(|| reads(remote)).value;
    assert_eq!(read(sent()).as_deref(), Some("acme"));
    assert_eq!(read(sent().trust(TrustMode::Link)), None);
    assert_eq!(
        read(sent().trust(TrustMode::Link).keep_baggage(true)).as_deref(),
        Some("acme")
    );
    assert_eq!(read(sent().trust(TrustMode::Ignore)), None);
    let alone = extract(&headers(&[("baggage", "tenant=acme")]));
    assert!(!alone.is_valid());
    assert_eq!(read(alone.clone()).as_deref(), Some("acme"));
    assert_eq!(read(alone.trust(TrustMode::Link)), None);
    // Baggage that was here already stays where none was sent.
    let read_here = |remote: RemoteContext| {
        capture(|| {
            let own = Context::current_with_baggage([KeyValue::new("tenant", "own")]);
            let _attached = own.attach();
            reads(remote)
        })
        .value
    };
    let without = extract(&headers(&[("traceparent", TRACEPARENT)]));
    assert_eq!(read_here(without).as_deref(), Some("own"));
    assert_eq!(read_here(sent()).as_deref(), Some("acme"));
}

#[test]
fn a_span_of_ones_own_is_put_in_its_place() {
    let captured = capture(|| {
        let span = info_span!("trusted");
        sent().apply_to(&span);
        span.in_scope(|| assert_eq!(tenant().as_deref(), Some("acme")));
        let span = info_span!(parent: None, "linked");
        sent().trust(TrustMode::Link).apply_to(&span);
        span.in_scope(|| assert_eq!(tenant(), None));
        let span = info_span!("ignored");
        sent().trust(TrustMode::Ignore).apply_to(&span);
        span.in_scope(|| ());
        // Too late, or nothing to put: no harm.
        sent().apply_to(&span);
        sent().apply_to(&tracing::Span::none());
    });
    let [trusted, linked, ignored] =
        ["trusted", "linked", "ignored"].map(|name| captured.spans.find(name));
    assert_eq!(trusted.trace_id().to_string(), TRACE_ID);
    assert!(trusted.links().is_empty());
    assert_eq!(linked.parent(), None);
    assert_eq!(linked.links_of("triggered_by").len(), 1);
    assert_eq!((ignored.parent(), ignored.links().len()), (None, 0));
}

#[test]
fn the_current_span_is_found_without_context_activation() {
    let captured = Capture::new()
        .with_context_activation(false)
        .run(|| answer(&sent()));
    let tool = captured.spans.find("execute_tool send");
    assert_eq!(
        captured.value["traceparent"],
        format!("00-{TRACE_ID}-{}-01", tool.id())
    );
    assert_eq!(captured.value["tracestate"], "foo@@bar=1,vendor=2");
}

#[test]
fn without_a_subscriber_what_was_sent_can_still_go_on() {
    assert!(answer(&sent()).is_empty(), "there is no span");
    let _attached = sent().context().attach();
    assert_eq!(
        answer(&RemoteContext::default())["traceparent"],
        TRACEPARENT
    );
}

#[test]
fn what_a_forwarded_request_said_is_replaced() {
    let mut out = headers(&[
        ("Traceparent", TRACEPARENT),
        ("TRACESTATE", "old=1"),
        ("Baggage", "secret=1"),
        ("accept", "*/*"),
    ]);
    let captured = capture(|| info_span!("work").in_scope(|| inject(&mut out)));
    assert_eq!(out.len(), 2, "{out:?}");
    assert!(out["traceparent"].contains(&captured.spans.only().trace_id().to_string()));
    // No span at all: nothing of the old one.
    inject(&mut out);
    assert_eq!(out, headers(&[("accept", "*/*")]));
}

#[test]
fn egress_tells_each_destination_what_it_may_know() {
    let egress = Egress::default()
        .baggage_keys(["tenant"])
        .host("Tools.Internal.")
        .hosts([".svc.local"]);
    let propagator = Propagator::default().egress(egress.clone());
    let strict = Propagator::default().egress(egress.only_listed_hosts(true));
    let asked = Propagator::default().egress(Egress::default().host("api.openai.com"));
    let context = sent().context();
    let said = |propagator: &Propagator, destination: &str| {
        let mut out = headers(&[
            ("traceparent", "old"),
            ("tracestate", "old"),
            ("baggage", "old"),
        ]);
        propagator.inject_context_to(&context, destination, &mut out);
        let has = |name: &str| out.contains_key(name);
        assert!(out.values().all(|value| value != "old"), "{out:?}");
        assert_eq!(has("traceparent"), has("tracestate"));
        (has("traceparent"), has("baggage"))
    };
    for ours in [
        "http://tools.internal/x",
        "https://TOOLS.INTERNAL:8443",
        "tools.internal.",
        "tools.internal:80",
        "http://user:pass@tools.internal/",
        "http://a.svc.local",
        "http://a.b.svc.local?x",
        "http://svc.local",
    ] {
        assert_eq!(said(&propagator, ours), (true, true), "{ours}");
        assert_eq!(said(&strict, ours), (true, true), "{ours}");
    }
    for other in [
        "https://example.com",
        "http://tools.internal.example.com",
        "http://not-tools.internal",
        "http://xsvc.local",
        "http://example.com/?http://tools.internal",
        "http://tools.internal@example.com",
        "http://example.com\\@tools.internal",
        "localhost:8080",
        "",
        "http://",
    ] {
        assert_eq!(said(&propagator, other), (true, false), "{other}");
        assert_eq!(said(&strict, other), (false, false), "{other}");
    }
    for provider in [
        "https://api.openai.com/v1/chat/completions",
        "https://API.OpenAI.com./v1",
        "https://user@api.anthropic.com:443/v1/messages",
        "https://contoso.openai.azure.com",
        "https://bedrock-runtime.us-east-1.amazonaws.com/model",
        "https://openrouter.ai/api/v1",
        "api.mistral.ai",
    ] {
        assert_eq!(said(&propagator, provider), (false, false), "{provider}");
    }
    assert_eq!(said(&asked, "https://api.openai.com/v1"), (true, false));
    assert_eq!(said(&asked, "https://api.anthropic.com/v1"), (false, false));
}

#[test]
fn a_model_call_sends_its_provider_nothing() {
    #[llm_call(provider = "openai", model = "gpt-4o")]
    fn ask() -> (Headers, Headers) {
        let (mut provider, mut gateway) = (Headers::new(), Headers::new());
        agent_trace::inject_to("https://api.openai.com/v1", &mut provider);
        agent_trace::inject_to("http://localhost:4000/v1", &mut gateway);
        (provider, gateway)
    }
    let (provider, gateway) = capture(ask).value;
    assert!(provider.is_empty(), "{provider:?}");
    assert!(gateway.contains_key("traceparent"));
}

#[test]
fn baggage_leaves_by_its_key_and_in_order() {
    let egress = Egress::default().baggage_key("b").baggage_key("a");
    let propagator = Propagator::default().egress(egress);
    let context = Context::new().with_baggage([
        KeyValue::new("c", "3"),
        KeyValue::new("b", "2 %"),
        KeyValue::new("a", "1"),
    ]);
    let mut out = Headers::new();
    propagator.inject_context(&context, &mut out);
    assert_eq!(out, headers(&[("baggage", "a=1,b=2%20%25")]));
}

#[test]
fn formats_are_those_that_were_named() {
    use Format::{B3, B3Multi, Baggage, TraceContext};
    for (names, formats) in [
        ("", vec![TraceContext, Baggage]),
        (" , ", vec![TraceContext, Baggage]),
        ("b3", vec![B3]),
        ("b3multi, tracecontext,b3multi", vec![B3Multi, TraceContext]),
        ("TraceContext", vec![TraceContext]),
        ("jaeger,b3,xray", vec![B3]),
        ("jaeger", vec![TraceContext, Baggage]),
        ("none", vec![]),
        ("tracecontext,none", vec![]),
    ] {
        assert_eq!(
            Propagator::from_names(names).formats(),
            formats,
            "{names:?}"
        );
    }
}

#[test]
fn an_unknown_name_is_reported_by_name() {
    let names = "b3,jaeger\n,x\u{1b}ray";
    let captured = capture(|| info_span!("start").in_scope(|| Propagator::from_names(names)));
    let events = captured.spans.only().events();
    assert_eq!(events.len(), 2, "{events:?}");
    for (event, name) in events.iter().zip(["`jaeger`", "`x\\u{1b}ray`"]) {
        assert!(event.name().contains(name), "{event:?}");
        assert_eq!(event.attributes().str("level"), Some("WARN"));
    }
}

#[test]
fn the_last_format_that_finds_something_wins() {
    let b3 = "a3ce929d0e0e47364bf92f3577b34da6-05e3ac9a4f6e3b90-1";
    let both = headers(&[
        ("traceparent", TRACEPARENT),
        ("tracestate", "a@@b=1"),
        ("b3", b3),
    ]);
    let trace = |names: &str, headers: &Headers| {
        let remote = Propagator::from_names(names).extract(headers);
        remote.span_context().trace_id().to_string()
    };
    assert_eq!(trace("tracecontext,b3", &both), &b3[..32]);
    assert_eq!(trace("b3,tracecontext", &both), TRACE_ID);
    assert_eq!(trace("b3,tracecontext", &headers(&[("b3", b3)])), &b3[..32]);
    assert_eq!(trace("none", &both), "0".repeat(32));
    let mut out = Headers::new();
    let propagator = Propagator::from_names("b3multi,tracecontext,b3,baggage");
    propagator.inject_context(&propagator.extract(&both).context(), &mut out);
    assert_eq!(out["b3"], b3, "a list of another trace does not come along");
    assert!(!out.contains_key("tracestate"));
    assert_eq!(out.len(), 5, "{out:?}");
}

#[test]
fn it_is_a_propagator_of_opentelemetry() {
    let egress = Egress::default().baggage_key("tenant");
    let propagator: Box<dyn opentelemetry::propagation::TextMapPropagator> =
        Box::new(Propagator::default().egress(egress));
    let fields: Vec<_> = propagator.fields().collect();
    assert_eq!(fields, ["traceparent", "tracestate", "baggage"]);

    let incoming = headers(&[
        ("traceparent", TRACEPARENT),
        ("tracestate", "foo@@bar=1"),
        ("baggage", "tenant=acme,user=me"),
    ]);
    let context = propagator.extract_with_context(&Context::new(), &incoming);
    assert_eq!(context.baggage().len(), 2);
    assert!(context.span().span_context().is_remote());
    let mut out = Headers::new();
    propagator.inject_context(&context, &mut out);
    assert_eq!(out["traceparent"], TRACEPARENT);
    assert_eq!(out["tracestate"], "foo@@bar=1");
    assert_eq!(out["baggage"], "tenant=acme");

    let own = Context::new().with_baggage([KeyValue::new("own", "1")]);
    let kept = propagator.extract_with_context(&own, &Headers::new());
    assert_eq!(kept.baggage().len(), 1, "nothing was sent");
}
