//! What the tests of telemetry do in a process of their own: its first argument says what.

use std::io::Write as _;
use std::panic::catch_unwind;
use std::process::{ExitCode, exit};
use std::thread;
use std::time::Duration;

use agent_trace::telemetry::{BatchLimits, Builder, LogFormat, Telemetry};

fn main() -> ExitCode {
    let what = std::env::args().nth(1).unwrap_or_default();
    match what.as_str() {
        "text" => work(builder()),
        "json" => work(builder().log_format(LogFormat::Json)),
        "twice" => {
            let _first = builder().install().expect("the first time");
            if let Err(error) = builder().install() {
                say(&error.to_string());
            }
        }
        "wait" => wait(),
        "wait-and-go-on" => {
            let telemetry = builder().install().expect("it starts");
            telemetry.flush_on_signals().expect("it listens");
            tracing::info_span!("work").in_scope(|| ());
            say("ready");
            thread::sleep(Duration::from_secs(60));
        }
        "panic" => {
            let telemetry = builder().install().expect("it starts");
            telemetry.flush_on_panic();
            tracing::info_span!("work").in_scope(|| ());
            let caught =
                catch_unwind(|| tracing::info_span!("fails").in_scope(|| panic!("as it should")));
            // Nothing is shut down: what arrives, arrived by the hook.
            exit(i32::from(caught.is_ok()));
        }
        other => {
            say(&format!("no such thing: {other}"));
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn builder() -> Builder {
    let limits = BatchLimits::default().delay(Duration::from_secs(3_600));
    // Spans of every level, so that those of the HTTP stack below the exporter would be seen.
    Telemetry::builder()
        .service("child")
        .batch(limits)
        .span_filter("trace")
}

/// A line in a span, one outside, and one of DEBUG.
fn work(builder: Builder) {
    let telemetry = builder.install().expect("it starts");
    tracing::info!("outside");
    tracing::info_span!("work", task = 7).in_scope(|| {
        tracing::info!(answer = 42, "inside");
        tracing::debug!("unheard");
    });
    telemetry.shutdown().expect("all of it arrives");
}

/// Until a signal comes.
fn wait() {
    let telemetry = builder().install().expect("it starts");
    telemetry.shutdown_on_signals().expect("it listens");
    for _ in 0..100 {
        tracing::info_span!("work").in_scope(|| ());
    }
    say("ready");
    thread::sleep(Duration::from_secs(60));
}

fn say(line: &str) {
    let mut out = std::io::stdout();
    writeln!(out, "{line}")
        .and_then(|()| out.flush())
        .expect("somebody listens");
}
