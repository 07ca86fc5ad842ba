//! Queues between the processes: a span for whoever sends, one for whoever takes, and the context in the message.

mod local;
#[cfg(feature = "rabbitmq")]
mod rabbitmq;

use std::fmt;
use std::sync::Arc;

use agent_trace::Scope;
use agent_trace::propagation::RemoteContext;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tracing::{Instrument as _, Span, info_span};

pub(super) use self::local::LocalBroker;
use super::AnyError;

/// Work for the worker.
pub(super) const TASKS: &str = "tasks";
/// What came of it.
pub(super) const RESULTS: &str = "results";

/// What the messages go through.
#[async_trait::async_trait]
trait Broker: fmt::Debug + Send + Sync {
    /// `messaging.system`.
    fn system(&self) -> &'static str;

    /// Sends a message with the current span's context in its headers.
    async fn publish(&self, queue: &str, body: Vec<u8>) -> Result<(), AnyError>;

    /// Takes the next message: who sent it, and what it says.
    async fn next(&self, queue: &str) -> Result<(RemoteContext, Vec<u8>), AnyError>;
}

/// The way to all queues.
#[derive(Clone, Debug)]
pub(super) struct Queue {
    broker: Arc<dyn Broker>,
}

/// A message, and the span in which it is to be dealt with.
#[derive(Debug)]
pub(super) struct Message<T> {
    pub(super) body: T,
    /// Of kind CONSUMER, beneath the sender's.
    pub(super) span: Span,
    /// What the sender said of itself in baggage.
    pub(super) scope: Scope,
}

impl Queue {
    /// To the broker at this URL; `amqp:` with the name of a run behind it is the RabbitMQ at `AMQP_URL`.
    pub(super) async fn connect(broker: &str) -> Result<Self, AnyError> {
        #[cfg(feature = "rabbitmq")]
        if let Some(run) = broker.strip_prefix(rabbitmq::SCHEME) {
            let broker = Arc::new(rabbitmq::RabbitMq::connect(run).await?);
            return Ok(Self { broker });
        }
        let broker = Arc::new(local::LocalClient::new(broker)?);
        Ok(Self { broker })
    }

    /// Sends a message.
    pub(super) async fn send(&self, queue: &str, body: &impl Serialize) -> Result<(), AnyError> {
        let span = info_span!(
            "send",
            otel.name = format!("send {queue}"),
            otel.kind = "producer",
            messaging.system = self.broker.system(),
            messaging.operation.name = "send",
            messaging.operation.type = "send",
            messaging.destination.name = queue,
        );
        let body = serde_json::to_vec(body)?;
        self.broker.publish(queue, body).instrument(span).await
    }

    /// Waits for a message.
    pub(super) async fn receive<T: DeserializeOwned>(
        &self,
        queue: &str,
    ) -> Result<Message<T>, AnyError> {
        let (sender, body) = self.broker.next(queue).await?;
        let span = info_span!(
            "process",
            otel.name = format!("process {queue}"),
            otel.kind = "consumer",
            messaging.system = self.broker.system(),
            messaging.operation.name = "process",
            messaging.operation.type = "process",
            messaging.destination.name = queue,
        );
        sender.apply_to(&span);
        Ok(Message {
            body: serde_json::from_slice(&body)?,
            span,
            scope: sender.scope(),
        })
    }
}

/// Where the processes of one run find their queues: here, unless there is a RabbitMQ.
pub(super) async fn address() -> Result<(String, Option<LocalBroker>), AnyError> {
    #[cfg(feature = "rabbitmq")]
    if rabbitmq::is_set() {
        return Ok((rabbitmq::address(), None));
    }
    let broker = LocalBroker::start().await?;
    Ok((broker.url().to_owned(), Some(broker)))
}
