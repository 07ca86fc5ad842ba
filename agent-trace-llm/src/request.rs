use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

use crate::message::RequestMessages;
use crate::{Provider, RequestInfo};

/// A type that is the request of a model call.
///
/// An argument of such a type gives a model call's span its provider, model, server and parameters.
/// Implement it for the request type of an SDK or of your own client:
///
/// ```
/// use agent_trace_llm::{LlmRequest, Provider, RequestInfo};
///
/// struct Ask {
///     model: String,
///     prompt: String,
///     creativity: f64,
/// }
///
/// impl LlmRequest for Ask {
///     fn provider(&self) -> Option<Provider> {
///         Some(Provider::from_static("my_gateway"))
///     }
///
///     fn model(&self) -> Option<&str> {
///         Some(&self.model)
///     }
///
///     fn info(&self) -> RequestInfo {
///         let mut info = RequestInfo::default();
///         info.temperature = Some(self.creativity);
///         info
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not known as the request of a model call",
    label = "does not implement `LlmRequest`",
    note = "enable the feature of the crate that defines this type, if there is one (for example `async-openai`)",
    note = "or implement `agent_trace::llm::LlmRequest` for it",
    note = "or leave `request` out and say it by hand: `#[llm_call(provider = \"..\", model = .., temperature = ..)]`"
)]
pub trait LlmRequest {
    /// `gen_ai.provider.name`, where the type belongs to one provider. A request type that many
    /// providers understand leaves it to the client.
    fn provider(&self) -> Option<Provider> {
        None
    }

    /// `gen_ai.request.model`. Asked for before the span starts, because samplers and the span's
    /// name need it, so it has to be cheap.
    fn model(&self) -> Option<&str>;

    /// Where the request goes, as a URL or as `host:port`: `server.address` and `server.port`.
    fn server(&self) -> Option<Cow<'_, str>> {
        None
    }

    /// The parameters. Asked for only when the span is recorded.
    fn info(&self) -> RequestInfo;

    /// What the request says: messages, instructions, tools. `None`, unless the type has them. Asked
    /// for only when content is captured.
    fn messages(&self) -> Option<RequestMessages<'_>> {
        None
    }
}

macro_rules! forward {
    ($($pointer:ty),*) => {$(
        impl<T: LlmRequest + ?Sized> LlmRequest for $pointer {
            fn provider(&self) -> Option<Provider> {
                (**self).provider()
            }

            fn model(&self) -> Option<&str> {
                (**self).model()
            }

            fn server(&self) -> Option<Cow<'_, str>> {
                (**self).server()
            }

            fn info(&self) -> RequestInfo {
                (**self).info()
            }

            fn messages(&self) -> Option<RequestMessages<'_>> {
                (**self).messages()
            }
        }
    )*};
}

forward!(&T, &mut T, Box<T>, Arc<T>, Rc<T>);
