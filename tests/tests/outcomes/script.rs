//! A stream that does what it was told.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::{FusedStream, Stream};
use futures_util::stream::BoxStream;

use crate::support::*;

/// One step of a [`Script`].
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    Item(i64),
    Error(u16),
    Pending,
    Panic,
}

/// A stream that does what it was told.
#[derive(Debug)]
pub(crate) struct Script {
    steps: VecDeque<Step>,
    has_ended: bool,
    polled_after_end: usize,
}

impl Script {
    pub(crate) fn new(steps: &[Step]) -> Self {
        Self {
            steps: steps.iter().copied().collect(),
            has_ended: false,
            polled_after_end: 0,
        }
    }
}

impl Stream for Script {
    type Item = Result<i64, Trouble>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.steps.pop_front() {
            Some(Step::Item(item)) => Poll::Ready(Some(Ok(item))),
            Some(Step::Error(code)) => Poll::Ready(Some(Err(Trouble::Refused { code }))),
            Some(Step::Panic) => panic!("on purpose"),
            Some(Step::Pending) => {
                cx.waker().wake_by_ref();
                Poll::Pending
            }
            None => {
                self.polled_after_end += usize::from(self.has_ended);
                assert!(self.polled_after_end < 2, "polled twice after the end");
                self.has_ended = true;
                Poll::Ready(None)
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.steps.len(), Some(self.steps.len() + 10))
    }
}

impl FusedStream for Script {
    fn is_terminated(&self) -> bool {
        self.has_ended
    }
}

pub(crate) type Items = BoxStream<'static, Result<i64, Trouble>>;

pub(crate) const TWO: &[Step] = &[Step::Item(1), Step::Pending, Step::Item(2)];
