use std::borrow::Cow;

use ::aws_sdk_bedrockruntime::operation::converse::ConverseInput;
use ::aws_sdk_bedrockruntime::operation::converse::builders::ConverseFluentBuilder;
use ::aws_sdk_bedrockruntime::operation::converse_stream::ConverseStreamInput;
use ::aws_sdk_bedrockruntime::operation::converse_stream::builders::ConverseStreamFluentBuilder;
use ::aws_sdk_bedrockruntime::operation::invoke_model::InvokeModelInput;
use ::aws_sdk_bedrockruntime::operation::invoke_model_with_response_stream::InvokeModelWithResponseStreamInput;
use ::aws_sdk_bedrockruntime::types::{InferenceConfiguration, ServiceTier};

use crate::text::present;
use crate::{LlmRequest, Provider, RequestInfo};

/// Parameters in `additional_model_request_fields`, whose names are the model's own, are not read.
impl LlmRequest for ConverseInput {
    fn provider(&self) -> Option<Provider> {
        Some(Provider::AWS_BEDROCK)
    }

    fn model(&self) -> Option<&str> {
        self.model_id().and_then(present)
    }

    fn info(&self) -> RequestInfo {
        parameters(self.inference_config(), self.service_tier(), false)
    }
}

/// Parameters in `additional_model_request_fields`, whose names are the model's own, are not read.
impl LlmRequest for ConverseStreamInput {
    fn provider(&self) -> Option<Provider> {
        Some(Provider::AWS_BEDROCK)
    }

    fn model(&self) -> Option<&str> {
        self.model_id().and_then(present)
    }

    fn info(&self) -> RequestInfo {
        parameters(self.inference_config(), self.service_tier(), true)
    }
}

/// The request while it is being built: what `Client::converse` gives.
impl LlmRequest for ConverseFluentBuilder {
    fn provider(&self) -> Option<Provider> {
        Some(Provider::AWS_BEDROCK)
    }

    fn model(&self) -> Option<&str> {
        self.get_model_id().as_deref().and_then(present)
    }

    fn info(&self) -> RequestInfo {
        let config = self.get_inference_config().as_ref();
        parameters(config, self.get_service_tier().as_ref(), false)
    }
}

/// The request while it is being built: what `Client::converse_stream` gives.
impl LlmRequest for ConverseStreamFluentBuilder {
    fn provider(&self) -> Option<Provider> {
        Some(Provider::AWS_BEDROCK)
    }

    fn model(&self) -> Option<&str> {
        self.get_model_id().as_deref().and_then(present)
    }

    fn info(&self) -> RequestInfo {
        let config = self.get_inference_config().as_ref();
        parameters(config, self.get_service_tier().as_ref(), true)
    }
}

/// The body has the shape of the model's own API: the adapters of [`wire`](crate::wire) read it.
impl LlmRequest for InvokeModelInput {
    fn provider(&self) -> Option<Provider> {
        Some(Provider::AWS_BEDROCK)
    }

    fn model(&self) -> Option<&str> {
        self.model_id().and_then(present)
    }

    fn info(&self) -> RequestInfo {
        RequestInfo::default()
    }
}

/// The body has the shape of the model's own API: the adapters of [`wire`](crate::wire) read it.
impl LlmRequest for InvokeModelWithResponseStreamInput {
    fn provider(&self) -> Option<Provider> {
        Some(Provider::AWS_BEDROCK)
    }

    fn model(&self) -> Option<&str> {
        self.model_id().and_then(present)
    }

    fn info(&self) -> RequestInfo {
        RequestInfo {
            stream: Some(true),
            ..RequestInfo::default()
        }
    }
}

fn parameters(
    config: Option<&InferenceConfiguration>,
    tier: Option<&ServiceTier>,
    stream: bool,
) -> RequestInfo {
    let tier = tier.map(|tier| Cow::Owned(tier.r#type.as_str().to_owned()));
    RequestInfo {
        temperature: config.and_then(|config| config.temperature).and_then(widen),
        top_p: config.and_then(|config| config.top_p).and_then(widen),
        max_tokens: config.and_then(|config| config.max_tokens).map(i64::from),
        stop_sequences: config
            .map(|config| config.stop_sequences().to_vec())
            .unwrap_or_default(),
        stream: stream.then_some(true),
        service_tier: tier,
        ..RequestInfo::default()
    }
}

/// The `f64` that the caller wrote: 0.2, where a plain conversion gives 0.20000000298.
fn widen(value: f32) -> Option<f64> {
    let value: f64 = value.to_string().parse().ok()?;
    value.is_finite().then_some(value)
}
