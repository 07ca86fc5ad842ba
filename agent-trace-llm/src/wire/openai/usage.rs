use crate::wire::lenient::{Count, object};
use crate::{InputTokens, OutputTokens, Usage};

object! {
    /// `usage` of chat completions and of embeddings.
    UsageBody<'de> {
        prompt: Count = "prompt_tokens",
        completion: Count = "completion_tokens",
        prompt_details: PromptDetails<'de> = "prompt_tokens_details",
        completion_details: CompletionDetails<'de> = "completion_tokens_details",
    }
}

object! {
    /// `usage.prompt_tokens_details`.
    PromptDetails<'de> {
        cached: Count = "cached_tokens",
        cache_write: Count = "cache_write_tokens",
        text: Count = "text_tokens",
        image: Count = "image_tokens",
        audio: Count = "audio_tokens",
    }
}

object! {
    /// `usage.completion_tokens_details`.
    CompletionDetails<'de> {
        reasoning: Count = "reasoning_tokens",
        text: Count = "text_tokens",
        image: Count = "image_tokens",
        audio: Count = "audio_tokens",
    }
}

impl UsageBody<'_> {
    /// By OpenAI's rule: the prompt count includes cached tokens, the completion count includes
    /// reasoning. `None` when nothing was reported.
    pub(crate) fn usage(&self) -> Option<Usage> {
        let (prompt, completion) = (&self.prompt_details, &self.completion_details);
        let mut usage = Usage::new(
            InputTokens::CacheIncluded {
                total: self.prompt.0,
                cache_read: prompt.cached.0,
                cache_write: prompt.cache_write.0,
            },
            OutputTokens::ReasoningIncluded {
                total: self.completion.0,
                reasoning: completion.reasoning.0,
            },
        );
        usage.text_input_tokens = prompt.text.0;
        usage.image_input_tokens = prompt.image.0;
        usage.audio_input_tokens = prompt.audio.0;
        usage.text_output_tokens = completion.text.0;
        usage.image_output_tokens = completion.image.0;
        usage.audio_output_tokens = completion.audio.0;
        usage.non_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usage(json: &str) -> Option<Usage> {
        serde_json::from_str::<UsageBody<'_>>(json)
            .expect("JSON")
            .usage()
    }

    #[test]
    fn every_count() {
        let usage = usage(
            r#"{
                "prompt_tokens": 1117, "completion_tokens": 46, "total_tokens": 1163,
                "prompt_tokens_details": {
                    "cached_tokens": 1024, "cache_write_tokens": 64,
                    "text_tokens": 1000, "image_tokens": 17, "audio_tokens": 100
                },
                "completion_tokens_details": {
                    "reasoning_tokens": 30, "text_tokens": 6, "image_tokens": 1, "audio_tokens": 9,
                    "accepted_prediction_tokens": 0, "rejected_prediction_tokens": 0
                }
            }"#,
        )
        .expect("reported");
        let mut expected = Usage::new(
            InputTokens::CacheIncluded {
                total: Some(1117),
                cache_read: Some(1024),
                cache_write: Some(64),
            },
            OutputTokens::ReasoningIncluded {
                total: Some(46),
                reasoning: Some(30),
            },
        );
        expected.text_input_tokens = Some(1000);
        expected.image_input_tokens = Some(17);
        expected.audio_input_tokens = Some(100);
        expected.text_output_tokens = Some(6);
        expected.image_output_tokens = Some(1);
        expected.audio_output_tokens = Some(9);
        assert_eq!(usage, expected);
    }

    #[test]
    fn nothing_reported_is_no_usage() {
        for none in [
            "null",
            "{}",
            "[]",
            r#"{"prompt_tokens": null}"#,
            r#"{"total_tokens": 3}"#,
        ] {
            assert_eq!(usage(none), None, "{none}");
        }
    }

    #[test]
    fn an_odd_count_costs_no_other() {
        let usage = usage(
            r#"{"prompt_tokens": -1, "completion_tokens": 5, "prompt_tokens_details": "none",
                "completion_tokens_details": {"reasoning_tokens": {}, "audio_tokens": 2}}"#,
        )
        .expect("reported");
        assert_eq!((usage.input_tokens, usage.output_tokens), (None, Some(5)));
        assert_eq!(
            (usage.reasoning_output_tokens, usage.audio_output_tokens),
            (None, Some(2))
        );
    }
}
