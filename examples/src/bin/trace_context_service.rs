//! Serves [`examples::trace_context_service`] on `http://127.0.0.1:5050/test`, or on the port that the first argument or
//! `PORT` names; 0 is any that is free. Ctrl-C ends it.
//!
//! Its spans go to `target/agent-trace/trace_context_service.jsonl`, and as trees to standard error.

use std::env;
use std::error::Error;
use std::io::Write as _;

use agent_trace::exporter::FileExporter;
use agent_trace::telemetry::Telemetry;
use examples::trace_context_service::router;
use tokio::net::TcpListener;

const TRACE: &str = "target/agent-trace/trace_context_service.jsonl";
const PORT: u16 = 5050;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let port = env::args().nth(1).or_else(|| env::var("PORT").ok());
    let port = port.map_or(Ok(PORT), |port| port.parse())?;

    let telemetry = Telemetry::builder()
        .service("trace_context_service")
        .tree()
        .exporter("file", FileExporter::create(TRACE)?)
        .span_filter("examples=info")
        .log_filter("off")
        .install()?;

    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    let address = listener.local_addr()?;
    writeln!(std::io::stdout(), "http://{address}/test")?;
    axum::serve(listener, router()?)
        .with_graceful_shutdown(async { _ = tokio::signal::ctrl_c().await })
        .await?;
    telemetry.shutdown()?;
    Ok(())
}
