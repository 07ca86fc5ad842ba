use std::borrow::Cow;

use async_openai::types::chat::{
    ChatCompletionStreamResponseDelta, CreateChatCompletionStreamResponse,
};

use super::{finish_reason, service_tier, usage};
use crate::{LlmChunk, StreamInfo};

impl LlmChunk for CreateChatCompletionStreamResponse {
    // `system_fingerprint` and `function_call` are deprecated, but still sent.
    #[allow(deprecated)]
    fn accumulate(&self, stream: &mut StreamInfo) {
        stream.response_id(&self.id);
        stream.model(&self.model);
        if let Some(tier) = &self.service_tier {
            stream.service_tier(service_tier(tier));
        }
        if let Some(fingerprint) = &self.system_fingerprint {
            stream.system_fingerprint(fingerprint);
        }
        if let Some(usage) = &self.usage {
            stream.usage(usage::completion(usage));
        }
        for choice in &self.choices {
            if has_content(&choice.delta) {
                stream.content();
            }
            if let Some(reason) = choice.finish_reason {
                stream.finish_reason(choice.index, Cow::Borrowed(finish_reason(reason)));
            }
            for call in choice.delta.tool_calls.iter().flatten() {
                let name = call
                    .function
                    .as_ref()
                    .and_then(|function| function.name.as_deref());
                stream.choice_tool_call(choice.index, call.index, call.id.as_deref(), name);
            }
            let function = choice.delta.function_call.as_ref();
            if let Some(name) = function.and_then(|function| function.name.as_deref()) {
                stream.choice_tool_call(choice.index, 0, None, Some(name));
            }
        }
    }
}

#[allow(deprecated)]
fn has_content(delta: &ChatCompletionStreamResponseDelta) -> bool {
    let text = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.is_empty());
    text(&delta.content)
        || text(&delta.refusal)
        || delta
            .tool_calls
            .as_ref()
            .is_some_and(|calls| !calls.is_empty())
        || delta
            .function_call
            .as_ref()
            .is_some_and(|function| text(&function.name) || text(&function.arguments))
        || delta
            .audio
            .as_ref()
            .is_some_and(|audio| text(&audio.data) || text(&audio.transcript))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::openai::ChatChunk;
    use serde_json::{Value, json};

    #[test]
    fn the_wire_adapter_says_the_same() {
        let chunk = |choices: Value, usage: Value| {
            json!({
                "id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1,
                "model": "gpt-4o", "service_tier": "default", "system_fingerprint": "fp_1",
                "choices": choices, "usage": usage,
            })
        };
        let delta = |delta: Value| json!([{ "index": 0, "delta": delta, "finish_reason": null }]);
        let chunks = [
            json!({
                "id": "", "object": "", "created": 0, "model": "", "choices": [],
                "prompt_filter_results": [],
            }),
            chunk(
                delta(json!({ "role": "assistant", "content": "" })),
                json!(null),
            ),
            chunk(delta(json!({ "content": "Hi" })), json!(null)),
            chunk(delta(json!({ "refusal": "No" })), json!(null)),
            chunk(
                delta(json!({ "function_call": { "name": "old", "arguments": "" } })),
                json!(null),
            ),
            chunk(delta(json!({ "audio": { "id": "audio_1" } })), json!(null)),
            chunk(delta(json!({ "audio": { "data": "AAAA" } })), json!(null)),
            chunk(
                delta(json!({ "tool_calls": [
                    { "index": 1, "id": "a", "type": "function",
                      "function": { "name": "search", "arguments": "" } },
                    { "index": 2, "id": "b", "function": { "name": "fetch" } },
                ] })),
                json!(null),
            ),
            chunk(
                delta(json!({ "tool_calls": [{ "index": 1, "function": { "arguments": "{" } }] })),
                json!(null),
            ),
            chunk(
                json!([
                    { "index": 0, "delta": {}, "finish_reason": "tool_calls" },
                    { "index": 1, "delta": {}, "finish_reason": "length" },
                ]),
                json!(null),
            ),
            chunk(
                json!([]),
                json!({
                    "prompt_tokens": 9, "completion_tokens": 4, "total_tokens": 13,
                    "completion_tokens_details": { "reasoning_tokens": 2 },
                }),
            ),
        ];
        let (mut typed, mut wire) = (StreamInfo::default(), StreamInfo::default());
        for body in &chunks {
            let chunk: CreateChatCompletionStreamResponse =
                serde_json::from_value(body.clone()).expect("a chunk");
            typed.begin_chunk();
            chunk.accumulate(&mut typed);
            wire.begin_chunk();
            ChatChunk::from_value(body).accumulate(&mut wire);
            assert_eq!(typed, wire, "{body}");
        }
        assert_eq!((typed.chunks(), typed.content_chunks()), (11, 6));
        assert_eq!(typed.finish().tool_calls.len(), 3);
    }
}
