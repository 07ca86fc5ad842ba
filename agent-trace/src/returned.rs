//! The end of a call, by the type of what it returned: a boxed stream is followed to its end, a boxed
//! future to its output, also behind a type alias; every other value ends the call.
//!
//! Method resolution prefers an inherent method to a trait method of the same name. The inherent
//! ones are for the types that go on, the trait's is for the rest.

use crate::call::Call;
use crate::future::CallFuture;
use crate::seen::Seen;
use crate::stream::CallStream;
use futures_core::Stream;
use std::future::Future;
use std::pin::Pin;

/// A value that a function returned, or the output of its future.
#[derive(Debug)]
pub struct Returned<T>(pub T);

/// A value that a function returned which is not async by its signature.
#[derive(Debug)]
pub struct Eager<T>(pub T);

/// Values that end the call.
pub trait SettleValue<T> {
    /// Looks at the value and ends the call.
    fn __agent_trace_settle<V, I>(self, call: Option<Box<Call>>, on_value: V, on_item: I) -> T
    where
        V: FnOnce(&T, &mut Seen<'_>),
        I: FnMut(&(), &mut Seen<'_>);
}

impl<T> SettleValue<T> for Returned<T> {
    fn __agent_trace_settle<V, I>(self, call: Option<Box<Call>>, on_value: V, _: I) -> T
    where
        V: FnOnce(&T, &mut Seen<'_>),
        I: FnMut(&(), &mut Seen<'_>),
    {
        if let Some(mut call) = call {
            Seen::look(&mut call, |seen| on_value(&self.0, seen));
            call.end_returned();
        }
        self.0
    }
}

/// Values that are not boxed futures.
pub trait FinishValue<T> {
    /// Goes on to what the value's type asks for.
    fn __agent_trace_finish<S: FnOnce(T, Option<Box<Call>>) -> T>(
        self,
        call: Option<Box<Call>>,
        settle: S,
    ) -> T;
}

impl<T> FinishValue<T> for Eager<T> {
    fn __agent_trace_finish<S: FnOnce(T, Option<Box<Call>>) -> T>(
        self,
        call: Option<Box<Call>>,
        settle: S,
    ) -> T {
        settle(self.0, call)
    }
}

/// `async fn -> impl Stream`.
pub fn settle_stream<T, O>(stream: T, call: Option<Box<Call>>, on_item: O) -> CallStream<T, O>
where
    T: Stream,
    O: FnMut(&T::Item, &mut Seen<'_>),
{
    CallStream::new(stream, call, on_item)
}

/// A function that returns `Result<impl Stream, E>`.
pub fn settle_try_stream<T, E, V, O>(
    result: Result<T, E>,
    call: Option<Box<Call>>,
    on_value: V,
    on_item: O,
) -> Result<CallStream<T, O>, E>
where
    T: Stream,
    V: FnOnce(&Result<T, E>, &mut Seen<'_>),
    O: FnMut(&T::Item, &mut Seen<'_>),
{
    let call = settle_error(&result, call, on_value);
    result.map(|stream| CallStream::new(stream, call, on_item))
}

/// Ends the call if there is no stream to follow.
fn settle_error<T, E, V>(
    result: &Result<T, E>,
    call: Option<Box<Call>>,
    on_value: V,
) -> Option<Box<Call>>
where
    V: FnOnce(&Result<T, E>, &mut Seen<'_>),
{
    let mut call = call?;
    if result.is_ok() {
        return Some(call);
    }
    Seen::look(&mut call, |seen| on_value(result, seen));
    call.end_returned();
    None
}

/// A type behind a pointer through which it can be polled.
macro_rules! behind {
    (Pin, $($bounds:tt)*) => { Pin<Box<dyn $($bounds)*>> };
    (Box, $($bounds:tt)*) => { Box<dyn Unpin + $($bounds)*> };
}

/// A value behind such a pointer.
macro_rules! put_behind {
    (Pin, $value:expr) => {
        Box::pin($value)
    };
    (Box, $value:expr) => {
        Box::new($value)
    };
}

/// The boxed types, with each set of auto traits that they are written with.
macro_rules! boxed {
    ($($pointer:ident: $($auto:ident)*;)*) => {$(
        impl<'a, Item: 'a> Returned<behind!($pointer, Stream<Item = Item> $(+ $auto)* + 'a)> {
            /// Follows the stream to its end.
            pub fn __agent_trace_settle<V, I>(
                self,
                call: Option<Box<Call>>,
                _: V,
                on_item: I,
            ) -> behind!($pointer, Stream<Item = Item> $(+ $auto)* + 'a)
            where
                V: FnOnce(&Self, &mut Seen<'_>),
                I: FnMut(&Item, &mut Seen<'_>) $(+ $auto)* + 'a,
            {
                match call {
                    Some(call) => {
                        put_behind!($pointer, CallStream::new(self.0, Some(call), on_item))
                    }
                    None => self.0,
                }
            }
        }

        impl<'a, Item: 'a, E>
            Returned<Result<behind!($pointer, Stream<Item = Item> $(+ $auto)* + 'a), E>>
        {
            /// Follows the stream to its end, or ends the call with the error.
            pub fn __agent_trace_settle<V, I>(
                self,
                call: Option<Box<Call>>,
                on_value: V,
                on_item: I,
            ) -> Result<behind!($pointer, Stream<Item = Item> $(+ $auto)* + 'a), E>
            where
                V: FnOnce(
                    &Result<behind!($pointer, Stream<Item = Item> $(+ $auto)* + 'a), E>,
                    &mut Seen<'_>,
                ),
                I: FnMut(&Item, &mut Seen<'_>) $(+ $auto)* + 'a,
            {
                let call = settle_error(&self.0, call, on_value);
                self.0.map(|stream| match call {
                    Some(call) => {
                        put_behind!($pointer, CallStream::new(stream, Some(call), on_item)) as _
                    }
                    None => stream,
                })
            }
        }

        impl<'a, T: 'a> Eager<behind!($pointer, Future<Output = T> $(+ $auto)* + 'a)> {
            /// Follows the future to its output.
            pub fn __agent_trace_finish<S>(
                self,
                call: Option<Box<Call>>,
                settle: S,
            ) -> behind!($pointer, Future<Output = T> $(+ $auto)* + 'a)
            where
                S: FnOnce(T, Option<Box<Call>>) -> T $(+ $auto)* + 'a,
            {
                match call {
                    Some(call) => put_behind!($pointer, CallFuture::opened(call, self.0, settle)),
                    None => self.0,
                }
            }
        }
    )*};
}
boxed! {
    Pin: ;
    Pin: Send;
    Pin: Send Sync;
    Box: ;
    Box: Send;
    Box: Send Sync;
}
