use crate::wire::fold::Fold;
use crate::wire::lenient::{Count, Text, object};

/// Counts by modality. Video and documents have no place in the conventions and are left to the
/// totals.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Modalities {
    pub(crate) text: Option<u64>,
    pub(crate) image: Option<u64>,
    pub(crate) audio: Option<u64>,
}

object! {
    Modality<'de> {
        modality: Text<'de> = "modality",
        // The one in `generateContent`, the other in the interactions API.
        token_count: Count = "tokenCount",
        tokens: Count = "tokens",
    }
}

impl Modalities {
    /// The counts of both together.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            text: sum(self.text, other.text),
            image: sum(self.image, other.image),
            audio: sum(self.audio, other.audio),
        }
    }
}

impl<'de> Fold<'de> for Modalities {
    type Item = Modality<'de>;

    fn item(&mut self, item: Modality<'de>) {
        let slot = match item.modality.0.as_deref() {
            Some("TEXT" | "text") => &mut self.text,
            Some("IMAGE" | "image") => &mut self.image,
            Some("AUDIO" | "audio") => &mut self.audio,
            _ => return,
        };
        *slot = sum(*slot, item.token_count.0.or(item.tokens.0));
    }
}

/// The sum of what is known.
pub(crate) fn sum(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.saturating_add(b)),
        (one, other) => one.or(other),
    }
}
