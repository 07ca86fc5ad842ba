use std::borrow::Cow;

use ::aws_sdk_bedrockruntime::operation::converse::ConverseInput;
use ::aws_sdk_bedrockruntime::operation::converse::builders::ConverseFluentBuilder;
use ::aws_sdk_bedrockruntime::operation::converse_stream::ConverseStreamInput;
use ::aws_sdk_bedrockruntime::operation::converse_stream::builders::ConverseStreamFluentBuilder;
use ::aws_sdk_bedrockruntime::operation::invoke_model::InvokeModelInput;
use ::aws_sdk_bedrockruntime::operation::invoke_model::builders::InvokeModelFluentBuilder;
use ::aws_sdk_bedrockruntime::operation::invoke_model_with_response_stream::InvokeModelWithResponseStreamInput;
use ::aws_sdk_bedrockruntime::operation::invoke_model_with_response_stream::builders::InvokeModelWithResponseStreamFluentBuilder;
use ::aws_sdk_bedrockruntime::primitives::Blob;
use ::aws_sdk_bedrockruntime::types::{InferenceConfiguration, ServiceTier};

use crate::text::present;
use crate::wire::bedrock::InvokeRequest;
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

macro_rules! invoke {
    ($($(#[$doc:meta])* $request:ty, |$self:ident| ($model:expr, $body:expr), $stream:literal;)*) => {$(
        $(#[$doc])*
        impl LlmRequest for $request {
            fn provider(&self) -> Option<Provider> {
                Some(Provider::AWS_BEDROCK)
            }

            fn model(&self) -> Option<&str> {
                let $self = self;
                $model.and_then(present)
            }

            fn info(&self) -> RequestInfo {
                let $self = self;
                body_parameters($body, $stream)
            }
        }
    )*};
}

invoke! {
    /// The parameters are those that the body has in the spelling of one of the model families.
    InvokeModelInput, |it| (it.model_id(), it.body()), false;
    /// The request while it is being built: what `Client::invoke_model` gives.
    InvokeModelFluentBuilder, |it| (it.get_model_id().as_deref(), it.get_body().as_ref()), false;
    /// The parameters are those that the body has in the spelling of one of the model families.
    InvokeModelWithResponseStreamInput, |it| (it.model_id(), it.body()), true;
    /// The request while it is being built: what `Client::invoke_model_with_response_stream` gives.
    InvokeModelWithResponseStreamFluentBuilder,
        |it| (it.get_model_id().as_deref(), it.get_body().as_ref()), true;
}

fn body_parameters(body: Option<&Blob>, stream: bool) -> RequestInfo {
    let request = body.and_then(|body| InvokeRequest::from_slice(body.as_ref()).ok());
    RequestInfo {
        stream: stream.then_some(true),
        ..request.unwrap_or_default().info()
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
