//! The fence between instrumentation and application: what fails inside stays inside.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Runs code of the user's that serves only the span (an option's expression, a `Display`, an
/// adapter). A panic in it costs that piece of the span and nothing else.
pub(crate) fn guarded<T>(run: impl FnOnce() -> T) -> Option<T> {
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(value) => Some(value),
        Err(payload) => {
            // Dropping a payload may panic again.
            std::mem::forget(payload);
            None
        }
    }
}

/// Locks without poisoning: a panic elsewhere must not silence the rest of the trace.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Has a destructor, so that it is gone when the thread goes.
struct Alive;

impl Drop for Alive {
    fn drop(&mut self) {}
}

thread_local! {
    static ALIVE: Alive = const { Alive };
}

/// Whether the current thread still has what entering a span needs. A future that lies in a
/// thread-local variable is dropped when the thread ends, and then layers panic that look for
/// theirs.
///
/// Thread-local variables go in the reverse order of their first use, so this one is to be used
/// first behind those of the layers: ask once behind the first entering of a span.
#[inline]
pub(crate) fn thread_is_alive() -> bool {
    ALIVE.try_with(|_| ()).is_ok()
}
