//! What a model call says: its request, its reply, its token counts.
//!
//! This is the vocabulary of [`agent-trace`](https://docs.rs/agent-trace), which re-exports it as
//! `agent_trace::llm`. It knows nothing of spans: it turns the types of SDKs, and the bytes that
//! providers send, into the names and meanings of the OpenTelemetry GenAI conventions. The vocabulary
//! holds identifiers, names and numbers, never content. Content is in [`message`] alone, which builds
//! the conventions' message shapes from a body when it is asked to, and which nothing here asks.
//!
//! # The vocabulary
//!
//! | trait | implemented by | says |
//! | --- | --- | --- |
//! | [`LlmRequest`] | requests | provider, model, server, [parameters](RequestInfo) |
//! | [`LlmResponse`] | replies | [id, model, finish reasons, usage, tool calls](ResponseInfo) |
//! | [`LlmChunk`] | items of a streamed reply | the same, [bit by bit](StreamInfo) |
//! | [`LlmClient`] | clients | [provider](Provider), base URL |
//! | [`LlmError`] | errors | `error.type` |
//!
//! An argument or a returned value of a type that implements one of them is all that
//! `#[llm_call]` needs. The page of each trait shows how to implement it for a type of your own.
//!
//! # From the wire
//!
//! For code that speaks HTTP itself, [`wire`] reads request and response bodies of OpenAI and the many
//! that speak its dialects, Anthropic, Gemini, Bedrock, Cohere, Ollama, Voyage and watsonx;
//! [`wire::read`] is one entrance to all of them. [`sse`], [`ndjson`] and [`event_stream`] take streams
//! apart, however they are split on the way:
//!
//! ```
//! use agent_trace_llm::wire::openai::ChatStream;
//!
//! let mut stream = ChatStream::new();
//! # let body: [&[u8]; 2] = [
//! #     b"data: {\"id\":\"chatcmpl-1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":\"st",
//! #     b"op\"}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":1}}\n\ndata: [DONE]\n\n",
//! # ];
//! for bytes in body {
//!     stream.push(bytes);
//! }
//! let (reply, complete) = stream.finish();
//! assert!(complete);
//! assert_eq!(reply.finish_reasons, ["stop"]);
//! assert_eq!(reply.usage.and_then(|usage| usage.input_tokens), Some(9));
//! ```
//!
//! Whatever arrives, reading it does not panic, memory is bounded, and what the provider did not
//! report is absent rather than zero.
//!
//! # Usage
//!
//! Providers disagree on whether cached tokens are a part of the input count and reasoning a part of
//! the output count. [`Usage::new`] asks which by name, and the result means the same for all. What the provider itself has written is kept beside it
//! ([`ProviderUsage`]), as is what it bills where it says so ([`BilledUsage`]).
//!
//! # Features
//!
//! None is on by default. A feature adds implementations and changes nothing else.
//!
//! | feature | adds |
//! | --- | --- |
//! | `async-openai` | the traits for the chat completion, Responses and embedding types, the client and the error of `async-openai` 0.43 |
//! | `aws-sdk-bedrockruntime` | the traits for the Converse and InvokeModel requests, replies, stream events and errors of `aws-sdk-bedrockruntime` 1.153 |
//! | `genai` | the traits for the chat and embedding types, the options, stream events and errors of `genai` 0.7 |
//! | `ollama-rs` | the traits for the chat, completion and embedding types, the client and the error of `ollama-rs` 0.3 |
//! | `rig-core` | the traits for the completion, embedding and rerank types, models, clients, stream events and errors of `rig-core` 0.44 |
//! | `stream` | `wire::Chunks`: a stream of bytes as a stream of the events in it; needs `futures-core` |
//! | `cost` | the module `cost`: what a call costs, from the price list of `genai-prices` 0.2 and lists of your own |
//!
//! # Minimum Rust version
//!
//! 1.85 with default features. An adapter may need what the crate that it adapts needs: `genai` 1.88,
//! `aws-sdk-bedrockruntime` 1.94.1, `rig-core` 1.95. Later versions of `rig-core` need Rust 1.97.
//!
//! # What an SDK does not pass on
//!
//! An adapter can say only what the SDK has kept. The documentation of each implementation, under
//! "Implementations on Foreign Types" of the traits, names what is missing. In short:
//!
//! | crate | not there |
//! | --- | --- |
//! | `async-openai` | modality splits of the counts of a Responses reply, finish reasons and tiers that the crate does not know (it fails on them) |
//! | `aws-sdk-bedrockruntime` | id and model of a Converse reply: the service names neither; the headers that count the tokens of InvokeModel; the server's address |
//! | `genai` | service tier, system fingerprint, all choices but the first, the id but for OpenAI Responses, the server's address; on streams also the model, and usage unless `ChatOptions` ask for it |
//! | `ollama-rs` | why the model stopped, model and usage of embeddings, the status and the code of an error that the server reports, the kind of an error on a stream, ids of tool calls, usage when the whole prompt was cached |
//! | `rig-core` | the provider's spelling of the usual finish reasons, service tier; events of a stream have neither id, model, usage nor finish reason, which only the response has that the stream ends in |
//!
//! # Streams that an SDK has a type of its own for
//!
//! A stream can be followed behind `impl Stream` and behind `Pin<Box<dyn Stream>>`. Those of
//! `async-openai` and `ollama-rs` are the latter. A function that returns a stream of another crate says
//! `impl Stream` and returns
//!
//! | crate | what |
//! | --- | --- |
//! | `aws-sdk-bedrockruntime` | a stream made from `EventReceiver::recv`: see `ConverseStreamOutput` under [`LlmChunk`] |
//! | `genai` | `ChatStreamResponse::stream` |
//! | `rig-core` | `Streamed::into_relay()`, which is a boxed stream: see `StreamEvent` under [`LlmChunk`] |
//!
//! A function that returns the crate's own type in its place ends its span there and then, with no usage.

mod billed_usage;
mod chunk;
mod client;
#[cfg(feature = "cost")]
pub mod cost;
mod error;
pub mod event_stream;
pub mod message;
pub mod ndjson;
mod provider;
mod provider_usage;
mod request;
mod request_info;
mod response;
mod response_info;
#[cfg(any(
    feature = "async-openai",
    feature = "aws-sdk-bedrockruntime",
    feature = "genai",
    feature = "ollama-rs",
    feature = "rig-core"
))]
mod sdk;
pub mod sse;
mod stream_info;
mod text;
mod tool_call_ref;
mod usage;
pub mod wire;

pub use billed_usage::BilledUsage;
pub use chunk::LlmChunk;
pub use client::LlmClient;
pub use error::LlmError;
pub use provider::Provider;
pub use provider_usage::ProviderUsage;
pub use request::LlmRequest;
pub use request_info::RequestInfo;
pub use response::LlmResponse;
pub use response_info::ResponseInfo;
pub use stream_info::StreamInfo;
pub use tool_call_ref::ToolCallRef;
pub use usage::{InputTokens, OutputTokens, Usage};
