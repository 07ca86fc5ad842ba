use std::io::Read as _;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::{Router, post};
use flate2::read::GzDecoder;
use prost::Message;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::answer::{Answer, Desk};
use super::grpc;
use super::payload::Payload;

/// The three paths.
pub(super) fn router(desk: Arc<Desk>) -> Router {
    Router::new()
        .route("/v1/traces", post(traces))
        .route("/v1/metrics", post(metrics))
        .route("/v1/logs", post(logs))
        // The desk has a limit of its own, and counts what is above it.
        .layer(DefaultBodyLimit::disable())
        .with_state(desk)
}

async fn traces(desk: State<Arc<Desk>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    answer(&desk, &uri, &headers, &body, Payload::Traces, grpc::traces).await
}

async fn metrics(desk: State<Arc<Desk>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    answer(
        &desk,
        &uri,
        &headers,
        &body,
        Payload::Metrics,
        grpc::metrics,
    )
    .await
}

async fn logs(desk: State<Arc<Desk>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    answer(&desk, &uri, &headers, &body, Payload::Logs, grpc::logs).await
}

async fn answer<T, A>(
    desk: &Desk,
    uri: &Uri,
    headers: &HeaderMap,
    body: &[u8],
    payload: fn(T) -> Payload,
    taken: fn(u64) -> A,
) -> Response
where
    T: Message + Default + DeserializeOwned,
    A: Message + Serialize,
{
    let is_json = headers
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind == "application/json");
    let Some(unpacked) = unpack(headers, body) else {
        return (StatusCode::BAD_REQUEST, "not gzip").into_response();
    };
    if !desk.weigh(body.len(), unpacked.len()) {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    let request = if is_json {
        serde_json::from_slice(&unpacked).ok()
    } else {
        T::decode(&*unpacked).ok()
    };
    let Some(request) = request else {
        return (StatusCode::BAD_REQUEST, "not OTLP").into_response();
    };
    match desk.ask(payload(request), uri.path(), pairs(headers)).await {
        Answer::Taken { refused } if is_json => axum::Json(taken(refused)).into_response(),
        Answer::Taken { refused } => {
            let kind = [(CONTENT_TYPE, "application/x-protobuf")];
            (kind, taken(refused).encode_to_vec()).into_response()
        }
        Answer::Refused {
            status,
            retry_after,
        } => {
            let status = StatusCode::from_u16(status).expect("tests write statuses that exist");
            let after = retry_after.map(|after| [(RETRY_AFTER, after.as_secs().to_string())]);
            match after {
                Some(after) => (status, after).into_response(),
                None => status.into_response(),
            }
        }
    }
}

fn unpack(headers: &HeaderMap, body: &[u8]) -> Option<Vec<u8>> {
    if headers
        .get(CONTENT_ENCODING)
        .is_some_and(|encoding| encoding == "gzip")
    {
        let mut unpacked = Vec::new();
        GzDecoder::new(body).read_to_end(&mut unpacked).ok()?;
        Some(unpacked)
    } else {
        Some(body.to_vec())
    }
}

/// Headers as text.
pub(super) fn pairs(headers: &HeaderMap) -> Vec<(String, String)> {
    let text =
        |value: &axum::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    headers
        .iter()
        .map(|(name, value)| (name.to_string(), text(value)))
        .collect()
}
