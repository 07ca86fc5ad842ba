use std::borrow::Cow;

use async_openai::types::responses::{OutputItem, Response, ResponseStreamEvent as Event};

use super::responses_response;
use crate::text::is_code;
use crate::{LlmChunk, StreamInfo};

/// An event of a streamed reply of the Responses API. Usage comes with the event that ends the
/// reply.
impl LlmChunk for Event {
    fn accumulate(&self, stream: &mut StreamInfo) {
        if delta(self).is_some_and(|delta| !delta.is_empty()) {
            stream.content();
        }
        match self {
            Event::ResponseCreated(event) => {
                responses_response::accumulate(&event.response, stream);
            }
            Event::ResponseInProgress(event) => {
                responses_response::accumulate(&event.response, stream);
            }
            Event::ResponseQueued(event) => responses_response::accumulate(&event.response, stream),
            Event::ResponseCompleted(event) => ended(&event.response, stream),
            Event::ResponseIncomplete(event) => ended(&event.response, stream),
            Event::ResponseFailed(event) => {
                ended(&event.response, stream);
                // Of a reply that does not say why it failed, that it did is what there is to say.
                stream.error(Cow::Borrowed("_OTHER"));
            }
            Event::ResponseOutputItemAdded(event) => {
                item(event.output_index, &event.item, stream);
            }
            Event::ResponseOutputItemDone(event) => item(event.output_index, &event.item, stream),
            Event::ResponseError(event) => {
                let code = event.code.as_deref().filter(|code| is_code(code));
                stream.error(match code {
                    Some(code) => Cow::Owned(code.to_owned()),
                    None => Cow::Borrowed("_OTHER"),
                });
            }
            _ => {}
        }
    }
}

/// The reply as it is at the end, its calls included.
fn ended(reply: &Response, stream: &mut StreamInfo) {
    responses_response::accumulate(reply, stream);
    for (output, index) in reply.output.iter().zip(0u32..) {
        item(index, output, stream);
    }
}

fn item(index: u32, item: &OutputItem, stream: &mut StreamInfo) {
    if let Some((id, name)) = responses_response::call(item) {
        stream.tool_call(index, Some(id), Some(name));
    }
}

/// The piece of content that an event brings.
fn delta(event: &Event) -> Option<&str> {
    Some(match event {
        Event::ResponseOutputTextDelta(event) => &event.delta,
        Event::ResponseRefusalDelta(event) => &event.delta,
        Event::ResponseReasoningTextDelta(event) => &event.delta,
        Event::ResponseReasoningSummaryTextDelta(event) => &event.delta,
        Event::ResponseFunctionCallArgumentsDelta(event) => &event.delta,
        Event::ResponseCustomToolCallInputDelta(event) => &event.delta,
        Event::ResponseMCPCallArgumentsDelta(event) => &event.delta,
        Event::ResponseCodeInterpreterCallCodeDelta(event) => &event.delta,
        Event::ResponseShellCallCommandDelta(event) => &event.delta,
        Event::ResponseAudioDelta(event) => &event.delta,
        Event::ResponseAudioTranscriptDelta(event) => &event.delta,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::openai::ResponsesEvent;
    use serde_json::{Value, json};

    fn reply(status: &str, output: Value) -> Value {
        json!({
            "id": "resp_1", "object": "response", "created_at": 1, "model": "gpt-5-2025-08-07",
            "status": status, "output": output,
        })
    }

    /// The events, read by the crate's types and by the wire adapter.
    fn agree(events: &[Value]) -> StreamInfo {
        let (mut typed, mut wire) = (StreamInfo::default(), StreamInfo::default());
        for body in events {
            let event: Event = serde_json::from_value(body.clone()).expect("an event");
            typed.begin_chunk();
            event.accumulate(&mut typed);
            wire.begin_chunk();
            ResponsesEvent::from_value(body).accumulate(&mut wire);
            assert_eq!(typed, wire, "{body}");
        }
        typed
    }

    #[test]
    fn the_wire_adapter_says_the_same() {
        let call = json!({
            "type": "function_call", "id": "fc_1", "call_id": "call_1", "name": "search",
            "arguments": "{}", "status": "completed",
        });
        let mut done = reply("completed", json!([call]));
        done["usage"] = json!({
            "input_tokens": 9, "output_tokens": 4, "total_tokens": 13,
            "input_tokens_details": { "cached_tokens": 2 },
            "output_tokens_details": { "reasoning_tokens": 1 },
        });
        let place = |kind: &str, delta: &str| {
            json!({
                "type": kind, "sequence_number": 1, "item_id": "i", "output_index": 0,
                "content_index": 0, "summary_index": 0, "command_index": 0, "response_id": "r",
                "delta": delta,
            })
        };
        let mut events = vec![
            json!({ "type": "response.created", "sequence_number": 0, "response": reply("in_progress", json!([])) }),
            json!({ "type": "response.queued", "sequence_number": 0, "response": reply("queued", json!([])) }),
            json!({ "type": "response.in_progress", "sequence_number": 0, "response": reply("in_progress", json!([])) }),
            json!({ "type": "response.output_item.added", "sequence_number": 1, "output_index": 0, "item": call }),
            place("response.output_text.delta", ""),
        ];
        for kind in [
            "output_text",
            "refusal",
            "reasoning_text",
            "reasoning_summary_text",
            "function_call_arguments",
            "custom_tool_call_input",
            "mcp_call_arguments",
            "code_interpreter_call_code",
            "shell_call_command",
            "audio",
            "audio.transcript",
        ] {
            events.push(place(&format!("response.{kind}.delta"), "x"));
        }
        events.push(json!({ "type": "response.output_item.done", "sequence_number": 2, "output_index": 0, "item": call }));
        events
            .push(json!({ "type": "response.completed", "sequence_number": 3, "response": done }));
        let stream = agree(&events);
        assert_eq!(stream.content_chunks(), 11);
        let reply = stream.finish();
        assert_eq!(reply.finish_reasons, ["completed"]);
        assert_eq!(reply.tool_calls.len(), 1);
        assert_eq!(reply.usage.and_then(|usage| usage.input_tokens), Some(9));
    }

    #[test]
    fn failures() {
        let failed = |reply: Value| {
            agree(&[json!({ "type": "response.failed", "sequence_number": 1, "response": reply })])
                .finish()
        };
        let mut said = reply("failed", json!([]));
        said["error"] = json!({ "code": "server_error", "message": "secret" });
        assert_eq!(failed(said).error_type.as_deref(), Some("server_error"));
        let silent = failed(reply("failed", json!([])));
        assert_eq!(silent.error_type.as_deref(), Some("_OTHER"));
        for (code, expected) in [
            (json!("rate_limit_exceeded"), "rate_limit_exceeded"),
            (json!(null), "_OTHER"),
        ] {
            let error = agree(&[json!({
                "type": "error", "sequence_number": 1, "code": code, "message": "secret",
                "param": null,
            })]);
            assert_eq!(error.error_type(), Some(expected));
        }
        let cut = agree(&[json!({
            "type": "response.incomplete", "sequence_number": 1,
            "response": reply("incomplete", json!([])),
        })]);
        assert_eq!(cut.finish().finish_reasons, ["incomplete"]);
    }
}
