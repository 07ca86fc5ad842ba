use crate::wire::lenient::{Count, object};
use crate::wire::openai::dialect::{Dialect, Reasoning};
use crate::wire::report::Report;
use crate::{InputTokens, OutputTokens, Usage};

object! {
    /// `usage` of chat completions and of embeddings.
    UsageBody<'de> {
        prompt: Count = "prompt_tokens",
        completion: Count = "completion_tokens",
        total: Count = "total_tokens",
        // Where those have the cached part who have no details: Together and Hugging Face, Mistral,
        // DeepSeek.
        cached: Count = "cached_tokens",
        num_cached: Count = "num_cached_tokens",
        cache_hit: Count = "prompt_cache_hit_tokens",
        prompt_details: InputDetails<'de> = "prompt_tokens_details",
        completion_details: OutputDetails<'de> = "completion_tokens_details",
    }
}

object! {
    /// `x_groq` of Groq's streams. Newer ones repeat its usage where everyone has it.
    XGroq<'de> {
        usage: UsageBody<'de> = "usage",
    }
}

object! {
    /// The parts of the input count.
    InputDetails<'de> {
        cached: Count = "cached_tokens",
        cache_write: Count = "cache_write_tokens",
        text: Count = "text_tokens",
        image: Count = "image_tokens",
        audio: Count = "audio_tokens",
    }
}

object! {
    /// The parts of the output count.
    OutputDetails<'de> {
        reasoning: Count = "reasoning_tokens",
        text: Count = "text_tokens",
        image: Count = "image_tokens",
        audio: Count = "audio_tokens",
    }
}

impl UsageBody<'_> {
    /// The prompt count includes cached tokens, with everyone. `None` when nothing was reported.
    pub(crate) fn report(&self, dialect: &Dialect) -> Option<Report> {
        let (prompt, completion) = (&self.prompt_details, &self.completion_details);
        let cache_read = prompt.cached.0.or(self.cached.0);
        let reasoning = completion.reasoning.0;
        let mut report = Report::new(
            InputTokens::CacheIncluded {
                total: self.prompt.0,
                cache_read: cache_read.or(self.num_cached.0).or(self.cache_hit.0),
                cache_write: prompt.cache_write.0,
            },
            match self.reasoning(dialect) {
                Reasoning::Included => OutputTokens::ReasoningIncluded {
                    total: self.completion.0,
                    reasoning,
                },
                Reasoning::OnTop => OutputTokens::ReasoningOnTop {
                    visible: self.completion.0,
                    reasoning,
                },
            },
            self.total.0,
        );
        modalities(&mut report.usage, prompt, completion);
        report.non_empty()
    }

    /// Whether the completion count includes reasoning. The provider's own sum tells, whoever it
    /// is; where there is none, or none of the two gives it, the dialect says.
    fn reasoning(&self, dialect: &Dialect) -> Reasoning {
        let (Some(prompt), Some(completion), Some(reasoning), Some(total)) = (
            self.prompt.0,
            self.completion.0,
            self.completion_details.reasoning.0,
            self.total.0,
        ) else {
            return dialect.reasoning;
        };
        let included = prompt.saturating_add(completion);
        if total == included {
            Reasoning::Included
        } else if total == included.saturating_add(reasoning) {
            Reasoning::OnTop
        } else {
            dialect.reasoning
        }
    }
}

/// The parts by modality, which all of OpenAI's APIs call the same.
pub(crate) fn modalities(usage: &mut Usage, input: &InputDetails<'_>, output: &OutputDetails<'_>) {
    usage.text_input_tokens = input.text.0;
    usage.image_input_tokens = input.image.0;
    usage.audio_input_tokens = input.audio.0;
    usage.text_output_tokens = output.text.0;
    usage.image_output_tokens = output.image.0;
    usage.audio_output_tokens = output.audio.0;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Provider;
    use crate::wire::openai::dialect::STANDARD;

    fn usage(json: &str) -> Option<Usage> {
        serde_json::from_str::<UsageBody<'_>>(json)
            .expect("JSON")
            .report(&STANDARD)
            .and_then(|report| report.usage.non_empty())
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

    #[test]
    fn reasoning_outside_the_completion_count() {
        let body = |total: &str| {
            format!(
                r#"{{"prompt_tokens": 12, "completion_tokens": 1, {total}
                    "completion_tokens_details": {{"reasoning_tokens": 290}}}}"#
            )
        };
        let output = |total: &str, provider: Provider| {
            serde_json::from_str::<UsageBody<'_>>(&body(total))
                .expect("JSON")
                .report(Dialect::of(&provider))
                .and_then(|report| report.usage.output_tokens)
        };
        let sum = "\"total_tokens\": 303,";
        assert_eq!(output(sum, Provider::X_AI), Some(291));
        assert_eq!(output(sum, Provider::new("my_gateway")), Some(291));
        assert_eq!(output("", Provider::X_AI), Some(291));
        assert_eq!(output("", Provider::OPENAI), Some(1));
        let inside = "\"total_tokens\": 13,";
        assert_eq!(output(inside, Provider::X_AI), Some(1));
    }

    #[test]
    fn what_only_the_total_has_is_not_invented() {
        let hidden = r#"{"prompt_tokens": 35, "completion_tokens": 12, "total_tokens": 109}"#;
        let usage = usage(hidden).expect("reported");
        assert_eq!(
            (
                usage.input_tokens,
                usage.output_tokens,
                usage.reasoning_output_tokens
            ),
            (Some(35), Some(12), None)
        );
    }

    #[test]
    fn cached_tokens_beside_the_counts() {
        for key in [
            "cached_tokens",
            "num_cached_tokens",
            "prompt_cache_hit_tokens",
        ] {
            let body = format!(r#"{{"prompt_tokens": 9, "{key}": 4}}"#);
            let usage = usage(&body).expect("reported");
            assert_eq!(usage.input_tokens, Some(9), "{key}");
            assert_eq!(usage.cache_read_input_tokens, Some(4), "{key}");
        }
    }
}
