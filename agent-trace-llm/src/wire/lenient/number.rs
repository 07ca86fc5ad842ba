/// The largest whole number up to which a float is exact.
const MAX_EXACT: f64 = 9_007_199_254_740_992.0;

/// A number as it was written.
#[derive(Clone, Copy)]
pub(crate) enum Number<'a> {
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    /// Its text, under `arbitrary_precision`.
    Text(&'a str),
}

impl Number<'_> {
    /// A count of something: whole, not negative, and exact.
    pub(crate) fn as_count(self) -> Option<u64> {
        match self {
            Number::Unsigned(n) => Some(n),
            Number::Signed(n) => u64::try_from(n).ok(),
            // The comparison is false for NaN, and the cast is exact within the bounds.
            Number::Float(n) => {
                (n.fract() == 0.0 && (0.0..=MAX_EXACT).contains(&n)).then_some(n as u64)
            }
            Number::Text(text) => match text.parse() {
                Ok(n) => Some(n),
                Err(_) => text
                    .parse()
                    .ok()
                    .map(Number::Float)
                    .and_then(Number::as_count),
            },
        }
    }

    /// A whole number, exact.
    pub(crate) fn as_integer(self) -> Option<i64> {
        match self {
            Number::Signed(n) => Some(n),
            Number::Float(n) if n.is_sign_negative() => Number::Float(-n).as_integer().map(|n| -n),
            Number::Text(text) => match text.parse() {
                Ok(n) => Some(n),
                Err(_) => text
                    .parse()
                    .ok()
                    .map(Number::Float)
                    .and_then(Number::as_integer),
            },
            other => other.as_count().and_then(|n| i64::try_from(n).ok()),
        }
    }

    /// A finite number.
    pub(crate) fn as_double(self) -> Option<f64> {
        let n = match self {
            Number::Unsigned(n) => n as f64,
            Number::Signed(n) => n as f64,
            Number::Float(n) => n,
            Number::Text(text) => text.parse().ok()?,
        };
        n.is_finite().then_some(n)
    }
}
