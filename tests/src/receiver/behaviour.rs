use std::time::Duration;

/// How the receiver treats a request that it has read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behaviour {
    /// Takes it.
    Accept,
    /// Takes it after a while.
    Delay(Duration),
    /// Never answers.
    Hang,
    /// Refuses it with this HTTP status, or the gRPC status that stands for it.
    Refuse(u16),
    /// Refuses it for now: 429 with `Retry-After`, or `RESOURCE_EXHAUSTED` with `RetryInfo`.
    Busy {
        /// When to come again; HTTP has whole seconds.
        retry_after: Duration,
    },
    /// Takes it but for this many spans, points or records, and says so.
    Partial(u64),
    /// Cuts all connections.
    Cut,
}
