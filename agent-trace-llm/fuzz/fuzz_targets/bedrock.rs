//! Converse and InvokeModel: requests, replies, events and streams.
//!
//! Bytes seldom make a frame, so the lines of a body are put into frames that are whole: an event's
//! name, a blank, and its payload.
#![no_main]

use agent_trace_llm::wire::bedrock::{
    ConverseChunk, ConverseRequest, ConverseResponse, ConverseStream, InvokeChunk, InvokeRequest,
    InvokeResponse, InvokeStream,
};
use agent_trace_llm_fuzz::{alike, frame, stream};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

const EVENTS: [&str; 5] = [
    "messageStart",
    "contentBlockStart",
    "contentBlockDelta",
    "messageStop",
    "metadata",
];

fuzz_target!(|body: &[u8]| {
    alike!(
        body,
        ConverseRequest,
        ConverseResponse,
        InvokeRequest,
        InvokeResponse,
        InvokeChunk
    );
    let _ = InvokeChunk::from_payload(body);
    if let Ok(tree) = serde_json::from_slice::<Value>(body) {
        for event in EVENTS {
            assert_eq!(
                ConverseChunk::from_slice(event, body),
                Ok(ConverseChunk::from_value(event, &tree))
            );
        }
    }
    let mut frames = Vec::new();
    for line in body.split(|byte| *byte == b'\n') {
        let blank = line.iter().position(|byte| *byte == b' ').unwrap_or(0);
        let event = String::from_utf8_lossy(&line[..blank.min(200)]);
        frames.extend(frame::message(&event, &line[blank..]));
    }
    for body in [body, &frames] {
        stream!(ConverseStream, body);
        stream!(InvokeStream, body);
    }
});
