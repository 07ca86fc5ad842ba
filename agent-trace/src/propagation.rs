//! One trace across processes: context written into requests and messages, and read from them.

#[cfg(feature = "amqp")]
mod amqp;
mod b3;
mod baggage;
mod carried;
mod carrier;
mod egress;
mod environment;
mod format;
mod hex;
#[cfg(feature = "http")]
mod http;
#[cfg(feature = "json")]
mod json;
mod outgoing;
mod pairs;
mod percent;
mod process;
mod propagator;
mod remote;
mod string_map;
mod text;
#[cfg(feature = "tonic")]
mod tonic;
mod traceparent;
mod tracestate;
mod trust;

pub use carrier::{Carrier, CarrierMut};
pub use egress::Egress;
pub use environment::Environment;
pub use format::{Format, UnknownFormat};
pub use pairs::{Fields, Pairs};
pub use process::{propagator, set_propagator};
pub use propagator::Propagator;
pub use remote::RemoteContext;
pub use trust::TrustMode;

/// Writes the current span, and the baggage that may leave, into `carrier`, with the process's [`propagator()`].
///
/// ```
/// let mut headers = std::collections::HashMap::new();
/// agent_trace::inject(&mut headers);
/// ```
pub fn inject<C: CarrierMut + ?Sized>(carrier: &mut C) {
    propagator().inject(carrier);
}

/// As [`inject`], for a request to `destination`, a URL or `host:port`: a model provider gets nothing, other hosts get the
/// trace context, and baggage goes to the hosts that the [`Egress`] lists.
///
/// ```
/// let mut headers = std::collections::HashMap::new();
/// agent_trace::inject_to("https://tools.example.com/search", &mut headers);
/// ```
pub fn inject_to<C: CarrierMut + ?Sized>(destination: &str, carrier: &mut C) {
    propagator().inject_to(destination, carrier);
}

/// Reads what another process sent, with the process's [`propagator()`]. What is not valid counts as not sent.
///
/// ```
/// use std::collections::HashMap;
///
/// let headers = HashMap::from([(
///     "traceparent".to_owned(),
///     "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01".to_owned(),
/// )]);
/// let remote = agent_trace::extract(&headers);
/// assert_eq!(remote.span_context().span_id().to_string(), "00f067aa0ba902b7");
/// ```
#[must_use]
pub fn extract<C: Carrier + ?Sized>(carrier: &C) -> RemoteContext {
    propagator().extract(carrier)
}
