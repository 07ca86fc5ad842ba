//! Answers a question with a team of agents and shows the trace of it.
//!
//! `cargo run -p examples` needs nothing else: the models are played by a small server that the program starts for
//! itself. With `OPENAI_API_KEY` (and `OPENAI_BASE_URL` for another server than OpenAI's) real ones answer;
//! `OPENAI_MODEL` and `OPENAI_EMBEDDING_MODEL` name them. A question of your own goes on the command line.
//!
//! The trace is printed to standard error and written to `target/agent-trace/research_desk.jsonl`. With
//! `OTEL_EXPORTER_OTLP_ENDPOINT` it is sent there as well; the other `OTEL_*` variables do what they say.

use std::env;
use std::error::Error;
use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use agent_trace::exporter::FileExporter;
use agent_trace::telemetry::Telemetry;
use async_openai::config::OpenAIConfig;
use examples::research_desk::{Desk, ModelNames, Report, Script, client, research_desk};
use examples::server::ModelServer;

const TRACE: &str = "target/agent-trace/research_desk.jsonl";
const QUESTION: &str = "Why does an orchard need bees?";

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let mut message = format!("research_desk: {error}");
            let mut cause = error.source();
            while let Some(inner) = cause {
                message.push_str(&format!(": {inner}"));
                cause = inner.source();
            }
            // Nobody is left to tell when standard error is gone too.
            let _ = writeln!(std::io::stderr(), "{message}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let telemetry = Telemetry::builder()
        .service("research_desk")
        .tree()
        // A new file for each run.
        .exporter("file", FileExporter::create(TRACE)?)
        // Spans of this package only: the HTTP stack below the client has its own, and they are many.
        .span_filter("examples=info")
        .log_filter("off")
        .install()?;

    let report = answer().await;
    // The trace matters most when there is no report: end the pipeline first.
    if let Err(lost) = telemetry.shutdown() {
        writeln!(std::io::stderr(), "research_desk: telemetry: {lost}")?;
    }

    let report = report?;
    writeln!(std::io::stdout(), "{report}\n\nThe trace is in {TRACE}.")?;
    Ok(())
}

/// Puts the question to the desk, with the models that the environment names or else our own server.
async fn answer() -> Result<Report, Box<dyn Error>> {
    let question = env::args().nth(1).unwrap_or_else(|| QUESTION.to_owned());
    let set = |name| env::var(name).ok().filter(|value| !value.is_empty());

    let remote = set("OPENAI_BASE_URL").is_some() || set("OPENAI_API_KEY").is_some();
    let (client, _server) = if remote {
        (client(OpenAIConfig::new(), reqwest::Client::new()), None)
    } else {
        let server = ModelServer::start(Script::default()).await?;
        let config = OpenAIConfig::new()
            .with_api_base(server.base_url())
            .with_api_key("none-needed");
        // A proxy that the environment names does not lead to our own machine.
        (
            client(config, reqwest::Client::builder().no_proxy().build()?),
            Some(server),
        )
    };
    let models = ModelNames {
        chat: set("OPENAI_MODEL").unwrap_or_else(|| "gpt-4o-mini".to_owned()),
        embedding: set("OPENAI_EMBEDDING_MODEL")
            .unwrap_or_else(|| "text-embedding-3-small".to_owned()),
    };
    let conversation = format!(
        "desk-{}",
        SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs()
    );

    let desk = Desk::new(client, models, conversation);
    Ok(research_desk(Arc::new(desk), &question).await?)
}
