//! The question whether anyone listens to a function.

use crate::site::Site;
use crate::state;
use tracing_core::metadata::LevelFilter;
use tracing_core::{Dispatch, dispatcher};

impl Site {
    /// Whether a span of this function would reach anyone. The first two comparisons are all that an
    /// application without a subscriber pays.
    #[inline]
    pub fn is_enabled(&'static self) -> bool {
        let level = self.metadata.level();
        *level <= tracing::level_filters::STATIC_MAX_LEVEL
            && *level <= LevelFilter::current()
            && self.is_wanted()
    }

    fn is_wanted(&'static self) -> bool {
        let interest = self.callsite.interest();
        !interest.is_never()
            && (interest.is_always()
                || dispatcher::get_default(|dispatch| {
                    state::is_covered(dispatch, self) || dispatch.enabled(self.metadata)
                }))
    }

    /// Whether no filter waits for a span of this call to be made. It would take its answer for the
    /// next one if none is.
    pub(crate) fn may_go_without_span(&'static self, dispatch: &Dispatch) -> bool {
        self.callsite.interest().is_always() || state::is_covered(dispatch, self)
    }
}
