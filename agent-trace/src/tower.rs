//! The two ends of a call over HTTP or gRPC, as tower layers.
//!
//! [`ServerLayer`] stands in front of axum routes or tonic services: it takes the caller's context from the headers and
//! runs the request in a span of kind SERVER, which ends when the last byte of the reply has left. [`ClientLayer`] stands
//! in front of whatever sends requests: it runs them in a span of kind CLIENT and puts its context into the headers, as
//! far as the [propagator](crate::propagation::Propagator) lets it leave.
//!
//! ```
//! use agent_trace::propagation::TrustMode;
//! use agent_trace::tower::{ClientLayer, ServerLayer};
//!
//! // Between services of one's own: the trace goes on.
//! let inner = ServerLayer::new();
//! // At the edge: strangers get a trace of their own, linked to theirs.
//! let edge = ServerLayer::new().trust(TrustMode::Link);
//! let client = ClientLayer::new();
//! # let _ = (inner, edge, client);
//! ```
//!
//! With axum, `Router::layer(ServerLayer::new())` wraps what was routed, so that the route is known; say where it is:
//!
//! ```text
//! let layer = ServerLayer::new().route(|parts| {
//!     parts.extensions.get::<axum::extract::MatchedPath>().map(|path| path.as_str().to_owned())
//! });
//! let app = Router::new().route("/tasks/{id}", get(task)).layer(layer);
//! ```
//!
//! With tonic, `Server::builder().layer(ServerLayer::new())` and `ServiceBuilder::new().layer(ClientLayer::new())` around
//! a `Channel`: a request whose content type is `application/grpc` makes the span of a remote procedure call, with the
//! status from the trailers.
//!
//! What the caller's baggage says of the work (session, user, tenant) is the [`Scope`](crate::Scope) in which the request
//! runs, as far as the caller is trusted.
//!
//! What is recorded: method, route, path, scheme, host and port, status, and the type of an error. Never a query, a header
//! or a body; user info in a URL neither.

mod body;
mod client;
mod exchange;
mod protocol;
mod reply;
mod server;
mod transport;

pub use body::TracedBody;
pub use client::{ClientLayer, ClientService};
pub use reply::ReplyFuture;
pub use server::{ServerLayer, ServerService};

#[cfg(feature = "reqwest-middleware")]
pub(crate) use exchange::Exchange;
#[cfg(feature = "rmcp")]
pub(crate) use transport::TransportSpan;
