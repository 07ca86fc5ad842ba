//! One trace across processes: context written into requests and messages, and read from them.
//!
//! The caller [`inject`]s the current span into what it sends; the callee [`extract`]s it and says `parent = ..`. Neither
//! needs anything global, and neither can fail: what is not valid counts as not sent.
//!
//! ```
//! use agent_trace::propagation::RemoteContext;
//! use agent_trace::{agent_span, tool_call};
//! use std::collections::HashMap;
//!
//! type Headers = HashMap<String, String>;
//!
//! /// In one process.
//! #[tool_call]
//! fn ask_colleague(question: &str) -> String {
//!     let url = "http://colleague.internal/ask";
//!     let mut headers = Headers::new();
//!     agent_trace::inject_to(url, &mut headers);
//!     post(url, headers, question)
//! }
//!
//! /// In another one.
//! fn post(_url: &str, headers: Headers, question: &str) -> String {
//!     answer(agent_trace::extract(&headers), question)
//! }
//!
//! #[agent_span(name = "colleague", parent = caller)]
//! fn answer(caller: RemoteContext, question: &str) -> String {
//!     question.to_uppercase()
//! }
//!
//! assert_eq!(ask_colleague("why?"), "WHY?");
//! ```
//!
//! # Carriers
//!
//! | carrier | medium | feature |
//! | --- | --- | --- |
//! | `http::HeaderMap` | HTTP: axum, hyper, reqwest, tower | `http` |
//! | `tonic::metadata::MetadataMap` | gRPC | `tonic` |
//! | `serde_json::Map<String, Value>` | MCP's `_meta`, the arguments of a tool | `json` |
//! | `amq_protocol_types::FieldTable` | AMQP 0-9-1: `lapin` | `amqp` |
//! | `HashMap<String, String>`, `BTreeMap<String, String>` | anything; names in any case | |
//! | `Vec<(String, Vec<u8>)>` and other vectors and slices of pairs | headers of Kafka clients; names in any case | |
//! | [`std::process::Command`] | the environment of a child: `TRACEPARENT`, `TRACESTATE`, `BAGGAGE` | |
//! | [`Environment`] | one's own, as the parent left it; only read | |
//! | [`Pairs`], [`Fields`] | whatever can be looked through, or has a setter: NATS | |
//! | `dyn Extractor`, `dyn Injector` | what OpenTelemetry's propagators are given | |
//!
//! [`Carrier`] and [`CarrierMut`] are for your own.
//!
//! # What is sent
//!
//! [`Format`]s are those of `OTEL_PROPAGATORS`: W3C Trace Context and Baggage unless it says otherwise, B3 in both forms.
//! Injecting into a carrier that said something before, such as the headers of a request that is passed on, replaces it.
//!
//! What leaves is said by an [`Egress`]. By default that is the trace context and no baggage, and to a model provider's
//! endpoint nothing at all; [`inject_to`] knows one by its host. Baggage leaves only where both its key and the host are
//! listed:
//!
//! ```
//! use agent_trace::propagation::{Egress, Propagator, set_propagator};
//!
//! let egress = Egress::default().baggage_key("tenant.id").host(".svc.cluster.local");
//! let _ = set_propagator(Propagator::from_env().egress(egress));
//! ```
//!
//! No value contains a line break, NUL or anything else but printable ASCII, whatever a program has put into its
//! `tracestate` or baggage and whatever the medium would take.
//!
//! # What is believed
//!
//! Each entrance says how far it trusts its callers: see [`TrustMode`].
//!
//! ```
//! # use agent_trace::agent_span;
//! # use std::collections::HashMap;
//! use agent_trace::propagation::{RemoteContext, TrustMode};
//!
//! #[agent_span(parent = caller)]
//! fn public_endpoint(caller: RemoteContext) {}
//!
//! # let headers = HashMap::<String, String>::new();
//! // A new trace, linked to the caller's (`triggered_by`); nothing of the caller's sampling or baggage.
//! public_endpoint(agent_trace::extract(&headers).trust(TrustMode::Link));
//! ```
//!
//! # What is valid
//!
//! Parsing is strict, so that nobody else downstream sees what we have guessed, and costs no more than these limits allow,
//! whatever is sent:
//!
//! | field | rule |
//! | --- | --- |
//! | `traceparent` | exactly one, of exact lengths, in lower case; no id of zeros; version `00` and nothing behind it, or a later one with more behind a dash, never `ff`. Of the flags, sampled and random are kept |
//! | `tracestate` | all lines in order are one list, valid as a whole or left out: keys of level 2, which include level 1's `tenant@system`; 32 members; 8192 bytes. Of a key that comes twice the first is kept. At most 2048 bytes go on (the W3C asks for 512): members of more than 128 go first, then the last ones |
//! | `baggage` | 64 members in 8192 bytes over all lines, each whole or not at all; one that is not valid is left out. Properties are kept |
//! | `b3`, `x-b3-*` | exactly one of each, exact lengths, lower case; ids of 64 and 128 bits. A decision without ids says nothing; without a decision it is "not sampled". Debug is kept |
//!
//! OpenTelemetry's `TraceState` has no room for some keys of level 2 (`a@@b`). They travel beside it and are sent on
//! unchanged.
//!
//! # With OpenTelemetry
//!
//! A [`Propagator`] is a `TextMapPropagator`: `opentelemetry::global::set_text_map_propagator(propagator().clone())` makes
//! others propagate by the same rules, and no destination is known then: listed keys go everywhere. What those others
//! write is read here all the same.

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
pub use process::{SetPropagatorError, propagator, set_propagator};
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
