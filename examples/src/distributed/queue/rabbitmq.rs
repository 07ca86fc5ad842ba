//! RabbitMQ: the context is in the headers of the message's properties.

use std::env;
use std::process;

use agent_trace::propagation::RemoteContext;
use lapin::options::{BasicGetOptions, BasicPublishOptions, QueueDeclareOptions};
use lapin::types::FieldTable;
use lapin::{BasicProperties, Channel, Connection, ConnectionProperties};

use super::super::AnyError;
use super::Broker;

/// The address of queues at `AMQP_URL`; the name of the run stands behind it. The URL itself may hold a password, which is
/// no argument for a command line.
pub(super) const SCHEME: &str = "amqp:";

/// Where the URL stands.
const URL: &str = "AMQP_URL";

/// How often an empty queue is looked into.
const PAUSE: std::time::Duration = std::time::Duration::from_millis(50);

pub(super) fn is_set() -> bool {
    env::var_os(URL).is_some_and(|url| !url.is_empty())
}

/// Queues that no other run has.
pub(super) fn address() -> String {
    format!("{SCHEME}{}", process::id())
}

/// A connection, and the queues of one run.
pub(super) struct RabbitMq {
    run: String,
    channel: Channel,
    /// Kept open.
    _connection: Connection,
}

impl RabbitMq {
    pub(super) async fn connect(run: &str) -> Result<Self, AnyError> {
        let url = env::var(URL).map_err(|error| format!("{URL}: {error}"))?;
        let connection = Connection::connect(&url, ConnectionProperties::default()).await?;
        let channel = connection.create_channel().await?;
        Ok(Self {
            run: run.to_owned(),
            channel,
            _connection: connection,
        })
    }

    /// The queue's name at the broker. Nobody needs it any more a minute after it was last used.
    async fn declare(&self, queue: &str) -> Result<String, AnyError> {
        let name = format!("agent-trace.{}.{queue}", self.run);
        let mut arguments = FieldTable::default();
        arguments.insert("x-expires".into(), 60_000.into());
        let options = QueueDeclareOptions::default();
        let declared = self
            .channel
            .queue_declare(name.as_str().into(), options, arguments);
        declared.await?;
        Ok(name)
    }
}

impl std::fmt::Debug for RabbitMq {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RabbitMq")
            .field("run", &self.run)
            .finish_non_exhaustive()
    }
}

#[async_trait::async_trait]
impl Broker for RabbitMq {
    fn system(&self) -> &'static str {
        "rabbitmq"
    }

    async fn publish(&self, queue: &str, body: Vec<u8>) -> Result<(), AnyError> {
        let mut headers = FieldTable::default();
        agent_trace::inject(&mut headers);
        let name = self.declare(queue).await?;
        let properties = BasicProperties::default().with_headers(headers);
        let options = BasicPublishOptions::default();
        let confirm = self
            .channel
            .basic_publish("".into(), name.as_str().into(), options, &body, properties)
            .await?;
        confirm.await?;
        Ok(())
    }

    async fn next(&self, queue: &str) -> Result<(RemoteContext, Vec<u8>), AnyError> {
        let name = self.declare(queue).await?;
        loop {
            let options = BasicGetOptions { no_ack: true };
            let got = self
                .channel
                .basic_get(name.as_str().into(), options)
                .await?;
            if let Some(message) = got {
                let headers = message.delivery.properties.headers().clone();
                let sender = agent_trace::extract(&headers.unwrap_or_default());
                return Ok((sender, message.delivery.data));
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
}
