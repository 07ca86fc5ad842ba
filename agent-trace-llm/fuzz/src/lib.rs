//! What the targets share.

#[path = "../../tests/support/frame.rs"]
pub mod frame;

/// How a body is cut into pieces, and where it ends early: taken from the body itself, so that any body
/// is an input as it is, and the seeds can be read.
pub fn split(body: &[u8]) -> (usize, &[u8]) {
    let hash = |hash: u32, byte: &u8| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
    let hash = body.iter().fold(0x811c_9dc5, hash) as usize;
    (1 + hash % 64, &body[..(hash >> 8) % (body.len() + 1)])
}

/// Text and tree are read alike: the last of duplicate keys wins in both.
#[macro_export]
macro_rules! alike {
    ($body:expr, $($kind:ty),* $(,)?) => {
        let tree = ::serde_json::from_slice::<::serde_json::Value>($body);
        $(
            let read = <$kind>::from_slice($body);
            if let Ok(tree) = &tree {
                assert_eq!(read, Ok(<$kind>::from_value(tree)));
            }
        )*
    };
}

/// What a stream has said of a body that came in pieces of `step` bytes.
#[macro_export]
macro_rules! follow {
    ($stream:ty, $body:expr, $step:expr) => {{
        let mut stream = <$stream>::new();
        for bytes in $body.chunks($step.max(1)) {
            stream.push(bytes);
        }
        assert!(stream.info().content_chunks() <= stream.info().chunks());
        let counts = (stream.info().clone(), stream.text_chars(), stream.skipped());
        (counts, stream.finish())
    }};
}

/// A stream says the same however it is split, and no more when it is cut.
#[macro_export]
macro_rules! stream {
    ($stream:ty, $body:expr) => {{
        let body: &[u8] = $body;
        let (step, cut) = $crate::split(body);
        let whole = $crate::follow!($stream, body, body.len());
        assert_eq!($crate::follow!($stream, body, step), whole);
        let cut = $crate::follow!($stream, cut, cut.len());
        assert!(cut.0.0.content_chunks() <= whole.0.0.content_chunks());
        assert!(cut.0.0.tool_call_count() <= whole.0.0.tool_call_count());
        assert!(cut.0.1 <= whole.0.1);
    }};
}
