//! Spans out of OTLP JSON.

use std::error::Error;
use std::fmt;

use serde_json::Value as Json;

/// The bit of a span's flags that says that its parent is in another process.
const PARENT_IS_REMOTE: u64 = 0x200;

/// An exported span.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the fields are OTLP's")]
pub struct Span {
    pub name: String,
    pub trace_id: String,
    pub span_id: String,
    pub parent_span_id: Option<String>,
    /// The parent is in another process.
    pub remote_parent: bool,
    pub kind: Kind,
    pub status: Status,
    pub status_message: String,
    /// Nanoseconds since 1970.
    pub start: u64,
    /// Nanoseconds since 1970.
    pub end: u64,
    /// In the order of the export; a key may be there twice.
    pub attributes: Vec<(String, Value)>,
    pub links: Vec<Link>,
}

/// A link of a span.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the fields are OTLP's")]
pub struct Link {
    pub trace_id: String,
    pub span_id: String,
    pub attributes: Vec<(String, Value)>,
}

/// A span kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the variants are OTLP's")]
pub enum Kind {
    Unspecified,
    Internal,
    Server,
    Client,
    Producer,
    Consumer,
}

/// A span status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the variants are OTLP's")]
pub enum Status {
    Unset,
    Ok,
    Error,
}

/// The value of an attribute.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the variants are OTLP's")]
pub enum Value {
    String(String),
    Bool(bool),
    Int(i64),
    Double(f64),
    Bytes(String),
    Array(Vec<Value>),
    Map(Vec<(String, Value)>),
    Empty,
}

/// A line that is not OTLP JSON.
#[derive(Debug)]
pub struct MalformedLine {
    line: usize,
    reason: String,
}

impl fmt::Display for MalformedLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

impl Error for MalformedLine {}

impl Span {
    /// The last value of an attribute.
    #[must_use]
    pub fn attribute(&self, key: &str) -> Option<&Value> {
        last(&self.attributes, key)
    }

    /// The last value of an attribute that is text.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&str> {
        self.attribute(key).and_then(Value::as_str)
    }
}

impl Link {
    /// The last value of an attribute that is text.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&str> {
        last(&self.attributes, key).and_then(Value::as_str)
    }
}

impl Value {
    /// The text, where it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }
}

fn last<'a>(attributes: &'a [(String, Value)], key: &str) -> Option<&'a Value> {
    attributes
        .iter()
        .rev()
        .find(|(own, _)| own == key)
        .map(|(_, value)| value)
}

/// The spans of all lines; blank lines and other signals are passed over.
pub(super) fn spans(lines: &str) -> Result<Vec<Span>, MalformedLine> {
    let mut found = Vec::new();
    for (at, line) in lines
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        let malformed = |reason: String| MalformedLine {
            line: at + 1,
            reason,
        };
        let request: Json =
            serde_json::from_str(line).map_err(|error| malformed(error.to_string()))?;
        if !request.is_object() {
            return Err(malformed("not an object".to_owned()));
        }
        for resource in items(&request, "resourceSpans") {
            for scope in items(resource, "scopeSpans") {
                for span in items(scope, "spans") {
                    found.push(decode(span).map_err(malformed)?);
                }
            }
        }
    }
    Ok(found)
}

fn decode(span: &Json) -> Result<Span, String> {
    let status = &span["status"];
    Ok(Span {
        name: text(span, "name")?,
        trace_id: text(span, "traceId")?,
        span_id: text(span, "spanId")?,
        parent_span_id: span["parentSpanId"]
            .as_str()
            .filter(|id| !id.is_empty())
            .map(str::to_owned),
        remote_parent: integer(&span["flags"]).unwrap_or(0) & PARENT_IS_REMOTE != 0,
        kind: kind(&span["kind"])?,
        status: match (status["code"].as_str(), integer(&status["code"])) {
            (Some("STATUS_CODE_ERROR"), _) | (_, Some(2)) => Status::Error,
            (Some("STATUS_CODE_OK"), _) | (_, Some(1)) => Status::Ok,
            _ => Status::Unset,
        },
        status_message: status["message"].as_str().unwrap_or_default().to_owned(),
        start: integer(&span["startTimeUnixNano"]).ok_or("no startTimeUnixNano")?,
        end: integer(&span["endTimeUnixNano"]).ok_or("no endTimeUnixNano")?,
        attributes: key_values(span, "attributes")?,
        links: items(span, "links")
            .map(|link| {
                Ok(Link {
                    trace_id: text(link, "traceId")?,
                    span_id: text(link, "spanId")?,
                    attributes: key_values(link, "attributes")?,
                })
            })
            .collect::<Result<_, String>>()?,
    })
}

fn kind(json: &Json) -> Result<Kind, String> {
    let kind = match (json.as_str(), integer(json)) {
        (Some("SPAN_KIND_UNSPECIFIED"), _) | (_, Some(0)) => Kind::Unspecified,
        (Some("SPAN_KIND_INTERNAL"), _) | (_, Some(1)) => Kind::Internal,
        (Some("SPAN_KIND_SERVER"), _) | (_, Some(2)) => Kind::Server,
        (Some("SPAN_KIND_CLIENT"), _) | (_, Some(3)) => Kind::Client,
        (Some("SPAN_KIND_PRODUCER"), _) | (_, Some(4)) => Kind::Producer,
        (Some("SPAN_KIND_CONSUMER"), _) | (_, Some(5)) => Kind::Consumer,
        _ if json.is_null() => Kind::Unspecified,
        _ => return Err(format!("no span kind: {json}")),
    };
    Ok(kind)
}

fn key_values(json: &Json, key: &str) -> Result<Vec<(String, Value)>, String> {
    items(json, key)
        .map(|pair| Ok((text(pair, "key")?, value(&pair["value"])?)))
        .collect()
}

fn value(json: &Json) -> Result<Value, String> {
    let Some((kind, inner)) = json.as_object().and_then(|object| object.iter().next()) else {
        return Ok(Value::Empty);
    };
    let wrong = || format!("not a {kind}: {inner}");
    Ok(match kind.as_str() {
        "stringValue" => Value::String(inner.as_str().ok_or_else(wrong)?.to_owned()),
        "boolValue" => Value::Bool(inner.as_bool().ok_or_else(wrong)?),
        // 64-bit integers are strings in OTLP JSON; readers must take numbers too.
        "intValue" => Value::Int(match inner.as_str() {
            Some(text) => text.parse().map_err(|_| wrong())?,
            None => inner.as_i64().ok_or_else(wrong)?,
        }),
        "doubleValue" => Value::Double(match inner.as_str() {
            // `NaN` and the infinities.
            Some(text) => text.parse().map_err(|_| wrong())?,
            None => inner.as_f64().ok_or_else(wrong)?,
        }),
        "bytesValue" => Value::Bytes(inner.as_str().ok_or_else(wrong)?.to_owned()),
        "arrayValue" => Value::Array(
            items(inner, "values")
                .map(value)
                .collect::<Result<_, _>>()?,
        ),
        "kvlistValue" => Value::Map(key_values(inner, "values")?),
        _ => return Err(format!("unknown kind of value {kind}")),
    })
}

fn items<'j>(json: &'j Json, key: &str) -> impl Iterator<Item = &'j Json> {
    json[key].as_array().into_iter().flatten()
}

fn text(json: &Json, key: &str) -> Result<String, String> {
    json[key]
        .as_str()
        .map(str::to_owned)
        .ok_or_else(|| format!("no {key} in {json}"))
}

/// A number, or the text of one.
fn integer(json: &Json) -> Option<u64> {
    json.as_u64().or_else(|| json.as_str()?.parse().ok())
}
