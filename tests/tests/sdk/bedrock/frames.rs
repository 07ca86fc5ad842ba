//! Event streams as AWS frames them.

use serde_json::Value;

use crate::server::Reply;

/// Each frame has a kind, a name and what it carries.
pub(super) fn frames(frames: &[(&str, &str, Value)]) -> Reply {
    let frames = frames.iter();
    Reply {
        status: "200 OK",
        content_type: "application/vnd.amazon.eventstream",
        body: frames
            .flat_map(|(kind, name, payload)| frame(kind, name, payload))
            .collect(),
        missing: 0,
    }
}

/// One frame of an event stream, whose checksums the client verifies.
fn frame(kind: &str, name: &str, payload: &Value) -> Vec<u8> {
    let mut headers = Vec::new();
    for (key, value) in [
        (":message-type", kind),
        (
            if kind == "event" {
                ":event-type"
            } else {
                ":exception-type"
            },
            name,
        ),
        (":content-type", "application/json"),
    ] {
        headers.push(u8::try_from(key.len()).expect("short"));
        headers.extend(key.as_bytes());
        headers.push(7);
        headers.extend(u16::try_from(value.len()).expect("short").to_be_bytes());
        headers.extend(value.as_bytes());
    }
    let payload = payload.to_string();
    let length = |bytes: usize| u32::try_from(bytes).expect("short").to_be_bytes();
    let mut frame = Vec::new();
    frame.extend(length(headers.len() + payload.len() + 16));
    frame.extend(length(headers.len()));
    frame.extend(crc32(&frame).to_be_bytes());
    frame.extend(headers);
    frame.extend(payload.as_bytes());
    frame.extend(crc32(&frame).to_be_bytes());
    frame
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg())
        })
    })
}

pub(super) fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let bits = (0..3).fold(0u32, |bits, n| {
            bits << 8 | u32::from(*group.get(n).unwrap_or(&0))
        });
        for n in 0..4 {
            let digit = usize::try_from(bits >> (18 - 6 * n) & 63).expect("six bits");
            text.push(if n > group.len() {
                '='
            } else {
                char::from(DIGITS[digit])
            });
        }
    }
    text
}
