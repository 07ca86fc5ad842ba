//! One question, answered by seven processes, in one trace.
//!
//! ```text
//! client ──HTTP──▶ gateway ──HTTP──▶ runtime ──MCP over stdio──▶ tools-stdio
//!    ▲                                  │ └─────MCP over HTTP───▶ tools-http
//!    │                                  └──queue──▶ worker ──HTTP──▶ writer
//!    └───────────────────────────queue──────────────────────────────────┘
//! ```
//!
//! Each process has a service name and a file of its own. The conductor starts the others from its own executable, is
//! the client, and shows all files as one tree. What context travels with is in `http` (headers), `queue` (headers of
//! messages) and, for MCP, in the handles that `sessions` and `tools` wrap what they have in.

mod conductor;
mod gateway;
mod http;
mod merged;
mod model;
mod process;
mod queue;
mod role;
mod runtime;
mod sessions;
mod task;
mod tools;
mod worker;
mod writer;

use std::error::Error;
use std::path::{Path, PathBuf};

use agent_trace::exporter::FileExporter;
use agent_trace::telemetry::Telemetry;

pub use self::role::{Role, UnknownRole};

/// Where each process leaves its spans, in a file that has its service's name.
pub const TRACES: &str = "target/agent-trace/distributed";

/// What goes wrong in a process ends the process, and its text is all that is told of it.
type AnyError = Box<dyn Error + Send + Sync>;

/// Runs one process of the system; `arguments` are where it finds the others.
///
/// # Errors
///
/// What ended the process early.
pub async fn run(role: Role, arguments: &[String]) -> Result<(), AnyError> {
    let telemetry = Telemetry::builder()
        .service(role.service())
        .exporter("file", FileExporter::create(file(role))?)
        // Spans of this package, and of calls that `agent_trace` follows for it: the HTTP stack below has its own, and
        // they are many.
        .span_filter("examples=info,agent_trace=info")
        .log_filter("off")
        // Says of each span whose it is.
        .code_attributes(true)
        .install()?;
    let mut arguments = arguments.iter().map(String::as_str);
    let mut next = |what: &str| {
        let missing = || format!("{role}: the argument <{what}> is missing");
        arguments.next().ok_or_else(missing)
    };
    let done = match role {
        Role::Client => conductor::run().await,
        Role::Gateway => gateway::run(next("runtime")?).await,
        Role::Runtime => runtime::run(next("queue")?, next("tools")?).await,
        Role::ToolsStdio => tools::run_stdio().await,
        Role::ToolsHttp => tools::run_http().await,
        Role::Worker => worker::run(next("queue")?, next("writer")?).await,
        Role::Writer => writer::run(next("queue")?).await,
    };
    telemetry.shutdown()?;
    done?;
    if role == Role::Client {
        merged::show(&Role::ALL.map(file)).await?;
    }
    Ok(())
}

fn file(role: Role) -> PathBuf {
    Path::new(TRACES).join(format!("{}.jsonl", role.service()))
}
