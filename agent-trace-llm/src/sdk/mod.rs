//! The types of other crates that speak this vocabulary, one module and one feature a crate.

#[cfg(feature = "async-openai")]
mod async_openai;
#[cfg(feature = "aws-sdk-bedrockruntime")]
mod aws_sdk_bedrockruntime;
#[cfg(any(feature = "genai", feature = "rig-core"))]
mod failure;
#[cfg(feature = "genai")]
mod genai;
#[cfg(any(feature = "genai", feature = "ollama-rs"))]
mod http_failure;
#[cfg(feature = "ollama-rs")]
mod ollama_rs;
#[cfg(feature = "rig-core")]
mod rig_core;
