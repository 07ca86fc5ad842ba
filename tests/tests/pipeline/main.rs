//! The pipeline against a receiver that does what receivers do on their worst day: whatever happens, its account and the
//! receiver's agree.

mod chaos;
mod flush;
mod killed;
mod oversized;
mod support;
mod throughput;
mod warnings;
