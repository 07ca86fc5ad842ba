//! What holds for everything beneath a place in the program: conversation, session, user, tenant,
//! tags, attributes of the application's own.
//!
//! A span of ours keeps what holds for it in its state, where everything beneath finds it. Code that
//! has no span of ours around it, or sets something for a part of a body, keeps it with the thread:
//! see [`frame`].

mod baggage;
mod frame;
mod guard;
mod merged;
mod scope;

pub(crate) use frame::{Entered, Frame, Here, here};
pub use guard::{ScopeGuard, Scoped};
pub(crate) use merged::{Ambient, conversation};
pub use scope::Scope;
