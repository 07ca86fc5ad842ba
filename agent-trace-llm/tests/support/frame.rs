//! AWS event-stream frames, made the plain way, to test the decoder against.

fn crc32(bytes: &[u8]) -> u32 {
    let bit = |crc: u32, _| crc >> 1 ^ 0xedb8_8320 & (crc & 1).wrapping_neg();
    let byte = |crc: u32, byte: &u8| (0..8).fold(crc ^ u32::from(*byte), bit);
    !bytes.iter().fold(u32::MAX, byte)
}

fn length(length: usize) -> [u8; 4] {
    u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes()
}

/// A frame with these headers, which need not be well-formed.
pub fn frame(headers: &[u8], payload: &[u8]) -> Vec<u8> {
    let mut frame = prelude(16 + headers.len() + payload.len(), headers.len());
    frame.extend(headers);
    frame.extend(payload);
    frame.extend(crc32(&frame).to_be_bytes());
    frame
}

/// The start of a frame that announces so much.
pub fn prelude(total: usize, headers: usize) -> Vec<u8> {
    let mut frame = [length(total), length(headers)].concat();
    frame.extend(crc32(&frame).to_be_bytes());
    frame
}

/// The frame of an event, or of an exception if its name ends so.
pub fn message(event: &str, payload: &[u8]) -> Vec<u8> {
    let kind = match event.ends_with("Exception") {
        true => "exception",
        false => "event",
    };
    let mut headers = Vec::new();
    for (name, value) in [
        (":message-type", kind),
        (&format!(":{kind}-type"), event),
        (":content-type", "application/json"),
    ] {
        headers.push(u8::try_from(name.len()).unwrap_or(u8::MAX));
        headers.extend(name.as_bytes());
        headers.push(7);
        headers.extend(&length(value.len())[2..]);
        headers.extend(value.as_bytes());
    }
    frame(&headers, payload)
}

/// The frames of lines that are an event's name, a blank and a payload each.
pub fn messages(lines: &str) -> Vec<u8> {
    let events = lines.lines().filter_map(|line| line.split_once(' '));
    events
        .flat_map(|(event, payload)| message(event, payload.as_bytes()))
        .collect()
}
