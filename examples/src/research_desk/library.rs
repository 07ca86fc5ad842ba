//! The books of the house, found by meaning.

use agent_trace::tool_call;
use async_openai::error::OpenAIError;
use async_openai::types::embeddings::{CreateEmbeddingRequest, EmbeddingInput, EncodingFormat};

use super::{Desk, model};

/// Length of the vectors the library is searched with.
const DIMENSIONS: u32 = 256;

/// Passages that one question gets.
const TOP_K: usize = 2;

/// A shelf small enough to be embedded with every question.
#[derive(Debug)]
pub(super) struct Library {
    passages: Vec<&'static str>,
}

impl Default for Library {
    fn default() -> Self {
        let passages = vec![
            "Systemic pesticides reach pollen and nectar; bees that feed on them find home less often.",
            "Spraying at dusk, when bees have left the blossom, cuts the harm of pesticides by half.",
            "Solitary bees nest in bare soil and hollow stems, within 300 metres of where they feed.",
            "Hedges and unmown strips give wild bees nesting places and food outside the bloom.",
            "A grafted apple tree bears its first fruit in the third year.",
        ];
        Self { passages }
    }
}

/// Searches the books of the house.
#[tool_call(call_id = call_id, kind = "datastore")]
pub(super) async fn search_library(
    desk: &Desk,
    call_id: &str,
    query: &str,
) -> Result<Vec<&'static str>, OpenAIError> {
    retrieve(desk, query, TOP_K).await
}

/// The passages nearest in meaning to `query`, best first.
#[tool_call(operation = "retrieval", data_source = "house_library", top_k = top_k as i64)]
async fn retrieve(
    desk: &Desk,
    query: &str,
    top_k: usize,
) -> Result<Vec<&'static str>, OpenAIError> {
    let passages = &desk.library.passages;
    let texts = std::iter::once(query)
        .chain(passages.iter().copied())
        .map(str::to_owned)
        .collect();
    let request = CreateEmbeddingRequest {
        model: desk.models.embedding.clone(),
        input: EmbeddingInput::StringArray(texts),
        encoding_format: Some(EncodingFormat::Float),
        dimensions: Some(DIMENSIONS),
        ..CreateEmbeddingRequest::default()
    };
    let mut vectors = model::embed(&desk.client, request).await?.data;
    vectors.sort_by_key(|vector| vector.index);
    let Some((asked, held)) = vectors.split_first() else {
        return Ok(Vec::new());
    };

    let mut ranked: Vec<(f32, &'static str)> = held
        .iter()
        .zip(passages)
        .map(|(vector, passage)| (likeness(&asked.embedding, &vector.embedding), *passage))
        .collect();
    ranked.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    Ok(ranked
        .into_iter()
        .take(top_k)
        .map(|(_, passage)| passage)
        .collect())
}

/// The cosine of the angle between two vectors of length one.
fn likeness(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
