//! The agent runtime: an agent that gathers what is needed with tools, and hands the rest to another one.

use std::sync::Arc;
use std::time::Duration;

use agent_trace::rmcp::TracedPeer;
use agent_trace::{Delegation, Scope, agent_span, detached, tool_call};
use async_openai::types::chat::{
    ChatCompletionMessageToolCalls, ChatCompletionRequestAssistantMessage,
    ChatCompletionRequestAssistantMessageContent, ChatCompletionRequestMessage,
    ChatCompletionRequestToolMessage, ChatCompletionRequestUserMessage,
    ChatCompletionResponseMessage,
};
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use rmcp::model::JsonObject;
use rmcp::service::ServiceError;
use serde_json::json;
use tokio::sync::Mutex;
use tokio::task::JoinSet;

use super::model::Model;
use super::queue::{self, Queue};
use super::sessions::{Sessions, call_tool};
use super::task::{HandOff, Task};
use super::{AnyError, http};
use crate::server::{ChatRequest, Reply};

#[derive(Debug)]
struct Runtime {
    model: Model,
    /// Where the tool server is that is no child.
    tools: String,
    queue: Queue,
    /// What nobody waits for, until the process ends.
    background: Mutex<JoinSet<()>>,
}

/// Serves `POST /tasks`, with a tool server as a child and another one at the URL `tools`.
pub(super) async fn run(queue: &str, tools: &str) -> Result<(), AnyError> {
    let runtime = Arc::new(Runtime {
        model: Model::start(script).await?,
        tools: tools.to_owned(),
        queue: Queue::connect(queue).await?,
        background: Mutex::default(),
    });
    let routes = Router::new().route("/tasks", post(take));
    let served = http::serve(routes.with_state(Arc::clone(&runtime))).await;

    let mut background = runtime.background.lock().await;
    while background.join_next().await.is_some() {}
    served
}

async fn take(
    State(runtime): State<Arc<Runtime>>,
    Json(task): Json<Task>,
) -> Result<StatusCode, http::Failed> {
    let scope = Scope::new().conversation(&task.conversation);
    scope.run_async(coordinator(&runtime, &task)).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Gathers what a traveller wants to know.
#[agent_span]
async fn coordinator(runtime: &Runtime, task: &Task) -> Result<(), AnyError> {
    let sessions = Sessions::open(&runtime.tools).await?;
    let mut messages: Vec<ChatCompletionRequestMessage> =
        vec![ChatCompletionRequestUserMessage::from(task.question.as_str()).into()];
    let mut reply = runtime.model.ask(messages.clone()).await?;
    while let Some(calls) = reply.tool_calls.clone() {
        messages.push(said(reply));
        for call in &calls {
            messages.push(answer(&sessions, call).await?);
        }
        reply = runtime.model.ask(messages.clone()).await?;
    }
    sessions.close().await?;

    // Nobody waits for this: it is a trace of its own, linked to the agent that set it off.
    runtime.background.lock().await.spawn(detached(archivist()));

    let delegation = Delegation::announce("trip_report").award();
    let hand_off = HandOff {
        delegation: delegation.to_string(),
        conversation: task.conversation.clone(),
        notes: reply.content.unwrap_or_default(),
    };
    runtime.queue.send(queue::TASKS, &hand_off).await
}

/// Files what was asked, when there is time for it.
#[agent_span]
async fn archivist() {
    tokio::time::sleep(Duration::from_millis(20)).await;
}

/// Does what one tool call asks for.
async fn answer(
    sessions: &Sessions,
    call: &ChatCompletionMessageToolCalls,
) -> Result<ChatCompletionRequestMessage, AnyError> {
    let ChatCompletionMessageToolCalls::Function(call) = call else {
        return Err("the model asks for a tool that is no function".into());
    };
    let arguments = serde_json::from_str(&call.function.arguments)?;
    let content = match call.function.name.as_str() {
        "find_trains" => find_trains(&sessions.over_stdio(), &call.id, arguments).await?,
        "get_weather" => get_weather(&sessions.over_http(), &call.id, arguments).await?,
        other => return Err(format!("there is no tool {other:?}").into()),
    };
    let tool_call_id = call.id.clone();
    let content = content.into();
    Ok(ChatCompletionRequestToolMessage {
        content,
        tool_call_id,
    }
    .into())
}

/// Looks up trains to a city.
#[tool_call(call_id = call_id)]
async fn find_trains(
    server: &TracedPeer,
    call_id: &str,
    arguments: JsonObject,
) -> Result<String, ServiceError> {
    call_tool(server, "find_trains", arguments).await
}

/// Looks up the weather of a city.
#[tool_call(call_id = call_id)]
async fn get_weather(
    server: &TracedPeer,
    call_id: &str,
    arguments: JsonObject,
) -> Result<String, ServiceError> {
    call_tool(server, "get_weather", arguments).await
}

/// The model's own message, as the conversation goes on from it.
fn said(message: ChatCompletionResponseMessage) -> ChatCompletionRequestMessage {
    ChatCompletionRequestAssistantMessage {
        content: message
            .content
            .map(ChatCompletionRequestAssistantMessageContent::Text),
        tool_calls: message.tool_calls,
        ..ChatCompletionRequestAssistantMessage::default()
    }
    .into()
}

/// What the model says: first it asks for both tools, then it sums up.
fn script(request: &ChatRequest) -> Reply {
    match request.turns() {
        0 => Reply::tools([
            ("find_trains", json!({ "city": "Lisbon" })),
            ("get_weather", json!({ "city": "Lisbon" })),
        ]),
        _ => Reply::text("Trains leave for Lisbon in the morning; take an umbrella."),
    }
}
