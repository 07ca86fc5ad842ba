use std::borrow::Cow;

use ::rig_core::completion::CompletionResponse;
use ::rig_core::embeddings::EmbeddingResponse;
use ::rig_core::message::{AssistantContent, ToolCall};
use ::rig_core::rerank::RerankResponse;

use super::{finish_reason, usage};
use crate::{LlmResponse, ResponseInfo, ToolCallRef};

/// The crate flattens finish reasons to four, which are given in OpenAI's spelling, and turns `stop`
/// into `tool_calls` where tools are called. Service tier and system fingerprint are only in `raw`,
/// whose shape is the provider's.
impl LlmResponse for CompletionResponse {
    fn info(&self) -> ResponseInfo {
        let calls = self.choice.iter().filter_map(|content| match content {
            AssistantContent::ToolCall(call) => Some(reference(call)),
            _ => None,
        });
        ResponseInfo {
            id: self.origin.response_id.clone(),
            model: self.origin.response_model.clone(),
            finish_reasons: self.finish_reason().iter().map(finish_reason).collect(),
            usage: usage(&self.usage).non_empty(),
            tool_calls: calls.collect(),
            // The provider's own report, which is a text; the refusal of a filter is none.
            error_type: self.error.as_ref().map(|_| Cow::Borrowed("failed")),
            ..ResponseInfo::default()
        }
    }
}

fn reference(call: &ToolCall) -> ToolCallRef {
    ToolCallRef {
        // One that the crate has made up says nothing outside of it.
        id: call.id.provider().map(|id| id.as_str().to_owned()),
        name: Some(call.function.name.as_str().to_owned()),
    }
}

impl LlmResponse for EmbeddingResponse {
    fn info(&self) -> ResponseInfo {
        ResponseInfo {
            id: self.response_id.clone(),
            model: self.model.clone(),
            usage: usage(&self.usage).non_empty(),
            ..ResponseInfo::default()
        }
    }
}

impl LlmResponse for RerankResponse {
    fn info(&self) -> ResponseInfo {
        ResponseInfo {
            id: self.response_id.clone(),
            model: self.model.clone(),
            usage: usage(&self.usage).non_empty(),
            ..ResponseInfo::default()
        }
    }
}
