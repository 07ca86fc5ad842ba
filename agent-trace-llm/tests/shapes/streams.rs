//! A stream of every API and framing: whole, split, and cut off at every byte.

use agent_trace_llm::wire::{Api, BodyFormat, Read, read};
use agent_trace_llm::{Provider, Usage};
use serde_json::{Value, json};

use crate::framing::{chunks, events, lines, sse};
use crate::said;

struct Case {
    api: Api,
    format: BodyFormat,
    provider: Option<Provider>,
    body: Vec<u8>,
    /// Input, output, cache reads, reasoning.
    counts: [Option<u64>; 4],
    reason: &'static str,
    calls: &'static [&'static str],
}

const HI: u64 = 3;

fn case(
    api: Api,
    format: BodyFormat,
    body: impl Into<Vec<u8>>,
    counts: [Option<u64>; 4],
    reason: &'static str,
    calls: &'static [&'static str],
) -> Case {
    Case {
        api,
        format,
        provider: None,
        body: body.into(),
        counts,
        reason,
        calls,
    }
}

fn chat() -> Vec<Value> {
    let chunk =
        |choice: Value| json!({ "id": "c", "model": "m", "choices": [choice], "usage": null });
    vec![
        chunk(json!({ "index": 0, "delta": { "role": "assistant", "content": "" } })),
        chunk(json!({ "index": 0, "delta": { "content": "H\u{e9}!" } })),
        chunk(
            json!({ "index": 0, "delta": { "tool_calls": [{ "index": 0, "id": "call_1", "function": { "name": "f", "arguments": "" } }] } }),
        ),
        chunk(
            json!({ "index": 0, "delta": { "tool_calls": [{ "index": 0, "function": { "arguments": "{}" } }] } }),
        ),
        chunk(json!({ "index": 0, "delta": {}, "finish_reason": "tool_calls" })),
        json!({ "id": "c", "choices": [], "usage": { "prompt_tokens": 90, "completion_tokens": 7, "total_tokens": 97,
            "prompt_tokens_details": { "cached_tokens": 64 }, "completion_tokens_details": { "reasoning_tokens": 4 } } }),
    ]
}

fn completions() -> Vec<Value> {
    vec![
        json!({ "id": "c", "choices": [{ "index": 0, "text": "H\u{e9}!", "finish_reason": null }], "usage": null }),
        json!({ "id": "c", "choices": [{ "index": 0, "text": "", "finish_reason": "stop" }], "usage": null }),
        json!({ "id": "c", "choices": [], "usage": { "prompt_tokens": 9, "completion_tokens": 2, "total_tokens": 11 } }),
    ]
}

fn responses() -> Vec<Value> {
    let call = json!({ "type": "function_call", "id": "fc_1", "call_id": "call_1", "name": "f", "arguments": "{}" });
    vec![
        json!({ "type": "response.created", "response": { "id": "r", "model": "m", "status": "in_progress", "usage": null, "error": null } }),
        json!({ "type": "response.output_text.delta", "output_index": 0, "delta": "H\u{e9}!" }),
        json!({ "type": "response.output_item.added", "output_index": 1, "item": call }),
        json!({ "type": "response.completed", "response": { "id": "r", "model": "m", "status": "completed", "error": null,
            "output": [{ "type": "message", "content": [{ "type": "output_text", "text": "H\u{e9}!" }] }, call],
            "usage": { "input_tokens": 90, "output_tokens": 7, "total_tokens": 97,
                "input_tokens_details": { "cached_tokens": 64 }, "output_tokens_details": { "reasoning_tokens": 4 } } } }),
    ]
}

/// The counts at the end are not those of the start, and say again what did not change.
fn messages() -> Vec<Value> {
    vec![
        json!({ "type": "message_start", "message": { "id": "msg_1", "model": "m", "content": [],
            "usage": { "input_tokens": 20, "cache_read_input_tokens": 64, "cache_creation_input_tokens": 0, "output_tokens": 1 } } }),
        json!({ "type": "ping" }),
        json!({ "type": "content_block_start", "index": 0, "content_block": { "type": "text", "text": "" } }),
        json!({ "type": "content_block_delta", "index": 0, "delta": { "type": "text_delta", "text": "H\u{e9}!" } }),
        json!({ "type": "content_block_stop", "index": 0 }),
        json!({ "type": "content_block_start", "index": 1, "content_block": { "type": "tool_use", "id": "toolu_1", "name": "f", "input": {} } }),
        json!({ "type": "message_delta", "delta": { "stop_reason": "tool_use" }, "usage": { "output_tokens": 5 } }),
        json!({ "type": "message_delta", "delta": {}, "usage": { "input_tokens": 26, "output_tokens": 7, "output_tokens_details": { "thinking_tokens": 4 } } }),
        json!({ "type": "message_stop" }),
    ]
}

fn gemini() -> Vec<Value> {
    let part =
        |part: Value| json!([{ "index": 0, "content": { "role": "model", "parts": [part] } }]);
    vec![
        json!({ "responseId": "r", "candidates": part(json!({ "text": "secret", "thought": true })), "usageMetadata": { "promptTokenCount": 80, "totalTokenCount": 80 } }),
        json!({ "responseId": "r", "candidates": part(json!({ "text": "H\u{e9}!" })), "usageMetadata": { "promptTokenCount": 80, "candidatesTokenCount": 1, "thoughtsTokenCount": 4, "totalTokenCount": 85 } }),
        json!({ "responseId": "r", "candidates": [{ "content": { "parts": [{ "functionCall": { "name": "f", "args": {} } }] }, "finishReason": "STOP" }],
            "usageMetadata": { "promptTokenCount": 80, "toolUsePromptTokenCount": 10, "cachedContentTokenCount": 64, "candidatesTokenCount": 3, "thoughtsTokenCount": 4, "totalTokenCount": 97 } }),
    ]
}

fn interactions() -> Vec<Value> {
    vec![
        json!({ "event_type": "interaction.created", "interaction": { "id": "v1_1", "model": "m", "status": "in_progress" } }),
        json!({ "event_type": "step.delta", "index": 0, "delta": { "type": "text", "text": "H\u{e9}!" } }),
        json!({ "event_type": "step.start", "index": 1, "step": { "type": "function_call", "id": "call_1", "name": "f", "arguments": {} } }),
        json!({ "event_type": "interaction.completed", "interaction": { "id": "v1_1", "status": "requires_action",
            "usage": { "total_input_tokens": 80, "total_tool_use_tokens": 10, "total_cached_tokens": 64, "total_output_tokens": 3, "total_thought_tokens": 4, "total_tokens": 97 } } }),
    ]
}

fn converse() -> Vec<(&'static str, Value)> {
    vec![
        ("messageStart", json!({ "role": "assistant" })),
        (
            "contentBlockDelta",
            json!({ "contentBlockIndex": 0, "delta": { "text": "H\u{e9}!" } }),
        ),
        (
            "contentBlockStart",
            json!({ "contentBlockIndex": 1, "start": { "toolUse": { "toolUseId": "tooluse_1", "name": "f" } } }),
        ),
        ("messageStop", json!({ "stopReason": "tool_use" })),
        (
            "metadata",
            json!({ "usage": { "inputTokens": 26, "outputTokens": 7, "totalTokens": 97, "cacheReadInputTokens": 64 }, "metrics": { "latencyMs": 3 } }),
        ),
    ]
}

/// Each event under its name, as Nova sends them.
fn keyed() -> Vec<Value> {
    let event = |(name, event): (&str, Value)| json!({ name: event });
    converse().into_iter().map(event).collect()
}

fn with_metrics(mut events: Vec<Value>, metrics: Value) -> Vec<Value> {
    let last = events.last_mut().expect("an event");
    last["amazon-bedrock-invocationMetrics"] = metrics;
    events
}

fn all() -> Vec<Case> {
    use Api::*;
    use BodyFormat::*;
    let full = [Some(90), Some(7), Some(64), Some(4)];
    let plain = [Some(9), Some(2), None, None];
    let call: &[&str] = &["f"];
    let done = |events: &[Value]| sse(events) + "data: [DONE]\n\n";
    let titan = vec![
        json!({ "outputText": "H\u{e9}!", "index": 0, "totalOutputTextTokenCount": null, "completionReason": null, "inputTextTokenCount": 9 }),
        json!({ "outputText": "", "index": 0, "totalOutputTextTokenCount": 2, "completionReason": "FINISH", "inputTextTokenCount": null }),
    ];
    let counted = json!({ "inputTokenCount": 9, "outputTokenCount": 2, "invocationLatency": 5 });
    let cached =
        json!({ "inputTokenCount": 26, "outputTokenCount": 7, "cacheReadInputTokenCount": 64 });
    let cohere_v2 = vec![
        json!({ "id": "c", "type": "message-start", "delta": { "message": { "role": "assistant", "content": [] } } }),
        json!({ "type": "content-delta", "index": 0, "delta": { "message": { "content": { "text": "H\u{e9}!" } } } }),
        json!({ "type": "tool-call-start", "index": 0, "delta": { "message": { "tool_calls": { "id": "f_1", "type": "function", "function": { "name": "f", "arguments": "" } } } } }),
        json!({ "type": "message-end", "delta": { "finish_reason": "TOOL_CALL", "usage": { "billed_units": { "input_tokens": 3, "output_tokens": 1 },
            "tokens": { "input_tokens": 90, "output_tokens": 7 }, "cached_tokens": 64 } } }),
    ];
    let cohere_v1 = vec![
        json!({ "event_type": "stream-start", "generation_id": "g", "is_finished": false }),
        json!({ "event_type": "text-generation", "text": "H\u{e9}!", "is_finished": false }),
        json!({ "event_type": "stream-end", "is_finished": true, "finish_reason": "COMPLETE", "response": { "response_id": "r", "text": "H\u{e9}!",
            "meta": { "billed_units": { "input_tokens": 3 }, "tokens": { "input_tokens": 9, "output_tokens": 2 } } } }),
    ];
    let ollama = |text: fn(&str) -> Value| {
        let mut events = [text("H\u{e9}!"), text("")].map(|mut event| {
            event["model"] = json!("m");
            event["done"] = json!(false);
            event
        });
        events[1]["done"] = json!(true);
        events[1]["done_reason"] = json!("stop");
        events[1]["prompt_eval_count"] = json!(9);
        events[1]["eval_count"] = json!(2);
        events.to_vec()
    };
    let ollama_chat = ollama(|text| json!({ "message": { "role": "assistant", "content": text } }));
    let ollama_generate = ollama(|text| json!({ "response": text }));
    let watsonx = vec![
        json!({ "model_id": "m", "results": [{ "generated_text": "", "generated_token_count": 0, "input_token_count": 9, "stop_reason": "not_finished" }] }),
        json!({ "model_id": "m", "results": [{ "generated_text": "H\u{e9}!", "generated_token_count": 2, "input_token_count": 0, "stop_reason": "eos_token" }] }),
    ];
    vec![
        case(OpenAiChat, Sse, done(&chat()), full, "tool_calls", call),
        case(
            OpenAiChat,
            JsonChunks,
            lines(&chat()),
            full,
            "tool_calls",
            call,
        ),
        case(
            OpenAiCompletions,
            Sse,
            done(&completions()),
            plain,
            "stop",
            &[],
        ),
        case(WatsonxChat, Sse, sse(&chat()), full, "tool_calls", call),
        case(
            OpenAiResponses,
            Sse,
            sse(&responses()),
            full,
            "completed",
            call,
        ),
        case(
            OpenAiResponses,
            JsonChunks,
            lines(&responses()),
            full,
            "completed",
            call,
        ),
        case(
            AnthropicMessages,
            Sse,
            sse(&messages()),
            full,
            "tool_use",
            call,
        ),
        case(
            AnthropicMessages,
            JsonChunks,
            lines(&messages()),
            full,
            "tool_use",
            call,
        ),
        case(
            GeminiGenerateContent,
            Sse,
            sse(&gemini()),
            full,
            "STOP",
            call,
        ),
        case(
            GeminiGenerateContent,
            JsonChunks,
            lines(&gemini()),
            full,
            "STOP",
            call,
        ),
        case(
            GeminiInteractions,
            Sse,
            sse(&interactions()),
            full,
            "requires_action",
            call,
        ),
        case(
            BedrockConverse,
            AwsEventStream,
            events(&converse()),
            [Some(90), Some(7), Some(64), None],
            "tool_use",
            call,
        ),
        case(
            BedrockInvoke,
            AwsEventStream,
            chunks(&with_metrics(messages(), cached.clone())),
            full,
            "tool_use",
            call,
        ),
        case(
            BedrockInvoke,
            AwsEventStream,
            chunks(&with_metrics(keyed(), cached)),
            [Some(90), Some(7), Some(64), None],
            "tool_use",
            call,
        ),
        case(
            BedrockInvoke,
            AwsEventStream,
            chunks(&with_metrics(titan, counted.clone())),
            plain,
            "FINISH",
            &[],
        ),
        case(
            BedrockInvoke,
            AwsEventStream,
            chunks(&with_metrics(cohere_v1[1..].to_vec(), counted)),
            plain,
            "COMPLETE",
            &[],
        ),
        case(
            CohereChatV2,
            Sse,
            sse(&cohere_v2),
            [Some(90), Some(7), Some(64), None],
            "TOOL_CALL",
            call,
        ),
        case(
            CohereChatV2,
            JsonChunks,
            lines(&cohere_v2),
            [Some(90), Some(7), Some(64), None],
            "TOOL_CALL",
            call,
        ),
        case(
            CohereChatV1,
            NdJson,
            lines(&cohere_v1),
            plain,
            "COMPLETE",
            &[],
        ),
        case(OllamaChat, NdJson, lines(&ollama_chat), plain, "stop", &[]),
        case(
            OllamaGenerate,
            NdJson,
            lines(&ollama_generate),
            plain,
            "stop",
            &[],
        ),
        case(
            WatsonxGeneration,
            Sse,
            sse(&watsonx),
            plain,
            "eos_token",
            &[],
        ),
    ]
}

fn counts(read: &Read) -> [Option<u64>; 4] {
    let usage = read.info.usage.unwrap_or_default();
    let Usage {
        input_tokens,
        output_tokens,
        cache_read_input_tokens,
        reasoning_output_tokens,
        ..
    } = usage;
    [
        input_tokens,
        output_tokens,
        cache_read_input_tokens,
        reasoning_output_tokens,
    ]
}

#[test]
fn whole_and_split() {
    for Case {
        api,
        format,
        provider,
        body,
        counts: expected,
        reason,
        calls,
    } in all()
    {
        let seen = said(api, format, provider.as_ref(), &body);
        assert!(seen.complete, "{api} {format}");
        assert_eq!(seen.text_chars, HI, "{api} {format}");
        assert_eq!(counts(&seen), expected, "{api} {format}");
        assert_eq!(seen.info.finish_reasons, [reason], "{api} {format}");
        assert_eq!(seen.tool_calls, calls, "{api} {format}");
        assert_eq!(seen.info.error_type, None, "{api} {format}");
    }
}

#[test]
fn cut_at_every_byte() {
    for Case {
        api,
        format,
        provider,
        body,
        counts: most,
        ..
    } in all()
    {
        let end = body.trim_ascii_end().len();
        let whole = read(api, format, provider.as_ref(), &body);
        for cut in 0..end {
            let seen = read(api, format, provider.as_ref(), &body[..cut]);
            // Text without frames is whole when its last object is: what is cut off then is a mark.
            let rest = String::from_utf8_lossy(&body[cut..]);
            assert!(!seen.complete, "{api} {format} without {rest}");
            assert!(
                seen.text_chars <= whole.text_chars,
                "{api} {format} without {rest}"
            );
            for (seen, most) in counts(&seen).into_iter().zip(most) {
                assert!(seen <= most, "{api} {format} without {rest}: {seen:?}");
            }
        }
    }
}

/// The last report of Gemini is taken whole, though it lacks what an earlier one had: field by field,
/// counts of two moments would be added up.
#[test]
fn a_count_that_is_dropped_stays_dropped() {
    let report = |usage: Value| json!({ "candidates": [{ "content": { "parts": [{ "text": "a" }] } }], "usageMetadata": usage });
    let body = sse(&[
        report(
            json!({ "promptTokenCount": 17, "candidatesTokenCount": 250, "totalTokenCount": 267 }),
        ),
        report(
            json!({ "promptTokenCount": 17, "toolUsePromptTokenCount": 102, "thoughtsTokenCount": 412, "totalTokenCount": 531 }),
        ),
    ]);
    let seen = said(
        Api::GeminiGenerateContent,
        BodyFormat::Sse,
        None,
        body.as_bytes(),
    );
    let usage = seen.info.usage.expect("reported");
    assert_eq!(
        (usage.input_tokens, usage.output_tokens),
        (Some(119), Some(412))
    );
    assert_eq!(usage.tool_use_input_tokens, Some(102));
    let written = seen.info.provider_usage.expect("reported");
    assert_eq!(
        (written.input_tokens, written.output_tokens),
        (Some(17), None)
    );
    assert_eq!(written.total_tokens, Some(531));
}

/// What AWS has counted holds for the model's own words, and its number is then what was written.
#[test]
fn the_metrics_rule() {
    let metrics = json!({ "inputTokenCount": 702, "outputTokenCount": 98 });
    let body = chunks(&with_metrics(messages(), metrics));
    let seen = said(Api::BedrockInvoke, BodyFormat::AwsEventStream, None, &body);
    let usage = seen.info.usage.expect("reported");
    assert_eq!(
        (usage.input_tokens, usage.output_tokens),
        (Some(766), Some(98))
    );
    let written = seen.info.provider_usage.expect("reported");
    assert_eq!(
        (written.input_tokens, written.cache_on_top),
        (Some(702), false)
    );
}
