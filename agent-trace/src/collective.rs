//! What the agents of a workflow have told of themselves.

use crate::guard::lock;
use std::sync::{Arc, Mutex};

/// How many agents a workflow keeps an account of.
pub(crate) const MEMBERS: usize = 128;

/// The agents that a scope keeps an account of, and the account of the agent that it is.
#[derive(Debug, Default)]
pub(crate) struct Members {
    /// The agent's own.
    pub(crate) own: Option<Arc<Member>>,
    list: Vec<Arc<Member>>,
    /// Those for which there was no room.
    left_out: usize,
}

impl Members {
    pub(crate) fn join(&mut self, member: &Arc<Member>) {
        if self.list.len() < MEMBERS {
            self.list.push(Arc::clone(member));
        } else {
            self.left_out += 1;
        }
    }

    /// The agent has ended.
    pub(crate) fn end_own(&self) {
        if let Some(own) = &self.own {
            lock(&own.told).has_ended = true;
        }
    }

    pub(crate) fn list(&self) -> Vec<Arc<Member>> {
        self.list.clone()
    }

    /// How many agents there are, those without room included.
    pub(crate) fn count(&self) -> usize {
        self.list.len() + self.left_out
    }
}

/// One agent, as the workflows around it see it.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) agent: Option<Arc<str>>,
    pub(crate) told: Mutex<Told>,
}

/// What an agent has told last.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub(crate) has_ended: bool,
    pub(crate) goal: Option<String>,
    pub(crate) step: Option<String>,
    pub(crate) history: Option<String>,
    pub(crate) state_size: i64,
}
