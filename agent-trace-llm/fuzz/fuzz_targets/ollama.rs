//! Ollama: requests, replies, lines and streams.
#![no_main]

use agent_trace_llm::wire::ollama::{
    ChatChunk, ChatResponse, ChatStream, EmbedResponse, GenerateChunk, GenerateResponse,
    GenerateStream, Request,
};
use agent_trace_llm_fuzz::{alike, stream};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| {
    alike!(
        body,
        Request,
        ChatResponse,
        ChatChunk<'_>,
        GenerateResponse,
        GenerateChunk<'_>,
        EmbedResponse
    );
    stream!(ChatStream, body);
    stream!(GenerateStream, body);
});
