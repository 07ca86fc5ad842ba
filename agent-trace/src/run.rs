//! A function that runs from its call to its return.

use crate::about::{About, describe};
use crate::call::Call;
use crate::inside::Inside;

/// Runs a function's body inside its span.
pub fn run<V, R>(
    mut call: Option<Box<Call>>,
    body: impl FnOnce(Option<&mut About>) -> V,
    finish: impl FnOnce(V, Option<Box<Call>>) -> R,
) -> R {
    let mut inside = Inside::of(&mut call);
    let value = inside.open(body);
    let call = inside.take();
    finish(value, call)
}

/// A call whose body is run by the expansion itself, because a closure around it would be seen:
/// `#[track_caller]`.
#[derive(Debug)]
pub struct Running(Option<Box<Call>>);

/// Enters the span of a call for the first time, which starts it.
pub fn enter(mut call: Option<Box<Call>>) -> Running {
    if let Some(call) = &mut call {
        call.start();
    }
    Running(call)
}

impl Running {
    /// Lets the expansion say what it has to say, if it has anything to say.
    pub fn describe(&mut self, options: impl FnOnce(&mut About)) {
        if let Some(call) = &mut self.0 {
            call.tell(|about| {
                if let Some(about) = about {
                    describe(about, options);
                }
            });
        }
    }

    /// The body has given its value.
    pub fn settle<V, R>(mut self, value: V, finish: impl FnOnce(V, Option<Box<Call>>) -> R) -> R {
        let call = self.0.take();
        finish(value, call)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(Inside::of(&mut self.0));
    }
}
