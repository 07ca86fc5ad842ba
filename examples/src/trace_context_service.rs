//! An HTTP service that calls other services, each in the trace that it was called in.
//!
//! It is what the W3C's trace-context test harness asks for: `POST /test` takes a JSON array of
//! `{"url": .., "arguments": [..]}` and posts each `arguments` to its `url`. CONTRIBUTING.md says how to run the harness.

use agent_trace::propagation::RemoteContext;
use agent_trace::{agent_span, tool_call};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use reqwest::Client;
use reqwest::header::CONTENT_TYPE;
use serde::Deserialize;
use serde_json::Value;

/// One call to make.
#[derive(Debug, Deserialize)]
struct Call {
    url: String,
    arguments: Value,
}

/// The service.
///
/// # Errors
///
/// When the HTTP client cannot be built.
pub fn router() -> reqwest::Result<Router> {
    // A proxy that the environment names does not lead to our own machine.
    let client = Client::builder().no_proxy().build()?;
    Ok(Router::new().route("/test", post(serve)).with_state(client))
}

async fn serve(
    State(client): State<Client>,
    headers: HeaderMap,
    Json(calls): Json<Vec<Call>>,
) -> StatusCode {
    // On a public endpoint this would be `.trust(TrustMode::Link)`.
    let caller = agent_trace::extract(&headers);
    match relay(&caller, &client, &calls).await {
        Ok(()) => StatusCode::OK,
        Err(_) => StatusCode::BAD_GATEWAY,
    }
}

/// Makes one call after the other.
#[agent_span(parent = caller)]
async fn relay(caller: &RemoteContext, client: &Client, calls: &[Call]) -> reqwest::Result<()> {
    for call in calls {
        post_arguments(client, call).await?;
    }
    Ok(())
}

/// Posts the arguments to their URL.
#[tool_call]
async fn post_arguments(client: &Client, call: &Call) -> reqwest::Result<()> {
    let request = client
        .post(&call.url)
        .header(CONTENT_TYPE, "application/json");
    let mut request = request.body(call.arguments.to_string()).build()?;
    agent_trace::inject_to(&call.url, request.headers_mut());
    client.execute(request).await?.error_for_status()?;
    Ok(())
}
