//! `generateContent` and interactions: requests, replies, events and streams, be they events or an
//! array.
#![no_main]

use agent_trace_llm::wire::gemini::{
    GenerateContentChunk, GenerateContentRequest, GenerateContentResponse, GenerateContentStream,
    InteractionsChunk, InteractionsRequest, InteractionsResponse, InteractionsStream,
};
use agent_trace_llm_fuzz::{alike, stream};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| {
    alike!(
        body,
        GenerateContentRequest,
        GenerateContentResponse,
        GenerateContentChunk<'_>,
        InteractionsRequest,
        InteractionsResponse,
        InteractionsChunk<'_>
    );
    stream!(GenerateContentStream, body);
    stream!(InteractionsStream, body);
});
