//! OpenTelemetry tracing for Rust agents in three attributes.
//!
//! A function that is an agent, a tool or a model call gets one line above it: [`#[agent_span]`](macro@agent_span),
//! [`#[tool_call]`](macro@tool_call) or [`#[llm_call]`](macro@llm_call). The spans that come out carry what the
//! OpenTelemetry GenAI conventions describe, complete and correctly typed, through the `tracing` subscriber and the
//! `tracing_opentelemetry` layer that the application already has. Nothing of ours has to be installed.
//!
//! ```
//! use agent_trace::{agent_span, llm_call, tool_call};
//!
//! /// Answers a question with the help of a search.
//! #[agent_span(name = "researcher", conversation = session)]
//! async fn research(session: &str, question: &str) -> Result<String, std::io::Error> {
//!     let hits = web_search("call_1", question).await?;
//!     Ok(ask(format!("{question} {hits:?}")).await)
//! }
//!
//! /// Searches the web.
//! #[tool_call(call_id = call_id)]
//! async fn web_search(call_id: &str, query: &str) -> Result<Vec<String>, std::io::Error> {
//!     Ok(vec![query.to_uppercase()])
//! }
//!
//! #[llm_call(provider = "openai", model = "gpt-4o", temperature = 0.2)]
//! async fn ask(prompt: String) -> String {
//!     let mut usage = agent_trace::llm::Usage::default();
//!     usage.input_tokens = Some(12);
//!     agent_trace::current().usage(usage).finish_reason("stop");
//!     prompt
//! }
//! ```
//!
//! # What the attributes find by themselves
//!
//! An argument whose type implements [`LlmRequest`](llm::LlmRequest) gives model and parameters, a client
//! ([`LlmClient`](llm::LlmClient)) gives the server, a returned [`LlmResponse`](llm::LlmResponse) gives id, model, finish
//! reasons and usage, and a returned stream of [`LlmChunk`](llm::LlmChunk)s is followed to its end. No bound on the
//! function is needed; options that are written win. What only the body knows is said through [`current()`].
//!
//! # What hangs together
//!
//! A tool call is linked to the model call that asked for it, by the tool-call id, wherever beneath the agent it runs
//! (an agent remembers the last 256 ids).
//! [`Scope`] says conversation, session, user, tenant and tags of everything beneath; [`attempts`](fn@attempts) makes
//! repeated calls a chain of attempts; [`agent_state`] tells what an agent knows and means to do; [`Delegation`] follows
//! a task from agent to agent.
//!
//! # What is true of every span
//!
//! - A call ends once, and its span says how: a value, an error with its `error.type`, a panic, a cancelled future, an
//!   abandoned stream. A stream's span ends when the stream does.
//! - Each attribute is written once, integers as integers and arrays as arrays.
//! - Usage and calls are added up on the nearest enclosing agent and counted at no other; conversation id and agent name
//!   reach everything beneath, across `spawn`, threads and `.instrument()`.
//! - A trace goes on in other processes: [`inject`] and [`extract`], strict and bounded, see [`propagation`].
//! - Prompts, arguments and results are never recorded. No argument needs `Debug` or `Serialize`.
//! - Instrumentation does not panic, block or fail the application, and without a subscriber it is next to free.
//!
//! # Features
//!
//! | feature | default | enables |
//! | --- | --- | --- |
//! | `tree` | yes | [`exporter`]`::TreeExporter`: each finished trace as a tree on standard error; needs `opentelemetry_sdk` |
//! | `file` | no | [`exporter`]`::FileExporter`: OTLP JSON lines in a file; needs `opentelemetry-proto` |
//! | `async-openai` | no | the [`llm`] traits for the types of `async-openai` 0.43: chat completions, Responses, embeddings |
//! | `aws-sdk-bedrockruntime` | no | the same for `aws-sdk-bedrockruntime` 1.153: Converse and InvokeModel; needs Rust 1.94.1 |
//! | `genai` | no | the same for `genai` 0.7; needs Rust 1.88 |
//! | `ollama-rs` | no | the same for `ollama-rs` 0.3 |
//! | `rig-core` | no | the same for `rig-core` 0.44; needs Rust 1.95 |
//! | `cost` | no | `llm::cost`: what a call costs, from the price list of `genai-prices` 0.2 |
//! | `http` | no | [`propagation`] through `http::HeaderMap`: axum, hyper, reqwest, tower |
//! | `tonic` | no | [`propagation`] through gRPC metadata |
//! | `json` | no | [`propagation`] through JSON objects, such as MCP's `_meta` |
//! | `amqp` | no | [`propagation`] through AMQP field tables, those of `lapin`; needs Rust 1.88 |
//! | `tower` | no | `tower::ServerLayer` and `ClientLayer`: both ends of HTTP and gRPC (axum, tonic, hyper) |
//! | `reqwest-middleware` | no | `reqwest::Tracing`: clients made with `reqwest-middleware` |
//! | `rmcp` | no | `rmcp::TracedPeer` and `TracedService`: both ends of a Model Context Protocol session; Rust 1.88 |
//! | `tokio` | no | [`FanOut`]`::spawn` and its company, `spawn_detached`, on the Tokio runtime |
//! | `metrics` | no | `metrics`: the conventions' metrics, of any OpenTelemetry meter provider |
//! | `logs` | no | `events`: the conventions' events as log records, of any OpenTelemetry logger provider |
//! | `prometheus` | no | `metrics::Prometheus`: the text of `/metrics`; needs `opentelemetry-prometheus` |
//! | `telemetry` | no | `telemetry`: a pipeline for applications that have none, in one line |
//! | `otlp` | no | `telemetry::Otlp`: OTLP by gRPC and HTTP |
//! | `otlp-tls` | no | the same to `https://` |
//! | `testing` | no | `testing`: capture the spans of a block of code, print them, assert on them |
//!
//! A feature adds API. None changes what is recorded.
//!
//! # Minimum Rust
//!
//! Rust 1.85 with the default features. Adapters to other crates need what those crates need.

#![cfg_attr(docsrs, feature(doc_cfg))]

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod about;
pub mod agent_state;
mod ambient;
mod attempts;
mod attributes;
mod call;
pub mod causality;
mod clock;
mod collective;
mod content;
mod current;
mod delegation;
mod detached;
mod early;
mod enabled;
mod ending;
#[cfg(feature = "logs")]
pub mod events;
#[cfg(any(feature = "file", feature = "tree"))]
pub mod exporter;
mod failure;
mod family;
mod fan_in;
mod fan_out;
mod fields;
mod future;
mod guard;
mod inside;
#[cfg(any(feature = "logs", feature = "metrics"))]
mod installed;
mod lean;
mod link;
mod link_attributes;
#[cfg(feature = "metrics")]
pub mod metrics;
mod name;
#[cfg(any(feature = "logs", feature = "metrics"))]
mod observed;
#[cfg(not(any(feature = "logs", feature = "metrics")))]
#[path = "unobserved.rs"]
mod observed;
mod otel;
mod outcome;
mod parent;
mod parts;
mod probe;
mod progress;
pub mod propagation;
mod record;
#[cfg(feature = "reqwest-middleware")]
pub mod reqwest;
mod returned;
#[cfg(feature = "rmcp")]
pub mod rmcp;
mod run;
mod scope;
mod seen;
pub mod semconv;
mod server;
mod settings;
mod site;
mod start;
mod state;
mod stream;
#[cfg(feature = "telemetry")]
pub mod telemetry;
#[cfg(feature = "testing")]
pub mod testing;
mod tool_cause;
#[cfg(feature = "tower")]
pub mod tower;
mod value;
mod verdict;

#[doc(inline)]
pub use agent_trace_llm as llm;
pub use agent_trace_macros::{agent_span, llm_call, tool_call};
pub use ambient::{Scope, ScopeGuard, Scoped};
pub use attempts::{Attempts, attempts};
pub use current::{CallHandle, Evaluation, SpanExt, current};
pub use delegation::{Delegation, ParseDelegationError};
#[cfg(feature = "tokio")]
pub use detached::spawn_detached;
pub use detached::{Detached, detached};
pub use fan_out::{EnteredSubtask, FanOut, Subtask, Task};
#[doc(inline)]
pub use propagation::{extract, inject, inject_to};
pub use settings::{Settings, settings};
pub use verdict::Verdict;
