//! Bodies of every API as they come in practice, written by hand after the documented shapes.

mod dialects;
mod errors;
mod framing;
mod streams;

use agent_trace_llm::Provider;
use agent_trace_llm::wire::{Api, BodyFormat, Read, Reader, read};

/// A body whole, byte by byte and in uneven pieces, which all have to say the same.
pub(crate) fn said(api: Api, format: BodyFormat, provider: Option<&Provider>, body: &[u8]) -> Read {
    let whole = read(api, format, provider, body);
    for step in [1, 3, 17, 1000] {
        let mut reader = Reader::new(api, format, provider);
        for bytes in body.chunks(step) {
            reader.push(bytes);
        }
        assert_eq!(reader.finish(), whole, "{api} {format} in pieces of {step}");
    }
    whole
}
