use crate::wire::counts::Counts;
use crate::wire::lenient::{Count, object};

object! {
    /// `usage` of Converse, and of Nova.
    TokenUsage<'de> {
        input: Count = "inputTokens",
        output: Count = "outputTokens",
        cache_read: Count = "cacheReadInputTokens",
        cache_write: Count = "cacheWriteInputTokens",
        // The same, as Nova calls them.
        cache_read_count: Count = "cacheReadInputTokenCount",
        cache_write_count: Count = "cacheWriteInputTokenCount",
    }
}

impl TokenUsage<'_> {
    pub(crate) fn counts(&self) -> Counts {
        Counts {
            uncached: self.input.0,
            cache_read: self.cache_read.0.or(self.cache_read_count.0),
            cache_write: self.cache_write.0.or(self.cache_write_count.0),
            output: self.output.0,
            reasoning: None,
        }
    }
}

object! {
    /// `amazon-bedrock-invocationMetrics`: what AWS itself has counted.
    InvocationMetrics<'de> {
        input: Count = "inputTokenCount",
        output: Count = "outputTokenCount",
        cache_read: Count = "cacheReadInputTokenCount",
        cache_write: Count = "cacheWriteInputTokenCount",
    }
}

impl InvocationMetrics<'_> {
    pub(crate) fn counts(&self) -> Counts {
        Counts {
            uncached: self.input.0,
            cache_read: self.cache_read.0,
            cache_write: self.cache_write.0,
            output: self.output.0,
            reasoning: None,
        }
    }
}

object! {
    /// `usage` of what the model families say themselves.
    FamilyUsage<'de> {
        // Anthropic.
        input: Count = "input_tokens",
        output: Count = "output_tokens",
        cache_read: Count = "cache_read_input_tokens",
        cache_write: Count = "cache_creation_input_tokens",
        // Nova.
        input_camel: Count = "inputTokens",
        output_camel: Count = "outputTokens",
        cache_read_camel: Count = "cacheReadInputTokens",
        cache_write_camel: Count = "cacheWriteInputTokens",
        cache_read_count: Count = "cacheReadInputTokenCount",
        cache_write_count: Count = "cacheWriteInputTokenCount",
        // Those that speak as OpenAI does: AI21, Mistral, DeepSeek, Qwen, GPT-OSS.
        prompt: Count = "prompt_tokens",
        completion: Count = "completion_tokens",
        prompt_details: PromptDetails<'de> = "prompt_tokens_details",
        completion_details: CompletionDetails<'de> = "completion_tokens_details",
    }
}

object! {
    PromptDetails<'de> {
        cached: Count = "cached_tokens",
    }
}

object! {
    CompletionDetails<'de> {
        reasoning: Count = "reasoning_tokens",
    }
}

impl FamilyUsage<'_> {
    pub(crate) fn counts(&self) -> Counts {
        let cached = self.prompt_details.cached.0;
        // OpenAI's prompt count includes what was cached.
        let prompt = self
            .prompt
            .0
            .map(|prompt| prompt.saturating_sub(cached.unwrap_or(0)));
        Counts {
            uncached: self.input.0.or(self.input_camel.0).or(prompt),
            cache_read: self
                .cache_read
                .0
                .or(self.cache_read_camel.0)
                .or(self.cache_read_count.0)
                .or(cached),
            cache_write: self
                .cache_write
                .0
                .or(self.cache_write_camel.0)
                .or(self.cache_write_count.0),
            output: self.output.0.or(self.output_camel.0).or(self.completion.0),
            reasoning: self.completion_details.reasoning.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cached_tokens_come_on_top() {
        let usage: TokenUsage<'_> = serde_json::from_str(
            r#"{
                "inputTokens": 22, "outputTokens": 13, "totalTokens": 2627,
                "cacheReadInputTokens": 100, "cacheReadInputTokenCount": 100,
                "cacheWriteInputTokenCount": 2492, "serverToolUsage": {}
            }"#,
        )
        .expect("JSON");
        let usage = usage.counts().usage();
        assert_eq!(
            (usage.input_tokens, usage.output_tokens),
            (Some(2614), Some(13))
        );
        assert_eq!(usage.cache_read_input_tokens, Some(100));
        assert_eq!(usage.cache_write_input_tokens, Some(2492));
    }

    #[test]
    fn families_differ() {
        let usage = |json: &str| {
            let usage: FamilyUsage<'_> = serde_json::from_str(json).expect("JSON");
            usage.counts().usage()
        };
        let openai = usage(
            r#"{"prompt_tokens": 100, "completion_tokens": 7,
                "prompt_tokens_details": {"cached_tokens": 80}}"#,
        );
        assert_eq!(openai.input_tokens, Some(100));
        assert_eq!(openai.cache_read_input_tokens, Some(80));
        let anthropic = usage(r#"{"input_tokens": 20, "cache_read_input_tokens": 80}"#);
        assert_eq!(anthropic.input_tokens, Some(100));
        assert!(usage("{}").is_empty());
    }
}
