use std::path::PathBuf;
use std::time::Duration;

/// What a batch processor may hold, and how long it may take.
///
/// The environment's `OTEL_BSP_*` variables give the defaults of the first four; what is set in code wins.
///
/// ```
/// use std::time::Duration;
/// use agent_trace::telemetry::BatchLimits;
///
/// let limits = BatchLimits::default().queue_spans(50_000).delay(Duration::from_secs(1));
/// assert_eq!(limits.batch_spans, 512);
/// ```
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchLimits {
    /// Spans that wait for export, the batch under way not counted. `OTEL_BSP_MAX_QUEUE_SIZE`, 2,048.
    pub queue_spans: usize,
    /// Spans in a batch. `OTEL_BSP_MAX_EXPORT_BATCH_SIZE`, 512.
    pub batch_spans: usize,
    /// How long a span waits for company. `OTEL_BSP_SCHEDULE_DELAY`, 5 seconds.
    pub delay: Duration,
    /// How long one export may take, retries included; after that its spans count as lost and the next batch is
    /// begun. `OTEL_BSP_EXPORT_TIMEOUT`, 30 seconds.
    pub export_timeout: Duration,
    /// Bytes that wait for export, estimated as OTLP. 64 MiB.
    pub queue_bytes: usize,
    /// Bytes in a batch, estimated as OTLP: below what receivers take in one message, which is 4 MiB where nobody
    /// changed it. 3.5 MiB.
    pub batch_bytes: usize,
    /// Where batches wait that did not arrive. Nowhere.
    pub spill: Option<SpillLimits>,
}

/// Where batches wait that did not arrive: see [`BatchLimits::spill`].
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpillLimits {
    /// The directory of the spill files.
    pub directory: PathBuf,
    /// Bytes that one of them may take.
    pub max_bytes: u64,
}

impl Default for BatchLimits {
    fn default() -> Self {
        Self {
            queue_spans: 2_048,
            batch_spans: 512,
            delay: Duration::from_secs(5),
            export_timeout: Duration::from_secs(30),
            queue_bytes: 64 << 20,
            batch_bytes: 7 << 19,
            spill: None,
        }
    }
}

impl BatchLimits {
    /// Sets [`queue_spans`](Self::queue_spans).
    #[must_use]
    pub fn queue_spans(mut self, spans: usize) -> Self {
        self.queue_spans = spans;
        self
    }

    /// Sets [`batch_spans`](Self::batch_spans).
    #[must_use]
    pub fn batch_spans(mut self, spans: usize) -> Self {
        self.batch_spans = spans;
        self
    }

    /// Sets [`delay`](Self::delay).
    #[must_use]
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Sets [`export_timeout`](Self::export_timeout).
    #[must_use]
    pub fn export_timeout(mut self, timeout: Duration) -> Self {
        self.export_timeout = timeout;
        self
    }

    /// Sets [`queue_bytes`](Self::queue_bytes).
    #[must_use]
    pub fn queue_bytes(mut self, bytes: usize) -> Self {
        self.queue_bytes = bytes;
        self
    }

    /// Sets [`batch_bytes`](Self::batch_bytes).
    #[must_use]
    pub fn batch_bytes(mut self, bytes: usize) -> Self {
        self.batch_bytes = bytes;
        self
    }

    /// Keeps batches over an outage of the receiver, in a file for each exporter (`<name>.spill`) in this directory.
    ///
    /// A batch that the exporter could not deliver after its own retries goes to the file instead of being lost, and so do
    /// the batches after it, and those that fill the queue while the exporter is busy. They are exported in order when the
    /// receiver is back, or by the next process that opens the file, with the resource of that one. The file outlasts the
    /// process however that ends; a power failure may cost what was written last. A batch that the receiver refuses for
    /// good, and one that makes the exporter panic, is lost.
    ///
    /// Delivery is at least once: a batch whose answer was lost, or that was exported just before the process was killed,
    /// arrives twice.
    ///
    /// When the file is full, what is newest is lost, and counted: first the queue fills, then spans that end are
    /// [`queue_full`](crate::telemetry::Dropped::queue_full). One process may use a directory at a time.
    #[must_use]
    pub fn spill(mut self, directory: impl Into<PathBuf>, max_bytes: u64) -> Self {
        self.spill = Some(SpillLimits {
            directory: directory.into(),
            max_bytes,
        });
        self
    }

    /// The same limits, none of them zero, and no batch larger than the queue.
    pub(crate) fn sane(mut self) -> Self {
        self.queue_spans = self.queue_spans.max(1);
        self.batch_spans = self.batch_spans.clamp(1, self.queue_spans);
        self.queue_bytes = self.queue_bytes.max(1);
        self.batch_bytes = self.batch_bytes.clamp(1, self.queue_bytes);
        self
    }
}
