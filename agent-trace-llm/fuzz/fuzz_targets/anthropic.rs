//! Messages: no input panics, text and tree are read alike, and a stream says the same however it
//! is split.
#![no_main]

use agent_trace_llm::ResponseInfo;
use agent_trace_llm::wire::anthropic::{
    MessagesChunk, MessagesRequest, MessagesResponse, MessagesStream,
};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fn follow(body: &[u8], step: usize) -> (u64, u64, (ResponseInfo, bool)) {
    let mut stream = MessagesStream::new();
    for bytes in body.chunks(step) {
        stream.push(bytes);
    }
    assert!(stream.info().content_chunks() <= stream.info().chunks());
    (stream.text_chars(), stream.skipped(), stream.finish())
}

fuzz_target!(|input: (u8, u16, &[u8])| {
    let (step, cut, body) = input;
    let request = MessagesRequest::from_slice(body);
    let reply = MessagesResponse::from_slice(body);
    let chunk = MessagesChunk::from_slice(body);
    if let Ok(tree) = serde_json::from_slice::<Value>(body) {
        // The last of duplicate keys wins in both.
        assert_eq!(request, Ok(MessagesRequest::from_value(&tree)));
        assert_eq!(reply, Ok(MessagesResponse::from_value(&tree)));
        assert_eq!(chunk, Ok(MessagesChunk::from_value(&tree)));
    }

    let whole = follow(body, body.len().max(1));
    assert_eq!(follow(body, usize::from(step).max(1)), whole);
    let cut = &body[..usize::from(cut).min(body.len())];
    assert!(follow(cut, cut.len().max(1)).0 <= whole.0);
});
