//! Frames as they come, and as they should not.

use super::*;

/// A frame with text headers.
fn frame(headers: &[(&str, &str)], payload: &[u8]) -> Vec<u8> {
    let mut block = Vec::new();
    for (name, value) in headers {
        block.push(u8::try_from(name.len()).expect("short"));
        block.extend_from_slice(name.as_bytes());
        block.push(7);
        block.extend_from_slice(&u16::try_from(value.len()).expect("short").to_be_bytes());
        block.extend_from_slice(value.as_bytes());
    }
    raw(&block, payload)
}

fn raw(headers: &[u8], payload: &[u8]) -> Vec<u8> {
    let word = |n: usize| u32::try_from(n).expect("short").to_be_bytes();
    let mut frame = Vec::new();
    frame.extend(word(PRELUDE + headers.len() + payload.len() + CHECKSUM));
    frame.extend(word(headers.len()));
    frame.extend(crc32(&frame).to_be_bytes());
    frame.extend(headers);
    frame.extend(payload);
    frame.extend(crc32(&frame).to_be_bytes());
    frame
}

fn event(name: &str, payload: &str) -> Vec<u8> {
    let headers = [
        (":event-type", name),
        (":content-type", "application/json"),
        (":message-type", "event"),
    ];
    frame(&headers, payload.as_bytes())
}

type Messages = Vec<(String, Vec<u8>)>;

fn decode(body: &[u8], step: usize, decoder: &mut Decoder) -> (Messages, Result<(), Error>) {
    let mut messages = Vec::new();
    for bytes in body.chunks(step) {
        decoder.push(bytes, |message| {
            messages.push((message.name().to_owned(), message.payload.to_vec()));
        });
    }
    (messages, decoder.finish())
}

/// The example of the format's documentation in the SDKs, checksums included.
#[test]
fn a_known_frame() {
    let bytes = [
        0x00, 0x00, 0x00, 0x3d, 0x00, 0x00, 0x00, 0x20, 0x07, 0xfd, 0x83, 0x96, 0x0c, b'c', b'o',
        b'n', b't', b'e', b'n', b't', b'-', b't', b'y', b'p', b'e', 0x07, 0x00, 0x10, b'a', b'p',
        b'p', b'l', b'i', b'c', b'a', b't', b'i', b'o', b'n', b'/', b'j', b's', b'o', b'n', b'{',
        b'\'', b'f', b'o', b'o', b'\'', b':', b'\'', b'b', b'a', b'r', b'\'', b'}', 0x8d, 0x9c,
        0x08, 0xb1,
    ];
    let mut seen = false;
    Decoder::new().push(&bytes, |message| {
        assert_eq!(message.header("content-type"), Some("application/json"));
        assert_eq!(message.payload, b"{'foo':'bar'}");
        seen = true;
    });
    assert!(seen);
}

#[test]
fn every_split_gives_the_same_messages() {
    let exception = [
        (":exception-type", "throttlingException"),
        (":message-type", "exception"),
    ];
    let body = [
        event("messageStart", "{\"role\":\"assistant\"}"),
        event("empty", ""),
        frame(&exception, b"{}"),
    ]
    .concat();
    let expected = [
        (
            "messageStart".to_owned(),
            b"{\"role\":\"assistant\"}".to_vec(),
        ),
        ("empty".to_owned(), Vec::new()),
        ("throttlingException".to_owned(), b"{}".to_vec()),
    ];
    for step in 1..=body.len() {
        let (messages, end) = decode(&body, step, &mut Decoder::new());
        assert_eq!(messages, expected, "in steps of {step}");
        assert_eq!(end, Ok(()));
    }
}

#[test]
fn every_cut_is_noticed() {
    let first = event("a", "{}");
    let body = [first.clone(), event("b", "{}")].concat();
    for end in 0..body.len() {
        for step in [1, 5, body.len()] {
            let (messages, result) = decode(&body[..end], step, &mut Decoder::new());
            assert_eq!(messages.len(), usize::from(end >= first.len()), "{end}");
            let at_boundary = end == 0 || end == first.len();
            assert_eq!(result.is_ok(), at_boundary, "{end}");
        }
    }
}

#[test]
fn every_flipped_bit_stops_the_decoder() {
    let body = [event("a", "{\"x\":1}"), event("b", "{}")].concat();
    let first = event("a", "{\"x\":1}").len();
    for at in 0..first {
        for bit in 0..8 {
            let mut damaged = body.clone();
            damaged[at] ^= 1 << bit;
            let mut decoder = Decoder::new();
            decoder.push(&damaged, |_| panic!("byte {at} is damaged"));
            let expected = match at {
                0..PRELUDE => Error::PreludeChecksum,
                _ => Error::MessageChecksum,
            };
            assert_eq!(decoder.error(), Some(expected));
            assert_eq!(decoder.finish(), Err(expected));
        }
    }
}

#[test]
fn lengths_that_contradict_each_other() {
    for (total, headers) in [(0u32, 0u32), (15, 0), (16, 1), (20, u32::MAX)] {
        let mut bytes = [total.to_be_bytes(), headers.to_be_bytes()].concat();
        bytes.extend(crc32(&bytes).to_be_bytes());
        let mut decoder = Decoder::new();
        decoder.push(&bytes, |_| panic!("no message"));
        assert_eq!(decoder.error(), Some(Error::Length), "{total} {headers}");
    }
}

#[test]
fn oversized_messages_are_skipped_and_counted() {
    let body = [
        event("a", "{}"),
        event("large", &"x".repeat(5000)),
        event("b", "{}"),
    ]
    .concat();
    for step in [1, 11, 12, 13, 100, body.len()] {
        let mut decoder = Decoder::with_limit(0);
        let (messages, end) = decode(&body, step, &mut decoder);
        let names: Vec<&str> = messages.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["a", "b"], "in steps of {step}");
        assert_eq!(end, Ok(()));
        assert_eq!((decoder.messages(), decoder.skipped()), (2, 1));
        assert!(decoder.frame.capacity() <= 4 * MIN_LIMIT);
    }
}

#[test]
fn a_claimed_length_reserves_nothing() {
    let mut bytes = [u32::MAX.to_be_bytes(), 0u32.to_be_bytes()].concat();
    bytes.extend(crc32(&bytes).to_be_bytes());
    let mut decoder = Decoder::with_limit(usize::MAX);
    decoder.push(&bytes, |_| panic!("no message"));
    assert!(decoder.frame.capacity() < 1024);
    assert_eq!(decoder.finish(), Err(Error::Truncated));
}

#[test]
fn headers_of_every_kind() {
    let mut headers = Vec::new();
    for (kind, value) in [
        (0u8, &[][..]),
        (1, &[]),
        (2, &[1]),
        (3, &[1; 2]),
        (4, &[1; 4]),
        (5, &[1; 8]),
        (6, &[0, 3, 1, 1, 1]),
        (8, &[1; 8]),
        (9, &[1; 16]),
        (7, &[0, 1, b'v']),
    ] {
        headers.extend([1, b'0' + kind, kind]);
        headers.extend(value);
    }
    let whole = raw(&headers, b"");
    Decoder::new().push(&whole, |message| {
        assert_eq!(message.header("7"), Some("v"));
        assert_eq!(message.header("6"), None, "no text");
        assert_eq!(message.header("8"), None);
        assert_eq!(message.name(), "");
    });
    for end in 0..headers.len() {
        Decoder::new().push(&raw(&headers[..end], b""), |message| {
            assert_eq!(message.header("7"), None);
        });
    }
    Decoder::new().push(&raw(&[1, b'x', 99, 1, b'y', 7, 0, 0], b""), |message| {
        assert_eq!(message.header("y"), None);
    });
}

#[test]
fn nothing_of_a_message_is_printed() {
    let mut decoder = Decoder::new();
    let mut printed = String::new();
    let body = event("a", "secret");
    decoder.push(&body, |message| printed = format!("{message:?}"));
    decoder.push(&body[..body.len() - 1], |_| {});
    printed.push_str(&format!("{decoder:?}"));
    assert!(!printed.contains("secret"), "{printed}");
}
