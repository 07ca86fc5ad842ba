//! What the pipeline says of itself: one warning per exporter and reason a minute, as events of target
//! `agent_trace::telemetry` that belong to no span.

use std::time::{Duration, Instant};

use super::FlushError;
use super::batch::Queue;
use super::stats::Dropped;

const INTERVAL: Duration = Duration::from_secs(60);

/// What was said of one exporter.
#[derive(Debug)]
pub(crate) struct Warnings {
    exporter: String,
    told: [(u64, Option<Instant>); 5],
}

impl Warnings {
    pub(crate) fn new(exporter: &str) -> Self {
        Self {
            exporter: exporter.to_owned(),
            told: [(0, None); 5],
        }
    }

    /// Says what was lost since it was last said, if that is a minute ago.
    pub(crate) fn tell(&mut self, queue: &Queue) {
        let (dropped, reason) = queue.lost();
        let now = Instant::now();
        for (lost, (told, when)) in by_reason(&dropped).into_iter().zip(&mut self.told) {
            let (count, cause, remedy) = lost;
            let due = when.is_none_or(|when| now.duration_since(when) >= INTERVAL);
            if count > *told && due {
                let spans = count - *told;
                (*told, *when) = (count, Some(now));
                let said = reason.as_deref().unwrap_or("");
                tracing::warn!(
                    target: "agent_trace::telemetry",
                    parent: None,
                    exporter = self.exporter.as_str(),
                    spans,
                    reason = cause,
                    said,
                    "spans were lost: {remedy}"
                );
            }
        }
    }
}

/// How many, why, and what to do about it.
fn by_reason(dropped: &Dropped) -> [(u64, &'static str, &'static str); 5] {
    [
        (
            dropped.queue_full,
            "queue full",
            "raise OTEL_BSP_MAX_QUEUE_SIZE, or send less",
        ),
        (
            dropped.too_big,
            "too big",
            "raise the batch's limit of bytes",
        ),
        (
            dropped.export_failed,
            "export failed",
            "see whether the receiver is there and takes them",
        ),
        (
            dropped.spill_failed,
            "spill failed",
            "give the spill file more room",
        ),
        (
            dropped.after_shutdown,
            "after shutdown",
            "shut telemetry down when all work has ended",
        ),
    ]
}

/// What a shutdown that nobody asked for could not deliver.
pub(crate) fn at_exit(error: &FlushError) {
    tracing::warn!(target: "agent_trace::telemetry", parent: None, "telemetry was shut down: {error}");
}

/// What the environment said in vain.
pub(crate) fn at_start(warnings: &[String]) {
    for warning in warnings {
        tracing::warn!(target: "agent_trace::telemetry", parent: None, "{warning}");
    }
}
