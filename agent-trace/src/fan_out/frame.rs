//! What the code that runs on this thread belongs to, where the registry does not know: a subtask, or
//! work that was detached.

use super::slot::Slot;
use crate::detached::Origin;
use crate::state::Found;
use std::cell::RefCell;
use std::sync::Arc;

thread_local! {
    static FRAME: RefCell<Option<Frame>> = const { RefCell::new(None) };
}

/// What the code on this thread belongs to.
#[derive(Clone, Debug)]
pub(crate) enum Frame {
    Subtask(Arc<Slot>),
    Detached(Arc<Origin>),
}

/// Puts a frame in the place of the one before, which is to be put back. A thread that is going has
/// none any more.
pub(crate) fn swap(frame: Option<Frame>) -> Option<Frame> {
    FRAME
        .try_with(|place| place.replace(frame))
        .unwrap_or_default()
}

/// What a call belongs to that is made here and found `found` around it: a frame counts for the calls
/// directly in it, not for those beneath them.
pub(crate) fn of_call(found: &Found) -> Option<Frame> {
    FRAME
        .try_with(|place| {
            let place = place.borrow();
            let is_direct = match place.as_ref()? {
                Frame::Subtask(slot) => slot.dispatcher.is_around(found),
                Frame::Detached(origin) => origin.is_around(found),
            };
            is_direct.then(|| place.clone()).flatten()
        })
        .ok()
        .flatten()
}
