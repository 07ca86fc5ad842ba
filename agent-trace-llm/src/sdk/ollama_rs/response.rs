use ::ollama_rs::generation::chat::ChatMessageResponse;
use ::ollama_rs::generation::completion::GenerationResponse;
use ::ollama_rs::generation::embeddings::GenerateEmbeddingsResponse;

use crate::message::{ResponseMessages, Shape};
use crate::text::present;
use crate::{InputTokens, LlmResponse, OutputTokens, ResponseInfo, ToolCallRef, Usage};

/// The crate drops the reason why the model stopped. It drops the usage of a reply that leaves out
/// one of the counts or durations, as Ollama does with the prompt's when all of it was cached.
impl LlmResponse for ChatMessageResponse {
    fn info(&self) -> ResponseInfo {
        let calls = self.message.tool_calls.iter();
        ResponseInfo {
            model: present(&self.model).map(str::to_owned),
            usage: chat_usage(self),
            tool_calls: calls
                .map(|call| ToolCallRef {
                    name: present(&call.function.name).map(str::to_owned),
                    ..ToolCallRef::default()
                })
                .collect(),
            ..ResponseInfo::default()
        }
    }

    fn messages(&self) -> Option<ResponseMessages<'_>> {
        ResponseMessages::of_serialized(Shape::OllamaChat, self)
    }
}

/// The crate drops the reason why the model stopped.
impl LlmResponse for GenerationResponse {
    fn info(&self) -> ResponseInfo {
        ResponseInfo {
            model: present(&self.model).map(str::to_owned),
            usage: completion_usage(self),
            ..ResponseInfo::default()
        }
    }

    fn messages(&self) -> Option<ResponseMessages<'_>> {
        ResponseMessages::of_serialized(Shape::OllamaGenerate, self)
    }
}

/// The crate drops all but the embeddings: model and usage.
impl LlmResponse for GenerateEmbeddingsResponse {
    fn info(&self) -> ResponseInfo {
        ResponseInfo::default()
    }
}

pub(super) fn chat_usage(response: &ChatMessageResponse) -> Option<Usage> {
    let counts = response.final_data.as_ref()?;
    usage(Some(counts.prompt_eval_count), Some(counts.eval_count))
}

pub(super) fn completion_usage(response: &GenerationResponse) -> Option<Usage> {
    usage(response.prompt_eval_count, response.eval_count)
}

fn usage(input: Option<u64>, output: Option<u64>) -> Option<Usage> {
    let input = InputTokens::CacheIncluded {
        total: input,
        cache_read: None,
        cache_write: None,
    };
    let output = OutputTokens::ReasoningIncluded {
        total: output,
        reasoning: None,
    };
    Usage::new(input, output).non_empty()
}
