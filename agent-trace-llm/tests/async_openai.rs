//! The `async-openai` client against a server that answers what it is told to: what is sent and
//! what comes back is said alike by the typed adapter and by the wire adapter.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use agent_trace_llm::wire::openai::{
    ChatRequest, ChatResponse, ChatStream, EmbeddingsRequest, EmbeddingsResponse,
};
use agent_trace_llm::{LlmChunk, LlmClient, LlmError, LlmRequest, LlmResponse, StreamInfo};
use async_openai::Client;
use async_openai::config::OpenAIConfig;
use async_openai::error::OpenAIError;
use async_openai::types::chat::{
    ChatCompletionRequestUserMessageArgs, ChatCompletionStreamOptions, CreateChatCompletionRequest,
    CreateChatCompletionRequestArgs, ResponseFormat,
};
use async_openai::types::embeddings::CreateEmbeddingRequestArgs;
use futures_util::StreamExt;

/// Answers one request with `status` and `body`, and gives the body of the request.
fn serve(status: &str, content_type: &str, body: &str) -> (String, JoinHandle<Vec<u8>>) {
    let length = body.len();
    answer(format!(
        "HTTP/1.1 {status}\r\ncontent-type: {content_type}\r\ncontent-length: {length}\r\n\
         connection: close\r\n\r\n{body}"
    ))
}

fn answer(answer: String) -> (String, JoinHandle<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let base = format!("http://{}/v1", listener.local_addr().expect("an address"));
    let server = thread::spawn(move || {
        let (mut socket, _) = listener.accept().expect("a connection");
        let mut request = Vec::new();
        let mut buffer = [0; 4096];
        let sent = loop {
            let read = socket.read(&mut buffer).expect("a request");
            assert_ne!(read, 0, "the request is whole");
            request.extend_from_slice(&buffer[..read]);
            let Some(end) = request.windows(4).position(|bytes| bytes == b"\r\n\r\n") else {
                continue;
            };
            let head = String::from_utf8_lossy(&request[..end]).to_ascii_lowercase();
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "));
            let length: usize = length.map_or(0, |length| length.parse().expect("a number"));
            if request.len() >= end + 4 + length {
                break request.split_off(end + 4);
            }
        };
        socket
            .write_all(answer.as_bytes())
            .expect("the client listens");
        sent
    });
    (base, server)
}

fn client(base: &str) -> Client<OpenAIConfig> {
    Client::with_config(
        OpenAIConfig::new()
            .with_api_base(base)
            .with_api_key("sk-secret"),
    )
}

fn request() -> CreateChatCompletionRequest {
    let message = ChatCompletionRequestUserMessageArgs::default()
        .content("secret")
        .build()
        .expect("a message");
    CreateChatCompletionRequestArgs::default()
        .model("gpt-4o")
        .messages([message.into()])
        .temperature(0.2)
        .max_completion_tokens(512u32)
        .n(2)
        .stop("END")
        .response_format(ResponseFormat::JsonObject)
        .stream_options(ChatCompletionStreamOptions {
            include_usage: Some(true),
            include_obfuscation: None,
        })
        .build()
        .expect("a request")
}

const REPLY: &str = r#"{
    "id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "gpt-4o-2024-11-20",
    "service_tier": "default", "system_fingerprint": "fp_1",
    "choices": [{
        "index": 0, "finish_reason": "tool_calls", "logprobs": null,
        "message": {
            "role": "assistant", "content": null, "refusal": null, "annotations": [],
            "tool_calls": [{
                "id": "call_a", "type": "function",
                "function": { "name": "search", "arguments": "{}" }
            }]
        }
    }],
    "usage": {
        "prompt_tokens": 1117, "completion_tokens": 46, "total_tokens": 1163,
        "prompt_tokens_details": { "cached_tokens": 1024, "audio_tokens": 0 },
        "completion_tokens_details": { "reasoning_tokens": 30, "audio_tokens": 0 }
    }
}"#;

#[tokio::test]
async fn a_chat_completion() {
    let (base, server) = serve("200 OK", "application/json", REPLY);
    let client = client(&base);
    assert_eq!(client.base_url().as_deref(), Some(&base[..]));

    let request = request();
    let (model, info) = (
        request.model().map(str::to_owned),
        LlmRequest::info(&request),
    );
    let reply = client.chat().create(request).await.expect("a reply");
    assert_eq!(
        reply.info(),
        ChatResponse::from_slice(REPLY.as_bytes())
            .expect("JSON")
            .info()
    );
    assert_eq!(
        reply
            .info()
            .usage
            .and_then(|usage| usage.cache_read_input_tokens),
        Some(1024)
    );

    let sent = ChatRequest::from_slice(&server.join().expect("the server")).expect("JSON");
    assert_eq!((sent.model(), sent.info()), (model.as_deref(), info));
}

#[tokio::test]
async fn a_streamed_chat_completion() {
    let chunk = |choices: &str, usage: &str| {
        format!(
            "data: {{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\
             \"model\":\"gpt-4o-2024-11-20\",\"service_tier\":\"default\",\
             \"system_fingerprint\":\"fp_1\",\"choices\":[{choices}],\"usage\":{usage}}}\n\n"
        )
    };
    let body = [
        chunk(
            r#"{"index":0,"delta":{"role":"assistant","content":""}}"#,
            "null",
        ),
        chunk(r#"{"index":0,"delta":{"content":"Hé🦀"}}"#, "null"),
        chunk(
            r#"{"index":1,"delta":{"tool_calls":[{"index":0,"id":"call_a","type":"function",
                "function":{"name":"search","arguments":""}}]}}"#
                .replace('\n', " ")
                .as_str(),
            "null",
        ),
        chunk(r#"{"index":0,"delta":{},"finish_reason":"stop"}"#, "null"),
        chunk(
            r#"{"index":1,"delta":{},"finish_reason":"tool_calls"}"#,
            "null",
        ),
        chunk(
            "",
            r#"{"prompt_tokens":9,"completion_tokens":4,"total_tokens":13}"#,
        ),
        "data: [DONE]\n\n".to_owned(),
    ]
    .concat();
    let (base, server) = serve("200 OK", "text/event-stream", &body);
    let mut items = client(&base)
        .chat()
        .create_stream(request())
        .await
        .expect("a stream");
    let mut typed = StreamInfo::default();
    while let Some(item) = items.next().await {
        typed.begin_chunk();
        item.expect("a chunk").accumulate(&mut typed);
    }

    let mut wire = ChatStream::new();
    wire.push(body.as_bytes());
    assert_eq!(&typed, wire.info());
    assert_eq!((typed.chunks(), typed.content_chunks()), (6, 2));
    let (reply, complete) = wire.finish();
    assert!(complete);
    assert_eq!(reply.finish_reasons, ["stop", "tool_calls"]);
    assert_eq!(reply.usage.and_then(|usage| usage.output_tokens), Some(4));

    let sent = ChatRequest::from_slice(&server.join().expect("the server")).expect("JSON");
    assert_eq!(sent.info().stream, Some(true));
}

#[tokio::test]
async fn embeddings() {
    let body = r#"{
        "object": "list", "model": "text-embedding-3-small",
        "data": [{ "object": "embedding", "index": 0, "embedding": [0.1, -0.2] }],
        "usage": { "prompt_tokens": 4, "total_tokens": 4 }
    }"#;
    let (base, server) = serve("200 OK", "application/json", body);
    let request = CreateEmbeddingRequestArgs::default()
        .model("text-embedding-3-small")
        .input("secret")
        .dimensions(256u32)
        .build()
        .expect("a request");
    let info = LlmRequest::info(&request);
    let reply = client(&base)
        .embeddings()
        .create(request)
        .await
        .expect("a reply");
    assert_eq!(
        reply.info(),
        EmbeddingsResponse::from_slice(body.as_bytes())
            .expect("JSON")
            .info()
    );
    let sent = EmbeddingsRequest::from_slice(&server.join().expect("the server")).expect("JSON");
    assert_eq!(sent.info(), info);
}

async fn refused(status: &str, body: &str) -> Option<String> {
    let (base, server) = serve(status, "application/json", body);
    let error = client(&base)
        .chat()
        .create(request())
        .await
        .expect_err("refused");
    server.join().expect("the server");
    error.error_type().map(Into::into)
}

#[tokio::test]
async fn refusals() {
    let body = r#"{"error":{"message":"secret","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}"#;
    assert_eq!(
        refused("401 Unauthorized", body).await.as_deref(),
        Some("invalid_api_key")
    );
    let body = r#"{"error":{"message":"secret","type":"insufficient_quota","code":null}}"#;
    assert_eq!(
        refused("429 Too Many", body).await.as_deref(),
        Some("insufficient_quota")
    );
    // A code that is a number is more than the crate reads.
    let body = r#"{"error":{"message":"secret","code":404}}"#;
    assert_eq!(refused("404 Not Found", body).await.as_deref(), Some("404"));
    assert_eq!(
        refused("403 Forbidden", "<html>secret</html>")
            .await
            .as_deref(),
        Some("invalid_response")
    );
}

#[tokio::test]
async fn an_error_within_a_stream() {
    let body =
        "data: {\"error\":{\"message\":\"secret\",\"type\":\"server_error\",\"code\":null}}\n\n";
    let (base, _server) = serve("200 OK", "text/event-stream", body);
    let mut items = client(&base)
        .chat()
        .create_stream(request())
        .await
        .expect("a stream");
    let error = items.next().await.expect("an item").expect_err("an error");
    assert_eq!(error.error_type().as_deref(), Some("server_error"));
}

fn error_type(error: reqwest::Error) -> Option<String> {
    OpenAIError::from(error).error_type().map(Into::into)
}

#[tokio::test]
async fn failures_on_the_way() {
    let http = reqwest::Client::new();

    let closed = TcpListener::bind("127.0.0.1:0")
        .and_then(|port| port.local_addr())
        .expect("a port");
    let error = http
        .get(format!("http://{closed}"))
        .send()
        .await
        .expect_err("nobody listens");
    assert_eq!(error_type(error).as_deref(), Some("connection"));

    let silent = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = silent.local_addr().expect("an address");
    let request = http
        .get(format!("http://{address}"))
        .timeout(Duration::from_millis(50));
    let error = request.send().await.expect_err("nobody answers");
    assert_eq!(error_type(error).as_deref(), Some("timeout"));

    let (base, _server) = serve("503 Service Unavailable", "text/html", "secret");
    let reply = http.get(base).send().await.expect("a reply");
    let error = reply.error_for_status().expect_err("a status");
    assert_eq!(error_type(error).as_deref(), Some("503"));

    let (base, _server) = answer("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{".to_owned());
    let reply = http.get(base).send().await.expect("a reply");
    let error = reply.bytes().await.expect_err("cut off");
    assert_eq!(error_type(error).as_deref(), Some("connection"));

    let (base, _server) = answer(String::new());
    let error = http.get(base).send().await.expect_err("hung up");
    assert_eq!(error_type(error).as_deref(), Some("connection"));

    let error = http.get("no url").send().await.expect_err("no URL");
    assert_eq!(error_type(error).as_deref(), Some("invalid_argument"));
}
