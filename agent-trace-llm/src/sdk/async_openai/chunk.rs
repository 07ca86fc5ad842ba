use std::borrow::Cow;

use async_openai::types::chat::{
    ChatCompletionStreamResponseDelta, CreateChatCompletionStreamResponse,
};

use super::{finish_reason, service_tier, usage};
use crate::message::{OutputAccumulator, Shape};
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
            usage::completion(usage).accumulate(stream);
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

    fn accumulate_messages(&self, output: &mut OutputAccumulator) {
        if let Ok(event) = serde_json::to_value(self) {
            Shape::OpenAiChat.accumulate(&event, output);
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

    #[test]
    fn messages_in_pieces_and_whole() {
        use crate::LlmResponse;
        use async_openai::types::chat::CreateChatCompletionResponse;

        let chunk = |choices: Value| -> CreateChatCompletionStreamResponse {
            let body =
                json!({ "id": "c", "object": "o", "created": 1, "model": "m", "choices": choices });
            serde_json::from_value(body).expect("a chunk")
        };
        let delta = |delta: Value| json!([{ "index": 0, "delta": delta, "finish_reason": null }]);
        let call = |call: Value| delta(json!({ "tool_calls": [call] }));
        let mut output = OutputAccumulator::new();
        for choices in [
            json!([]),
            delta(json!({ "role": "assistant", "content": "Let me " })),
            call(json!({ "index": 0, "id": "a", "type": "function",
                         "function": { "name": "look", "arguments": "" } })),
            delta(json!({ "content": "look." })),
            call(json!({ "index": 0, "function": { "arguments": "{\"at\"" } })),
            call(json!({ "index": 0, "function": { "arguments": ":1}" } })),
            json!([{ "index": 1, "delta": { "refusal": "No." }, "finish_reason": "content_filter" }]),
            json!([{ "index": 0, "delta": {}, "finish_reason": "tool_calls" }]),
        ] {
            chunk(choices).accumulate_messages(&mut output);
        }
        let whole: CreateChatCompletionResponse = serde_json::from_value(json!({
            "id": "c", "object": "o", "created": 1, "model": "m", "choices": [
                { "index": 0, "finish_reason": "tool_calls", "message": {
                    "role": "assistant", "content": "Let me look.", "refusal": null,
                    "tool_calls": [{ "id": "a", "type": "function",
                        "function": { "name": "look", "arguments": "{\"at\":1}" } }] } },
                { "index": 1, "finish_reason": "content_filter",
                  "message": { "role": "assistant", "content": null, "refusal": "No." } },
            ],
        }))
        .expect("a response");
        let messages = whole.messages().expect("messages");
        let parts = messages
            .output()
            .iter()
            .map(|m| m.parts.len())
            .collect::<Vec<_>>();
        assert_eq!(parts, [2, 1]);
        assert_eq!(output.finish(), *messages.output());
    }
}
