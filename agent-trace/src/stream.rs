//! A stream that is a call: its span ends when the stream does.

use crate::about::About;
use crate::call::Call;
use crate::inside::{Inside, construct};
use crate::outcome::Outcome;
use crate::seen::Seen;
use futures_core::{FusedStream, Stream};
use pin_project_lite::pin_project;
use std::pin::Pin;
use std::task::{Context, Poll};

pin_project! {
    /// Polls a stream inside its span, and ends the span with the last item, or when it is dropped.
    /// An error item marks the span as failed and the span goes on, as the stream does.
    #[must_use = "streams do nothing unless polled"]
    pub struct CallStream<T, O> {
        call: Option<Box<Call>>,
        #[pin]
        stream: Option<T>,
        on_item: O,
        has_yielded: bool,
    }

    impl<T, O> PinnedDrop for CallStream<T, O> {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            if let Some(call) = this.call.as_ref() {
                let outcome = if call.is_polled() && !*this.has_yielded {
                    Outcome::Cancelled
                } else {
                    Outcome::Abandoned
                };
                let mut inside = Inside::of(this.call);
                inside.enter_to_end();
                // What the stream holds is dropped inside the span, which ends after it.
                this.stream.set(None);
                if let Some(call) = inside.take() {
                    call.end_dropped(outcome);
                }
            }
        }
    }
}

impl<T: Stream, O> CallStream<T, O>
where
    O: FnMut(&T::Item, &mut Seen<'_>),
{
    /// Follows `stream` to its end. The call is left until the stream is polled.
    pub(crate) fn new(stream: T, mut call: Option<Box<Call>>, on_item: O) -> Self {
        if let Some(call) = &mut call {
            call.exit();
            call.follow();
        }
        Self {
            call,
            stream: Some(stream),
            on_item,
            has_yielded: false,
        }
    }
}

/// The stream that a function returns: its span starts at the call, and takes its parent there.
pub fn run_stream<I, T, O>(mut call: Option<Box<Call>>, init: I, on_item: O) -> CallStream<T, O>
where
    I: FnOnce(Option<&mut About>) -> T,
    T: Stream,
    O: FnMut(&T::Item, &mut Seen<'_>),
{
    let stream = construct(&mut call, init);
    CallStream::new(stream, call, on_item)
}

impl<T: Stream, O> Stream for CallStream<T, O>
where
    O: FnMut(&T::Item, &mut Seen<'_>),
{
    type Item = T::Item;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T::Item>> {
        let this = self.project();
        let Some(stream) = this.stream.as_pin_mut() else {
            return Poll::Ready(None);
        };
        if this.call.is_none() {
            return stream.poll_next(cx);
        }
        let mut inside = Inside::of(this.call);
        inside.poll();
        match stream.poll_next(cx) {
            Poll::Pending => {
                inside.leave();
                Poll::Pending
            }
            Poll::Ready(Some(item)) => {
                *this.has_yielded = true;
                inside.see(|seen| (this.on_item)(&item, seen));
                inside.leave();
                Poll::Ready(Some(item))
            }
            Poll::Ready(None) => {
                if let Some(call) = inside.take() {
                    call.end_returned();
                }
                Poll::Ready(None)
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.stream.as_ref().map_or((0, Some(0)), T::size_hint)
    }
}

impl<T: FusedStream, O> FusedStream for CallStream<T, O>
where
    O: FnMut(&T::Item, &mut Seen<'_>),
{
    fn is_terminated(&self) -> bool {
        self.stream.as_ref().is_none_or(T::is_terminated)
    }
}

impl<T, O> std::fmt::Debug for CallStream<T, O> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CallStream")
            .field("call", &self.call)
            .finish_non_exhaustive()
    }
}
