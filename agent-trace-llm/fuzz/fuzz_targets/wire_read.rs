//! Every wire shape in every framing says the same however a body is split.
#![no_main]

use agent_trace_llm::wire::{Api, BodyFormat, Reader, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, u8, u8, &[u8])| {
    let (api, format, step, body) = input;
    let api = Api::ALL[usize::from(api) % Api::ALL.len()];
    let format = BodyFormat::ALL[usize::from(format) % BodyFormat::ALL.len()];
    let mut reader = Reader::new(api, format, None);
    for bytes in body.chunks(usize::from(step).max(1)) {
        reader.push(bytes);
    }
    assert_eq!(reader.finish(), read(api, format, None, body));
});
