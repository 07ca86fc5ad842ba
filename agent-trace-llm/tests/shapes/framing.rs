//! What puts events into a body.

use serde_json::Value;

pub(crate) fn sse(events: &[Value]) -> String {
    let event = |event: &Value| format!("data: {event}\n\n");
    events.iter().map(event).collect()
}

/// A frame of an AWS event stream.
pub(crate) fn frame(headers: &[(&str, &str)], payload: &[u8]) -> Vec<u8> {
    let crc = |bytes: &[u8]| {
        let bit = |crc: u32, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
        !bytes
            .iter()
            .fold(!0u32, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), bit))
    };
    let mut head = Vec::new();
    for (name, value) in headers {
        head.push(u8::try_from(name.len()).expect("short"));
        head.extend(name.as_bytes());
        head.push(7);
        head.extend(u16::try_from(value.len()).expect("short").to_be_bytes());
        head.extend(value.as_bytes());
    }
    let total = u32::try_from(16 + head.len() + payload.len()).expect("short");
    let mut frame = total.to_be_bytes().to_vec();
    frame.extend(u32::try_from(head.len()).expect("short").to_be_bytes());
    frame.extend(crc(&frame).to_be_bytes());
    frame.extend(head);
    frame.extend(payload);
    frame.extend(crc(&frame).to_be_bytes());
    frame
}

/// The `chunk` frames of InvokeModel.
pub(crate) fn chunks(events: &[Value]) -> Vec<u8> {
    let frame = |event: &Value| {
        let payload = format!("{{\"bytes\":\"{}\"}}", base64(event.to_string().as_bytes()));
        let headers = [(":event-type", "chunk"), (":message-type", "event")];
        frame(&headers, payload.as_bytes())
    };
    events.iter().flat_map(frame).collect()
}

/// The frames of Converse, each event under its name.
pub(crate) fn events(events: &[(&str, Value)]) -> Vec<u8> {
    let frame = |(name, event): &(&str, Value)| {
        let headers = [(":event-type", *name), (":message-type", "event")];
        frame(&headers, event.to_string().as_bytes())
    };
    events.iter().flat_map(frame).collect()
}

fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |three: &[u8]| {
        let bits = (0..3).fold(0, |bits, n| {
            bits << 8 | u32::from(three.get(n).copied().unwrap_or(0))
        });
        let digit = |n: usize| match n <= three.len() {
            true => char::from(ALPHABET[(bits >> (18 - 6 * n)) as usize & 63]),
            false => '=',
        };
        (0..4).map(digit).collect::<String>()
    };
    bytes.chunks(3).map(group).collect()
}

/// An event a line.
pub(crate) fn lines(events: &[Value]) -> String {
    events.iter().map(|event| format!("{event}\n")).collect()
}
