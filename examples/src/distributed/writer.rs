//! The second agent: writes the report, and is busy at first.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use agent_trace::{Delegation, Scope, agent_span};
use async_openai::types::chat::ChatCompletionRequestUserMessage;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};

use super::model::Model;
use super::queue::{self, Queue};
use super::task::{HandOff, Report};
use super::{AnyError, http};
use crate::server::{ChatRequest, Reply};

#[derive(Debug)]
struct Writer {
    model: Model,
    queue: Queue,
    warm: AtomicBool,
}

/// Serves `POST /reports`.
pub(super) async fn run(queue: &str) -> Result<(), AnyError> {
    let writer = Writer {
        model: Model::start(|_: &ChatRequest| Reply::text(REPORT)).await?,
        queue: Queue::connect(queue).await?,
        warm: AtomicBool::new(false),
    };
    let routes = Router::new().route("/reports", post(take));
    http::serve(routes.with_state(Arc::new(writer))).await
}

async fn take(
    State(state): State<Arc<Writer>>,
    Json(hand_off): Json<HandOff>,
) -> Result<StatusCode, http::Failed> {
    if !state.warm.swap(true, Ordering::Relaxed) {
        return Ok(StatusCode::SERVICE_UNAVAILABLE);
    }
    let scope = Scope::new().conversation(&hand_off.conversation);
    scope.run_async(writer(&state, hand_off)).await?;
    Ok(StatusCode::OK)
}

/// Writes reports.
#[agent_span]
async fn writer(state: &Writer, hand_off: HandOff) -> Result<(), AnyError> {
    let delegation: Delegation = hand_off.delegation.parse()?;
    let prompt = ChatCompletionRequestUserMessage::from(hand_off.notes);
    let message = state.model.ask(vec![prompt.into()]).await?;
    delegation.report();
    let text = message.content.unwrap_or_default();
    state.queue.send(queue::RESULTS, &Report { text }).await
}

const REPORT: &str = "Take the 9:14 to Lisbon. It rains, so pack an umbrella.";
