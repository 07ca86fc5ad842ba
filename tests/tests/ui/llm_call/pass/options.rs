//! The options of its own.

use agent_trace::llm_call;
use agent_trace::testing::capture;
use opentelemetry::trace::SpanKind;

const MODEL: &str = "gpt-4o";

#[llm_call(
    provider = "openai",
    model = MODEL,
    server = base_url,
    temperature = 0.2,
    top_p = 1,
    top_k = 40,
    max_tokens = limit,
    seed = 7_u64,
    frequency_penalty = -0.5,
    presence_penalty = 0.5_f32,
    stop_sequences = ["END", "STOP"],
    choice_count = 2,
    stream = false,
    output_type = "json",
    reasoning_level = "low",
    service_tier = "flex",
    previous_response_id = "resp_0",
    conversation = "c-1",
    prompt(name = "greeting", version = %3)
)]
fn chat(base_url: &str, limit: usize) {}

#[test]
fn every_parameter_is_recorded_with_its_type() {
    let spans = capture(|| chat("http://localhost:8080/v1", 100)).spans;
    let span = spans.find("chat gpt-4o");
    assert_eq!(span.kind(), SpanKind::Client);
    span.assert_attr("gen_ai.operation.name", "chat")
        .assert_attr("gen_ai.provider.name", "openai")
        .assert_attr("gen_ai.request.model", "gpt-4o")
        .assert_attr("server.address", "localhost")
        .assert_attr("server.port", 8080)
        .assert_attr("gen_ai.request.temperature", 0.2)
        .assert_attr("gen_ai.request.top_p", 1.0)
        .assert_attr("gen_ai.request.top_k", 40)
        .assert_attr("gen_ai.request.max_tokens", 100)
        .assert_attr("gen_ai.request.seed", 7)
        .assert_attr("gen_ai.request.frequency_penalty", -0.5)
        .assert_attr("gen_ai.request.presence_penalty", 0.5)
        .assert_attr("gen_ai.request.stop_sequences", ["END", "STOP"])
        .assert_attr("gen_ai.request.choice.count", 2)
        .assert_attr("gen_ai.output.type", "json")
        .assert_attr("gen_ai.request.reasoning.level", "low")
        .assert_attr("openai.request.service_tier", "flex")
        .assert_attr("gen_ai.request.previous_response.id", "resp_0")
        .assert_attr("gen_ai.conversation.id", "c-1")
        .assert_attr("gen_ai.prompt.name", "greeting")
        .assert_attr("gen_ai.prompt.version", "3");
    assert!(span.keys_duplicated().is_empty());
}

#[llm_call(provider = "openai", model = "m", stream = true, prompt = "named")]
fn streaming() {}

#[test]
fn a_prompt_may_have_a_name_alone() {
    let spans = capture(streaming).spans;
    spans
        .only()
        .assert_attr("gen_ai.prompt.name", "named")
        .assert_attr("gen_ai.request.stream", true);
}

#[llm_call(provider = "openai", model = "m", temperature = None::<f64>, seed = None::<i64>)]
fn absent() {}

#[test]
fn none_is_not_recorded() {
    let spans = capture(absent).spans;
    spans
        .only()
        .assert_no_attr("gen_ai.request.temperature")
        .assert_no_attr("gen_ai.request.seed");
}

#[llm_call(
    operation = "embeddings",
    provider = "openai",
    model = "text-embedding-3-small",
    dimensions = 256,
    encoding_formats = formats
)]
fn embed(formats: &[String]) {}

#[test]
fn embeddings_have_dimensions_and_formats() {
    let spans = capture(|| embed(&["float".to_owned()])).spans;
    spans
        .find("embeddings text-embedding-3-small")
        .assert_attr("gen_ai.embeddings.dimension.count", 256)
        .assert_attr("gen_ai.request.encoding_formats", ["float"]);
}

#[llm_call(operation = "fetch_response", provider = "openai", response_id = id, stream_cursor = "7")]
fn fetch(id: &str) {}

#[test]
fn a_fetched_response_has_an_id_and_a_cursor() {
    let spans = capture(|| fetch("resp_1")).spans;
    let span = spans.find("fetch_response");
    span.assert_attr("gen_ai.response.id", "resp_1")
        .assert_attr("gen_ai.request.stream_cursor", "7");
}

#[llm_call(operation = "transcribe", provider = "openai", model = "whisper-1")]
fn own() {}

#[llm_call(operation = "text_completion", provider = "openai")]
fn unnamed() {}

#[test]
fn an_operation_of_ones_own_is_a_client_call() {
    let spans = capture(own).spans;
    assert_eq!(spans.find("transcribe whisper-1").kind(), SpanKind::Client);
    assert_eq!(capture(unnamed).spans.names(), ["text_completion"]);
}
