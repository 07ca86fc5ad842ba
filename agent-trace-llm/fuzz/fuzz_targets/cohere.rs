//! Cohere: no body panics, text and tree are read alike, and a stream says the same however it is
//! split, and no more when it is cut.
#![no_main]

use agent_trace_llm::wire::cohere::{
    ChatChunk, ChatRequest, ChatResponse, ChatStream, ChatV1Chunk, ChatV1Response, ChatV1Stream,
    EmbedRequest, EmbedResponse, GenerateResponse, RerankRequest, RerankResponse,
};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

macro_rules! alike {
    ($body:expr, $($kind:ident),*) => {
        let tree = serde_json::from_slice::<Value>($body);
        $(
            let read = $kind::from_slice($body);
            if let Ok(tree) = &tree {
                assert_eq!(read, Ok($kind::from_value(tree)));
            }
        )*
    };
}

macro_rules! follow {
    ($stream:ident, $body:expr, $step:expr) => {{
        let mut stream = $stream::new();
        for bytes in $body.chunks($step.max(1)) {
            stream.push(bytes);
        }
        let counts = (stream.info().clone(), stream.text_chars(), stream.skipped());
        (counts, stream.finish())
    }};
}

macro_rules! stream {
    ($stream:ident, $step:expr, $cut:expr, $body:expr) => {{
        let whole = follow!($stream, $body, $body.len());
        assert_eq!(follow!($stream, $body, $step), whole);
        let cut = follow!($stream, $cut, $cut.len());
        assert!(cut.0.0.content_chunks() <= whole.0.0.content_chunks());
        assert!(cut.0.0.tool_call_count() <= whole.0.0.tool_call_count());
        assert!(cut.0.1 <= whole.0.1);
    }};
}

fuzz_target!(|input: (u8, u16, &[u8])| {
    let (step, cut, body) = input;
    alike!(
        body,
        ChatRequest,
        ChatResponse,
        ChatChunk,
        ChatV1Response,
        ChatV1Chunk,
        EmbedRequest,
        EmbedResponse,
        GenerateResponse,
        RerankRequest,
        RerankResponse
    );
    let cut = &body[..usize::from(cut).min(body.len())];
    stream!(ChatStream, usize::from(step), cut, body);
    stream!(ChatV1Stream, usize::from(step), cut, body);
});
