use ::genai::chat::ChatResponse;
use ::genai::embed::EmbedResponse;

use super::{finish_reason, usage};
use crate::text::present;
use crate::{LlmResponse, ResponseInfo, ToolCallRef};

/// The crate drops the service tier and the system fingerprint, of several choices all but the
/// first, and the response id of every API but OpenAI Responses.
impl LlmResponse for ChatResponse {
    fn info(&self) -> ResponseInfo {
        let owned = |text| present(text).map(str::to_owned);
        ResponseInfo {
            id: self.response_id.as_deref().and_then(owned),
            model: owned(self.provider_model_iden.model_name.as_str()),
            finish_reasons: self.stop_reason.iter().map(finish_reason).collect(),
            usage: usage::chat(&self.usage).non_empty(),
            tool_calls: self
                .content
                .tool_calls()
                .into_iter()
                .map(|call| ToolCallRef {
                    id: owned(&call.call_id),
                    name: owned(&call.fn_name),
                })
                .collect(),
            ..ResponseInfo::default()
        }
    }
}

impl LlmResponse for EmbedResponse {
    fn info(&self) -> ResponseInfo {
        ResponseInfo {
            model: present(self.provider_model_iden.model_name.as_str()).map(str::to_owned),
            usage: usage::embedding(&self.usage).non_empty(),
            ..ResponseInfo::default()
        }
    }
}
