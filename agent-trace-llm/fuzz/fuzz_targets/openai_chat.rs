//! Chat and legacy completions, and embeddings: requests, replies and events.
#![no_main]

use agent_trace_llm::wire::openai::{
    ChatChunk, ChatRequest, ChatResponse, CompletionRequest, CompletionResponse, EmbeddingsRequest,
    EmbeddingsResponse,
};
use agent_trace_llm::{LlmChunk, Provider, StreamInfo};
use agent_trace_llm_fuzz::alike;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| {
    alike!(
        body,
        ChatRequest,
        ChatResponse,
        ChatChunk<'_>,
        CompletionResponse,
        EmbeddingsResponse
    );
    let _ = CompletionRequest::from_slice(body);
    let _ = EmbeddingsRequest::from_slice(body);
    let _ = ChatResponse::from_provider(&Provider::X_AI, body);
    if let Ok(chunk) = ChatChunk::from_slice(body) {
        let mut stream = StreamInfo::default();
        stream.begin_chunk();
        chunk.accumulate(&mut stream);
        assert!(stream.content_chunks() <= stream.chunks());
        let _ = stream.finish();
    }
});
