//! `OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT`, which the SDK does not keep.

use opentelemetry::{Array, KeyValue, StringValue, Value};
use opentelemetry_sdk::trace::SpanData;

/// Cuts each text among a span's values, and those of its events and links, to so many characters.
pub(super) fn cut(span: &mut SpanData, characters: usize) {
    cut_all(&mut span.attributes, characters);
    for event in &mut span.events.events {
        cut_all(&mut event.attributes, characters);
    }
    for link in &mut span.links.links {
        cut_all(&mut link.attributes, characters);
    }
}

fn cut_all(attributes: &mut [KeyValue], characters: usize) {
    for attribute in attributes {
        match &mut attribute.value {
            Value::String(text) => cut_text(text, characters),
            Value::Array(Array::String(texts)) => {
                texts.iter_mut().for_each(|text| cut_text(text, characters));
            }
            _ => {}
        }
    }
}

fn cut_text(text: &mut StringValue, characters: usize) {
    // A character has at least one byte: most texts need not be looked through.
    if text.as_str().len() <= characters {
        return;
    }
    if let Some((end, _)) = text.as_str().char_indices().nth(characters) {
        *text = StringValue::from(text.as_str()[..end].to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_between_characters_and_nothing_else_is() {
        let mut attributes = vec![
            KeyValue::new("short", "abc"),
            KeyValue::new("long", "äöüß"),
            KeyValue::new("number", 123_456),
            KeyValue::new(
                "list",
                Value::Array(Array::String(vec!["x".into(), "naïveté".into()])),
            ),
        ];
        cut_all(&mut attributes, 3);
        let values: Vec<Value> = attributes
            .into_iter()
            .map(|attribute| attribute.value)
            .collect();
        assert_eq!(
            values,
            [
                Value::from("abc"),
                Value::from("äöü"),
                Value::I64(123_456),
                Value::Array(Array::String(vec!["x".into(), "naï".into()])),
            ]
        );
        let mut empty = [KeyValue::new("text", "abc")];
        cut_all(&mut empty, 0);
        assert_eq!(empty[0].value, Value::from(""));
    }
}
