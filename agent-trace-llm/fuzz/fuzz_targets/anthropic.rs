//! Messages: requests, replies, events and streams.
#![no_main]

use agent_trace_llm::wire::anthropic::{
    MessagesChunk, MessagesRequest, MessagesResponse, MessagesStream,
};
use agent_trace_llm_fuzz::{alike, stream};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| {
    alike!(body, MessagesRequest, MessagesResponse, MessagesChunk<'_>);
    stream!(MessagesStream, body);
});
