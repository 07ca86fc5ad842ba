//! The clock of everything the runtime measures itself.

#[cfg(feature = "testing")]
use std::time::Duration;
use std::time::Instant;
use tracing::Dispatch;

/// Where a call's durations come from.
#[derive(Clone, Debug)]
pub(crate) enum Clock {
    Real,
    #[cfg(feature = "testing")]
    Test(crate::testing::TestClock),
}

/// A moment on a [`Clock`].
#[derive(Clone, Copy, Debug)]
pub(crate) enum Moment {
    Real(Instant),
    #[cfg(feature = "testing")]
    Test(Duration),
}

impl Clock {
    /// The clock that `dispatch` asks for.
    #[cfg_attr(
        not(feature = "testing"),
        expect(unused_variables, reason = "only tests bring their own")
    )]
    pub(crate) fn of(dispatch: &Dispatch) -> Self {
        #[cfg(feature = "testing")]
        if let Some(clock) = dispatch.downcast_ref::<crate::testing::TestClock>() {
            return Self::Test(clock.clone());
        }
        Self::Real
    }

    pub(crate) fn now(&self) -> Moment {
        match self {
            Self::Real => Moment::Real(Instant::now()),
            #[cfg(feature = "testing")]
            Self::Test(clock) => Moment::Test(clock.now()),
        }
    }
}

impl Moment {
    /// Seconds from `earlier` to here; zero where the clock is not the same.
    pub(crate) fn seconds_since(self, earlier: Self) -> f64 {
        match (self, earlier) {
            (Self::Real(now), Self::Real(then)) => now.saturating_duration_since(then),
            #[cfg(feature = "testing")]
            (Self::Test(now), Self::Test(then)) => now.saturating_sub(then),
            #[cfg(feature = "testing")]
            _ => Duration::ZERO,
        }
        .as_secs_f64()
    }
}
