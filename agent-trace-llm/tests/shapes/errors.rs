//! Errors in every place, marks before the text, keep-alives, and bodies in another framing than was asked
//! for.

use agent_trace_llm::wire::{Api, BodyFormat, Read, read};
use serde_json::json;

use crate::framing::{frame, sse};
use crate::said;

/// The provider's class of the failure, else its code, else its words.
fn error(read: &Read) -> Option<String> {
    let error = read.error.as_ref()?;
    let named = error.kind.as_ref().or(error.code.as_ref());
    named.or(error.message.as_ref()).cloned()
}

#[test]
fn a_mark_before_the_text() {
    let body = "\u{feff} {\"id\":\"c\",\"usage\":{\"prompt_tokens\":3}}\r\n";
    let seen = said(Api::OpenAiChat, BodyFormat::Json, None, body.as_bytes());
    assert_eq!(seen.info.id.as_deref(), Some("c"));
    assert!(seen.complete);
    let error_body = "\u{feff}{\"error\":{\"type\":\"t\",\"message\":\"m\"}}";
    let seen = said(
        Api::AnthropicMessages,
        BodyFormat::Json,
        None,
        error_body.as_bytes(),
    );
    assert_eq!(error(&seen).as_deref(), Some("t"));
}

/// A request for a stream that is refused is answered with a document, whatever was asked for.
#[test]
fn a_document_where_a_stream_was_expected() {
    for (api, format, body, told) in [
        (
            Api::OpenAiChat,
            BodyFormat::Sse,
            "{\n  \"error\": {\n    \"type\": \"invalid_request_error\",\n    \"code\": null\n  }\n}\n",
            "invalid_request_error",
        ),
        (
            Api::OpenAiResponses,
            BodyFormat::Sse,
            "{\"error\": {\"type\": \"invalid_request_error\"}}",
            "invalid_request_error",
        ),
        (
            Api::AnthropicMessages,
            BodyFormat::Sse,
            "\u{feff}{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"m\"}}",
            "overloaded_error",
        ),
        (
            Api::GeminiGenerateContent,
            BodyFormat::Sse,
            "[{\n\"error\": {\"code\": 429, \"status\": \"RESOURCE_EXHAUSTED\"}\n}\n]",
            "429",
        ),
        (
            Api::BedrockConverse,
            BodyFormat::AwsEventStream,
            "{\"message\":\"The provided model identifier is invalid.\"}",
            "The provided model identifier is invalid.",
        ),
        (
            Api::BedrockInvoke,
            BodyFormat::AwsEventStream,
            "{\"__type\":\"ThrottlingException\",\"message\":\"m\"}",
            "ThrottlingException",
        ),
        (
            Api::OllamaChat,
            BodyFormat::NdJson,
            "{\"error\":\"model 'x' not found\"}",
            "model 'x' not found",
        ),
        (
            Api::CohereChatV2,
            BodyFormat::Sse,
            "{\"id\":\"1\",\"message\":\"invalid api token\"}",
            "invalid api token",
        ),
    ] {
        let seen = said(api, format, None, body.as_bytes());
        assert_eq!(error(&seen).as_deref(), Some(told), "{api} {body}");
        assert!(
            seen.info.error_type.is_some() && !seen.complete,
            "{api} {body}"
        );
        assert_eq!(seen.info.usage, None, "{api} {body}");
        let cut = said(api, format, None, &body.as_bytes()[..body.len() / 2]);
        assert!(!cut.complete, "{api} {body}");
    }
    // And one that did not stream for no fault of the caller.
    let body = br#"{"id":"c","choices":[{"message":{"content":"Hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3}}"#;
    let seen = said(Api::OpenAiChat, BodyFormat::Sse, None, body);
    assert_eq!(seen, read(Api::OpenAiChat, BodyFormat::Json, None, body));
}

/// What is told of a failure is what its own event says, not an earlier one that could have failed.
#[test]
fn the_event_that_failed() {
    let created = json!({ "type": "response.created", "response": { "id": "r", "status": "in_progress", "error": null } });
    let failed = json!({ "type": "response.failed", "response": { "id": "r", "status": "failed",
        "error": { "code": "server_error", "message": "m" } } });
    let bare =
        json!({ "type": "error", "code": "rate_limit_exceeded", "message": "m", "param": null });
    let nested =
        json!({ "type": "error", "error": { "type": "too_many_requests", "code": "429" } });
    for (event, told) in [
        (&failed, "server_error"),
        (&bare, "rate_limit_exceeded"),
        (&nested, "too_many_requests"),
    ] {
        let body = sse(&[created.clone(), event.clone()]);
        let seen = said(Api::OpenAiResponses, BodyFormat::Sse, None, body.as_bytes());
        assert_eq!(error(&seen).as_deref(), Some(told), "{event}");
        assert!(!seen.complete);
    }

    let text = json!({ "id": "g", "error": null, "choices": [{ "index": 0, "delta": { "content": "error" }, "finish_reason": "error" }] });
    let in_band = json!({ "id": "g", "error": { "code": 502, "message": "m" }, "choices": [] });
    let body = sse(&[text, in_band]);
    let seen = said(Api::OpenAiChat, BodyFormat::Sse, None, body.as_bytes());
    assert_eq!(error(&seen).as_deref(), Some("502"));

    let delta = json!({ "type": "content_block_delta", "index": 0, "delta": { "type": "text_delta", "text": "error" } });
    let overloaded =
        json!({ "type": "error", "error": { "type": "overloaded_error", "message": "m" } });
    let body = sse(&[delta, overloaded]);
    let seen = said(
        Api::AnthropicMessages,
        BodyFormat::Sse,
        None,
        body.as_bytes(),
    );
    assert_eq!(error(&seen).as_deref(), Some("overloaded_error"));

    let lines = "{\"model\":\"q\",\"message\":{\"content\":\"H\"},\"done\":false}\n{\"error\":\"out of memory\"}\n";
    let seen = said(Api::OllamaChat, BodyFormat::NdJson, None, lines.as_bytes());
    assert_eq!(error(&seen).as_deref(), Some("out of memory"));
    assert!(!seen.complete && seen.text_chars == 1);
}

#[test]
fn errors_of_an_event_stream() {
    let text = frame(
        &[
            (":event-type", "contentBlockDelta"),
            (":message-type", "event"),
        ],
        br#"{"contentBlockIndex":0,"delta":{"text":"Hi"}}"#,
    );
    let exception = frame(
        &[
            (":exception-type", "throttlingException"),
            (":message-type", "exception"),
        ],
        br#"{"message":"m"}"#,
    );
    let unmodelled = frame(
        &[
            (":error-code", "InternalFailure"),
            (":error-message", "m"),
            (":message-type", "error"),
        ],
        b"",
    );
    for (api, end, told) in [
        (Api::BedrockConverse, &exception, "throttlingException"),
        (Api::BedrockInvoke, &exception, "throttlingException"),
        (Api::BedrockConverse, &unmodelled, "InternalFailure"),
        (Api::BedrockInvoke, &unmodelled, "InternalFailure"),
    ] {
        let body = [&text[..], end].concat();
        let seen = said(api, BodyFormat::AwsEventStream, None, &body);
        assert_eq!(error(&seen).as_deref(), Some(told), "{api}");
        assert_eq!(seen.info.error_type.as_deref(), Some(told), "{api}");
        assert!(!seen.complete, "{api}");
    }
}

/// Errors of an HTTP status, each as its provider writes it.
#[test]
fn errors_in_the_place_of_a_reply() {
    use Api::*;
    for (api, body, told) in [
        // Azure, of a content filter.
        (
            OpenAiChat,
            json!({ "error": { "inner_error": { "code": "ResponsibleAIPolicyViolation" }, "code": "content_filter", "message": "m", "param": "prompt", "type": null, "status": 400 } }),
            "content_filter",
        ),
        (
            OpenAiChat,
            json!({ "error": { "code": "401", "message": "Access denied" } }),
            "401",
        ),
        // Mistral.
        (
            OpenAiChat,
            json!({ "object": "error", "message": "m", "type": "invalid_request_error", "param": null, "code": "1500" }),
            "invalid_request_error",
        ),
        (
            OpenAiChat,
            json!({ "message": "Unauthorized", "request_id": "r" }),
            "Unauthorized",
        ),
        (OpenAiChat, json!({ "detail": "Not Found" }), "Not Found"),
        // Cerebras.
        (
            OpenAiChat,
            json!({ "message": "m", "type": "not_found_error", "param": "model", "code": "model_not_found" }),
            "not_found_error",
        ),
        // Writer.
        (
            OpenAiChat,
            json!({ "tpe": "e", "errors": [{ "description": "Invalid model", "key": "fail.invalid" }], "extras": {} }),
            "Invalid model",
        ),
        // Hugging Face.
        (
            OpenAiChat,
            json!({ "error": "Model is overloaded", "estimated_time": 20.0 }),
            "Model is overloaded",
        ),
        // OpenRouter, Perplexity, Z.ai.
        (
            OpenAiChat,
            json!({ "error": { "message": "m", "code": 402 }, "user_id": "u" }),
            "402",
        ),
        (
            OpenAiChat,
            json!({ "error": { "message": "m", "type": "invalid_model", "code": 400 } }),
            "invalid_model",
        ),
        (
            OpenAiChat,
            json!({ "error": { "code": "1211", "message": "m" } }),
            "1211",
        ),
        // Gemini's compatible API.
        (
            OpenAiChat,
            json!([{ "error": { "code": 400, "message": "m", "status": "INVALID_ARGUMENT" } }]),
            "400",
        ),
        (
            OpenAiResponses,
            json!({ "error": { "message": "m", "type": "invalid_request_error", "param": "input", "code": "unsupported" } }),
            "invalid_request_error",
        ),
        (
            OpenAiEmbeddings,
            json!({ "error": { "message": "m", "type": "insufficient_quota", "code": "insufficient_quota" } }),
            "insufficient_quota",
        ),
        (
            AnthropicMessages,
            json!({ "type": "error", "error": { "type": "not_found_error", "message": "m" }, "request_id": "r" }),
            "not_found_error",
        ),
        (
            GeminiGenerateContent,
            json!({ "error": { "code": 403, "message": "m", "status": "PERMISSION_DENIED" } }),
            "403",
        ),
        (
            GeminiInteractions,
            json!({ "error": { "code": "invalid_request", "message": "m" } }),
            "invalid_request",
        ),
        (BedrockConverse, json!({ "message": "m" }), "m"),
        (BedrockInvoke, json!({ "message": "m" }), "m"),
        (CohereChatV2, json!({ "id": "1", "message": "m" }), "m"),
        (CohereChatV1, json!({ "message": "m" }), "m"),
        (CohereRerank, json!({ "message": "m" }), "m"),
        (
            OllamaChat,
            json!({ "error": "model 'x' not found" }),
            "model 'x' not found",
        ),
        (OllamaEmbed, json!({ "error": "m" }), "m"),
        (VoyageEmbeddings, json!({ "detail": "m" }), "m"),
        (
            WatsonxGeneration,
            json!({ "errors": [{ "code": "model_not_supported", "message": "m" }], "trace": "t", "status_code": 404 }),
            "model_not_supported",
        ),
        (
            WatsonxChat,
            json!({ "errors": [{ "code": "model_not_supported", "message": "m" }], "trace": "t", "status_code": 404 }),
            "model_not_supported",
        ),
    ] {
        for text in [body.to_string(), format!("{body:#}\r\n")] {
            let seen = said(api, BodyFormat::Json, None, text.as_bytes());
            assert_eq!(error(&seen).as_deref(), Some(told), "{api} {text}");
            assert!(seen.info.error_type.is_some(), "{api} {text}");
            assert_eq!(seen.info.usage, None, "{api} {text}");
            assert_eq!(seen.info.provider_usage, None, "{api} {text}");
        }
    }
}

/// Bodies that are no JSON at all say nothing, and are not complete.
#[test]
fn pages_of_gateways() {
    for api in Api::ALL {
        for format in BodyFormat::ALL {
            for body in [
                &b"<html><body>502 Bad Gateway</body></html>"[..],
                b"upstream connect error",
                b"\xef\xbb\xbf",
                b"{",
                b"[",
                b"{\"a\"",
            ] {
                let seen = said(*api, *format, None, body);
                assert!(!seen.complete, "{api} {format}");
                assert_eq!(seen.info.usage, None, "{api} {format}");
            }
        }
    }
}

/// Comments, events without data, bare names, carriage returns, and no blank line at the end.
#[test]
fn keep_alives() {
    let chunk = r#"{"id":"c","choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":1}}"#;
    let plain = format!("data: {chunk}\n\ndata: [DONE]\n\n");
    let expected = said(Api::OpenAiChat, BodyFormat::Sse, None, plain.as_bytes());
    assert!(expected.complete);
    for body in [
        format!(": OPENROUTER PROCESSING\n\n: ping\n\ndata: {chunk}\n\n:\n\ndata: [DONE]\n\n"),
        format!(
            "\u{feff}\n\nevent: ping\n\nid: 7\nretry: 100\n\ndata:{chunk}\n\ndata:\n\ndata: [DONE]"
        ),
        format!("data: {chunk}\r\n\r\ndata: [DONE]\r\n\r\n"),
        format!("data: {chunk}\r\rdata: [DONE]\r\r"),
    ] {
        let seen = said(Api::OpenAiChat, BodyFormat::Sse, None, body.as_bytes());
        assert_eq!(seen, expected, "{body:?}");
    }
    let lines = format!("\r\n{chunk}\r\n\r\n[DONE]\r\n");
    let seen = said(
        Api::OpenAiChat,
        BodyFormat::JsonChunks,
        None,
        lines.as_bytes(),
    );
    assert_eq!(seen, expected);
}
