//! The handle as a line of text: `1;awarded;<trace id>-<span id>-<flags>;<nanoseconds>;<id>;<name>`.

use super::{Delegation, Stage, TEXT_LIMIT};
use opentelemetry::trace::{SpanContext, SpanId, TraceFlags, TraceId, TraceState};
use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::error::Error;
use std::fmt::{self, Display, Write};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

/// The version of the form. A reader refuses any other.
const VERSION: &str = "1";
/// In the place of a span where none is recorded.
const NO_SPAN: &str = "-";

/// The handle as text of printable ASCII without spaces, commas or quotes, fit for a header. It holds
/// the task's id and name, the time of the announcement, and the ids of the span of the last step.
impl Display for Delegation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{VERSION};{};", self.stage.as_str())?;
        match &self.span {
            Some(span) => write!(
                f,
                "{}-{}-{:02x}",
                span.trace_id(),
                span.span_id(),
                span.trace_flags().to_u8()
            )?,
            None => f.write_str(NO_SPAN)?,
        }
        write!(f, ";{};", self.announced.as_nanos())?;
        encode(&self.id, f)?;
        f.write_char(';')?;
        encode(&self.name, f)
    }
}

/// A text is no [`Delegation`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseDelegationError(&'static str);

impl Display for ParseDelegationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "not a delegated task as `Delegation::to_string` writes it: {}",
            self.0
        )
    }
}

impl Error for ParseDelegationError {}

impl FromStr for Delegation {
    type Err = ParseDelegationError;

    /// Reads what [`Display`] wrote, and nothing else.
    fn from_str(text: &str) -> Result<Self, ParseDelegationError> {
        let mut fields = text.split(';');
        let mut field = || fields.next().ok_or(ParseDelegationError("it is too short"));
        if field()? != VERSION {
            return Err(ParseDelegationError("it has another version"));
        }
        let stage = field()?;
        let stage = Stage::ALL
            .into_iter()
            .find(|known| known.as_str() == stage)
            .ok_or(ParseDelegationError("its stage is unknown"))?;
        let span = match field()? {
            NO_SPAN => None,
            span => Some(self::span(span).ok_or(ParseDelegationError("its span is malformed"))?),
        };
        let nanoseconds = field()?;
        if !nanoseconds.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(ParseDelegationError("its time is no number"));
        }
        // Good for the next five hundred years.
        let announced = nanoseconds
            .parse()
            .map(Duration::from_nanos)
            .map_err(|_| ParseDelegationError("its time is no number"))?;
        let (id, name) = (decode(field()?)?, decode(field()?)?);
        if fields.next().is_some() {
            return Err(ParseDelegationError("it is too long"));
        }
        Ok(Self {
            id: Arc::from(id),
            name: Arc::from(name),
            stage,
            announced,
            span,
        })
    }
}

/// `<trace id>-<span id>-<flags>` in lower-case hexadecimal digits.
fn span(text: &str) -> Option<SpanContext> {
    let mut parts = text.split('-');
    let mut part = |length: usize| {
        let part = parts.next()?;
        let is_hex = |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        (part.len() == length && part.bytes().all(is_hex)).then_some(part)
    };
    let (trace, span, flags) = (part(32)?, part(16)?, part(2)?);
    let context = SpanContext::new(
        TraceId::from_hex(trace).ok()?,
        SpanId::from_hex(span).ok()?,
        TraceFlags::new(u8::from_str_radix(flags, 16).ok()?),
        true,
        TraceState::default(),
    );
    (parts.next().is_none() && context.is_valid()).then_some(context)
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'~' | b'-')
}

fn encode(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for byte in text.bytes() {
        if is_plain(byte) {
            f.write_char(char::from(byte))?;
        } else {
            write!(f, "%{byte:02X}")?;
        }
    }
    Ok(())
}

fn decode(text: &str) -> Result<String, ParseDelegationError> {
    let malformed = ParseDelegationError("its id or name is malformed");
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes().iter().copied();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let mut digit = || {
                    let digit = rest.next().filter(|digit| !digit.is_ascii_lowercase());
                    digit.and_then(|digit| char::from(digit).to_digit(16))
                };
                let (high, low) = (digit(), digit());
                let (Some(high), Some(low)) = (high, low) else {
                    return Err(malformed);
                };
                u8::try_from(high * 16 + low).map_err(|_| malformed)?
            }
            byte if is_plain(byte) => byte,
            _ => return Err(malformed),
        });
        if bytes.len() > TEXT_LIMIT {
            return Err(malformed);
        }
    }
    String::from_utf8(bytes).map_err(|_| malformed)
}

impl Serialize for Delegation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Delegation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl Visitor<'_> for Text {
            type Value = Delegation;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a delegated task as text")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Delegation, E> {
                text.parse().map_err(E::custom)
            }
        }

        deserializer.deserialize_str(Text)
    }
}
