//! Finding by type, without a bound on the user's function.
//!
//! Each probe is a method that several traits have for `Probe<T>`, `&Probe<T>`, `&&Probe<T>` and so
//! on. The expansion calls it with as many `&` as there are traits; method resolution takes the
//! first whose bounds `T` meets, and the last one has none. It works wherever the type is known, and
//! where it is a parameter it sees the parameter's own bounds.
//!
//! The methods have names that no trait of the user's has, who may have one in scope for every type.

use crate::failure::Failure;
use agent_trace_llm::{
    LlmChunk, LlmClient, LlmError, LlmRequest, LlmResponse, RequestInfo, ResponseInfo, StreamInfo,
};
use std::borrow::Cow;
use std::error::Error;
use std::fmt::{Debug, Display};
use std::io;

/// A value in question.
#[derive(Debug)]
pub struct Probe<'a, T: ?Sized>(pub &'a T);

/// What an argument says before the span starts.
#[derive(Debug)]
pub struct Head<'a> {
    pub(crate) provider: Option<Cow<'a, str>>,
    pub(crate) model: Option<Cow<'a, str>>,
    pub(crate) server: Option<Cow<'a, str>>,
}

impl<'a> Head<'a> {
    pub(crate) fn of_request<T: LlmRequest + ?Sized>(request: &'a T) -> Self {
        Self {
            provider: request.provider().map(Into::into),
            model: request.model().map(Cow::Borrowed),
            server: request.server(),
        }
    }

    fn of_client<T: LlmClient + ?Sized>(client: &'a T) -> Self {
        Self {
            provider: client.provider().map(Into::into),
            model: None,
            server: client.base_url(),
        }
    }
}

/// The head of a request.
pub trait HeadOfRequest<'a> {
    /// What is known before the span starts.
    fn __agent_trace_head(&self) -> Option<Head<'a>>;
}

impl<'a, T: LlmRequest + ?Sized> HeadOfRequest<'a> for &&Probe<'a, T> {
    fn __agent_trace_head(&self) -> Option<Head<'a>> {
        Some(Head::of_request(self.0))
    }
}

/// The head of a client.
pub trait HeadOfClient<'a> {
    /// What is known before the span starts.
    fn __agent_trace_head(&self) -> Option<Head<'a>>;
}

impl<'a, T: LlmClient + ?Sized> HeadOfClient<'a> for &Probe<'a, T> {
    fn __agent_trace_head(&self) -> Option<Head<'a>> {
        Some(Head::of_client(self.0))
    }
}

/// Of anything else.
pub trait HeadOfOther<'a> {
    /// Nothing is known.
    fn __agent_trace_head(&self) -> Option<Head<'a>>;
}

impl<'a, T: ?Sized> HeadOfOther<'a> for Probe<'a, T> {
    fn __agent_trace_head(&self) -> Option<Head<'a>> {
        None
    }
}

/// A request among the arguments.
pub trait RequestFound {
    /// What the request says.
    fn __agent_trace_request(&self) -> Option<RequestInfo>;
}

impl<T: LlmRequest + ?Sized> RequestFound for &Probe<'_, T> {
    fn __agent_trace_request(&self) -> Option<RequestInfo> {
        Some(self.0.info())
    }
}

/// Another argument.
pub trait RequestMissing {
    /// Nothing.
    fn __agent_trace_request(&self) -> Option<RequestInfo>;
}

impl<T: ?Sized> RequestMissing for Probe<'_, T> {
    fn __agent_trace_request(&self) -> Option<RequestInfo> {
        None
    }
}

/// A returned reply.
pub trait ResponseFound {
    /// What the reply says.
    fn __agent_trace_response(&self) -> Option<ResponseInfo>;
}

impl<T: LlmResponse + ?Sized> ResponseFound for &Probe<'_, T> {
    fn __agent_trace_response(&self) -> Option<ResponseInfo> {
        Some(self.0.info())
    }
}

/// Another returned value.
pub trait ResponseMissing {
    /// Nothing.
    fn __agent_trace_response(&self) -> Option<ResponseInfo>;
}

impl<T: ?Sized> ResponseMissing for Probe<'_, T> {
    fn __agent_trace_response(&self) -> Option<ResponseInfo> {
        None
    }
}

/// A chunk of a reply.
pub trait ChunkFound {
    /// Adds the chunk to what is known of the reply.
    fn __agent_trace_chunk(&self, stream: &mut StreamInfo);
}

impl<T: LlmChunk + ?Sized> ChunkFound for &Probe<'_, T> {
    fn __agent_trace_chunk(&self, stream: &mut StreamInfo) {
        self.0.accumulate(stream);
    }
}

/// Another item of a model's stream: all that is known is that it came.
pub trait ChunkMissing {
    /// Counts it as content.
    fn __agent_trace_chunk(&self, stream: &mut StreamInfo);
}

impl<T: ?Sized> ChunkMissing for Probe<'_, T> {
    fn __agent_trace_chunk(&self, stream: &mut StreamInfo) {
        stream.content();
    }
}

/// The ways to learn of an error, from the best to the last.
macro_rules! failures {
    ($($(#[$doc:meta])* $name:ident for $probe:ty, [$($bounds:tt)*], $error:ident => $failure:expr;)*) => {$(
        $(#[$doc])*
        pub trait $name {
            /// The failure that the error is.
            fn __agent_trace_failure(&self) -> Failure;
        }

        impl<T: $($bounds)*> $name for $probe {
            fn __agent_trace_failure(&self) -> Failure {
                let $error = self.0;
                $failure
            }
        }
    )*};
}
failures! {
    /// A model client's error, which says its type.
    FailureOfModel for &&&&&&Probe<'_, T>, [LlmError + Error], error =>
        Failure::of_typed(|| error.error_type(), Failure::of_error(error));
    /// A model client's error that is no standard error.
    FailureOfTyped for &&&&&Probe<'_, T>, [LlmError + ?Sized], error =>
        Failure::of_typed(|| error.error_type(), Failure::of_named::<T>());
    /// A standard error.
    FailureOfError for &&&&&Probe<'_, T>, [Error], error => Failure::of_error(error);
    /// A pointer to one that may be sent, such as `anyhow::Error`.
    FailureOfSend for &&&&Probe<'_, T>, [AsRef<dyn Error + Send + Sync> + ?Sized], error =>
        Failure::of_dyn(error.as_ref());
    /// A pointer to one.
    FailureOfDyn for &&&Probe<'_, T>, [AsRef<dyn Error> + ?Sized], error =>
        Failure::of_dyn(error.as_ref());
    /// A value that can be displayed.
    FailureOfDisplay for &&Probe<'_, T>, [Display + ?Sized], error => Failure::of_display(error);
    /// A value that can be debugged.
    FailureOfDebug for &Probe<'_, T>, [Debug + ?Sized], error => Failure::of_debug(error);
}

/// An error of the operating system: its kind says more than its type.
pub trait FailureOfIo {
    /// The failure that the error is.
    fn __agent_trace_failure(&self) -> Failure;
}

impl FailureOfIo for &&&&&&Probe<'_, io::Error> {
    fn __agent_trace_failure(&self) -> Failure {
        Failure::of_io(self.0)
    }
}

/// Anything else.
pub trait FailureOfOther {
    /// The failure of which the type's name is all that is known.
    fn __agent_trace_failure(&self) -> Failure;
}

impl<T: ?Sized> FailureOfOther for Probe<'_, T> {
    fn __agent_trace_failure(&self) -> Failure {
        Failure::of_named::<T>()
    }
}

/// A value that is taken apart if it is a `Result`.
#[derive(Debug)]
pub struct Split<'a, T>(pub &'a T);

/// Success or error.
#[derive(Debug)]
pub enum Arm<'a, T, E> {
    /// The value of an `Ok`, or the whole value.
    Ok(&'a T),
    /// The error of an `Err`.
    Err(&'a E),
}

impl<'a, T, E> Split<'a, Result<T, E>> {
    /// The arm that the result is.
    #[must_use]
    pub fn __agent_trace_split(self) -> Arm<'a, T, E> {
        match self.0 {
            Ok(value) => Arm::Ok(value),
            Err(error) => Arm::Err(error),
        }
    }
}

/// Values that are not results.
pub trait SplitOther<'a, T> {
    /// The value is always a success.
    fn __agent_trace_split(self) -> Arm<'a, T, std::convert::Infallible>;
}

impl<'a, T> SplitOther<'a, T> for Split<'a, T> {
    fn __agent_trace_split(self) -> Arm<'a, T, std::convert::Infallible> {
        Arm::Ok(self.0)
    }
}

/// A value of a field of the user's own.
#[derive(Debug)]
pub struct Field<'a, T: ?Sized>(pub &'a T);

/// Integers, which must not reach OpenTelemetry as text. One trait for all of them, taken before
/// [`FieldOther`] because its method takes the value itself: so a literal is still an integer of any
/// type when the method is looked up, and then an `i32`.
pub trait FieldInteger {
    /// The number as the integer that OpenTelemetry has.
    fn __agent_trace_value(self) -> i64;
}

/// Integers that may not be there.
pub trait FieldIntegerOption {
    /// The number as the integer that OpenTelemetry has.
    fn __agent_trace_value(self) -> Option<i64>;
}

macro_rules! integers {
    ($($ty:ty),*) => {$(
        impl FieldInteger for Field<'_, $ty> {
            fn __agent_trace_value(self) -> i64 {
                saturated(self.0)
            }
        }
        impl FieldInteger for Field<'_, &$ty> {
            fn __agent_trace_value(self) -> i64 {
                saturated(*self.0)
            }
        }
        impl FieldIntegerOption for Field<'_, Option<$ty>> {
            fn __agent_trace_value(self) -> Option<i64> {
                self.0.as_ref().map(saturated)
            }
        }
    )*};
}
integers!(
    i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize
);

fn saturated<T: crate::value::IntValue>(value: &T) -> i64 {
    value.int().unwrap_or_default()
}

/// Any other value. Whether `tracing` takes it is asked where it is used, so that the answer reads well.
pub trait FieldOther<'a, T: ?Sized> {
    /// The value.
    fn __agent_trace_value(&self) -> &'a T;
}

impl<'a, T: ?Sized> FieldOther<'a, T> for Field<'a, T> {
    fn __agent_trace_value(&self) -> &'a T {
        self.0
    }
}

/// A value to link to.
#[derive(Debug)]
pub struct Links<'a, T: ?Sized>(pub &'a T);

/// One thing.
pub trait LinksToOne {
    /// The links.
    fn __agent_trace_links(&self) -> Vec<crate::otel::Link>;
}

impl<T: crate::link::IntoLink + ?Sized> LinksToOne for &&Links<'_, T> {
    fn __agent_trace_links(&self) -> Vec<crate::otel::Link> {
        self.0
            .span_context()
            .map(crate::link::triggered_by)
            .into_iter()
            .collect()
    }
}

/// Something that can be iterated over by reference.
pub trait LinksToMany {
    /// The links.
    fn __agent_trace_links(&self) -> Vec<crate::otel::Link>;
}

impl<'a, T> LinksToMany for &Links<'a, T>
where
    T: ?Sized,
    &'a T: IntoIterator,
    <&'a T as IntoIterator>::Item: crate::link::IntoLink,
{
    fn __agent_trace_links(&self) -> Vec<crate::otel::Link> {
        collect(self.0)
    }
}

/// An iterator that can be cloned.
pub trait LinksToIterator {
    /// The links.
    fn __agent_trace_links(&self) -> Vec<crate::otel::Link>;
}

impl<T> LinksToIterator for Links<'_, T>
where
    T: IntoIterator<Item: crate::link::IntoLink> + Clone,
{
    fn __agent_trace_links(&self) -> Vec<crate::otel::Link> {
        collect(self.0.clone())
    }
}

fn collect<I: IntoIterator<Item: crate::link::IntoLink>>(items: I) -> Vec<crate::otel::Link> {
    use crate::link::IntoLink;
    items
        .into_iter()
        .filter_map(|item| item.span_context())
        .map(crate::link::triggered_by)
        .collect()
}
