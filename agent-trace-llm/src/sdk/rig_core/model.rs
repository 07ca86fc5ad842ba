use std::borrow::Cow;

use ::rig_core::providers::anthropic::Anthropic;
use ::rig_core::providers::cohere::Cohere;
use ::rig_core::providers::gemini::Gemini;
use ::rig_core::providers::ollama::Ollama;
use ::rig_core::providers::openai::OpenAI;
use ::rig_core::wire::{Operation, Wire};
use ::rig_core::{DynModel, Model};

use crate::text::present;
use crate::{LlmClient, LlmRequest, Provider, RequestInfo};

/// The provider and the model of the calls that are sent through it. Where the base URL is, only the
/// client knows that made it.
impl<W: Wire, T> LlmRequest for Model<W, T> {
    fn provider(&self) -> Option<Provider> {
        provider(self.wire.describe().name)
    }

    fn model(&self) -> Option<&str> {
        self.wire.describe().model.and_then(present)
    }

    fn info(&self) -> RequestInfo {
        RequestInfo::default()
    }
}

/// The provider and the model of the calls that are sent through it.
impl<Op: Operation> LlmRequest for DynModel<Op> {
    fn provider(&self) -> Option<Provider> {
        provider(self.name())
    }

    fn model(&self) -> Option<&str> {
        self.id().and_then(present)
    }

    fn info(&self) -> RequestInfo {
        RequestInfo::default()
    }
}

macro_rules! clients {
    ($($client:ty => |$config:ident| $provider:expr;)*) => {$(
        impl LlmClient for $client {
            fn provider(&self) -> Option<Provider> {
                let $config = self.config();
                $provider
            }

            fn base_url(&self) -> Option<Cow<'_, str>> {
                present(&self.config().base_url).map(Cow::Borrowed)
            }
        }
    )*};
}

clients! {
    Anthropic => |config| provider(config.dialect.name);
    Cohere => |_config| Some(Provider::COHERE);
    Gemini => |_config| Some(Provider::GCP_GEMINI);
    Ollama => |_config| Some(Provider::from_static("ollama"));
    OpenAI => |config| provider(config.dialect.name);
}

/// The convention's name where there is one, else the crate's.
fn provider(name: &str) -> Option<Provider> {
    Some(match present(name)? {
        "azure.openai" => Provider::AZURE_AI_OPENAI,
        "mistral" => Provider::MISTRAL_AI,
        "moonshot" => Provider::MOONSHOT_AI,
        "xai" => Provider::X_AI,
        // OpenAI's models with the credential of another of its services.
        "chatgpt" => Provider::OPENAI,
        other => Provider::new(other.to_owned()),
    })
}
