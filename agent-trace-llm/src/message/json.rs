use std::borrow::Cow;

use serde::{Serialize, Serializer};
use serde_json::Value;

/// Any JSON: the arguments or the result of a tool call, borrowed where it can be. Two are equal that
/// are the same JSON.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Json<'a> {
    /// Borrowed from a body.
    Borrowed(&'a Value),
    /// Parsed from text within a body, or made by the application.
    Owned(Value),
    /// Text that is no JSON object.
    Text(Cow<'a, str>),
}

impl<'a> Json<'a> {
    /// What `text` says: an object or an array if it is the JSON of one, else the text itself.
    ///
    /// Providers carry arguments, and applications results, as text; the schemas ask for the value.
    /// A number or a word alone stays text, because the text `"42"` need not mean a number.
    ///
    /// ```
    /// use agent_trace_llm::message::Json;
    /// use serde_json::json;
    ///
    /// assert_eq!(Json::from_text(r#"{"city":"Paris"}"#), Json::Owned(json!({ "city": "Paris" })));
    /// assert_eq!(Json::from_text("57 F"), Json::Text("57 F".into()));
    /// assert_eq!(Json::from_text(r#"{"city":"Par"#), Json::Text(r#"{"city":"Par"#.into()));
    /// ```
    pub fn from_text(text: &'a str) -> Self {
        // A look at the first character, so that a long result is not parsed for nothing.
        if text.trim_start().starts_with(['{', '[']) {
            if let Ok(value) = serde_json::from_str(text) {
                return Self::Owned(value);
            }
        }
        Self::Text(Cow::Borrowed(text))
    }

    /// The same for text within a body; any other value is borrowed as it is.
    pub fn from_value(value: &'a Value) -> Self {
        match value {
            Value::String(text) => Self::from_text(text),
            value => Self::Borrowed(value),
        }
    }

    /// The arguments or the result of a tool as the schemas of `gen_ai.tool.call.arguments` and
    /// `gen_ai.tool.call.result` have them, which is as an object. Anything else is put into one,
    /// under `value`.
    ///
    /// ```
    /// use agent_trace_llm::message::Json;
    ///
    /// let object = |text| serde_json::to_string(&Json::from_text(text).into_object());
    /// assert_eq!(object(r#"{"city":"Paris"}"#)?, r#"{"city":"Paris"}"#);
    /// assert_eq!(object("57 F")?, r#"{"value":"57 F"}"#);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn into_object(self) -> Self {
        if self.is_object() {
            return self;
        }
        let value = match self {
            Self::Borrowed(value) => value.clone(),
            Self::Owned(value) => value,
            Self::Text(text) => Value::String(text.into_owned()),
        };
        let fields = [("value".to_owned(), value)];
        Self::Owned(Value::Object(fields.into_iter().collect()))
    }

    /// Whether it is a JSON object.
    pub fn is_object(&self) -> bool {
        match self {
            Self::Borrowed(value) => value.is_object(),
            Self::Owned(value) => value.is_object(),
            Self::Text(_) => false,
        }
    }

    /// The same, borrowing from nothing.
    pub fn into_owned(self) -> Json<'static> {
        match self {
            Self::Borrowed(value) => Json::Owned(value.clone()),
            Self::Owned(value) => Json::Owned(value),
            Self::Text(text) => Json::Text(Cow::Owned(text.into_owned())),
        }
    }
}

impl PartialEq for Json<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => a == b,
            (Self::Text(text), Self::Borrowed(value))
            | (Self::Borrowed(value), Self::Text(text)) => value.as_str() == Some(text),
            (Self::Text(text), Self::Owned(value)) | (Self::Owned(value), Self::Text(text)) => {
                value.as_str() == Some(text)
            }
            (Self::Borrowed(a), Self::Borrowed(b)) => a == b,
            (Self::Owned(a), Self::Owned(b)) => a == b,
            (Self::Borrowed(a), Self::Owned(b)) => *a == b,
            (Self::Owned(a), Self::Borrowed(b)) => a == *b,
        }
    }
}

impl<'a> From<&'a Value> for Json<'a> {
    fn from(value: &'a Value) -> Self {
        Self::Borrowed(value)
    }
}

impl From<Value> for Json<'_> {
    fn from(value: Value) -> Self {
        Self::Owned(value)
    }
}

impl<'a> From<&'a str> for Json<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Json<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Borrowed(value) => value.serialize(serializer),
            Self::Owned(value) => value.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_objects_and_arrays_are_parsed() {
        assert_eq!(Json::from_text(" [1] "), Json::Owned(json!([1])));
        for text in ["42", "true", "null", "\"a\"", "", "{", "{} x"] {
            assert_eq!(Json::from_text(text), Json::Text(text.into()));
        }
    }

    #[test]
    fn equal_is_what_is_the_same_json() {
        let (object, text) = (json!({ "a": 1 }), json!("a"));
        assert_eq!(Json::Borrowed(&object), Json::Owned(object.clone()));
        assert_eq!(Json::Owned(text.clone()), Json::from("a"));
        assert_eq!(Json::from("a"), Json::Borrowed(&text));
        assert_ne!(Json::from("{\"a\":1}"), Json::Borrowed(&object));
        assert_ne!(Json::Owned(json!(1)), Json::from("1"));
    }

    #[test]
    fn deep_nesting_stays_text() {
        let deep = "[".repeat(10_000) + &"]".repeat(10_000);
        assert_eq!(Json::from_text(&deep), Json::Text(deep.as_str().into()));
    }
}
