//! Voyage and watsonx: no body panics, text and tree are read alike, and a stream says the same
//! however it is split, and no more when it is cut.
#![no_main]

use agent_trace_llm::wire::{voyage, watsonx};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

macro_rules! alike {
    ($body:expr, $($kind:ty),*) => {
        let tree = serde_json::from_slice::<Value>($body);
        $(
            let read = <$kind>::from_slice($body);
            if let Ok(tree) = &tree {
                assert_eq!(read, Ok(<$kind>::from_value(tree)));
            }
        )*
    };
}

fn follow(body: &[u8], step: usize) -> impl PartialEq + std::fmt::Debug + use<> {
    let mut stream = watsonx::GenerationStream::new();
    for bytes in body.chunks(step.max(1)) {
        stream.push(bytes);
    }
    let counts = (stream.info().clone(), stream.text_chars(), stream.skipped());
    (counts, stream.finish())
}

fn text_chars(body: &[u8]) -> u64 {
    let mut stream = watsonx::GenerationStream::new();
    stream.push(body);
    stream.text_chars()
}

fuzz_target!(|input: (u8, u16, &[u8])| {
    let (step, cut, body) = input;
    alike!(
        body,
        voyage::EmbeddingsRequest,
        voyage::EmbeddingsResponse,
        voyage::RerankRequest,
        voyage::RerankResponse,
        watsonx::EmbeddingsResponse,
        watsonx::GenerationRequest,
        watsonx::GenerationResponse,
        watsonx::GenerationChunk<'_>
    );
    assert_eq!(follow(body, usize::from(step)), follow(body, body.len()));
    let cut = &body[..usize::from(cut).min(body.len())];
    assert!(text_chars(cut) <= text_chars(body));
});
