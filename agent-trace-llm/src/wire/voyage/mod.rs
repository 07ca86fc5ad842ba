//! Voyage AI: embeddings (text and multimodal) and rerank.
//!
//! Usage is one number, `total_tokens`, and all of it is input. Replies have no id.

mod embeddings;
mod rerank;

pub use embeddings::{EmbeddingsRequest, EmbeddingsResponse};
pub use rerank::{RerankRequest, RerankResponse};

use crate::wire::Error;
use crate::wire::read::Read;

pub(crate) fn embeddings_read(body: &[u8]) -> Result<Read, Error> {
    Ok(EmbeddingsResponse::from_slice(body)?.into_read())
}

pub(crate) fn rerank_read(body: &[u8]) -> Result<Read, Error> {
    Ok(RerankResponse::from_slice(body)?.into_read())
}
