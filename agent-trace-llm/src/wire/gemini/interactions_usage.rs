use crate::wire::fold::Folded;
use crate::wire::gemini::counts::Counts;
use crate::wire::gemini::modality::Modalities;
use crate::wire::lenient::{Count, object};
use crate::wire::report::Report;

object! {
    /// `usage` of an interaction.
    UsageBody<'de> {
        input: Count = "total_input_tokens",
        output: Count = "total_output_tokens",
        cached: Count = "total_cached_tokens",
        tool_use: Count = "total_tool_use_tokens",
        thoughts: Count = "total_thought_tokens",
        total: Count = "total_tokens",
        input_details: Folded<Modalities> = "input_tokens_by_modality",
        output_details: Folded<Modalities> = "output_tokens_by_modality",
        cached_details: Folded<Modalities> = "cached_tokens_by_modality",
        tool_use_details: Folded<Modalities> = "tool_use_tokens_by_modality",
    }
}

impl UsageBody<'_> {
    pub(crate) fn report(&self) -> Option<Report> {
        let counts = Counts {
            prompt: self.input.0,
            tool_use: self.tool_use.0,
            cached: self.cached.0,
            visible: self.output.0,
            thoughts: self.thoughts.0,
            total: self.total.0,
            prompt_details: self.input_details.0,
            tool_use_details: self.tool_use_details.0,
            cached_details: self.cached_details.0,
            visible_details: self.output_details.0,
        };
        counts.report()
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
        let Report { usage, written } = body.report().expect("reported");
        assert_eq!(
            (usage.input_tokens, usage.output_tokens),
            (Some(12), Some(51))
        );
        assert_eq!(usage.cache_read_input_tokens, Some(2));
        assert_eq!(usage.reasoning_output_tokens, Some(32));
        assert_eq!(usage.text_input_tokens, Some(12));
        assert_eq!(usage.tool_use_input_tokens, Some(5));
        assert_eq!(
            (
                written.input_tokens,
                written.output_tokens,
                written.total_tokens
            ),
            (Some(7), Some(19), Some(63))
        );
    }
}
