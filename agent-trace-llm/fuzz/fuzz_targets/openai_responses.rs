//! The Responses API: requests, replies and streams.
#![no_main]

use agent_trace_llm::wire::openai::{ResponsesRequest, ResponsesResponse, ResponsesStream};
use agent_trace_llm_fuzz::{alike, follow, split};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| {
    alike!(body, ResponsesResponse);
    let _ = ResponsesRequest::from_slice(body);
    // Several replies may follow one another, of which the last counts: cut short, it may say more.
    let (step, _) = split(body);
    assert_eq!(
        follow!(ResponsesStream, body, step),
        follow!(ResponsesStream, body, body.len())
    );
});
