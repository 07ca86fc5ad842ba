use crate::wire::lenient::{Count, object};
use crate::wire::report::Report;
use crate::{BilledUsage, InputTokens, OutputTokens, Usage};

object! {
    /// `usage` of chat v2, `meta` of the other APIs.
    UsageBody<'de> {
        tokens: Tokens<'de> = "tokens",
        billed_units: Units<'de> = "billed_units",
        cached_tokens: Count = "cached_tokens",
    }
}

object! {
    /// What was used.
    Tokens<'de> {
        input_tokens: Count = "input_tokens",
        output_tokens: Count = "output_tokens",
    }
}

object! {
    /// What is billed.
    Units<'de> {
        input_tokens: Count = "input_tokens",
        output_tokens: Count = "output_tokens",
        image_tokens: Count = "image_tokens",
        images: Count = "images",
        search_units: Count = "search_units",
        classifications: Count = "classifications",
    }
}

impl UsageBody<'_> {
    /// What was used.
    pub(crate) fn report(&self) -> Option<Report> {
        let report = Report::new(
            InputTokens::CacheIncluded {
                total: self.tokens.input_tokens.0,
                cache_read: self.cached_tokens.0,
                cache_write: None,
            },
            OutputTokens::ReasoningIncluded {
                total: self.tokens.output_tokens.0,
                reasoning: None,
            },
            None,
        );
        report.non_empty()
    }

    pub(crate) fn billed(&self) -> Option<BilledUsage> {
        let units = &self.billed_units;
        let billed = BilledUsage {
            tokens: Usage {
                input_tokens: units.input_tokens.0,
                output_tokens: units.output_tokens.0,
                image_input_tokens: units.image_tokens.0,
                ..Usage::default()
            },
            images: units.images.0,
            search_units: units.search_units.0,
            classifications: units.classifications.0,
        };
        (!billed.is_empty()).then_some(billed)
    }
}
