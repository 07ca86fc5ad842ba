//! What an agent knows and means to do, as events of its span.
//!
//! Said from the body of a call, through [`current`](crate::current):
//!
//! ```
//! use agent_trace::agent_state::{
//!     Decision, GoalStatus, Guardrail, GuardrailVerdict, PlanStep, StepStatus,
//! };
//!
//! #[agent_trace::agent_span]
//! fn research(question: &str) {
//!     let me = agent_trace::current();
//!     me.goal("answer_question", GoalStatus::Set)
//!         .tools(["web_search", "calculator"])
//!         .history([question])
//!         .guardrail(Guardrail::new("pii", GuardrailVerdict::Passed).stage("input"))
//!         .plan_step(PlanStep::new("search", StepStatus::Started).index(0))
//!         .reflection("draft", Decision::Accept)
//!         .state("scratchpad", [("draft", 812), ("sources", 90)])
//!         .goal("answer_question", GoalStatus::Achieved);
//! }
//! # research("why?");
//! ```
//!
//! Only names, counts, sizes and a digest are recorded, never a value: names are the program's own, of low
//! cardinality (`answer_question`), and the words of a user or a model are no name. The events and their attributes
//! are `agent_trace.*`, defined in our own registry: [`semconv::event::OWN`](crate::semconv::event::OWN).
//!
//! A workflow sees all of its agents at once with
//! [`collective_snapshot`](crate::CallHandle::collective_snapshot).

mod collective;
mod goal;
mod guardrail;
mod history;
mod plan;
mod reflection;
mod snapshot;
mod tools;

pub use goal::GoalStatus;
pub use guardrail::{Guardrail, GuardrailVerdict};
pub use plan::{Plan, PlanStep, StepStatus};
pub use reflection::Decision;

use opentelemetry::{StringValue, Value};

/// How many names an event lists.
const LISTED: usize = 128;

/// An enumeration of the registry: each variant is one of its values.
macro_rules! values {
    ($(#[$doc:meta])* $name:ident: $module:ident { $($(#[$variant_doc:meta])* $variant:ident = $value:ident,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
        }

        impl $name {
            /// The value as it is recorded.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $crate::semconv::value::$module::$value,)*
                }
            }
        }
    };
}
use values;

/// A count or a size as the integer that OpenTelemetry has.
fn int(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A list of texts as an array value.
fn strings(list: Vec<StringValue>) -> Value {
    Value::Array(list.into())
}
