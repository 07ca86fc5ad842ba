//! Streamed chat completions.
#![no_main]

use agent_trace_llm::wire::openai::ChatStream;
use agent_trace_llm_fuzz::stream;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| stream!(ChatStream, body));
