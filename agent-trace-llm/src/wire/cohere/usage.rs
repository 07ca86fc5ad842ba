use crate::wire::bits::BilledUnits;
use crate::wire::lenient::{Count, object};
use crate::{InputTokens, OutputTokens, Usage};

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
    /// What was used. Empty, but not `None`, when the provider reported what it bills and no more.
    pub(crate) fn usage(&self) -> Option<Usage> {
        let usage = Usage::new(
            InputTokens::CacheIncluded {
                total: self.tokens.input_tokens.0,
                cache_read: self.cached_tokens.0,
                cache_write: None,
            },
            OutputTokens::ReasoningIncluded {
                total: self.tokens.output_tokens.0,
                reasoning: None,
            },
        );
        match usage.non_empty() {
            Some(usage) => Some(usage),
            None => self.billed().map(|_| Usage::default()),
        }
    }

    pub(crate) fn billed(&self) -> Option<BilledUnits> {
        let units = &self.billed_units;
        let billed = BilledUnits {
            input_tokens: units.input_tokens.0,
            output_tokens: units.output_tokens.0,
            image_tokens: units.image_tokens.0,
            images: units.images.0,
            search_units: units.search_units.0,
            classifications: units.classifications.0,
        };
        (billed != BilledUnits::default()).then_some(billed)
    }
}
