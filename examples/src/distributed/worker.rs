//! The worker: takes tasks from the queue, and has the second agent write them up.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use agent_trace::{Delegation, agent_span, attempts};
use axum::http::StatusCode;
use reqwest_middleware::ClientWithMiddleware;
use tracing::Instrument as _;

use super::queue::{self, Queue};
use super::task::HandOff;
use super::{AnyError, http, process};

/// How often the writer is asked.
const ATTEMPTS: usize = 3;

/// Works until the parent ends this process; `writer` is where the second agent is.
pub(super) async fn run(queue: &str, writer: &str) -> Result<(), AnyError> {
    let queue = Queue::connect(queue).await?;
    let http = http::client()?;
    process::ready("at work")?;
    // In one piece: whoever reads from standard input twice loses what the first one read.
    let dismissed = process::dismissed();
    tokio::pin!(dismissed);
    loop {
        let message = tokio::select! {
            message = queue.receive::<HandOff>(queue::TASKS) => message?,
            () = &mut dismissed => return Ok(()),
        };
        // What was taken is seen to its end.
        let hand_off = message.body;
        let scope = message.scope.conversation(&hand_off.conversation);
        let edited = scope.run_async(editor(&http, writer, hand_off));
        edited.instrument(message.span).await?;
    }
}

/// Puts notes in order and sees to it that they are written up.
#[agent_span]
async fn editor(
    http: &ClientWithMiddleware,
    server: &str,
    mut hand_off: HandOff,
) -> Result<(), AnyError> {
    let delegation: Delegation = hand_off.delegation.parse()?;
    hand_off.delegation = delegation.execute().to_string();
    attempts(async {
        for _ in 1..ATTEMPTS {
            match writer(http, server, &hand_off).await {
                Err(WriterError::Busy) => tokio::time::sleep(Duration::from_millis(20)).await,
                done => return done,
            }
        }
        writer(http, server, &hand_off).await
    })
    .await?;
    Ok(())
}

/// The agent that runs in the other process.
#[agent_span(remote, provider = "travel_desk", server = server)]
async fn writer(
    http: &ClientWithMiddleware,
    server: &str,
    hand_off: &HandOff,
) -> Result<(), WriterError> {
    let request = http.post(format!("{server}/reports")).json(hand_off);
    let reply = request
        .send()
        .await
        .map_err(|error| WriterError::Failed(error.into()))?;
    if reply.status() == StatusCode::SERVICE_UNAVAILABLE {
        return Err(WriterError::Busy);
    }
    http::accepted(reply).await.map_err(WriterError::Failed)
}

/// Why the writer did not write.
#[derive(Debug)]
enum WriterError {
    /// It asks to be asked again.
    Busy,
    Failed(AnyError),
}

impl fmt::Display for WriterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Busy => f.write_str("the writer is busy"),
            Self::Failed(error) => write!(f, "the writer failed: {error}"),
        }
    }
}

impl Error for WriterError {}
