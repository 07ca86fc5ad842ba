//! What an entrance makes of the context that strangers send.

/// How far an entrance believes what it is sent.
///
/// Whoever sends a `traceparent` decides which trace the work lands in and whether it is sampled. Behind a gateway of
/// one's own that is the point; on a public endpoint it lets strangers run up costs, switch recording off, or write into
/// traces that are not theirs.
///
/// | | parent | link | baggage |
/// | --- | --- | --- | --- |
/// | `Trust` | the sender's span | none | taken |
/// | `Link` | none: a new trace | to the sender's span, `triggered_by` | left behind, unless [kept](super::RemoteContext::keep_baggage) |
/// | `Ignore` | as if nothing had been sent | none | left behind |
///
/// ```
/// use agent_trace::propagation::TrustMode;
/// # use std::collections::HashMap;
/// # let headers = HashMap::<String, String>::new();
///
/// let remote = agent_trace::extract(&headers).trust(TrustMode::Link);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TrustMode {
    /// Continue the sender's trace.
    #[default]
    Trust,
    /// Start a new trace that is linked to the sender's.
    Link,
    /// Behave as if nothing had been sent.
    Ignore,
}
