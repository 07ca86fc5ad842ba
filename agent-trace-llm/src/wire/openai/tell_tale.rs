use std::borrow::Cow;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess};

use crate::Provider;
use crate::wire::json;
use crate::wire::lenient::{Key, Lenient, List, Something, Text, lenient, object};
use crate::wire::openai::dialect::{
    CEREBRAS, HUGGING_FACE, OLLAMA, OPENROUTER, TOGETHER, WRITER, Z_AI,
};

object! {
    /// The fields of a body or a chunk that give away who sent it.
    Body<'de> {
        fingerprint: Text<'de> = "system_fingerprint",
        model: Text<'de> = "model",
        id: Text<'de> = "id",
        provider: Text<'de> = "provider",
        request_id: Text<'de> = "request_id",
        x_groq: Something = "x_groq",
        time_info: Something = "time_info",
        citations: Listed = "citations",
        search_results: Listed = "search_results",
        prompt_filter_results: Listed = "prompt_filter_results",
        prompt: Listed = "prompt",
        choices: List<Choice<'de>> = "choices",
        usage: Signs = "usage",
    }
}

object! {
    Choice<'de> {
        content_filter_results: Something = "content_filter_results",
        native_finish_reason: Text<'de> = "native_finish_reason",
    }
}

/// Whether a list stands here, be it empty.
#[derive(Debug, Default)]
pub(crate) struct Listed(bool);

/// What the names of the counts give away. Their values say nothing: servers send `null`.
#[derive(Debug, Default)]
pub(crate) struct Signs(Option<Provider>);

impl<'de> Lenient<'de> for Listed {
    fn list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Self(true))
    }
}

impl<'de> Lenient<'de> for Signs {
    fn object<A: MapAccess<'de>>(first: Option<Key<'de>>, mut object: A) -> Result<Self, A::Error> {
        let mut signs = Self::default();
        let mut next = first;
        while let Some(key) = next {
            let sign = match key.as_str() {
                "queue_time" | "prompt_time" => Some(Provider::GROQ),
                "prompt_cache_hit_tokens" | "prompt_cache_miss_tokens" => Some(Provider::DEEPSEEK),
                "num_sources_used" | "cost_in_usd_ticks" => Some(Provider::X_AI),
                "search_context_size" | "citation_tokens" | "num_search_queries" => {
                    Some(Provider::PERPLEXITY)
                }
                "num_cached_tokens" | "prompt_audio_seconds" => Some(Provider::MISTRAL_AI),
                "prompt_token_details" | "completion_token_details" => Some(WRITER),
                "is_byok" => Some(OPENROUTER),
                _ => None,
            };
            signs.0 = signs.0.or(sign);
            object.next_value::<IgnoredAny>()?;
            next = object.next_key()?;
        }
        Ok(signs)
    }
}

macro_rules! deserialize {
    ($($name:ty),*) => {$(
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                lenient(deserializer)
            }
        }
    )*};
}

deserialize!(Listed, Signs);

/// Who sent this body or chunk, if a field of it gives that away. A relay comes before those whose
/// replies it passes on.
pub(crate) fn provider_of(data: &[u8]) -> Option<Provider> {
    let body: Body<'_> = json::from_slice(data).ok()?;
    let starts = |text: &Text<'_>, start| text.0.as_deref().is_some_and(|t| t.starts_with(start));
    let is = |text: &Text<'_>, other| text.0.as_deref() == Some(other);
    let native = |choice: &Choice<'_>| choice.native_finish_reason.0.is_some();
    let filtered = |choice: &Choice<'_>| choice.content_filter_results.0;

    let relayed = body.provider.0.is_some() && starts(&body.id, "gen-");
    if relayed || body.choices.0.iter().any(native) || body.usage.0 == Some(OPENROUTER) {
        Some(OPENROUTER)
    } else if body.usage.0.is_some() {
        body.usage.0
    } else if body.x_groq.0 {
        Some(Provider::GROQ)
    } else if body.time_info.0 {
        Some(CEREBRAS)
    } else if body.citations.0 || body.search_results.0 {
        Some(Provider::PERPLEXITY)
    } else if body.prompt_filter_results.0 || body.choices.0.iter().any(filtered) {
        Some(Provider::AZURE_AI_OPENAI)
    } else if is(&body.fingerprint, "fp_ollama") {
        Some(OLLAMA)
    } else if body.fingerprint.0.as_deref().is_some_and(is_tgi) {
        Some(HUGGING_FACE)
    } else if starts(&body.model, "palmyra-") {
        Some(WRITER)
    } else if body.request_id.0.is_some() && starts(&body.model, "glm-") {
        Some(Z_AI)
    } else if body.prompt.0 {
        Some(TOGETHER)
    } else {
        None
    }
}

/// Text Generation Inference signs with its version: `3.3.4-sha-e5d8c5a`, `2.0.2-native`.
fn is_tgi(fingerprint: &str) -> bool {
    let version: Cow<'_, str> = fingerprint.into();
    version.starts_with(|first: char| first.is_ascii_digit())
        && (version.contains("-sha-") || version.ends_with("-native"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_it_was() {
        for (body, provider) in [
            (r#"{"usage":{"queue_time":0.1}}"#, "groq"),
            (r#"{"x_groq":{"id":"req_1"}}"#, "groq"),
            (r#"{"usage":{"prompt_cache_hit_tokens":0}}"#, "deepseek"),
            (r#"{"usage":{"num_sources_used":0}}"#, "x_ai"),
            (r#"{"id":"gen-1","provider":"Minimax"}"#, "openrouter"),
            (
                r#"{"choices":[{"native_finish_reason":"stop"}],"usage":{"queue_time":1}}"#,
                "openrouter",
            ),
            (r#"{"time_info":{"queue_time":0.1}}"#, "cerebras"),
            (r#"{"citations":[]}"#, "perplexity"),
            (r#"{"prompt_filter_results":[]}"#, "azure.ai.openai"),
            (
                r#"{"choices":[{"content_filter_results":{"hate":{}}}]}"#,
                "azure.ai.openai",
            ),
            (r#"{"system_fingerprint":"fp_ollama"}"#, "ollama"),
            (
                r#"{"system_fingerprint":"3.3.4-sha-e5d8c5a"}"#,
                "huggingface",
            ),
            (r#"{"usage":{"prompt_token_details":null}}"#, "writer"),
            (r#"{"model":"glm-4.6","request_id":"1"}"#, "z_ai"),
            (r#"{"prompt":[]}"#, "together"),
        ] {
            let told = provider_of(body.as_bytes());
            assert_eq!(
                told.as_ref().map(Provider::as_str),
                Some(provider),
                "{body}"
            );
        }
    }

    #[test]
    fn nobody_in_particular() {
        for body in [
            "{}",
            "[]",
            "{",
            "",
            r#"{"id":"chatcmpl-1","model":"gpt-4o","system_fingerprint":"fp_1","choices":[{}],"usage":{"prompt_tokens":1}}"#,
            r#"{"citations":null,"prompt":"text","provider":"x"}"#,
        ] {
            assert_eq!(provider_of(body.as_bytes()), None, "{body}");
        }
    }
}
