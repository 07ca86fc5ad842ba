//! One span, one true outcome: what is exported of calls that end in every way there is.

mod model;
mod support;

mod agents;
mod cancelled;
mod edges;
mod error_type;
mod exceptions;
mod fence;
mod inherited;
mod nested;
mod random;
mod replies;
mod returned;
mod script;
mod stream_wrapper;
mod streams;
