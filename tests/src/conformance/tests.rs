//! Every rule can hold and can be broken.

use serde_json::{Value as Json, json};

use super::{Kind, Rule, Status, check};

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const AGENT: &str = "00f067aa0ba902b7";
const CHAT: &str = "00f067aa0ba902b8";

fn text(key: &str, value: &str) -> Json {
    json!({ "key": key, "value": { "stringValue": value } })
}

fn int(key: &str, value: i64) -> Json {
    json!({ "key": key, "value": { "intValue": value.to_string() } })
}

/// An agent with one model call, as it should be.
fn good() -> [Json; 2] {
    [
        json!({
            "traceId": TRACE, "spanId": AGENT, "parentSpanId": "", "flags": 0x101,
            "name": "invoke_agent researcher", "kind": 1,
            "startTimeUnixNano": "100", "endTimeUnixNano": "900", "status": {},
            "attributes": [
                text("gen_ai.operation.name", "invoke_agent"),
                text("gen_ai.agent.name", "researcher"),
            ],
        }),
        json!({
            "traceId": TRACE, "spanId": CHAT, "parentSpanId": AGENT, "flags": 0x101,
            "name": "chat gpt-4o", "kind": 3,
            "startTimeUnixNano": "200", "endTimeUnixNano": "800", "status": {},
            "attributes": [
                text("gen_ai.operation.name", "chat"),
                text("gen_ai.provider.name", "openai"),
                text("gen_ai.request.model", "gpt-4o"),
                text("openai.response.service_tier", "default"),
                int("gen_ai.usage.input_tokens", 12),
                json!({ "key": "gen_ai.response.finish_reasons", "value": { "arrayValue": {
                    "values": [{ "stringValue": "stop" }] } } }),
                json!({ "key": "gen_ai.request.temperature", "value": { "doubleValue": 0.2 } }),
                text("gen_ai.prompt.variable.city", "Bern"),
                int("agent_trace.stream.chunks", 3),
                text("http.route", "/not/ours"),
            ],
            "links": [{
                "traceId": TRACE, "spanId": AGENT,
                "attributes": [text("agent_trace.link.type", "triggered_by")],
            }],
        }),
    ]
}

fn lines(spans: &[Json]) -> String {
    json!({ "resourceSpans": [{ "scopeSpans": [{ "spans": spans }] }] }).to_string()
}

/// The rules that the spans break once the model call has been changed.
fn broken(change: impl FnOnce(&mut Json)) -> Vec<Rule> {
    let mut spans = good();
    change(&mut spans[1]);
    let report = check(&lines(&spans)).expect("the lines are OTLP JSON");
    let mut rules: Vec<Rule> = report
        .violations
        .iter()
        .map(|violation| violation.rule)
        .collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

fn push(span: &mut Json, attribute: Json) {
    span["attributes"]
        .as_array_mut()
        .expect("a list")
        .push(attribute);
}

fn remove(span: &mut Json, key: &str) {
    span["attributes"]
        .as_array_mut()
        .expect("a list")
        .retain(|pair| pair["key"] != key);
}

fn set(span: &mut Json, attribute: Json) {
    remove(span, attribute["key"].as_str().expect("a key"));
    push(span, attribute);
}

#[test]
fn good_spans_break_nothing() {
    assert_eq!(broken(|_| {}), []);
    let report = check(&lines(&good()))
        .expect("OTLP JSON")
        .require(&["chat", "invoke_agent"]);
    assert!(report.violations.is_empty(), "{report}");
    assert_eq!(report.operations["chat"], 1);
    assert_eq!(report.links["triggered_by"], 1);
    assert!(
        report
            .notes
            .contains_key("chat without recommended gen_ai.response.model")
    );
    assert_eq!(
        (report.spans[0].kind, report.spans[0].status),
        (Kind::Internal, Status::Unset)
    );
}

#[test]
fn spans_may_be_on_several_lines() {
    let [agent, chat] = good();
    let report = check(&format!("{}\n\n{}\n", lines(&[chat]), lines(&[agent])));
    assert!(report.expect("OTLP JSON").violations.is_empty());
}

#[test]
fn lines_that_are_not_otlp_are_refused() {
    let error = check("{}\nnot json").expect_err("the second line is no JSON");
    assert!(error.to_string().starts_with("line 2: "), "{error}");
    assert!(check("[]").is_err());
    assert!(check(&lines(&[json!({ "name": "no ids" })])).is_err());
}

#[test]
fn unique() {
    assert_eq!(
        broken(|s| push(s, int("gen_ai.usage.input_tokens", 13))),
        [Rule::Unique]
    );
}

#[test]
fn ids() {
    assert_eq!(
        broken(|s| s["spanId"] = json!("00F067AA0BA902B8")),
        [Rule::Ids]
    );
    assert_eq!(broken(|s| s["spanId"] = json!("b8")), [Rule::Ids]);
}

#[test]
fn times() {
    assert_eq!(
        broken(|s| s["endTimeUnixNano"] = json!("199")),
        [Rule::Times]
    );
}

#[test]
fn parent() {
    let unknown = "00f067aa0ba902ff";
    assert_eq!(
        broken(|s| s["parentSpanId"] = json!(unknown)),
        [Rule::Parent]
    );
    let remote = |s: &mut Json| {
        s["parentSpanId"] = json!(unknown);
        s["flags"] = json!(0x301);
    };
    assert_eq!(broken(remote), []);
}

#[test]
fn link() {
    assert_eq!(
        broken(|s| s["links"][0]["spanId"] = json!("00f067aa0ba902ff")),
        [Rule::Link]
    );
    let elsewhere = "4bf92f3577b34da6a3ce929d0e0e47ff";
    assert_eq!(broken(|s| s["links"][0]["traceId"] = json!(elsewhere)), []);
    let kind = json!([text("agent_trace.link.type", "cousin")]);
    assert_eq!(broken(|s| s["links"][0]["attributes"] = kind), [Rule::Link]);
}

#[test]
fn deprecated() {
    assert_eq!(
        broken(|s| push(s, text("gen_ai.system", "openai"))),
        [Rule::Deprecated]
    );
    let renamed = int("gen_ai.usage.cache_creation.input_tokens", 1);
    assert_eq!(broken(|s| push(s, renamed)), [Rule::Deprecated]);
}

#[test]
fn types() {
    assert_eq!(
        broken(|s| set(s, text("gen_ai.usage.input_tokens", "12"))),
        [Rule::Type]
    );
    assert_eq!(
        broken(|s| set(s, text("gen_ai.response.finish_reasons", "stop"))),
        [Rule::Type]
    );
    assert_eq!(
        broken(|s| push(s, text("server.port", "443"))),
        [Rule::Type]
    );
    assert_eq!(broken(|s| set(s, int("gen_ai.request.temperature", 1))), []);
    assert_eq!(
        broken(|s| push(s, text("gen_ai.output.messages", "not json"))),
        [Rule::Type]
    );
    assert_eq!(
        broken(|s| push(s, text("gen_ai.output.messages", "[]"))),
        []
    );
    assert_eq!(
        broken(|s| set(s, text("agent_trace.stream.chunks", "3"))),
        [Rule::Type]
    );
    assert_eq!(
        broken(|s| push(s, int("gen_ai.prompt.variable.age", 3))),
        [Rule::Type]
    );
    assert_eq!(
        broken(|s| push(s, text("gen_ai.prompt.variable", "Bern"))),
        [Rule::Type]
    );
}

#[test]
fn unknown() {
    assert_eq!(
        broken(|s| push(s, text("gen_ai.request.modal", "x"))),
        [Rule::Unknown]
    );
    assert_eq!(
        broken(|s| push(s, text("agent_trace.mood", "x"))),
        [Rule::Unknown]
    );
    assert_eq!(
        broken(|s| push(s, text("gen_ai.prompt.variable.", "x"))),
        [Rule::Unknown]
    );
}

#[test]
fn status() {
    assert_eq!(
        broken(|s| s["status"] = json!({ "code": 2 })),
        [Rule::Status]
    );
    assert_eq!(
        broken(|s| push(s, text("error.type", "429"))),
        [Rule::Status]
    );
    assert_eq!(
        broken(|s| s["status"] = json!({ "code": "STATUS_CODE_OK" })),
        [Rule::Status]
    );
    let failed = |s: &mut Json| {
        s["status"] = json!({ "code": 2, "message": "rate limit" });
        push(s, text("error.type", "429"));
    };
    assert_eq!(broken(failed), []);
}

#[test]
fn kind() {
    assert_eq!(broken(|s| s["kind"] = json!(2)), [Rule::Kind]);
    assert_eq!(broken(|s| s["kind"] = json!("SPAN_KIND_INTERNAL")), []);
    let mut agent = good();
    agent[0]["kind"] = json!(3);
    let report = check(&lines(&agent)).expect("OTLP JSON");
    assert!(
        report.breaks(Rule::Required),
        "a remote agent needs its provider: {report}"
    );
    assert!(!report.breaks(Rule::Kind), "{report}");
}

#[test]
fn name() {
    assert_eq!(broken(|s| s["name"] = json!("chat")), [Rule::Name]);
    let without_model = |s: &mut Json| {
        s["name"] = json!("chat");
        remove(s, "gen_ai.request.model");
    };
    assert_eq!(broken(without_model), []);
}

#[test]
fn required() {
    let nameless = |s: &mut Json| {
        remove(s, "gen_ai.provider.name");
        remove(s, "openai.response.service_tier");
    };
    assert_eq!(broken(nameless), [Rule::Required]);
}

#[test]
fn listed() {
    assert_eq!(
        broken(|s| push(s, text("gen_ai.tool.name", "search"))),
        [Rule::Listed]
    );
    let agent_with = |pair: Json| {
        let mut spans = good();
        push(&mut spans[0], pair);
        check(&lines(&spans))
            .expect("OTLP JSON")
            .breaks(Rule::Listed)
    };
    assert!(agent_with(text("gen_ai.provider.name", "openai")));
    assert!(agent_with(text("gen_ai.prompt.variable.city", "Bern")));
    assert!(!agent_with(text("gen_ai.conversation.id", "c-1")));
}

#[test]
fn refinements_list_too() {
    let tool = |extra: Json| {
        let span = json!({
            "traceId": TRACE, "spanId": AGENT, "name": "execute_tool load", "kind": 1,
            "startTimeUnixNano": 1, "endTimeUnixNano": 2,
            "attributes": [
                text("gen_ai.operation.name", "execute_tool"),
                text("gen_ai.tool.name", "load"),
                extra,
            ],
        });
        check(&lines(&[span])).expect("OTLP JSON")
    };
    assert!(tool(text("gen_ai.skill.name", "pdf")).violations.is_empty());
    assert!(tool(text("gen_ai.request.model", "gpt-4o")).breaks(Rule::Listed));
}

#[test]
fn mcp() {
    let read = |name: &str, extra: Json| {
        let span = json!({
            "traceId": TRACE, "spanId": AGENT, "name": name, "kind": 3,
            "startTimeUnixNano": 1, "endTimeUnixNano": 2,
            "attributes": [text("mcp.method.name", "tools/call"), extra],
        });
        check(&lines(&[span])).expect("OTLP JSON")
    };
    let tool = || text("gen_ai.tool.name", "search");
    assert!(read("tools/call search", tool()).violations.is_empty());
    assert!(read("tools/call", tool()).violations.is_empty());
    assert!(read("search", tool()).breaks(Rule::Name));
    assert!(read("tools/call", text("gen_ai.agent.name", "a")).breaks(Rule::Listed));
}

#[test]
fn own_operations_are_noted() {
    let reflect = |s: &mut Json| {
        s["name"] = json!("reflect");
        set(s, text("gen_ai.operation.name", "reflect"));
    };
    let mut spans = good();
    reflect(&mut spans[1]);
    let report = check(&lines(&spans)).expect("OTLP JSON");
    assert!(report.violations.is_empty(), "{report}");
    assert_eq!(report.notes["own operation reflect"], 1);
}

#[test]
fn operation() {
    let report = check(&lines(&good()))
        .expect("OTLP JSON")
        .require(&["execute_tool"]);
    assert!(report.breaks(Rule::Operation));
}
