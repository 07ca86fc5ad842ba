use crate::cost::{Cost, NanoUsd};

const WHOLE: u32 = 10_000;

/// A negotiated discount on everything that a provider charges.
///
/// ```
/// use agent_trace_llm::cost::Discount;
///
/// assert_eq!(Discount::percent(15), Discount::basis_points(1_500));
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Discount {
    basis_points: u32,
}

impl Discount {
    /// So many hundredths off; 100 or more leave nothing to pay.
    pub const fn percent(percent: u32) -> Self {
        Self::basis_points(percent.saturating_mul(100))
    }

    /// So many ten-thousandths off; 10,000 or more leave nothing to pay.
    pub const fn basis_points(basis_points: u32) -> Self {
        let basis_points = if basis_points > WHOLE {
            WHOLE
        } else {
            basis_points
        };
        Self { basis_points }
    }

    /// What is left to pay, rounded to the nearest nano-dollar.
    ///
    /// ```
    /// use agent_trace_llm::cost::{Discount, NanoUsd};
    ///
    /// let price = NanoUsd::from_nanos(1_000);
    /// assert_eq!(Discount::basis_points(1_250).apply(price), NanoUsd::from_nanos(875));
    /// ```
    pub fn apply(self, amount: NanoUsd) -> NanoUsd {
        let whole = u128::from(WHOLE);
        let left = whole - u128::from(self.basis_points);
        let nanos = (u128::from(amount.as_nanos()) * left + whole / 2) / whole;
        NanoUsd::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
    }

    pub(crate) fn apply_to(self, cost: &mut Cost) {
        for amount in [&mut cost.total, &mut cost.input, &mut cost.output] {
            *amount = self.apply(*amount);
        }
    }
}
