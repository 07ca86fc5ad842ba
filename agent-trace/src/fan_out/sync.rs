//! What the shared state is locked with. The model checker brings its own.

pub(super) use std::sync::{Arc, Mutex, MutexGuard};
