//! Every shape under `#[agent_span]`.
#![allow(clippy::duplicate_mod)]

use agent_trace::agent_span as call;

use crate::family::Family;

const FAMILY: Family = Family::Agent;

#[path = "arguments.rs"]
mod arguments;
#[path = "async_traits.rs"]
mod async_traits;
#[path = "caller.rs"]
mod caller;
#[path = "coercions.rs"]
mod coercions;
#[path = "drops.rs"]
mod drops;
#[path = "endings.rs"]
mod endings;
#[path = "functions.rs"]
mod functions;
#[path = "futures.rs"]
mod futures;
#[path = "generated.rs"]
mod generated;
#[path = "generics.rs"]
mod generics;
#[path = "not_safe.rs"]
mod not_safe;
#[path = "receivers.rs"]
mod receivers;
#[path = "services.rs"]
mod services;
#[path = "streams.rs"]
mod streams;
#[path = "traits.rs"]
mod traits;
#[path = "types.rs"]
mod types;
#[path = "values.rs"]
mod values;
