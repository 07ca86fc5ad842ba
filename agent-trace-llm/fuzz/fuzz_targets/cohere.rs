//! Cohere: requests, replies, events and streams.
#![no_main]

use agent_trace_llm::wire::cohere::{
    ChatChunk, ChatRequest, ChatResponse, ChatStream, ChatV1Chunk, ChatV1Response, ChatV1Stream,
    EmbedRequest, EmbedResponse, GenerateResponse, RerankRequest, RerankResponse,
};
use agent_trace_llm_fuzz::{alike, stream};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| {
    alike!(
        body,
        ChatRequest,
        ChatResponse,
        ChatChunk<'_>,
        ChatV1Response,
        ChatV1Chunk<'_>,
        EmbedRequest,
        EmbedResponse,
        GenerateResponse,
        RerankRequest,
        RerankResponse
    );
    stream!(ChatStream, body);
    stream!(ChatV1Stream, body);
});
