//! Bodies of requests and replies: no input panics, and text and tree are read alike.
#![no_main]

use agent_trace_llm::wire::openai::{
    ChatChunk, ChatRequest, ChatResponse, EmbeddingsRequest, EmbeddingsResponse,
};
use agent_trace_llm::{LlmChunk, StreamInfo};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|body: &[u8]| {
    let request = ChatRequest::from_slice(body);
    let reply = ChatResponse::from_slice(body);
    let chunk = ChatChunk::from_slice(body);
    let embeddings = EmbeddingsResponse::from_slice(body);
    let _ = EmbeddingsRequest::from_slice(body);
    if let Ok(tree) = serde_json::from_slice::<Value>(body) {
        // The last of duplicate keys wins in both.
        assert_eq!(request, Ok(ChatRequest::from_value(&tree)));
        assert_eq!(reply, Ok(ChatResponse::from_value(&tree)));
        assert_eq!(chunk, Ok(ChatChunk::from_value(&tree)));
        assert_eq!(embeddings, Ok(EmbeddingsResponse::from_value(&tree)));
    }
    if let Ok(chunk) = chunk {
        let mut stream = StreamInfo::default();
        stream.begin_chunk();
        chunk.accumulate(&mut stream);
        assert!(stream.content_chunks() <= stream.chunks());
        let _ = stream.finish();
    }
});
