//! `genai`: chat and embeddings.

mod chunk;
mod error;
mod provider;
mod request;
mod response;
mod usage;

use std::borrow::Cow;

use ::genai::chat::StopReason;

/// As the provider spells it: the crate keeps that beside its own meaning.
fn finish_reason(reason: &StopReason) -> Cow<'static, str> {
    crate::text::finish_reason(reason.raw())
}
