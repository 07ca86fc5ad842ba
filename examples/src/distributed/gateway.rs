//! The gateway: knows who asks, and passes the question on to the agents.

use std::sync::Arc;

use agent_trace::propagation::{Egress, Propagator, set_propagator};
use agent_trace::semconv::attribute::AGENT_TRACE_TENANT_ID;
use agent_trace::{Scope, agent_span};
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use reqwest_middleware::ClientWithMiddleware;

use super::task::{Question, Task};
use super::{AnyError, http};

#[derive(Debug)]
struct Gateway {
    http: ClientWithMiddleware,
    runtime: String,
}

/// Serves `POST /questions`; `runtime` is where the agents are.
pub(super) async fn run(runtime: &str) -> Result<(), AnyError> {
    // What a scope lets leave goes to our own machines only.
    let egress = Egress::default().host("127.0.0.1");
    set_propagator(Propagator::from_env().egress(egress))?;

    let gateway = Gateway {
        http: http::client()?,
        runtime: runtime.to_owned(),
    };
    let routes = Router::new().route("/questions", post(ask));
    http::serve(routes.with_state(Arc::new(gateway))).await
}

async fn ask(
    State(gateway): State<Arc<Gateway>>,
    Json(question): Json<Question>,
) -> Result<StatusCode, http::Failed> {
    let task = Task {
        conversation: "trip-17".to_owned(),
        question: question.text,
    };
    // As a login would tell it. The tenant alone may leave.
    let scope = Scope::new()
        .conversation(&task.conversation)
        .session("s-4")
        .user("u-1")
        .tenant("acme")
        .propagate([AGENT_TRACE_TENANT_ID]);
    scope.run_async(coordinator(&gateway, &task)).await?;
    Ok(StatusCode::ACCEPTED)
}

/// The agent that runs in the other process.
#[agent_span(remote, provider = "travel_desk", server = gateway.runtime)]
async fn coordinator(gateway: &Gateway, task: &Task) -> Result<(), AnyError> {
    let url = format!("{}/tasks", gateway.runtime);
    let reply = gateway.http.post(url).json(task).send().await?;
    http::accepted(reply).await
}
