//! Every shape under `#[llm_call]`.
#![allow(clippy::duplicate_mod)]

use agent_trace::llm_call as call;

use crate::family::Family;

const FAMILY: Family = Family::Llm;

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
#[path = "numbers.rs"]
mod numbers;
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
