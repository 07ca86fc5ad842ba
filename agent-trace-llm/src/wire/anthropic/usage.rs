use crate::Usage;
use crate::wire::counts::Counts;
use crate::wire::fold::{Fold, Folded};
use crate::wire::lenient::{Count, Text, object};

object! {
    /// `usage` of a message, of `message_start` and of `message_delta`.
    UsageBody<'de> {
        input: Count = "input_tokens",
        output: Count = "output_tokens",
        cache_read: Count = "cache_read_input_tokens",
        cache_write: Count = "cache_creation_input_tokens",
        cache_write_details: CacheCreation<'de> = "cache_creation",
        output_details: OutputDetails<'de> = "output_tokens_details",
        iterations: Folded<Iterations> = "iterations",
        service_tier: Text<'de> = "service_tier",
    }
}

object! {
    /// Cache writes by how long they live.
    CacheCreation<'de> {
        five_minutes: Count = "ephemeral_5m_input_tokens",
        one_hour: Count = "ephemeral_1h_input_tokens",
    }
}

object! {
    OutputDetails<'de> {
        thinking: Count = "thinking_tokens",
    }
}

object! {
    /// One sampling pass of the server: `message`, or `compaction` of what came before.
    Iteration<'de> {
        input: Count = "input_tokens",
        output: Count = "output_tokens",
        cache_read: Count = "cache_read_input_tokens",
        cache_write: Count = "cache_creation_input_tokens",
        cache_write_details: CacheCreation<'de> = "cache_creation",
    }
}

impl CacheCreation<'_> {
    fn sum(&self) -> Option<u64> {
        match (self.five_minutes.0, self.one_hour.0) {
            (None, None) => None,
            (five, hour) => Some(five.unwrap_or(0).saturating_add(hour.unwrap_or(0))),
        }
    }
}

/// The sum of the passes.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Iterations(Usage);

impl<'de> Fold<'de> for Iterations {
    type Item = Iteration<'de>;

    fn item(&mut self, item: Iteration<'de>) {
        let counts = Counts {
            uncached: item.input.0,
            cache_read: item.cache_read.0,
            cache_write: item.cache_write.0.or(item.cache_write_details.sum()),
            cache_write_5m: item.cache_write_details.five_minutes.0,
            cache_write_1h: item.cache_write_details.one_hour.0,
            output: item.output.0,
            ..Counts::default()
        };
        self.0.add(&counts.usage());
    }
}

impl UsageBody<'_> {
    /// The counts, as they are written.
    pub(crate) fn counts(&self) -> Counts {
        let details = &self.cache_write_details;
        Counts {
            uncached: self.input.0,
            cache_read: self.cache_read.0,
            cache_write: self.cache_write.0.or(details.sum()),
            cache_write_5m: details.five_minutes.0,
            cache_write_1h: details.one_hour.0,
            output: self.output.0,
            reasoning: self.output_details.thinking.0,
            ..Counts::default()
        }
    }

    /// What all passes used together, those that the counts above leave out included. `None` if that
    /// is what the counts say too, or the passes are not listed.
    pub(crate) fn billed(&self) -> Option<Usage> {
        let all = self.iterations.0.0.non_empty()?;
        let told = self.counts().usage();
        if (all.input_tokens, all.output_tokens) == (told.input_tokens, told.output_tokens) {
            return None;
        }
        Some(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> UsageBody<'_> {
        serde_json::from_str(json).expect("JSON")
    }

    #[test]
    fn cached_tokens_come_on_top() {
        let usage = read(
            r#"{
                "input_tokens": 2, "output_tokens": 40,
                "cache_read_input_tokens": 1590, "cache_creation_input_tokens": 300,
                "cache_creation": { "ephemeral_5m_input_tokens": 100, "ephemeral_1h_input_tokens": 200 },
                "output_tokens_details": { "thinking_tokens": 30 }
            }"#,
        )
        .counts()
        .usage();
        assert_eq!(usage.input_tokens, Some(1892));
        assert_eq!(usage.cache_read_input_tokens, Some(1590));
        assert_eq!(usage.cache_write_input_tokens, Some(300));
        assert_eq!(usage.cache_write_5m_input_tokens, Some(100));
        assert_eq!(usage.cache_write_1h_input_tokens, Some(200));
        assert_eq!(usage.output_tokens, Some(40));
        assert_eq!(usage.reasoning_output_tokens, Some(30));
    }

    #[test]
    fn cache_writes_by_lifetime_stand_in_for_their_sum() {
        let counts = read(
            r#"{ "input_tokens": 1,
                 "cache_creation": { "ephemeral_5m_input_tokens": 4, "ephemeral_1h_input_tokens": 5 } }"#,
        )
        .counts();
        assert_eq!(counts.cache_write, Some(9));
    }

    #[test]
    fn nothing_reported_is_no_usage() {
        for none in ["null", "{}", "[]", r#"{"service_tier": "standard"}"#] {
            assert!(read(none).counts().usage().is_empty(), "{none}");
            assert_eq!(read(none).billed(), None, "{none}");
        }
    }

    #[test]
    fn compaction_is_in_the_iterations_only() {
        let usage = read(
            r#"{
                "input_tokens": 20, "output_tokens": 5,
                "iterations": [
                    { "type": "compaction", "input_tokens": 180000, "output_tokens": 3500 },
                    { "type": "message", "input_tokens": 20, "output_tokens": 5, "cache_read_input_tokens": 7 }
                ]
            }"#,
        );
        assert_eq!(usage.counts().usage().input_tokens, Some(20));
        let all = usage.billed().expect("given");
        assert_eq!(all.input_tokens, Some(180_027));
        assert_eq!(all.output_tokens, Some(3505));
    }

    #[test]
    fn one_pass_is_billed_as_it_is_counted() {
        let usage = read(
            r#"{
                "input_tokens": 53, "output_tokens": 14, "cache_read_input_tokens": 0,
                "iterations": [{ "type": "message", "input_tokens": 53, "output_tokens": 14 }]
            }"#,
        );
        assert_eq!(usage.billed(), None);
    }
}
