//! A reply of the Responses API, whole and streamed, never panics, and a stream says the same
//! however it is split.
#![no_main]

use agent_trace_llm::wire::openai::{ResponsesRequest, ResponsesResponse, ResponsesStream};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, &[u8])| {
    let (step, body) = input;
    // What is skipped need not be UTF-8, so the tree may fail where the adapter does not.
    let reply = ResponsesResponse::from_slice(body);
    if let (Ok(reply), Ok(value)) = (reply, serde_json::from_slice(body)) {
        assert_eq!(reply, ResponsesResponse::from_value(&value));
    }
    let _ = ResponsesRequest::from_slice(body);
    let follow = |step: usize| {
        let mut stream = ResponsesStream::new();
        for bytes in body.chunks(step) {
            stream.push(bytes);
        }
        (stream.text_chars(), stream.skipped(), stream.finish())
    };
    assert_eq!(
        follow(usize::from(step).max(1)),
        follow(body.len().max(1))
    );
});
