//! Converse and InvokeModel: no input panics, text and tree are read alike, and a stream says the
//! same however it is split.
//!
//! Bytes seldom make a frame, so they are also put into frames that are whole.
#![no_main]

use agent_trace_llm::ResponseInfo;
use agent_trace_llm::wire::bedrock::{
    ConverseChunk, ConverseRequest, ConverseResponse, ConverseStream, InvokeChunk, InvokeRequest,
    InvokeResponse, InvokeStream,
};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

macro_rules! follow {
    ($stream:ident, $body:expr, $step:expr) => {{
        let mut stream = $stream::new();
        for bytes in $body.chunks($step) {
            stream.push(bytes);
        }
        assert!(stream.info().content_chunks() <= stream.info().chunks());
        let counts = (stream.text_chars(), stream.skipped());
        let end: (ResponseInfo, bool) = stream.finish();
        (counts, end)
    }};
}

const EVENTS: [&str; 6] = [
    "messageStart",
    "contentBlockStart",
    "contentBlockDelta",
    "messageStop",
    "metadata",
    "chunk",
];

fn crc32(bytes: &[u8]) -> [u8; 4] {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
        }
    }
    (!crc).to_be_bytes()
}

fn frame(event: &str, payload: &[u8]) -> Vec<u8> {
    let mut headers = b"\x0b:event-type\x07\x00".to_vec();
    headers.push(event.len() as u8);
    headers.extend(event.as_bytes());
    let length = (headers.len() + payload.len() + 16) as u32;
    let mut frame = length.to_be_bytes().to_vec();
    frame.extend((headers.len() as u32).to_be_bytes());
    frame.extend(crc32(&frame));
    frame.extend(headers);
    frame.extend(payload);
    frame.extend(crc32(&frame));
    frame
}

fuzz_target!(|input: (u8, &[u8])| {
    let (step, body) = input;
    let step = usize::from(step).max(1);
    let _ = InvokeChunk::from_payload(body);
    if let Ok(tree) = serde_json::from_slice::<Value>(body) {
        macro_rules! alike {
            ($($name:ident),*) => {$(
                // The last of duplicate keys wins in both.
                assert_eq!($name::from_slice(body), Ok($name::from_value(&tree)));
            )*};
        }
        alike!(
            ConverseRequest,
            ConverseResponse,
            InvokeRequest,
            InvokeResponse,
            InvokeChunk
        );
        for event in EVENTS {
            assert_eq!(
                ConverseChunk::from_slice(event, body),
                Ok(ConverseChunk::from_value(event, &tree))
            );
        }
    }

    // One event a line, the first byte of which says which one it is.
    let mut frames = Vec::new();
    for line in body.split(|byte| *byte == b'\n') {
        if let [kind, payload @ ..] = line {
            frames.extend(frame(EVENTS[usize::from(*kind) % EVENTS.len()], payload));
        }
    }
    for body in [body, &frames[..]] {
        let whole = body.len().max(1);
        assert_eq!(
            follow!(ConverseStream, body, step),
            follow!(ConverseStream, body, whole)
        );
        assert_eq!(
            follow!(InvokeStream, body, step),
            follow!(InvokeStream, body, whole)
        );
    }
});
