//! `generateContent` and interactions: no input panics, text and tree are read alike, and a stream
//! says the same however it is split, be it events or an array.
#![no_main]

use agent_trace_llm::ResponseInfo;
use agent_trace_llm::wire::gemini::{
    GenerateContentChunk, GenerateContentRequest, GenerateContentResponse, GenerateContentStream,
    InteractionsChunk, InteractionsRequest, InteractionsResponse, InteractionsStream,
};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

macro_rules! follow {
    ($stream:ident, $body:expr, $step:expr) => {{
        let mut stream = $stream::new();
        for bytes in $body.chunks($step) {
            stream.push(bytes);
        }
        assert!(stream.info().content_chunks() <= stream.info().chunks());
        let counts = (stream.text_chars(), stream.skipped());
        let end: (ResponseInfo, bool) = stream.finish();
        (counts, end)
    }};
}

fuzz_target!(|input: (u8, u16, &[u8])| {
    let (step, cut, body) = input;
    let step = usize::from(step).max(1);
    if let Ok(tree) = serde_json::from_slice::<Value>(body) {
        macro_rules! alike {
            ($($name:ident),*) => {$(
                // The last of duplicate keys wins in both.
                assert_eq!($name::from_slice(body), Ok($name::from_value(&tree)));
            )*};
        }
        alike!(
            GenerateContentRequest,
            GenerateContentResponse,
            GenerateContentChunk,
            InteractionsRequest,
            InteractionsResponse,
            InteractionsChunk
        );
    }

    let whole = follow!(GenerateContentStream, body, body.len().max(1));
    assert_eq!(follow!(GenerateContentStream, body, step), whole);
    let part = &body[..usize::from(cut).min(body.len())];
    let cut = follow!(GenerateContentStream, part, part.len().max(1));
    assert!(cut.0.0 <= whole.0.0);
    assert_eq!(
        follow!(InteractionsStream, body, step),
        follow!(InteractionsStream, body, body.len().max(1))
    );
});
