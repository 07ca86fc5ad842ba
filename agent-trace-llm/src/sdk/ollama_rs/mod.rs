//! `ollama-rs`: chat, completion and embeddings.

mod chunk;
mod client;
mod error;
mod request;
mod response;

use crate::Provider;

/// The conventions do not name it.
const OLLAMA: Provider = Provider::from_static("ollama");
