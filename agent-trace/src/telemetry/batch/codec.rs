//! Spans as bytes and back, for the spill file. Not a wire format: only the version that wrote it has to read it, and a
//! file of another version is left alone.

mod reader;
mod writer;

use opentelemetry_sdk::trace::SpanData;

use reader::Reader;
use writer::Writer;

/// Raised whenever what is written changes.
pub(crate) const VERSION: u8 = 1;

/// Spans as bytes.
pub(crate) fn encode(spans: &[SpanData]) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.byte(VERSION);
    writer.length(spans.len());
    let mut scope = None;
    for span in spans {
        let own = &span.instrumentation_scope;
        // Spans of one library come in runs.
        let same = scope == Some(own);
        writer.byte(u8::from(!same));
        if !same {
            writer.scope(own);
            scope = Some(own);
        }
        writer.span(span);
    }
    writer.finish()
}

/// The spans that were [encoded](encode), or `None` where the bytes are not what this version writes.
pub(crate) fn decode(bytes: &[u8]) -> Option<Vec<SpanData>> {
    let mut reader = Reader::new(bytes);
    if reader.byte()? != VERSION {
        return None;
    }
    let count = reader.length()?;
    let mut spans: Vec<SpanData> = Vec::with_capacity(count);
    for _ in 0..count {
        let scope = match reader.byte()? {
            0 => spans.last()?.instrumentation_scope.clone(),
            _ => reader.scope()?,
        };
        spans.push(reader.span(scope)?);
    }
    reader.is_empty().then_some(spans)
}

#[cfg(test)]
mod tests;
