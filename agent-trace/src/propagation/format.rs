//! The formats, by the names that `OTEL_PROPAGATORS` has for them.

use super::{b3, baggage, traceparent, tracestate};
use std::str::FromStr;

/// A way to write context into fields.
///
/// ```
/// use agent_trace::propagation::Format;
///
/// assert_eq!("b3multi".parse(), Ok(Format::B3Multi));
/// assert_eq!(Format::TraceContext.fields(), ["traceparent", "tracestate"]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// `tracecontext`: [W3C Trace Context](https://www.w3.org/TR/trace-context-2/), level 2.
    TraceContext,
    /// `baggage`: [W3C Baggage](https://www.w3.org/TR/baggage/).
    Baggage,
    /// `b3`: Zipkin's [B3](https://github.com/openzipkin/b3-propagation) in one field. Both forms are read.
    B3,
    /// `b3multi`: B3 in several fields. Both forms are read.
    B3Multi,
}

/// The name of a format that is not one of [`Format`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownFormat(String);

impl std::fmt::Display for UnknownFormat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "`{}` is not a propagator known here: write `tracecontext`, `baggage`, `b3`, `b3multi` or `none`",
            self.0.escape_debug()
        )
    }
}

impl std::error::Error for UnknownFormat {}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let all = [Self::TraceContext, Self::Baggage, Self::B3, Self::B3Multi];
        all.into_iter()
            .find(|format| format.name().eq_ignore_ascii_case(name))
            .ok_or_else(|| UnknownFormat(name.to_owned()))
    }
}

impl Format {
    /// The name that `OTEL_PROPAGATORS` has for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::TraceContext => "tracecontext",
            Self::Baggage => "baggage",
            Self::B3 => "b3",
            Self::B3Multi => "b3multi",
        }
    }

    /// The fields that it writes.
    #[must_use]
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Self::TraceContext => &[traceparent::TRACEPARENT, tracestate::TRACESTATE],
            Self::Baggage => &[baggage::BAGGAGE],
            Self::B3 => &[b3::B3],
            Self::B3Multi => &[b3::TRACE_ID, b3::SPAN_ID, b3::SAMPLED, b3::FLAGS],
        }
    }

    /// The fields that are gone where this format may not say anything.
    pub(super) fn cleared_fields(self) -> impl Iterator<Item = &'static str> {
        let parent = (self == Self::B3Multi).then_some(b3::PARENT_SPAN_ID);
        self.fields().iter().copied().chain(parent)
    }
}
