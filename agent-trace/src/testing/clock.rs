//! The clock that the runtime reads while it is captured.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tracing::Subscriber;
use tracing_subscriber::Layer;

/// The clock of a capture: a layer without callbacks, found by `Dispatch::downcast_ref`.
///
/// The runtime measures times to the first chunk and between chunks with it when the span's subscriber has one, and
/// with [`Instant`] otherwise. Clones share the time.
#[derive(Clone, Debug)]
pub struct TestClock {
    time: Arc<Time>,
}

#[derive(Debug)]
enum Time {
    /// Milliseconds, one for each time the clock was read.
    Ticks(AtomicU64),
    Real(Instant),
}

impl TestClock {
    /// A clock which starts at zero and advances by one millisecond whenever it is read.
    #[must_use]
    pub fn fixed() -> Self {
        Self {
            time: Arc::new(Time::Ticks(AtomicU64::new(0))),
        }
    }

    /// A clock which tells the time since it was made.
    #[must_use]
    pub fn real() -> Self {
        Self {
            time: Arc::new(Time::Real(Instant::now())),
        }
    }

    /// The time since the capture began: one millisecond more than at the call before, where the clock is fixed.
    #[must_use]
    pub fn now(&self) -> Duration {
        match &*self.time {
            Time::Ticks(ticks) => Duration::from_millis(ticks.fetch_add(1, Ordering::Relaxed) + 1),
            Time::Real(start) => start.elapsed(),
        }
    }

    pub(super) fn is_fixed(&self) -> bool {
        matches!(*self.time, Time::Ticks(_))
    }
}

impl<S: Subscriber> Layer<S> for TestClock {}
