//! Voyage and watsonx: requests, replies, events and streams.
#![no_main]

use agent_trace_llm::wire::{voyage, watsonx};
use agent_trace_llm_fuzz::{alike, stream};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| {
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
    stream!(watsonx::GenerationStream, body);
});
