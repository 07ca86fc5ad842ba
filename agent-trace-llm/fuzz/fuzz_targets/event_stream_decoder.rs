//! The messages of a body, and what stops the decoder, are the same however it is split. The body
//! is taken as it is, which mostly stops at once, and as the content of well-formed frames.
#![no_main]

use agent_trace_llm::event_stream::{Decoder, Error};
use agent_trace_llm_fuzz::frame::frame;
use libfuzzer_sys::fuzz_target;

type Decoded = (Vec<(String, Vec<u8>)>, Result<(), Error>, u64);

fn decode(limit: usize, body: &[u8], step: usize) -> Decoded {
    let mut decoder = Decoder::with_limit(limit);
    let mut messages = Vec::new();
    for bytes in body.chunks(step) {
        decoder.push(bytes, |message| {
            messages.push((message.name().to_owned(), message.payload.to_vec()));
        });
    }
    assert_eq!(decoder.messages(), messages.len() as u64);
    let end = decoder.finish();
    (messages, end, decoder.skipped())
}

fuzz_target!(|input: (u16, u8, Vec<(&[u8], &[u8])>, &[u8])| {
    let (limit, step, messages, rest) = input;
    let (limit, step) = (usize::from(limit), usize::from(step).max(1));
    let frames = messages
        .iter()
        .map(|(headers, payload)| frame(headers, payload));
    let mut body: Vec<u8> = frames.flatten().collect();
    body.extend(rest);
    let whole = decode(limit, &body, body.len().max(1));
    assert_eq!(decode(limit, &body, step), whole);
    assert!(whole.0.len() as u64 + whole.2 >= messages.len() as u64);
});
