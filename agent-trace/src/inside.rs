//! Being inside a call's span while the function's own code runs.

use crate::about::About;
use crate::call::Call;
use crate::outcome::Outcome;
use crate::seen::Seen;

/// The time inside. Dropped by unwinding, it ends the call as panicked: the panic began in here.
pub(crate) struct Inside<'a>(Option<&'a mut Option<Box<Call>>>);

impl<'a> Inside<'a> {
    /// For a call that may be off.
    pub(crate) fn of(call: &'a mut Option<Box<Call>>) -> Self {
        Self(Some(call))
    }

    fn call(&mut self) -> Option<&mut Call> {
        self.0.as_mut().and_then(|call| call.as_deref_mut())
    }

    /// Enters for the first time.
    pub(crate) fn open<T>(&mut self, run: impl FnOnce(Option<&mut About>) -> T) -> T {
        match self.call() {
            Some(call) => call.open(run),
            None => run(None),
        }
    }

    /// Enters again, to poll.
    pub(crate) fn poll(&mut self) {
        if let Some(call) = self.call() {
            call.poll();
        }
    }

    /// Enters again, to end.
    pub(crate) fn enter_to_end(&mut self) {
        if let Some(call) = self.call() {
            call.enter_to_end();
        }
    }

    /// Looks at a value.
    pub(crate) fn see(&mut self, look: impl FnOnce(&mut Seen<'_>)) {
        if let Some(call) = self.call() {
            Seen::look(call, look);
        }
    }

    /// Leaves for now.
    pub(crate) fn leave(mut self) {
        if let Some(Some(call)) = self.0.take() {
            call.exit();
        }
    }

    /// Leaves for good, with the call, which is still entered.
    pub(crate) fn take(mut self) -> Option<Box<Call>> {
        self.0.take().and_then(Option::take)
    }
}

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        if let Some(call) = self.0.take().and_then(Option::take) {
            call.end(Outcome::Panicked);
        }
    }
}

/// Runs what makes a future or a stream inside the span, and leaves it.
pub(crate) fn construct<T>(
    call: &mut Option<Box<Call>>,
    make: impl FnOnce(Option<&mut About>) -> T,
) -> T {
    let mut inside = Inside::of(call);
    let made = inside.open(make);
    inside.leave();
    made
}
