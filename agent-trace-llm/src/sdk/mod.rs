//! The types of other crates that speak this vocabulary, one module and one feature a crate.

#[cfg(feature = "async-openai")]
mod async_openai;
