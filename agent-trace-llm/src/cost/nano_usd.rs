use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign};
use std::str::FromStr;

const NANOS_PER_USD: u64 = 1_000_000_000;

/// An amount of money: whole billionths of a US dollar, never negative.
///
/// Arithmetic saturates, at some 18 billion dollars.
///
/// ```
/// use agent_trace_llm::cost::NanoUsd;
///
/// let price: NanoUsd = "$2.50".parse()?;
/// assert_eq!(price.as_nanos(), 2_500_000_000);
/// assert_eq!(price.to_string(), "$2.5");
/// assert_eq!((price + NanoUsd::from_nanos(1)).to_string(), "$2.500000001");
/// # Ok::<(), agent_trace_llm::cost::ParseNanoUsdError>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NanoUsd(u64);

impl NanoUsd {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The largest amount.
    pub const MAX: Self = Self(u64::MAX);

    /// An amount of billionths of a dollar.
    pub const fn from_nanos(nanos: u64) -> Self {
        Self(nanos)
    }

    /// The billionths of a dollar.
    pub const fn as_nanos(self) -> u64 {
        self.0
    }

    /// The dollars, for systems that take floats. Not exact beyond 15 digits.
    pub fn as_usd(self) -> f64 {
        self.0 as f64 / NANOS_PER_USD as f64
    }

    /// The amount in whole nano-dollars nearest to a computed one.
    ///
    /// `None` for what is no amount: negative, or not a number. What is too large saturates.
    pub fn from_usd(usd: f64) -> Option<Self> {
        let nanos = usd * NANOS_PER_USD as f64;
        // The cast saturates.
        (nanos >= 0.0).then(|| Self(nanos.round() as u64))
    }

    /// The sum, at most [`MAX`](Self::MAX).
    #[must_use]
    pub const fn saturating_add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Add for NanoUsd {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        self.saturating_add(other)
    }
}

impl AddAssign for NanoUsd {
    fn add_assign(&mut self, other: Self) {
        *self = self.saturating_add(other);
    }
}

impl Sum for NanoUsd {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Self::saturating_add)
    }
}

/// In dollars, with as many decimals as there are: `$0.0000345`.
impl fmt::Display for NanoUsd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (dollars, nanos) = (self.0 / NANOS_PER_USD, self.0 % NANOS_PER_USD);
        let fraction = format!("{nanos:09}");
        let text = match fraction.trim_end_matches('0') {
            "" => format!("${dollars}"),
            fraction => format!("${dollars}.{fraction}"),
        };
        f.pad(&text)
    }
}

/// Reads dollars exactly: `2.5`, `$0.0000345`. At most nine decimals, no exponent, no sign.
impl FromStr for NanoUsd {
    type Err = ParseNanoUsdError;

    fn from_str(text: &str) -> Result<Self, ParseNanoUsdError> {
        let text = text.strip_prefix('$').unwrap_or(text);
        let (dollars, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(dollars) || !digits(fraction) || fraction.len() > 9 {
            return Err(ParseNanoUsdError);
        }
        let number = |text: &str| text.parse::<u64>().map_err(|_| ParseNanoUsdError);
        let nanos = number(&format!("{fraction:0<9}"))?;
        number(dollars)?
            .checked_mul(NANOS_PER_USD)
            .and_then(|dollars| dollars.checked_add(nanos))
            .map(Self)
            .ok_or(ParseNanoUsdError)
    }
}

/// A text that is no amount of dollars with at most nine decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseNanoUsdError;

impl fmt::Display for ParseNanoUsdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an amount of dollars with at most nine decimals")
    }
}

impl std::error::Error for ParseNanoUsdError {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn texts_that_are_no_amount() {
        for text in [
            "",
            "$",
            ".5",
            "1.",
            "-1",
            "+1",
            "1e3",
            "1,000",
            "1.0000000001",
            "1 ",
            "NaN",
        ] {
            assert_eq!(text.parse::<NanoUsd>(), Err(ParseNanoUsdError), "{text:?}");
        }
        assert_eq!("18446744073.709551615".parse(), Ok(NanoUsd::MAX));
        assert_eq!(
            "18446744073.709551616".parse::<NanoUsd>(),
            Err(ParseNanoUsdError)
        );
    }

    #[test]
    fn floats() {
        assert_eq!(NanoUsd::from_usd(0.0000345), Some(NanoUsd(34_500)));
        assert_eq!(NanoUsd::from_usd(f64::MAX), Some(NanoUsd::MAX));
        assert_eq!(NanoUsd::from_usd(f64::INFINITY), Some(NanoUsd::MAX));
        assert_eq!(NanoUsd::from_usd(-0.0), Some(NanoUsd::ZERO));
        assert_eq!(NanoUsd::from_usd(-1.0), None);
        assert_eq!(NanoUsd::from_usd(f64::NAN), None);
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back(nanos in any::<u64>()) {
            let amount = NanoUsd(nanos);
            prop_assert_eq!(amount.to_string().parse(), Ok(amount));
        }

        #[test]
        fn sums_are_exact_and_saturate(a in any::<u64>(), b in any::<u64>()) {
            prop_assert_eq!((NanoUsd(a) + NanoUsd(b)).0, a.saturating_add(b));
        }
    }
}
