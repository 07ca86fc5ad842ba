use crate::wire::fold::Folded;
use crate::wire::gemini::modality::{Modalities, sum};
use crate::wire::lenient::{Count, object};
use crate::{InputTokens, OutputTokens, Usage};

object! {
    /// `usage` of an interaction.
    UsageBody<'de> {
        input: Count = "total_input_tokens",
        output: Count = "total_output_tokens",
        cached: Count = "total_cached_tokens",
        tool_use: Count = "total_tool_use_tokens",
        thoughts: Count = "total_thought_tokens",
        input_details: Folded<Modalities> = "input_tokens_by_modality",
        output_details: Folded<Modalities> = "output_tokens_by_modality",
        cached_details: Folded<Modalities> = "cached_tokens_by_modality",
        tool_use_details: Folded<Modalities> = "tool_use_tokens_by_modality",
    }
}

impl UsageBody<'_> {
    /// By Gemini's rule, which the total follows: what tools put into the prompt and thoughts come
    /// on top.
    pub(crate) fn usage(&self) -> Option<Usage> {
        let thoughts = self.thoughts.0;
        let mut usage = Usage::new(
            InputTokens::CacheIncluded {
                total: sum(self.input.0, self.tool_use.0),
                cache_read: self.cached.0,
                cache_write: None,
            },
            OutputTokens::ReasoningOnTop {
                visible: self.output.0.or(thoughts.map(|_| 0)),
                reasoning: thoughts,
            },
        );
        let input = self.input_details.0.and(self.tool_use_details.0);
        usage.text_input_tokens = input.text;
        usage.image_input_tokens = input.image;
        usage.audio_input_tokens = input.audio;
        let output = self.output_details.0;
        usage.text_output_tokens = output.text;
        usage.image_output_tokens = output.image;
        usage.audio_output_tokens = output.audio;
        let cached = self.cached_details.0;
        usage.text_cache_read_input_tokens = cached.text;
        usage.image_cache_read_input_tokens = cached.image;
        usage.audio_cache_read_input_tokens = cached.audio;
        usage.non_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_count() {
        let body: UsageBody<'_> = serde_json::from_str(
            r#"{
                "total_tokens": 63, "total_input_tokens": 7, "total_cached_tokens": 2,
                "total_output_tokens": 19, "total_tool_use_tokens": 5, "total_thought_tokens": 32,
                "input_tokens_by_modality": [{ "modality": "text", "tokens": 7 }],
                "tool_use_tokens_by_modality": [{ "modality": "text", "tokens": 5 }]
            }"#,
        )
        .expect("JSON");
        let usage = body.usage().expect("reported");
        assert_eq!(
            (usage.input_tokens, usage.output_tokens),
            (Some(12), Some(51))
        );
        assert_eq!(usage.cache_read_input_tokens, Some(2));
        assert_eq!(usage.reasoning_output_tokens, Some(32));
        assert_eq!(usage.text_input_tokens, Some(12));
    }
}
