//! Fan-outs: who is beneath whom, who is linked to whom, and what it says.

#![cfg(all(feature = "testing", feature = "tokio"))]

mod dispatch;
mod ends;
mod large;
mod limit;
mod outcomes;
mod polled;
mod support;
mod threads;
