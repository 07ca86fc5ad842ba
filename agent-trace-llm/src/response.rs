use std::rc::Rc;
use std::sync::Arc;

use crate::ResponseInfo;
use crate::message::ResponseMessages;

/// A type that is the reply of a model call.
///
/// A returned value of such a type, also as the `Ok` of a `Result`, gives a model call's span its
/// response id, model, finish reasons and usage. Implement it for the response type of an SDK or of
/// your own client:
///
/// ```
/// use agent_trace_llm::{InputTokens, LlmResponse, OutputTokens, ResponseInfo, Usage};
///
/// struct Answer {
///     text: String,
///     tokens_in: u64,
///     tokens_out: u64,
/// }
///
/// impl LlmResponse for Answer {
///     fn info(&self) -> ResponseInfo {
///         let mut info = ResponseInfo::default();
///         info.usage = Some(Usage::new(
///             InputTokens::CacheIncluded {
///                 total: Some(self.tokens_in),
///                 cache_read: None,
///                 cache_write: None,
///             },
///             OutputTokens::ReasoningIncluded { total: Some(self.tokens_out), reasoning: None },
///         ));
///         info
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not known as the reply of a model call",
    label = "does not implement `LlmResponse`",
    note = "enable the feature of the crate that defines this type, if there is one (for example `async-openai`)",
    note = "or implement `agent_trace::llm::LlmResponse` for it",
    note = "or record by hand what it says: `#[llm_call(result = |reply, span| ..)]`"
)]
pub trait LlmResponse {
    /// What the reply says about itself. Asked for only when the span is recorded.
    fn info(&self) -> ResponseInfo;

    /// What the reply says. `None`, unless the type has it. Asked for only when content is captured.
    fn messages(&self) -> Option<ResponseMessages<'_>> {
        None
    }
}

macro_rules! forward {
    ($($pointer:ty),*) => {$(
        impl<T: LlmResponse + ?Sized> LlmResponse for $pointer {
            fn info(&self) -> ResponseInfo {
                (**self).info()
            }

            fn messages(&self) -> Option<ResponseMessages<'_>> {
                (**self).messages()
            }
        }
    )*};
}

forward!(&T, &mut T, Box<T>, Arc<T>, Rc<T>);
