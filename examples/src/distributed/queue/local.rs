//! A broker without a service: queues in the memory of the process that starts it, over HTTP.
//!
//! `POST /{queue}` appends a message, `GET /{queue}` takes the first one and waits for it a while. A message that was taken
//! is gone, whatever becomes of it: that will do for an example.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use agent_trace::propagation::RemoteContext;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::super::{AnyError, http};
use super::Broker;

/// How long the broker lets a client wait before it has to ask again.
const LONG_POLL: Duration = Duration::from_millis(500);

/// A message on its way.
#[derive(Debug, Deserialize, Serialize)]
struct Envelope {
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

#[derive(Debug, Default)]
struct Queues {
    messages: Mutex<HashMap<String, VecDeque<Envelope>>>,
    arrived: Notify,
}

impl Queues {
    fn push(&self, queue: String, message: Envelope) {
        let mut messages = self.messages.lock().unwrap_or_else(PoisonError::into_inner);
        messages.entry(queue).or_default().push_back(message);
        drop(messages);
        self.arrived.notify_waiters();
    }

    fn first(&self, queue: &str) -> Option<Envelope> {
        let mut messages = self.messages.lock().unwrap_or_else(PoisonError::into_inner);
        messages.get_mut(queue)?.pop_front()
    }

    async fn pop(&self, queue: &str) -> Envelope {
        loop {
            // Before the look, so that what comes after it wakes us.
            let arrived = self.arrived.notified();
            match self.first(queue) {
                Some(message) => return message,
                None => arrived.await,
            }
        }
    }
}

/// The broker; it stops when this is dropped.
#[derive(Debug)]
pub(crate) struct LocalBroker {
    url: String,
    serving: JoinHandle<()>,
}

impl LocalBroker {
    pub(super) async fn start() -> Result<Self, AnyError> {
        let routes = Router::new()
            .route("/{queue}", post(publish).get(next))
            .with_state(Arc::new(Queues::default()));
        let (listener, url) = http::bind().await?;
        let serving = tokio::spawn(async move { _ = axum::serve(listener, routes).await });
        Ok(Self { url, serving })
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for LocalBroker {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn publish(
    State(queues): State<Arc<Queues>>,
    Path(queue): Path<String>,
    Json(message): Json<Envelope>,
) -> StatusCode {
    queues.push(queue, message);
    StatusCode::ACCEPTED
}

async fn next(
    State(queues): State<Arc<Queues>>,
    Path(queue): Path<String>,
) -> Result<Json<Envelope>, StatusCode> {
    match timeout(LONG_POLL, queues.pop(&queue)).await {
        Ok(message) => Ok(Json(message)),
        Err(_) => Err(StatusCode::NO_CONTENT),
    }
}

/// A process's way to it.
#[derive(Debug)]
pub(super) struct LocalClient {
    url: String,
    http: reqwest::Client,
}

impl LocalClient {
    pub(super) fn new(url: &str) -> Result<Self, AnyError> {
        let (url, http) = (url.to_owned(), http::plain_client()?);
        Ok(Self { url, http })
    }
}

#[async_trait::async_trait]
impl Broker for LocalClient {
    fn system(&self) -> &'static str {
        "local"
    }

    async fn publish(&self, queue: &str, body: Vec<u8>) -> Result<(), AnyError> {
        let mut headers = BTreeMap::new();
        agent_trace::inject(&mut headers);
        let message = Envelope { headers, body };
        let request = self.http.post(format!("{}/{queue}", self.url));
        request.json(&message).send().await?.error_for_status()?;
        Ok(())
    }

    async fn next(&self, queue: &str) -> Result<(RemoteContext, Vec<u8>), AnyError> {
        loop {
            let request = self.http.get(format!("{}/{queue}", self.url));
            let reply = request.send().await?.error_for_status()?;
            if reply.status() == StatusCode::OK {
                let message: Envelope = reply.json().await?;
                return Ok((agent_trace::extract(&message.headers), message.body));
            }
        }
    }
}
