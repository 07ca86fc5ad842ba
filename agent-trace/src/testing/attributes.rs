//! Attributes with their types.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use opentelemetry::{Array, KeyValue, StringValue, Value};

/// The attributes of a span, an event or a link, read with their types.
///
/// An accessor returns `None` where the key is missing, and panics where the value has another type: an integer that
/// arrives as text is the mistake that a test is for. [`get`](Self::get) takes any type.
///
/// ```
/// use agent_trace::testing::capture;
///
/// let captured = capture(|| tracing::info_span!("work", model = "gpt-4o", tokens = 12).in_scope(|| ()));
/// let attributes = captured.spans.only().attributes();
///
/// assert_eq!(attributes.str("model"), Some("gpt-4o"));
/// assert_eq!(attributes.int("tokens"), Some(12));
/// assert_eq!(attributes.int("missing"), None);
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct Attributes<'a> {
    pairs: &'a [KeyValue],
}

impl<'a> Attributes<'a> {
    pub(super) fn new(pairs: &'a [KeyValue]) -> Self {
        Self { pairs }
    }

    /// The value under `key`, whatever its type; the first one where the key occurs twice.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&'a Value> {
        self.pairs
            .iter()
            .find(|pair| pair.key.as_str() == key)
            .map(|pair| &pair.value)
    }

    /// The string under `key`.
    ///
    /// # Panics
    ///
    /// Where the value has another type.
    #[must_use]
    #[track_caller]
    pub fn str(&self, key: &str) -> Option<&'a str> {
        match self.get(key)? {
            Value::String(value) => Some(value.as_str()),
            other => wrong_type(key, "a string", other),
        }
    }

    /// The integer under `key`.
    ///
    /// # Panics
    ///
    /// Where the value has another type.
    #[must_use]
    #[track_caller]
    pub fn int(&self, key: &str) -> Option<i64> {
        match self.get(key)? {
            Value::I64(value) => Some(*value),
            other => wrong_type(key, "an integer", other),
        }
    }

    /// The double under `key`.
    ///
    /// # Panics
    ///
    /// Where the value has another type.
    #[must_use]
    #[track_caller]
    pub fn double(&self, key: &str) -> Option<f64> {
        match self.get(key)? {
            Value::F64(value) => Some(*value),
            other => wrong_type(key, "a double", other),
        }
    }

    /// The boolean under `key`.
    ///
    /// # Panics
    ///
    /// Where the value has another type.
    #[must_use]
    #[track_caller]
    pub fn bool(&self, key: &str) -> Option<bool> {
        match self.get(key)? {
            Value::Bool(value) => Some(*value),
            other => wrong_type(key, "a boolean", other),
        }
    }

    /// The array of strings under `key`.
    ///
    /// # Panics
    ///
    /// Where the value has another type.
    #[must_use]
    #[track_caller]
    pub fn strs(&self, key: &str) -> Option<Vec<&'a str>> {
        match self.get(key)? {
            Value::Array(Array::String(values)) => {
                Some(values.iter().map(StringValue::as_str).collect())
            }
            other => wrong_type(key, "an array of strings", other),
        }
    }

    /// The keys, in the order in which they were recorded.
    #[must_use]
    pub fn keys(&self) -> Vec<&'a str> {
        self.pairs.iter().map(|pair| pair.key.as_str()).collect()
    }

    /// The keys that occur more than once, sorted. Receivers keep any one of the values.
    #[must_use]
    pub fn keys_duplicated(&self) -> Vec<&'a str> {
        let mut counts = BTreeMap::new();
        for pair in self.pairs {
            *counts.entry(pair.key.as_str()).or_insert(0_usize) += 1;
        }
        counts
            .into_iter()
            .filter(|(_, count)| *count > 1)
            .map(|(key, _)| key)
            .collect()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// The pairs as the SDK keeps them.
    #[must_use]
    pub fn as_slice(&self) -> &'a [KeyValue] {
        self.pairs
    }
}

/// One `key = value` a line, sorted: what panic messages show.
impl fmt::Display for Attributes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines: Vec<_> = self
            .pairs
            .iter()
            .map(|pair| format!("{} = {}", pair.key, display(&pair.value)))
            .collect();
        lines.sort();
        f.write_str(&lines.join("\n"))
    }
}

#[track_caller]
fn wrong_type(key: &str, wanted: &str, value: &Value) -> ! {
    panic!(
        "attribute `{key}` is not {wanted}: it is {} ({})",
        display(value),
        type_of(value)
    )
}

pub(super) fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Bool(_) => "boolean",
        Value::I64(_) => "int",
        Value::F64(_) => "double",
        Value::String(_) => "string",
        Value::Array(Array::Bool(_)) => "boolean[]",
        Value::Array(Array::I64(_)) => "int[]",
        Value::Array(Array::F64(_)) => "double[]",
        Value::Array(Array::String(_)) => "string[]",
        _ => "of a type that is not known here",
    }
}

/// A value whose text shows its type: strings quoted, doubles with a point, arrays in brackets.
pub(super) fn display(value: &Value) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        Value::I64(value) => value.to_string(),
        Value::F64(value) => format!("{value:?}"),
        Value::String(value) => format!("{:?}", value.as_str()),
        Value::Array(Array::Bool(values)) => list(values, |out, value| write!(out, "{value}")),
        Value::Array(Array::I64(values)) => list(values, |out, value| write!(out, "{value}")),
        Value::Array(Array::F64(values)) => list(values, |out, value| write!(out, "{value:?}")),
        Value::Array(Array::String(values)) => {
            list(values, |out, value| write!(out, "{:?}", value.as_str()))
        }
        other => format!("{other:?}"),
    }
}

fn list<T>(values: &[T], write: impl Fn(&mut String, &T) -> fmt::Result) -> String {
    let mut out = String::from("[");
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        // Writing to a string does not fail.
        let _ = write(&mut out, value);
    }
    out.push(']');
    out
}

/// What an attribute can be compared with: `"text"`, `12`, `0.5`, `true`, `["a", "b"]`, or a [`Value`].
///
/// The types are compared too: `12` is not `12.0` and not `"12"`.
///
/// ```
/// use agent_trace::testing::IntoExpected;
/// use opentelemetry::Value;
///
/// assert_eq!(12.into_expected(), Value::I64(12));
/// assert_eq!("12".into_expected(), Value::from("12"));
/// ```
pub trait IntoExpected {
    /// The value as OpenTelemetry has it.
    fn into_expected(self) -> Value;
}

impl IntoExpected for Value {
    fn into_expected(self) -> Value {
        self
    }
}

impl IntoExpected for &str {
    fn into_expected(self) -> Value {
        Value::String(self.to_owned().into())
    }
}

impl IntoExpected for &[&str] {
    fn into_expected(self) -> Value {
        Value::Array(Array::String(
            self.iter()
                .map(|text| StringValue::from((*text).to_owned()))
                .collect(),
        ))
    }
}

impl<const N: usize> IntoExpected for [&str; N] {
    fn into_expected(self) -> Value {
        self.as_slice().into_expected()
    }
}

macro_rules! into_expected {
    ($($type:ty => |$value:ident| $expected:expr;)*) => {$(
        impl IntoExpected for $type {
            fn into_expected(self) -> Value {
                let $value = self;
                $expected
            }
        }
    )*};
}

into_expected! {
    String => |value| Value::String(value.into());
    &String => |value| value.as_str().into_expected();
    i32 => |value| Value::I64(value.into());
    u32 => |value| Value::I64(value.into());
    i64 => |value| Value::I64(value);
    f64 => |value| Value::F64(value);
    bool => |value| Value::Bool(value);
}
