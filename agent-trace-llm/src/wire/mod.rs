//! Wire adapters: from the bytes a provider sends to the vocabulary of this crate.
//!
//! One module per API. Each reads only the fields that it needs, skips the rest without copying it,
//! and is lenient: a field of an unexpected type counts as absent and costs nothing else, the last
//! of duplicate keys wins, and numbers that cannot be a count are no count. What is not JSON is an
//! [`Error`] value. Nothing here panics, whatever the bytes.

mod error;
mod lenient;
pub mod openai;

pub use error::Error;
