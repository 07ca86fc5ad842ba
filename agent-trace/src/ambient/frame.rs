//! What a thread keeps while it is in a scope.
//!
//! A frame holds from the place where it was entered down to the next span of ours, which has its own
//! account of what holds. So a frame never speaks for a task that the same thread happens to poll
//! inside of another span.

use super::Ambient;
use crate::attempts::Attempts;
use crate::state::{self, CallState, Reach};
use std::cell::RefCell;
use std::marker::PhantomData;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tracing::span::Id;
use tracing::{Dispatch, dispatcher};

/// Whether any frame was ever entered: who never does pays for no more than this question.
static IN_USE: AtomicBool = AtomicBool::new(false);

thread_local! {
    static CURRENT: RefCell<Option<Arc<Frame>>> = const { RefCell::new(None) };
}

/// One scope that was entered, with what held where it was.
#[derive(Debug)]
pub(crate) struct Frame {
    /// The span in which it was entered.
    at: Option<Id>,
    ambient: Option<Arc<Ambient>>,
    attempts: Option<Attempts>,
}

/// What holds at a place.
#[derive(Debug, Default)]
pub(crate) struct Here {
    pub(crate) ambient: Option<Arc<Ambient>>,
    /// The scope of attempts that this place is directly in.
    pub(crate) attempts: Option<Attempts>,
}

/// What holds at the current place, in which `around` is the nearest call.
pub(crate) fn here(dispatch: &Dispatch, around: Option<&Arc<CallState>>) -> Here {
    if let Some(frame) = current() {
        match state::reach(dispatch, frame.at.as_ref()) {
            Reach::Direct => {
                return Here {
                    ambient: frame.ambient.clone(),
                    attempts: frame.attempts.clone(),
                };
            }
            Reach::Unrecorded => {
                return Here {
                    ambient: frame.ambient.clone(),
                    attempts: None,
                };
            }
            Reach::Beyond => {}
        }
    }
    Here {
        ambient: around.and_then(|state| state.ambient.clone()),
        attempts: None,
    }
}

/// The frame that the thread is in.
fn current() -> Option<Arc<Frame>> {
    if !IN_USE.load(Ordering::Relaxed) {
        return None;
    }
    // A thread that is about to end has none any more.
    CURRENT
        .try_with(|current| current.try_borrow().ok()?.clone())
        .ok()
        .flatten()
}

impl Frame {
    /// What work inherits that is dispatched here and entered here elsewhere, beneath the same span.
    /// Attempts stay behind: what is dispatched at once is not one thing tried again.
    pub(crate) fn carried(dispatch: &Dispatch) -> Option<Arc<Self>> {
        let frame = current()?;
        let is_direct = state::reach(dispatch, frame.at.as_ref()) == Reach::Direct;
        is_direct.then(|| {
            Arc::new(Self {
                at: frame.at.clone(),
                ambient: frame.ambient.clone(),
                attempts: None,
            })
        })
    }

    /// A frame at the current place in which nothing holds but `ambient`.
    pub(crate) fn of(ambient: Arc<Ambient>) -> Arc<Self> {
        Arc::new(Self {
            at: dispatcher::get_default(|dispatch| dispatch.current_span().id().cloned()),
            ambient: Some(ambient),
            attempts: None,
        })
    }

    /// A frame at the current place, made of what holds there.
    pub(crate) fn new(change: impl FnOnce(&mut Here, u32)) -> Arc<Self> {
        let (mut here, at, depth) = dispatcher::get_default(|dispatch| {
            let around = state::find_current(dispatch).nearest();
            let scope = around.as_ref().and_then(|state| state.scope.as_ref());
            (
                here(dispatch, around.as_ref()),
                dispatch.current_span().id().cloned(),
                scope.map_or(0, |scope| scope.depth()),
            )
        });
        change(&mut here, depth);
        Arc::new(Self {
            at,
            ambient: here.ambient,
            attempts: here.attempts,
        })
    }

    /// Enters it on this thread.
    pub(crate) fn enter(self: Arc<Self>) -> Entered {
        IN_USE.store(true, Ordering::Relaxed);
        Entered {
            before: replace(Some(self)),
            not_send: PhantomData,
        }
    }
}

fn replace(frame: Option<Arc<Frame>>) -> Option<Arc<Frame>> {
    CURRENT
        .try_with(|current| {
            Some(std::mem::replace(
                &mut *current.try_borrow_mut().ok()?,
                frame,
            ))
        })
        .ok()
        .flatten()
        .flatten()
}

/// The time in a frame. Dropped, the thread is where it was before.
#[derive(Debug)]
pub(crate) struct Entered {
    before: Option<Arc<Frame>>,
    not_send: PhantomData<*const ()>,
}

impl Drop for Entered {
    fn drop(&mut self) {
        // The frame that is left is dropped out here, in case that it runs code.
        drop(replace(self.before.take()));
    }
}
