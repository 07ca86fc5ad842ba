//! A token count by modality.

use crate::semconv::value::token_modality as modality;

/// A count and its parts of text, images and audio.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tokens {
    pub(super) total: Option<u64>,
    pub(super) parts: [Option<u64>; 3],
}

/// The modalities of the parts, and that of the rest.
const NAMES: [&str; 4] = [
    modality::TEXT,
    modality::IMAGE,
    modality::AUDIO,
    modality::UNKNOWN,
];

impl Tokens {
    /// A count of which no modality is known.
    pub(super) const fn undivided(total: Option<u64>) -> Self {
        Self {
            total,
            parts: [None; 3],
        }
    }

    /// All of them; what was not reported is 0.
    pub(super) fn count(&self) -> u64 {
        self.total.or_else(|| self.sum()).unwrap_or(u64::MAX)
    }

    /// All parts, unless they are more than can be counted.
    fn sum(&self) -> Option<u64> {
        let mut parts = self.parts.iter().flatten();
        parts.try_fold(0_u64, |sum, part| sum.checked_add(*part))
    }

    /// The counts by modality, which add up to [`count`](Self::count). Parts that are more than the whole
    /// are no parts of it.
    pub(super) fn by_modality(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let count = self.count();
        let ([text, image, audio], sum) = match self.sum() {
            Some(sum) if sum <= count => (self.parts.map(Option::unwrap_or_default), sum),
            _ => ([0; 3], 0),
        };
        let rest = count - sum;
        NAMES
            .into_iter()
            .zip([text, image, audio, rest])
            .filter(move |(name, part)| *part > 0 || (count == 0 && *name == modality::UNKNOWN))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(total: Option<u64>, parts: [Option<u64>; 3]) -> Vec<(&'static str, u64)> {
        Tokens { total, parts }.by_modality().collect()
    }

    #[test]
    fn what_is_left_is_unknown() {
        assert_eq!(split(Some(10), [None; 3]), [("unknown", 10)]);
        assert_eq!(
            split(Some(10), [Some(3), None, Some(2)]),
            [("text", 3), ("audio", 2), ("unknown", 5)]
        );
        assert_eq!(split(Some(5), [Some(5), Some(0), None]), [("text", 5)]);
    }

    #[test]
    fn nothing_is_zero_of_unknown() {
        assert_eq!(split(None, [None; 3]), [("unknown", 0)]);
        assert_eq!(split(Some(0), [Some(0); 3]), [("unknown", 0)]);
    }

    #[test]
    fn the_total_is_never_changed() {
        // A part that is more than the whole, and parts that no total goes with.
        assert_eq!(split(Some(5), [Some(4), Some(4), None]), [("unknown", 5)]);
        assert_eq!(
            split(None, [Some(4), Some(4), None]),
            [("text", 4), ("image", 4)]
        );
        assert_eq!(
            split(Some(u64::MAX), [Some(u64::MAX), None, None]),
            [("text", u64::MAX)]
        );
        let huge = split(Some(u64::MAX), [Some(u64::MAX), Some(u64::MAX), None]);
        assert_eq!(
            huge.iter().map(|(_, part)| u128::from(*part)).sum::<u128>(),
            u128::from(u64::MAX)
        );
    }
}
