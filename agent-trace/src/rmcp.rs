//! The two ends of a Model Context Protocol session, for the `rmcp` crate. Needs Rust 1.88.
//!
//! A client asks through a [`TracedPeer`], a server is a [`TracedService`]: both make the spans of the conventions
//! (`tools/call get_weather`, of kind CLIENT and SERVER), and the context travels in `params._meta`, whatever the
//! transport is. `rmcp`'s HTTP server wants a handler: that is a [`TracedHandler`].
//!
//! - A `tools/call` made inside a `#[tool_call]` has no span of its own: the tool's span has the id of the request and the
//!   transport, and the server's span, beneath it, what is `mcp.`.
//! - The server's span is beneath the client's, and linked to the span of the HTTP request that brought it, if
//!   [`tower::ServerLayer`](crate::tower::ServerLayer) made one, or to the sender of that request.
//! - With the feature `metrics`, each request is also recorded as `mcp.client.operation.duration` or
//!   `mcp.server.operation.duration`, where [metrics](crate#features) are installed.
//! - Arguments and results are never recorded. `rmcp` itself logs whole messages at DEBUG and makes spans of its own: a
//!   filter such as `rmcp=warn` keeps both out.
//!
//! ```
//! use agent_trace::rmcp::{TracedPeer, TracedService};
//! use rmcp::model::{CallToolRequestParams, CallToolResult};
//! use rmcp::service::{Peer, RoleClient, ServiceError};
//!
//! # struct Weather;
//! # impl rmcp::ServerHandler for Weather {}
//! // The server: what is served is wrapped.
//! let server = TracedService::new(Weather);
//!
//! // The client: requests go through a traced handle to the same peer.
//! async fn ask(peer: &Peer<RoleClient>) -> Result<CallToolResult, ServiceError> {
//!     TracedPeer::new(peer.clone()).call_tool(CallToolRequestParams::new("get_weather")).await
//! }
//! # let _ = (server, ask);
//! ```

mod client;
mod exchange;
mod handler;
mod measured;
mod request;
mod server;

pub use client::TracedPeer;
pub use handler::TracedHandler;
pub use server::TracedService;
