//! `POST /embeddings`.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract;
use axum::http::HeaderMap;
use serde::Deserialize;
use serde_json::{Value, json};

use super::State;
use super::failure::Failure;
use super::wire::count_tokens;

#[derive(Debug, Deserialize)]
struct EmbeddingRequest {
    model: String,
    input: Input,
    #[serde(default)]
    dimensions: Option<usize>,
    #[serde(default)]
    encoding_format: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Input {
    One(String),
    Many(Vec<String>),
}

pub(super) async fn embed(
    extract::State(state): extract::State<Arc<State>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, Failure> {
    Failure::check_key(&headers)?;
    let request: EmbeddingRequest = serde_json::from_slice(&body)
        .map_err(|error| Failure::invalid(format!("Could not parse the request: {error}.")))?;
    if request
        .encoding_format
        .as_deref()
        .is_some_and(|format| format != "float")
    {
        return Err(Failure::invalid("This server encodes as 'float' only."));
    }
    let dimensions = request.dimensions.unwrap_or(256);
    if !(1..=3072).contains(&dimensions) {
        return Err(Failure::invalid("'dimensions' must be between 1 and 3072."));
    }
    let inputs = match request.input {
        Input::One(text) => vec![text],
        Input::Many(texts) => texts,
    };

    tokio::time::sleep(state.pace.first / 2).await;
    let tokens = inputs.iter().map(|text| count_tokens(text)).sum::<u64>();
    let data: Vec<Value> = inputs
        .iter()
        .enumerate()
        .map(|(index, text)| {
            json!({ "object": "embedding", "index": index, "embedding": vector(text, dimensions) })
        })
        .collect();
    Ok(Json(json!({
        "object": "list",
        "data": data,
        "model": request.model,
        "usage": { "prompt_tokens": tokens, "total_tokens": tokens }
    })))
}

/// A bag of words hashed into `dimensions`, of length one: texts with words in common are near each other.
fn vector(text: &str, dimensions: usize) -> Vec<f64> {
    let mut vector = vec![0.0_f64; dimensions];
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() > 3);
    for word in words {
        vector[(fnv(&word.to_lowercase()) % dimensions as u64) as usize] += 1.0;
    }
    let length = vector.iter().map(|x| x * x).sum::<f64>().sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|x| *x /= length);
    }
    vector
}

/// The FNV-1a hash: unlike the standard library's, the same with every release of Rust.
fn fnv(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
