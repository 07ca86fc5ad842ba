//! IBM watsonx.ai: text generation, whole and streamed (server-sent events), and embeddings.
//!
//! On a stream the input count is on one of the first events and zero on the others, and the output
//! count is a running total, so the largest of each is taken. The chat API of watsonx.ai has the
//! shape of OpenAI's, with `model_id` beside `model`: read it with [`openai`](super::openai).

mod embeddings;
mod generation;
mod request;

pub use embeddings::EmbeddingsResponse;
pub use generation::{GenerationChunk, GenerationResponse, GenerationStream};
pub use request::GenerationRequest;

use crate::wire::Error;
use crate::wire::bits::State;
use crate::wire::events::Events;
use crate::wire::read::Read;

pub(crate) fn generation_read(body: &[u8]) -> Result<Read, Error> {
    Ok(GenerationResponse::from_slice(body)?.into_read())
}

pub(crate) fn generation_events() -> Box<dyn Events + Send> {
    Box::new(State::<GenerationChunk<'static>>::default())
}

pub(crate) fn embeddings_read(body: &[u8]) -> Result<Read, Error> {
    Ok(EmbeddingsResponse::from_slice(body)?.into_read())
}
