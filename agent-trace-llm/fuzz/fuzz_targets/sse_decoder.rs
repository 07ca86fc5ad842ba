//! The events of a body, and the count of those too large, are the same however it is split.
#![no_main]

use agent_trace_llm::sse::Decoder;
use libfuzzer_sys::fuzz_target;

fn decode(limit: usize, body: &[u8], step: usize) -> (Vec<(String, String)>, u64) {
    let mut decoder = Decoder::with_limit(limit);
    let mut events = Vec::new();
    for bytes in body.chunks(step) {
        decoder.push(bytes, |event| {
            events.push((event.name.to_owned(), event.data.to_owned()))
        });
    }
    decoder.finish(|event| events.push((event.name.to_owned(), event.data.to_owned())));
    assert_eq!(decoder.events(), events.len() as u64);
    (events, decoder.skipped())
}

fuzz_target!(|input: (u8, u8, &[u8])| {
    let (limit, step, body) = input;
    let (limit, step) = (usize::from(limit), usize::from(step).max(1));
    assert_eq!(
        decode(limit, body, step),
        decode(limit, body, body.len().max(1))
    );
});
