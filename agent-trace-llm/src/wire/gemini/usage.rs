use crate::wire::fold::Folded;
use crate::wire::gemini::counts::Counts;
use crate::wire::gemini::modality::Modalities;
use crate::wire::lenient::{Count, Text, object};
use crate::wire::report::Report;

object! {
    /// `usageMetadata`. It is on many chunks of a stream, and each is the whole truth so far.
    UsageMetadata<'de> {
        prompt: Count = "promptTokenCount",
        tool_use_prompt: Count = "toolUsePromptTokenCount",
        cached: Count = "cachedContentTokenCount",
        candidates: Count = "candidatesTokenCount",
        thoughts: Count = "thoughtsTokenCount",
        total: Count = "totalTokenCount",
        prompt_details: Folded<Modalities> = "promptTokensDetails",
        tool_use_prompt_details: Folded<Modalities> = "toolUsePromptTokensDetails",
        cache_details: Folded<Modalities> = "cacheTokensDetails",
        candidates_details: Folded<Modalities> = "candidatesTokensDetails",
        service_tier: Text<'de> = "serviceTier",
        traffic_type: Text<'de> = "trafficType",
    }
}

impl UsageMetadata<'_> {
    pub(crate) fn report(&self) -> Option<Report> {
        let counts = Counts {
            prompt: self.prompt.0,
            tool_use: self.tool_use_prompt.0,
            cached: self.cached.0,
            visible: self.candidates.0,
            thoughts: self.thoughts.0,
            total: self.total.0,
            prompt_details: self.prompt_details.0,
            tool_use_details: self.tool_use_prompt_details.0,
            cached_details: self.cache_details.0,
            visible_details: self.candidates_details.0,
        };
        counts.report()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Usage;

    fn usage(json: &str) -> Option<Usage> {
        serde_json::from_str::<UsageMetadata<'_>>(json)
            .expect("JSON")
            .report()
            .and_then(|report| report.usage.non_empty())
    }

    #[test]
    fn every_count() {
        let usage = usage(
            r#"{
                "promptTokenCount": 159, "toolUsePromptTokenCount": 10, "cachedContentTokenCount": 50,
                "candidatesTokenCount": 19, "thoughtsTokenCount": 100, "totalTokenCount": 288,
                "promptTokensDetails": [
                    { "modality": "TEXT", "tokenCount": 9 }, { "modality": "AUDIO", "tokenCount": 150 }
                ],
                "toolUsePromptTokensDetails": [{ "modality": "TEXT", "tokenCount": 10 }],
                "cacheTokensDetails": [{ "modality": "AUDIO", "tokenCount": 50 }],
                "candidatesTokensDetails": [
                    { "modality": "TEXT", "tokenCount": 4 }, { "modality": "IMAGE", "tokenCount": 15 },
                    { "modality": "VIDEO", "tokenCount": 3 }, { "modality": "IMAGE" }, null
                ]
            }"#,
        )
        .expect("reported");
        assert_eq!(usage.input_tokens, Some(169));
        assert_eq!(usage.output_tokens, Some(119));
        assert_eq!(usage.cache_read_input_tokens, Some(50));
        assert_eq!(usage.cache_write_input_tokens, None);
        assert_eq!(usage.reasoning_output_tokens, Some(100));
        assert_eq!(
            (usage.text_input_tokens, usage.audio_input_tokens),
            (Some(19), Some(150))
        );
        assert_eq!(
            (usage.text_output_tokens, usage.image_output_tokens),
            (Some(4), Some(15))
        );
        assert_eq!(usage.audio_cache_read_input_tokens, Some(50));
        assert_eq!(usage.image_input_tokens, None);
    }

    #[test]
    fn zeros_are_left_out_by_the_provider() {
        let thinking = usage(r#"{"promptTokenCount": 5, "thoughtsTokenCount": 7}"#).expect("given");
        assert_eq!(thinking.output_tokens, Some(7));
        let begun = usage(r#"{"promptTokenCount": 5, "totalTokenCount": 5}"#).expect("given");
        assert_eq!((begun.input_tokens, begun.output_tokens), (Some(5), None));
    }

    #[test]
    fn nothing_reported_is_no_usage() {
        for none in [
            "null",
            "{}",
            "[]",
            r#"{"trafficType": "ON_DEMAND"}"#,
            r#"{"promptTokenCount": -1}"#,
        ] {
            assert_eq!(usage(none), None, "{none}");
        }
    }
}
