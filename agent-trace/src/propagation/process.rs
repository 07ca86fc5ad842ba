//! The propagator of the process.

use super::Propagator;
use std::fmt;
use std::sync::OnceLock;

static PROPAGATOR: OnceLock<Propagator> = OnceLock::new();

/// The propagator that [`inject`](crate::inject), [`inject_to`](crate::inject_to) and [`extract`](crate::extract) use:
/// the one that was [set](set_propagator), else that of `OTEL_PROPAGATORS` at the first use.
///
/// ```
/// let formats = agent_trace::propagation::propagator().formats();
/// ```
pub fn propagator() -> &'static Propagator {
    PROPAGATOR.get_or_init(Propagator::from_env)
}

/// Sets the propagator of the process, once and before it is used. OpenTelemetry's own global propagator is another:
/// `opentelemetry::global::set_text_map_propagator` takes a clone.
///
/// ```
/// use agent_trace::propagation::{Egress, Propagator, set_propagator};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// set_propagator(Propagator::from_env().egress(Egress::default().baggage_key("tenant.id").host(".internal")))?;
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// The process has a propagator already: it was set, or context was written or read before.
pub fn set_propagator(propagator: Propagator) -> Result<(), SetPropagatorError> {
    PROPAGATOR
        .set(propagator)
        .map_err(|_| SetPropagatorError(()))
}

/// The propagator of the process was set too late.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetPropagatorError(());

impl fmt::Display for SetPropagatorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "the process has a propagator already: call `set_propagator` once, before context is written or read",
        )
    }
}

impl std::error::Error for SetPropagatorError {}
