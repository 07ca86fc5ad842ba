use std::borrow::Cow;

use ::genai::chat::{ChatOptions, ChatRequest, ReasoningEffort};
use ::genai::embed::EmbedOptions;

use crate::text::present;
use crate::{LlmRequest, RequestInfo};

/// The crate has the model and the parameters beside the request: name the model by hand, or pass a
/// `ModelIden`; the parameters are found in an argument of type `ChatOptions`.
impl LlmRequest for ChatRequest {
    fn model(&self) -> Option<&str> {
        None
    }

    fn info(&self) -> RequestInfo {
        RequestInfo {
            previous_response_id: self.previous_response_id.as_deref().and_then(owned),
            ..RequestInfo::default()
        }
    }
}

/// The parameters of one call. Those that were set at the client are not visible here.
impl LlmRequest for ChatOptions {
    fn model(&self) -> Option<&str> {
        None
    }

    fn info(&self) -> RequestInfo {
        let tier = self.service_tier.as_ref().map(|tier| tier.variant_name());
        RequestInfo {
            temperature: self.temperature,
            top_p: self.top_p,
            max_tokens: self.max_tokens.map(i64::from),
            seed: self
                .seed
                .map(|seed| i64::try_from(seed).unwrap_or(i64::MAX)),
            stop_sequences: self.stop_sequences.clone(),
            // Every format there is, is JSON.
            output_type: self.response_format.as_ref().map(|_| Cow::Borrowed("json")),
            reasoning_level: self.reasoning_effort.as_ref().and_then(reasoning_level),
            service_tier: tier.filter(|tier| *tier != "auto").map(Cow::Borrowed),
            ..RequestInfo::default()
        }
    }
}

impl LlmRequest for EmbedOptions {
    fn model(&self) -> Option<&str> {
        None
    }

    fn info(&self) -> RequestInfo {
        let dimensions = self.dimensions;
        let format = self.encoding_format.as_deref().and_then(owned);
        RequestInfo {
            dimensions: dimensions.map(|n| i64::try_from(n).unwrap_or(i64::MAX)),
            encoding_formats: format.into_iter().collect(),
            ..RequestInfo::default()
        }
    }
}

/// A budget in tokens is no level.
fn reasoning_level(effort: &ReasoningEffort) -> Option<Cow<'static, str>> {
    match effort {
        ReasoningEffort::Budget(_) => None,
        // What it is called on the wire.
        ReasoningEffort::Zero => Some(Cow::Borrowed("none")),
        effort => Some(Cow::Borrowed(effort.variant_name())),
    }
}

fn owned(text: &str) -> Option<String> {
    present(text).map(str::to_owned)
}
