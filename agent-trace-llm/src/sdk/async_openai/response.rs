use std::borrow::Cow;

use async_openai::types::chat::{
    ChatChoice, ChatCompletionMessageToolCalls, CreateChatCompletionResponse,
};
use async_openai::types::embeddings::{CreateBase64EmbeddingResponse, CreateEmbeddingResponse};

use super::{finish_reason, present, service_tier, usage};
use crate::message::{ResponseMessages, Shape};
use crate::{LlmResponse, ResponseInfo, ToolCallRef};

impl LlmResponse for CreateChatCompletionResponse {
    // `system_fingerprint` is deprecated, but an attribute of the conventions.
    #[allow(deprecated)]
    fn info(&self) -> ResponseInfo {
        let mut choices: Vec<&ChatChoice> = self.choices.iter().collect();
        choices.sort_by_key(|choice| choice.index);

        let mut info = ResponseInfo {
            id: present(&self.id),
            model: present(&self.model),
            service_tier: self
                .service_tier
                .as_ref()
                .map(|tier| service_tier(tier).to_owned()),
            system_fingerprint: self.system_fingerprint.as_deref().and_then(present),
            ..ResponseInfo::default()
        };
        if let Some(counts) = &self.usage {
            usage::completion(counts).tell(&mut info);
        }
        for choice in choices {
            info.finish_reasons
                .extend(choice.finish_reason.map(finish_reason).map(Cow::Borrowed));
            info.tool_calls
                .extend(choice.message.tool_calls.iter().flatten().map(reference));
            if let Some(function) = &choice.message.function_call {
                let call = ToolCallRef {
                    name: present(&function.name),
                    ..ToolCallRef::default()
                };
                info.tool_calls.push(call);
            }
        }
        info
    }

    fn messages(&self) -> Option<ResponseMessages<'_>> {
        ResponseMessages::of_serialized(Shape::OpenAiChat, self)
    }
}

fn reference(call: &ChatCompletionMessageToolCalls) -> ToolCallRef {
    let (id, name) = match call {
        ChatCompletionMessageToolCalls::Function(call) => (&call.id, &call.function.name),
        ChatCompletionMessageToolCalls::Custom(call) => (&call.id, &call.custom_tool.name),
    };
    ToolCallRef {
        id: present(id),
        name: present(name),
        ..ToolCallRef::default()
    }
}

impl LlmResponse for CreateEmbeddingResponse {
    fn info(&self) -> ResponseInfo {
        let mut info = ResponseInfo {
            model: present(&self.model),
            ..ResponseInfo::default()
        };
        usage::embedding(&self.usage).tell(&mut info);
        info
    }
}

impl LlmResponse for CreateBase64EmbeddingResponse {
    fn info(&self) -> ResponseInfo {
        let mut info = ResponseInfo {
            model: present(&self.model),
            ..ResponseInfo::default()
        };
        usage::embedding(&self.usage).tell(&mut info);
        info
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::openai::{ChatResponse, EmbeddingsResponse};
    use serde_json::json;

    #[test]
    fn the_wire_adapter_says_the_same() {
        for body in [
            json!({
                "id": "chatcmpl-1", "object": "chat.completion", "created": 1,
                "model": "gpt-4o-2024-11-20", "service_tier": "priority",
                "system_fingerprint": "fp_1",
                "choices": [
                    {
                        "index": 1, "finish_reason": "content_filter",
                        "message": { "role": "assistant", "content": "Hi.", "refusal": null },
                    },
                    {
                        "index": 0, "finish_reason": "tool_calls",
                        "message": {
                            "role": "assistant", "content": null,
                            "tool_calls": [{
                                "id": "call_a", "type": "function",
                                "function": { "name": "search", "arguments": "{}" },
                            }],
                        },
                    },
                ],
                "usage": {
                    "prompt_tokens": 90, "completion_tokens": 12, "total_tokens": 102,
                    "prompt_tokens_details": {
                        "cached_tokens": 40, "cache_write_tokens": 5, "audio_tokens": 3,
                        "text_tokens": 80, "image_tokens": 7,
                    },
                    "completion_tokens_details": {
                        "reasoning_tokens": 6, "audio_tokens": 2, "text_tokens": 4,
                    },
                },
            }),
            json!({
                "id": "", "object": "chat.completion", "created": 1, "model": "",
                "choices": [{
                    "index": 0, "finish_reason": "function_call",
                    "message": {
                        "role": "assistant", "content": null,
                        "function_call": { "name": "search", "arguments": "{}" },
                    },
                }],
            }),
        ] {
            let wire = ChatResponse::from_value(&body).into_info();
            let typed: CreateChatCompletionResponse =
                serde_json::from_value(body).expect("a response");
            assert_eq!(typed.info(), wire);
        }
    }

    #[test]
    fn embeddings() {
        let body = json!({
            "object": "list", "model": "text-embedding-3-small", "data": [],
            "usage": { "prompt_tokens": 4, "total_tokens": 4 },
        });
        let wire = EmbeddingsResponse::from_value(&body).into_info();
        let typed: CreateEmbeddingResponse =
            serde_json::from_value(body.clone()).expect("a response");
        assert_eq!(typed.info(), wire);
        let typed: CreateBase64EmbeddingResponse =
            serde_json::from_value(body).expect("a response");
        assert_eq!(typed.info(), wire);
    }
}
