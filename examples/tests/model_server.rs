//! The stand-in for a model, seen by a client that does not know it is one.

use std::time::Duration;

use async_openai::Client;
use async_openai::config::OpenAIConfig;
use async_openai::error::OpenAIError;
use async_openai::types::chat::{
    ChatCompletionMessageToolCalls, ChatCompletionRequestUserMessage, ChatCompletionStreamOptions,
    CreateChatCompletionRequest, CreateChatCompletionStreamResponse, FinishReason,
};
use async_openai::types::embeddings::{CreateEmbeddingRequest, EmbeddingInput};
use examples::research_desk::client;
use examples::server::{ChatRequest, ModelServer, Pace, Reply, Script};
use futures_util::TryStreamExt as _;
use serde_json::json;

async fn serve(script: impl Script) -> (ModelServer, Client<OpenAIConfig>) {
    let server = ModelServer::start_at(script, Pace::IMMEDIATE)
        .await
        .unwrap();
    let client = connect(&server, "key");
    (server, client)
}

fn connect(server: &ModelServer, key: &str) -> Client<OpenAIConfig> {
    let config = OpenAIConfig::new()
        .with_api_base(server.base_url())
        .with_api_key(key);
    client(
        config,
        reqwest::Client::builder().no_proxy().build().unwrap(),
    )
}

fn question(text: &str) -> CreateChatCompletionRequest {
    CreateChatCompletionRequest {
        model: "gpt-4o-mini".to_owned(),
        messages: vec![ChatCompletionRequestUserMessage::from(text).into()],
        ..CreateChatCompletionRequest::default()
    }
}

async fn streamed(
    client: &Client<OpenAIConfig>,
    include_usage: bool,
) -> Vec<CreateChatCompletionStreamResponse> {
    let mut request = question("Hello?");
    request.stream_options = Some(ChatCompletionStreamOptions {
        include_usage: Some(include_usage),
        include_obfuscation: None,
    });
    client
        .chat()
        .create_stream(request)
        .await
        .unwrap()
        .try_collect()
        .await
        .unwrap()
}

#[tokio::test]
async fn a_reply_says_what_the_script_says() {
    let (_server, client) =
        serve(|request: &ChatRequest| Reply::text(format!("You said {}", request.last("user"))))
            .await;
    let reply = client.chat().create(question("ping")).await.unwrap();

    assert_eq!(
        reply.choices[0].message.content.as_deref(),
        Some("You said ping")
    );
    assert_eq!(reply.choices[0].finish_reason, Some(FinishReason::Stop));
    assert_eq!(reply.model, "gpt-4o-mini-2026-08-06");
    let usage = reply.usage.unwrap();
    assert_eq!(
        (
            usage.prompt_tokens,
            usage.completion_tokens,
            usage.total_tokens
        ),
        (5, 4, 9)
    );
}

#[tokio::test]
async fn a_stream_adds_up_to_the_reply_and_ends_with_usage() {
    let text = "One two three four five six seven eight nine.";
    let (_server, client) = serve(move |_: &ChatRequest| Reply::text(text)).await;
    let chunks = streamed(&client, true).await;

    let joined: String = chunks
        .iter()
        .flat_map(|chunk| &chunk.choices)
        .filter_map(|choice| choice.delta.content.as_deref())
        .collect();
    assert_eq!(joined, text);
    let reasons: Vec<_> = chunks
        .iter()
        .flat_map(|chunk| &chunk.choices)
        .filter_map(|c| c.finish_reason)
        .collect();
    assert_eq!(reasons, [FinishReason::Stop]);
    let (last, before) = chunks.split_last().unwrap();
    assert!(last.choices.is_empty());
    assert_eq!(last.usage.as_ref().unwrap().completion_tokens, 12);
    assert!(before.iter().all(|chunk| chunk.usage.is_none()));
}

#[tokio::test]
async fn a_stream_has_no_usage_unless_asked() {
    let (_server, client) = serve(|_: &ChatRequest| Reply::text("Hello.")).await;
    let chunks = streamed(&client, false).await;
    assert!(
        chunks
            .iter()
            .all(|chunk| chunk.usage.is_none() && !chunk.choices.is_empty())
    );
}

#[tokio::test]
async fn tool_calls_arrive_whole_and_in_pieces() {
    let arguments = json!({ "query": "bees and trees and hedges and fields" });
    let expected = arguments.to_string();
    let (_server, client) =
        serve(move |_: &ChatRequest| Reply::tools([("search", arguments.clone())])).await;

    let reply = client.chat().create(question("Hello?")).await.unwrap();
    assert_eq!(
        reply.choices[0].finish_reason,
        Some(FinishReason::ToolCalls)
    );
    let calls = reply.choices[0].message.tool_calls.as_deref().unwrap();
    let [ChatCompletionMessageToolCalls::Function(call)] = calls else {
        panic!("{calls:?}")
    };
    assert_eq!(
        (call.id.as_str(), call.function.name.as_str()),
        ("call_000100", "search")
    );
    assert_eq!(call.function.arguments, expected);

    let chunks = streamed(&client, true).await;
    let deltas: Vec<_> = chunks
        .iter()
        .flat_map(|chunk| &chunk.choices)
        .flat_map(|choice| choice.delta.tool_calls.iter().flatten())
        .collect();
    assert!(
        deltas.len() > 2,
        "the arguments come in more than one piece"
    );
    assert_eq!(deltas[0].id.as_deref(), Some("call_000200"));
    let joined: String = deltas
        .iter()
        .filter_map(|delta| delta.function.as_ref()?.arguments.as_deref())
        .collect();
    assert_eq!(joined, expected);
}

#[tokio::test]
async fn a_rate_limit_is_told_to_the_client() {
    let (_server, client) =
        serve(|_: &ChatRequest| Reply::RateLimited(Duration::from_millis(1500))).await;
    let error = client.chat().create(question("Hello?")).await.unwrap_err();
    let OpenAIError::ApiError(reply) = error else {
        panic!("{error:?}")
    };
    assert_eq!(reply.status_code.as_u16(), 429);
    assert_eq!(reply.api_error.code.as_deref(), Some("rate_limit_exceeded"));
}

#[tokio::test]
async fn a_rate_limit_says_when_to_come_back() {
    let (server, _client) =
        serve(|_: &ChatRequest| Reply::RateLimited(Duration::from_millis(1500))).await;
    let reply = reqwest::Client::builder()
        .no_proxy()
        .build()
        .unwrap()
        .post(format!("{}/chat/completions", server.base_url()))
        .bearer_auth("key")
        .body(serde_json::to_vec(&question("Hello?")).unwrap())
        .send()
        .await
        .unwrap();
    assert_eq!(reply.headers()["retry-after"], "2");
    assert_eq!(reply.headers()["retry-after-ms"], "1500");
}

#[tokio::test]
async fn bad_requests_are_refused() {
    let (server, client) = serve(|_: &ChatRequest| Reply::text("Hello.")).await;
    let status = |error| match error {
        OpenAIError::ApiError(reply) => (reply.status_code.as_u16(), reply.api_error.code),
        other => panic!("{other:?}"),
    };

    let empty = CreateChatCompletionRequest {
        messages: Vec::new(),
        ..question("")
    };
    assert_eq!(
        status(client.chat().create(empty).await.unwrap_err()),
        (400, None)
    );

    let anonymous = connect(&server, "")
        .chat()
        .create(question("Hello?"))
        .await
        .unwrap_err();
    assert_eq!(status(anonymous), (401, Some("invalid_api_key".to_owned())));
}

#[tokio::test]
async fn texts_with_words_in_common_have_vectors_near_each_other() {
    let (_server, client) = serve(|_: &ChatRequest| Reply::text("Hello.")).await;
    let texts = [
        "bees nest in hedges",
        "where bees have their nest",
        "a tax on imported steel",
    ];
    let reply = client
        .embeddings()
        .create(CreateEmbeddingRequest {
            model: "text-embedding-3-small".to_owned(),
            input: EmbeddingInput::StringArray(texts.map(str::to_owned).to_vec()),
            dimensions: Some(64),
            ..CreateEmbeddingRequest::default()
        })
        .await
        .unwrap();

    let vectors: Vec<&[f32]> = reply
        .data
        .iter()
        .map(|data| data.embedding.as_slice())
        .collect();
    let likeness = |a: usize, b: usize| {
        vectors[a]
            .iter()
            .zip(vectors[b])
            .map(|(a, b)| a * b)
            .sum::<f32>()
    };
    assert_eq!(vectors[0].len(), 64);
    assert!((likeness(0, 0) - 1.0).abs() < 1e-4);
    assert!(likeness(0, 1) > likeness(0, 2));
    assert!(reply.usage.prompt_tokens > 0);
}
