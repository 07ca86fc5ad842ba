use crate::cost::NanoUsd;

/// What a call costs.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cost {
    /// All of it, rounded once to the nearest nano-dollar.
    pub total: NanoUsd,
    /// What the input costs.
    pub input: NanoUsd,
    /// What the output costs. With `input` that is the total, but for rounding and for fees that
    /// belong to neither.
    pub output: NanoUsd,
    /// Whose price list applied, by its name there.
    pub provider: String,
    /// The model of the list, of which the one asked for may be a version or an alias.
    pub model: String,
    /// A service tier or batch was asked for, the list has no rates of its own for it, and the
    /// standard rates are what this is.
    pub standard_rates: bool,
}
