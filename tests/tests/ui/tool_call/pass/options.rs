//! The options of its own.

use agent_trace::testing::capture;
use agent_trace::tool_call;
use opentelemetry::trace::SpanKind;

struct Call {
    id: String,
}

/// Searches the web.
#[tool_call(call_id = call.id, kind = "extension", conversation = "c-1")]
fn web_search(call: &Call) {}

#[test]
fn a_tool_has_its_name_type_and_call() {
    let spans = capture(|| {
        web_search(&Call {
            id: "call_1".to_owned(),
        });
    })
    .spans;
    let span = spans.find("execute_tool web_search");
    assert_eq!(span.kind(), SpanKind::Internal);
    span.assert_attr("gen_ai.operation.name", "execute_tool")
        .assert_attr("gen_ai.tool.name", "web_search")
        .assert_attr("gen_ai.tool.description", "Searches the web.")
        .assert_attr("gen_ai.tool.type", "extension")
        .assert_attr("gen_ai.tool.call.id", "call_1")
        .assert_attr("gen_ai.conversation.id", "c-1");
}

#[tool_call(name = name, description = "Whatever is asked for.")]
fn dispatch(name: &str) {}

#[test]
fn the_name_may_be_known_only_at_the_call() {
    let spans = capture(|| dispatch("calculator")).spans;
    spans
        .find("execute_tool calculator")
        .assert_attr("gen_ai.tool.name", "calculator")
        .assert_attr("gen_ai.tool.description", "Whatever is asked for.");
}

#[tool_call(
    operation = "retrieval",
    data_source = "handbook",
    query = question,
    top_k = limit,
    provider = "pinecone",
    model = "text-embedding-3-small",
    server = "index.example:8443"
)]
fn retrieve(question: &str, limit: usize) {}

#[test]
fn a_retrieval_is_named_after_its_source() {
    let spans = capture(|| retrieve("what is it?", 5)).spans;
    let span = spans.find("retrieval handbook");
    assert_eq!(span.kind(), SpanKind::Client);
    span.assert_attr("gen_ai.data_source.id", "handbook")
        .assert_attr("gen_ai.retrieval.top_k", 5)
        .assert_attr("gen_ai.provider.name", "pinecone")
        .assert_attr("gen_ai.request.model", "text-embedding-3-small")
        .assert_attr("server.address", "index.example")
        .assert_attr("server.port", 8443)
        .assert_no_attr("gen_ai.tool.name")
        // The query is content.
        .assert_no_attr("gen_ai.retrieval.query.text");
}

#[tool_call(operation = "retrieval")]
fn retrieve_from_nowhere() {}

#[tool_call(operation = "retrieval", data_source = source)]
fn retrieve_from(source: String) {}

#[test]
fn its_source_may_be_unknown_or_known_only_at_the_call() {
    assert_eq!(capture(retrieve_from_nowhere).spans.names(), ["retrieval"]);
    assert_eq!(
        capture(|| retrieve_from("wiki".to_owned())).spans.names(),
        ["retrieval wiki"]
    );
}

#[tool_call(operation = "search_memory", store = "facts", record = id, query = "who?")]
fn remember(id: &str) {}

#[test]
fn a_memory_has_a_store_and_a_record() {
    let spans = capture(|| remember("r-1")).spans;
    let span = spans.find("search_memory");
    assert_eq!(span.kind(), SpanKind::Client);
    span.assert_attr("gen_ai.memory.store.id", "facts")
        .assert_attr("gen_ai.memory.record.id", "r-1");
}

#[tool_call(operation = "rerank", name = "cross-encoder", model = "m", top_k = 3)]
fn rerank() {}

#[test]
fn an_operation_of_ones_own_may_have_what_its_family_has() {
    let spans = capture(rerank).spans;
    let span = spans.find("rerank cross-encoder");
    assert_eq!(span.kind(), SpanKind::Internal);
    span.assert_attr("gen_ai.operation.name", "rerank")
        .assert_attr("gen_ai.request.model", "m");
}
