use std::borrow::Cow;

use ::rig_core::completion::CompletionRequest;
use ::rig_core::completion::options::{GenerationOptions, Reasoning, ServiceTier};

use crate::text::present;
use crate::{LlmRequest, RequestInfo};

/// The model is there only where the request overrides it: else it is found in an argument of type
/// `Model` or `DynModel`, or has to be named by hand. Parameters that only `additional_params` or
/// `provider_options` have are not read.
impl LlmRequest for CompletionRequest {
    fn model(&self) -> Option<&str> {
        self.model.as_deref().and_then(present)
    }

    fn info(&self) -> RequestInfo {
        RequestInfo {
            temperature: self.temperature,
            max_tokens: self.max_tokens.map(saturate),
            output_type: self.output_schema.as_ref().map(|_| Cow::Borrowed("json")),
            ..self.options.info()
        }
    }
}

impl LlmRequest for GenerationOptions {
    fn model(&self) -> Option<&str> {
        None
    }

    fn info(&self) -> RequestInfo {
        let reasoning_level = match self.reasoning {
            Some(Reasoning::Off) => Some("none"),
            Some(Reasoning::Effort(effort)) => Some(effort.as_str()),
            // A budget in tokens is no level.
            _ => None,
        };
        let service_tier = match self.service_tier {
            Some(ServiceTier::Default) => Some("default"),
            Some(ServiceTier::Flex) => Some("flex"),
            Some(ServiceTier::Priority) => Some("priority"),
            // The provider chooses, as without it.
            _ => None,
        };
        RequestInfo {
            top_p: self.top_p,
            seed: self.seed.map(saturate),
            stop_sequences: self.stop.clone(),
            reasoning_level: reasoning_level.map(Cow::Borrowed),
            service_tier: service_tier.map(Cow::Borrowed),
            ..RequestInfo::default()
        }
    }
}

fn saturate(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
