//! What a call is made of when its span has been made.

use crate::ambient::Ambient;
use crate::attempts::Attempt;
use crate::clock::Clock;
use crate::fan_out::frame::Frame;
use crate::observed::Observed;
use crate::otel::Link;
use crate::scope::Scope;
use crate::semconv::AttributeSet;
use crate::site::Site;
use crate::state::CallState;
use std::sync::Arc;
use tracing::Span;

/// What a call is made of when its span has been made.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) span: Span,
    pub(crate) site: &'static Site,
    pub(crate) clock: Clock,
    /// What stands on the span already, and what it may carry.
    pub(crate) present: AttributeSet,
    pub(crate) listed: AttributeSet,
    /// What the span was linked to before its start, if the layer could be reached.
    pub(crate) links: Vec<Link>,
    /// Which of the user's own fields have a value, from the last one on.
    pub(crate) own_set: u64,
    pub(crate) data_source: Option<String>,
    /// The scope that the call opens, until its state has it.
    pub(crate) own_scope: Option<Arc<Scope>>,
    pub(crate) opens_scope: bool,
    pub(crate) around: Option<Arc<CallState>>,
    /// What holds where the call was made.
    pub(crate) ambient: Option<Arc<Ambient>>,
    /// Which attempt it is, in a scope of attempts.
    pub(crate) attempt: Option<Box<Attempt>>,
    /// The subtask or the detached work that the call is directly in.
    pub(crate) frame: Option<Frame>,
    /// Who else is told of the call.
    pub(crate) observed: Option<Box<Observed>>,
}
