use crate::wire::anthropic::CacheCreation;
use crate::wire::counts::Counts;
use crate::wire::fold::{Fold, Folded};
use crate::wire::lenient::{Count, Text, object};

object! {
    /// `usage` of Converse, and of Nova.
    TokenUsage<'de> {
        input: Count = "inputTokens",
        output: Count = "outputTokens",
        total: Count = "totalTokens",
        cache_read: Count = "cacheReadInputTokens",
        cache_write: Count = "cacheWriteInputTokens",
        cache_details: Folded<CacheDetails> = "cacheDetails",
        // The same, as Nova calls them.
        cache_read_count: Count = "cacheReadInputTokenCount",
        cache_write_count: Count = "cacheWriteInputTokenCount",
    }
}

impl TokenUsage<'_> {
    pub(crate) fn counts(&self) -> Counts {
        let details = self.cache_details.0;
        Counts {
            uncached: self.input.0,
            cache_read: self.cache_read.0.or(self.cache_read_count.0),
            cache_write: self.cache_write.0.or(self.cache_write_count.0),
            cache_write_5m: details.five_minutes,
            cache_write_1h: details.one_hour,
            output: self.output.0,
            total: self.total.0,
            ..Counts::default()
        }
    }
}

/// Cache writes by how long they stay.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct CacheDetails {
    five_minutes: Option<u64>,
    one_hour: Option<u64>,
}

object! {
    CacheDetail<'de> {
        ttl: Text<'de> = "ttl",
        input: Count = "inputTokens",
    }
}

impl<'de> Fold<'de> for CacheDetails {
    type Item = CacheDetail<'de>;

    fn item(&mut self, item: CacheDetail<'de>) {
        let slot = match item.ttl.0.as_deref() {
            Some("5m") => &mut self.five_minutes,
            Some("1h") => &mut self.one_hour,
            _ => return,
        };
        if let Some(tokens) = item.input.0 {
            *slot = Some(slot.unwrap_or(0).saturating_add(tokens));
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
        let (cache_read, cache_write) = (self.cache_read.0, self.cache_write.0);
        // Without a word on caching, the count leaves nothing out.
        let cached = cache_read.or(cache_write);
        Counts {
            uncached: self.input.0,
            plain_input: self.input.0.filter(|_| cached.is_none()),
            cache_read,
            cache_write,
            output: self.output.0,
            ..Counts::default()
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
        cache_creation: CacheCreation<'de> = "cache_creation",
        // Nova.
        input_camel: Count = "inputTokens",
        output_camel: Count = "outputTokens",
        total_camel: Count = "totalTokens",
        cache_read_camel: Count = "cacheReadInputTokens",
        cache_write_camel: Count = "cacheWriteInputTokens",
        cache_read_count: Count = "cacheReadInputTokenCount",
        cache_write_count: Count = "cacheWriteInputTokenCount",
        // Those that speak as OpenAI does: AI21, Mistral, DeepSeek, Qwen, GPT-OSS.
        prompt: Count = "prompt_tokens",
        completion: Count = "completion_tokens",
        total: Count = "total_tokens",
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
        let on_top = self.input.0.or(self.input_camel.0);
        Counts {
            uncached: on_top.or(prompt),
            plain_input: self.prompt.0.filter(|_| on_top.is_none()),
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
            cache_write_5m: self.cache_creation.five_minutes.0,
            cache_write_1h: self.cache_creation.one_hour.0,
            output: self.output.0.or(self.output_camel.0).or(self.completion.0),
            reasoning: self.completion_details.reasoning.0,
            total: self.total_camel.0.or(self.total.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::report::Report;

    #[test]
    fn cached_tokens_come_on_top() {
        let usage: TokenUsage<'_> = serde_json::from_str(
            r#"{
                "inputTokens": 22, "outputTokens": 13, "totalTokens": 2627,
                "cacheReadInputTokens": 100, "cacheReadInputTokenCount": 100,
                "cacheWriteInputTokenCount": 2492, "serverToolUsage": {},
                "cacheDetails": [
                    { "ttl": "5m", "inputTokens": 2000 }, { "ttl": "1h", "inputTokens": 492 },
                    { "ttl": "1d", "inputTokens": 7 }
                ]
            }"#,
        )
        .expect("JSON");
        let Report { usage, written } = usage.counts().report();
        assert_eq!(usage.cache_write_5m_input_tokens, Some(2000));
        assert_eq!(usage.cache_write_1h_input_tokens, Some(492));
        assert_eq!(
            (written.input_tokens, written.total_tokens),
            (Some(22), Some(2627))
        );
        assert!(written.cache_on_top);
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
