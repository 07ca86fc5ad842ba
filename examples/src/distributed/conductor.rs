//! The client: starts the system, asks, waits for the report, and ends the system.

use std::env;
use std::io::Write as _;
use std::time::Duration;

use agent_trace::agent_span;
use tokio::time::timeout;
use tracing::Instrument as _;

use super::process::Process;
use super::queue::{self, Queue};
use super::task::{Question, Report};
use super::{AnyError, Role, http};

const QUESTION: &str = "Is Lisbon worth the train on Friday?";

/// How long a report may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// The URL of another MCP server with the tool `get_weather`, such as one in another language.
const OTHER_TOOLS: &str = "MCP_URL";

pub(super) async fn run() -> Result<(), AnyError> {
    let (queue, _broker) = queue::address().await?;
    let mut processes = Vec::new();
    let tools = match env::var(OTHER_TOOLS) {
        Ok(url) => url,
        Err(_) => start(&mut processes, Role::ToolsHttp, &[]).await?,
    };
    let runtime = start(&mut processes, Role::Runtime, &[&queue, &tools]).await?;
    let gateway = start(&mut processes, Role::Gateway, &[&runtime]).await?;
    let writer = start(&mut processes, Role::Writer, &[&queue]).await?;
    start(&mut processes, Role::Worker, &[&queue, &writer]).await?;

    let queue = Queue::connect(&queue).await?;
    let asked = timeout(PATIENCE, trip_report(&gateway, &queue)).await;
    // The callers first, so that none finds its server gone.
    for process in processes.into_iter().rev() {
        process.stop().await?;
    }
    let report = asked.map_err(|_| format!("no report after {PATIENCE:?}"))??;
    writeln!(std::io::stdout(), "{}\n", report.text)?;
    Ok(())
}

async fn start(
    processes: &mut Vec<Process>,
    role: Role,
    arguments: &[&str],
) -> Result<String, AnyError> {
    let process = Process::start(role, arguments).await?;
    let address = process.address().to_owned();
    processes.push(process);
    Ok(address)
}

/// Asks, and waits for the report.
#[agent_span(operation = "invoke_workflow")]
async fn trip_report(gateway: &str, queue: &Queue) -> Result<Report, AnyError> {
    let question = Question {
        text: QUESTION.to_owned(),
    };
    let request = http::client()?.post(format!("{gateway}/questions"));
    http::accepted(request.json(&question).send().await?).await?;
    let message = queue.receive::<Report>(queue::RESULTS).await?;
    Ok(async { message.body }.instrument(message.span).await)
}
