use ::aws_sdk_bedrockruntime::operation::converse::ConverseOutput;
use ::aws_sdk_bedrockruntime::operation::invoke_model::InvokeModelOutput;
use ::aws_sdk_bedrockruntime::types::ContentBlock;

use super::{finish_reason, usage};
use crate::text::present;
use crate::wire::bedrock::InvokeResponse;
use crate::{LlmResponse, ResponseInfo, ToolCallRef};

/// The service names neither the reply nor the model that answered: the model is the request's. The
/// identifier of the HTTP request, which the crate's `RequestId` gives, is not one of the reply.
impl LlmResponse for ConverseOutput {
    fn info(&self) -> ResponseInfo {
        let message = self.output().and_then(|output| output.as_message().ok());
        let content = message.map(|message| message.content()).unwrap_or_default();
        let calls = content.iter().filter_map(|block| match block {
            ContentBlock::ToolUse(tool) => Some(ToolCallRef {
                id: present(&tool.tool_use_id).map(str::to_owned),
                name: present(&tool.name).map(str::to_owned),
            }),
            _ => None,
        });
        let tier = self.service_tier.as_ref();
        ResponseInfo {
            finish_reasons: vec![finish_reason(&self.stop_reason)],
            usage: self.usage.as_ref().map(usage),
            tool_calls: calls.collect(),
            service_tier: tier.map(|tier| tier.r#type.as_str().to_owned()),
            ..ResponseInfo::default()
        }
    }
}

/// The body is read by the shape of whichever model family answered. The crate drops the headers in
/// which the service counts the tokens, so a family that does not count them in its body has none.
impl LlmResponse for InvokeModelOutput {
    fn info(&self) -> ResponseInfo {
        let body = InvokeResponse::from_slice(self.body.as_ref());
        let tier = self.service_tier.as_ref();
        let info = body.map(InvokeResponse::into_info).unwrap_or_default();
        ResponseInfo {
            service_tier: tier.map(|it| it.as_str().to_owned()).or(info.service_tier),
            ..info
        }
    }
}
