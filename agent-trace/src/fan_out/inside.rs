//! Being inside a subtask.

use super::dispatcher::Entered;
use super::frame::{self, Frame};
use super::slot::Slot;
use crate::fan_in::SubtaskOutcome;
use std::borrow::Borrow;
use std::sync::Arc;
use std::thread::panicking;

/// The time inside a subtask. Dropped by unwinding, it ends the subtask as panicked: the panic began
/// in here.
#[derive(Debug)]
pub(crate) struct Inside<S: Borrow<Arc<Slot>>> {
    slot: S,
    before: Option<Frame>,
    entered: Option<Entered>,
    was_panicking: bool,
}

impl<S: Borrow<Arc<Slot>>> Inside<S> {
    pub(crate) fn enter(slot: S) -> Self {
        let entered = slot.borrow().dispatcher.enter();
        let before = frame::swap(Some(Frame::Subtask(Arc::clone(slot.borrow()))));
        Self {
            slot,
            before,
            entered: Some(entered),
            was_panicking: panicking(),
        }
    }

    pub(crate) fn slot(&self) -> &Arc<Slot> {
        self.slot.borrow()
    }
}

impl<S: Borrow<Arc<Slot>>> Drop for Inside<S> {
    fn drop(&mut self) {
        let slot = self.slot.borrow();
        drop(frame::swap(self.before.take()));
        if let Some(entered) = self.entered.take() {
            slot.dispatcher.exit(entered);
        }
        if !self.was_panicking && panicking() {
            slot.end(SubtaskOutcome::Panicked);
        }
    }
}
