//! What is found by type, and what is demanded.

use agent_trace::llm::{LlmRequest, LlmResponse, RequestInfo, ResponseInfo};
use agent_trace::llm_call;
use agent_trace::testing::{capture, capture_async};

struct Request {
    model: String,
}

impl LlmRequest for Request {
    fn model(&self) -> Option<&str> {
        Some(&self.model)
    }

    fn info(&self) -> RequestInfo {
        let mut info = RequestInfo::default();
        info.temperature = Some(0.25);
        info
    }
}

struct Reply;

impl LlmResponse for Reply {
    fn info(&self) -> ResponseInfo {
        let mut info = ResponseInfo::default();
        info.id = Some("resp_1".to_owned());
        info
    }
}

fn request() -> Request {
    Request {
        model: "m-1".to_owned(),
    }
}

#[llm_call(provider = "openai")]
async fn found(request: Request) -> Result<Reply, String> {
    if request.model.is_empty() {
        Err(request.model)
    } else {
        Ok(Reply)
    }
}

#[tokio::test]
async fn a_request_and_a_reply_are_found_by_type() {
    let spans = capture_async(found(request())).await.spans;
    spans
        .find("chat m-1")
        .assert_attr("gen_ai.request.temperature", 0.25)
        .assert_attr("gen_ai.response.id", "resp_1");
}

#[llm_call(provider = "openai", request = outer.1)]
fn demanded(outer: &(u8, Request)) {}

#[llm_call(provider = "openai", model = "m-2", temperature = 1, request = request)]
fn said_by_hand(request: &Request) {}

#[test]
fn a_request_can_be_named_and_overruled() {
    let spans = capture(|| demanded(&(1, request()))).spans;
    spans
        .find("chat m-1")
        .assert_attr("gen_ai.request.temperature", 0.25);
    let spans = capture(|| said_by_hand(&request())).spans;
    spans
        .find("chat m-2")
        .assert_attr("gen_ai.request.temperature", 1.0);
}

#[llm_call(provider = "openai", skip(request))]
fn skipped(request: &Request) -> usize {
    request.model.len()
}

#[llm_call(provider = "openai", skip_all)]
fn all_skipped(request: &Request) -> usize {
    request.model.len()
}

#[test]
fn a_skipped_request_is_not_looked_at() {
    assert_eq!(capture(|| skipped(&request())).spans.names(), ["chat"]);
    assert_eq!(capture(|| all_skipped(&request())).spans.names(), ["chat"]);
}

#[llm_call(provider = "openai")]
fn generic<T: Send>(request: T, other: impl LlmRequest) -> T {
    drop(other);
    request
}

#[test]
fn of_a_type_parameter_the_bounds_are_known() {
    let spans = capture(|| generic("no request", request())).spans;
    spans.find("chat m-1");
}
