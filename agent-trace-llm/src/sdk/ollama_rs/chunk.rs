use ::ollama_rs::generation::chat::ChatMessageResponse;
use ::ollama_rs::generation::completion::GenerationResponse;

use super::response::{chat_usage, completion_usage};
use crate::message::{OutputAccumulator, Shape};
use crate::{LlmChunk, StreamInfo};

/// The crate drops the reason why the model stopped, and lines that report an error. Usage is in
/// the last item.
impl LlmChunk for ChatMessageResponse {
    fn accumulate(&self, stream: &mut StreamInfo) {
        stream.model(&self.model);
        let message = &self.message;
        let thinks = message
            .thinking
            .as_ref()
            .is_some_and(|said| !said.is_empty());
        if !message.content.is_empty() || thinks || !message.tool_calls.is_empty() {
            stream.content();
        }
        for call in &message.tool_calls {
            // Calls come whole and without an id: each is another one.
            let index = u32::try_from(stream.tool_call_count()).unwrap_or(u32::MAX);
            stream.tool_call(index, None, Some(&call.function.name));
        }
        if let Some(usage) = chat_usage(self) {
            stream.usage(usage);
        }
    }

    fn accumulate_messages(&self, output: &mut OutputAccumulator) {
        if let Ok(event) = serde_json::to_value(self) {
            Shape::OllamaChat.accumulate(&event, output);
        }
    }
}

/// The crate drops the reason why the model stopped, and lines that report an error. Usage is in
/// the last item.
impl LlmChunk for GenerationResponse {
    fn accumulate(&self, stream: &mut StreamInfo) {
        stream.model(&self.model);
        let thinks = self.thinking.as_ref().is_some_and(|said| !said.is_empty());
        if !self.response.is_empty() || thinks {
            stream.content();
        }
        if let Some(usage) = completion_usage(self) {
            stream.usage(usage);
        }
    }

    fn accumulate_messages(&self, output: &mut OutputAccumulator) {
        if let Ok(event) = serde_json::to_value(self) {
            Shape::OllamaGenerate.accumulate(&event, output);
        }
    }
}

/// An item of the crate's completion streams: as many lines as arrived at once, so that one item
/// counts as one chunk.
impl LlmChunk for Vec<GenerationResponse> {
    fn accumulate(&self, stream: &mut StreamInfo) {
        for response in self {
            response.accumulate(stream);
        }
    }

    fn accumulate_messages(&self, output: &mut OutputAccumulator) {
        for response in self {
            response.accumulate_messages(output);
        }
    }
}
