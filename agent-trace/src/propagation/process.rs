//! The propagator of the process.

use super::Propagator;
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
/// let propagator = Propagator::from_env().egress(Egress::default().baggage_key("tenant.id").host(".internal"));
/// if set_propagator(propagator).is_err() {
///     eprintln!("something has propagated before");
/// }
/// ```
///
/// # Errors
///
/// The process has a propagator already; the given one comes back.
pub fn set_propagator(propagator: Propagator) -> Result<(), Box<Propagator>> {
    PROPAGATOR.set(propagator).map_err(Box::new)
}
