//! The lines of a body, and the count of those too long, are the same however it is split.
#![no_main]

use agent_trace_llm::ndjson::Decoder;
use libfuzzer_sys::fuzz_target;

fn decode(limit: usize, body: &[u8], step: usize) -> (Vec<Vec<u8>>, u64) {
    let mut decoder = Decoder::with_limit(limit);
    let mut lines = Vec::new();
    for bytes in body.chunks(step) {
        decoder.push(bytes, |line| lines.push(line.to_vec()));
    }
    decoder.finish(|line| lines.push(line.to_vec()));
    assert_eq!(decoder.lines(), lines.len() as u64);
    (lines, decoder.skipped())
}

fuzz_target!(|input: (u8, u8, &[u8])| {
    let (limit, step, body) = input;
    let (limit, step) = (usize::from(limit), usize::from(step).max(1));
    assert_eq!(
        decode(limit, body, step),
        decode(limit, body, body.len().max(1))
    );
});
