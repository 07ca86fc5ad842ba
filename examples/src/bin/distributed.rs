//! Seven processes, one trace: `cargo run -p examples --bin distributed`.
//!
//! Without an argument this is the conductor, which starts the others; with one it is the process of that
//! [role](examples::distributed::Role). Each writes its spans to `target/agent-trace/distributed/{service}.jsonl`.
//!
//! With the feature `rabbitmq`, `AMQP_URL` names a RabbitMQ to take the queues from. `MCP_URL` names another MCP server
//! that has the tool `get_weather`, to be used in the place of our own over HTTP.

use std::env;
use std::error::Error;
use std::fs;
use std::io::Write as _;
use std::process::ExitCode;

use examples::distributed::{Role, TRACES, run};
use tokio::runtime::Runtime;

fn main() -> ExitCode {
    match start() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody is left to tell when standard error is gone too.
            let _ = writeln!(std::io::stderr(), "distributed: {error}");
            ExitCode::FAILURE
        }
    }
}

fn start() -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut arguments = env::args().skip(1);
    let role = match arguments.next() {
        Some(name) => name.parse()?,
        None => {
            // What an earlier run left must not be taken for this one's.
            let _ = fs::remove_dir_all(TRACES);
            Role::Client
        }
    };
    let arguments: Vec<String> = arguments.collect();
    let runtime = Runtime::new()?;
    let done = runtime.block_on(run(role, &arguments));
    // A thread may still read from standard input.
    runtime.shutdown_background();
    done
}
