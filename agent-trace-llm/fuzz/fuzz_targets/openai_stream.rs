//! A streamed reply says the same however it is split, and no more when it is cut.
#![no_main]

use agent_trace_llm::wire::openai::ChatStream;
use agent_trace_llm::{ResponseInfo, StreamInfo};
use libfuzzer_sys::fuzz_target;

fn follow(body: &[u8], step: usize) -> (StreamInfo, u64, (ResponseInfo, bool)) {
    let mut stream = ChatStream::new();
    for bytes in body.chunks(step) {
        stream.push(bytes);
    }
    (stream.info().clone(), stream.skipped(), stream.finish())
}

fuzz_target!(|input: (u8, u16, &[u8])| {
    let (step, cut, body) = input;
    let whole = follow(body, body.len().max(1));
    assert_eq!(follow(body, usize::from(step).max(1)), whole);

    let cut = &body[..usize::from(cut).min(body.len())];
    let (info, ..) = follow(cut, cut.len().max(1));
    assert!(info.chunks() <= whole.0.chunks());
    assert!(info.content_chunks() <= whole.0.content_chunks());
    assert!(info.tool_call_count() <= whole.0.tool_call_count());
});
