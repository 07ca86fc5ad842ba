use std::fmt;

/// Where the spans of this process are: an account that balances.
///
/// `started` = `ended` + `open`, and for each exporter `ended` + `recovered` = `sampled_out` + `exported` + `dropped` +
/// `queued` + `spilled`. Nothing leaves the pipeline without being in one of these. (A span that ends on another thread
/// while this is put together may be in one side of an equation and not yet in the other.)
#[non_exhaustive]
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stats {
    /// Spans that began, those that the sampler refused included.
    pub started: u64,
    /// Spans that ended, those that the sampler refused included.
    pub ended: u64,
    /// Spans that the sampler refused. They cost nothing further and count as ended from the start.
    pub sampled_out: u64,
    /// Spans that have begun and not ended.
    pub open: u64,
    /// What became of the others, by exporter, in the order in which they were added.
    pub exporters: Vec<ExporterStats>,
}

/// What became of the spans that were handed to one exporter.
#[non_exhaustive]
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExporterStats {
    /// The exporter's name: `otlp`, `file`, `tree`, or what was given with it.
    pub name: String,
    /// Spans that the exporter took without an error and that the receiver did not refuse.
    pub exported: u64,
    /// Bytes of these, estimated as OTLP.
    pub exported_bytes: u64,
    /// Spans that were lost, by reason.
    pub dropped: Dropped,
    /// Spans that wait for export or are being exported.
    pub queued: u64,
    /// Bytes of these, estimated as OTLP.
    pub queued_bytes: u64,
    /// Spans that wait in the spill file.
    pub spilled: u64,
    /// Bytes of these, as they are in the file.
    pub spilled_bytes: u64,
    /// Spans that an earlier process left in the spill file. They ended there, so they are not in [`Stats::ended`].
    pub recovered: u64,
}

/// Spans that were lost, by reason.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Dropped {
    /// The queue was full, in spans or in bytes.
    pub queue_full: u64,
    /// The span did not fit into any batch, even after it was cut.
    pub too_big: u64,
    /// The exporter failed, panicked or did not answer in time, or the receiver refused them. Where the answer was lost
    /// and not the spans, the receiver has them all the same.
    pub export_failed: u64,
    /// They did not arrive, and the spill file was full or could not be written or read.
    pub spill_failed: u64,
    /// The span ended after shutdown.
    pub after_shutdown: u64,
}

/// Why a span was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    QueueFull,
    TooBig,
    ExportFailed,
    SpillFailed,
    AfterShutdown,
}

impl Dropped {
    /// All of them.
    pub fn total(&self) -> u64 {
        self.queue_full
            + self.too_big
            + self.export_failed
            + self.spill_failed
            + self.after_shutdown
    }

    /// Adds those of another exporter.
    pub(crate) fn join(&mut self, other: &Self) {
        self.queue_full += other.queue_full;
        self.too_big += other.too_big;
        self.export_failed += other.export_failed;
        self.spill_failed += other.spill_failed;
        self.after_shutdown += other.after_shutdown;
    }

    pub(crate) fn add(&mut self, reason: Reason, spans: u64) {
        *match reason {
            Reason::QueueFull => &mut self.queue_full,
            Reason::TooBig => &mut self.too_big,
            Reason::ExportFailed => &mut self.export_failed,
            Reason::SpillFailed => &mut self.spill_failed,
            Reason::AfterShutdown => &mut self.after_shutdown,
        } += spans;
    }
}

impl fmt::Display for Dropped {
    /// `3 queue full, 1 too big`; `none` where nothing was lost.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reasons = [
            (self.queue_full, "queue full"),
            (self.too_big, "too big"),
            (self.export_failed, "export failed"),
            (self.spill_failed, "spill failed"),
            (self.after_shutdown, "after shutdown"),
        ];
        let mut separator = "";
        for (count, reason) in reasons {
            if count > 0 {
                write!(f, "{separator}{count} {reason}")?;
                separator = ", ";
            }
        }
        if separator.is_empty() {
            f.write_str("none")?;
        }
        Ok(())
    }
}
