use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

use crate::Provider;

/// A type that sends model calls.
///
/// An argument of such a type gives a model call's span the server, and the provider where the
/// request does not know it.
///
/// ```
/// use std::borrow::Cow;
///
/// use agent_trace_llm::{LlmClient, Provider};
///
/// struct Gateway {
///     base: String,
/// }
///
/// impl LlmClient for Gateway {
///     fn provider(&self) -> Option<Provider> {
///         Provider::from_url(&self.base)
///     }
///
///     fn base_url(&self) -> Option<Cow<'_, str>> {
///         Some(Cow::Borrowed(&self.base))
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not known as a client for model calls",
    label = "does not implement `LlmClient`",
    note = "enable the feature of the crate that defines this type, if there is one (for example `async-openai`)",
    note = "or implement `agent_trace::llm::LlmClient` for it",
    note = "or say it by hand: `#[llm_call(provider = \"..\", server = \"https://..\")]`"
)]
pub trait LlmClient {
    /// `gen_ai.provider.name` of the calls that this client sends.
    fn provider(&self) -> Option<Provider> {
        None
    }

    /// The URL, or `host:port`, that calls go to: `server.address` and `server.port`. Credentials
    /// in it are never recorded.
    fn base_url(&self) -> Option<Cow<'_, str>>;
}

macro_rules! forward {
    ($($pointer:ty),*) => {$(
        impl<T: LlmClient + ?Sized> LlmClient for $pointer {
            fn provider(&self) -> Option<Provider> {
                (**self).provider()
            }

            fn base_url(&self) -> Option<Cow<'_, str>> {
                (**self).base_url()
            }
        }
    )*};
}

forward!(&T, &mut T, Box<T>, Arc<T>, Rc<T>);
