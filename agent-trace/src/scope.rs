//! What an agent or a workflow knows for everything beneath it, and what is added up there.

use crate::collective::{Member, Members, Told};
use crate::guard::lock;
use crate::site::Site;
use crate::tool_cause::Asked;
use agent_trace_llm::{ResponseInfo, Usage};
use opentelemetry::trace::SpanContext;
use std::borrow::Cow;
use std::sync::{Arc, Mutex};

/// One agent or workflow and the ones around it.
#[derive(Debug)]
pub(crate) struct Scope {
    parent: Option<Arc<Self>>,
    /// A detached scope keeps what it knows of the scope it came from, and is not counted there.
    detached: bool,
    is_agent: bool,
    /// How many scopes it is in, itself counted.
    depth: u32,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    agent_name: Option<Arc<str>>,
    conversation: Option<Arc<str>>,
    own: Totals,
    /// What is counted here and not among the own calls.
    beneath: Totals,
    finish_reasons: Vec<Cow<'static, str>>,
    /// The tool calls that models have asked for.
    asked: Asked,
    /// The agents that have told what they know.
    members: Members,
}

/// What calls add up to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Totals {
    pub(crate) usage: Usage,
    pub(crate) inference_calls: i64,
    pub(crate) tool_calls: i64,
    pub(crate) agent_calls: i64,
    pub(crate) errors: i64,
}

/// One call that has ended, as its scopes count it.
#[derive(Debug)]
pub(crate) enum Counted<'a> {
    /// A model call, and whether it was an inference (an embedding is not).
    Model {
        response: Option<&'a ResponseInfo>,
        inference: bool,
    },
    Tool,
    Agent,
}

/// What a scope has to say at its end.
#[derive(Debug)]
pub(crate) struct Summary {
    pub(crate) own: Totals,
    pub(crate) subtree: Totals,
    pub(crate) finish_reasons: Vec<Cow<'static, str>>,
}

impl Scope {
    pub(crate) fn new(
        parent: Option<Arc<Self>>,
        detached: bool,
        is_agent: bool,
        agent_name: Option<&str>,
    ) -> Self {
        let agent_name = agent_name.map(Arc::from);
        Self {
            depth: parent.as_ref().map_or(0, |parent| parent.depth) + 1,
            parent,
            detached,
            is_agent,
            known: Mutex::new(Known {
                agent_name,
                ..Known::default()
            }),
        }
    }

    /// The name of the nearest agent: this one, or one around it.
    pub(crate) fn agent_name(&self) -> Option<Arc<str>> {
        self.chain()
            .filter(|scope| scope.is_agent)
            .find_map(|scope| lock(&scope.known).agent_name.clone())
    }

    /// The conversation's id, set here or around here, with the depth of the scope that set it.
    pub(crate) fn conversation(&self) -> Option<(Arc<str>, u32)> {
        self.chain().find_map(|scope| {
            let conversation = lock(&scope.known).conversation.clone()?;
            Some((conversation, scope.depth))
        })
    }

    /// The account of the nearest agent, which the workflows around it keep too.
    pub(crate) fn member(&self) -> Arc<Member> {
        let agent = self.chain().find(|scope| scope.is_agent).unwrap_or(self);
        if let Some(own) = &lock(&agent.known).members.own {
            return Arc::clone(own);
        }
        let member = Arc::new(Member {
            agent: agent.agent_name(),
            told: Mutex::new(Told::default()),
        });
        {
            let mut known = lock(&agent.known);
            if let Some(own) = &known.members.own {
                // Another thread was faster.
                return Arc::clone(own);
            }
            known.members.own = Some(Arc::clone(&member));
        }
        for scope in agent.counted_chain().filter(|scope| scope.keeps_account()) {
            lock(&scope.known).members.join(&member);
        }
        member
    }

    /// The agents of the nearest workflow, or of the outermost agent, and how many there are.
    pub(crate) fn members(&self) -> (Vec<Arc<Member>>, usize) {
        let keeper = self.counted_chain().find(|scope| scope.keeps_account());
        let known = lock(&keeper.unwrap_or(self).known);
        (known.members.list(), known.members.count())
    }

    fn keeps_account(&self) -> bool {
        !self.is_agent || self.detached || self.parent.is_none()
    }

    pub(crate) fn depth(&self) -> u32 {
        self.depth
    }

    /// What models have asked for in the nearest agent, or else in the nearest workflow.
    pub(crate) fn with_asked<T>(&self, f: impl FnOnce(&mut Asked) -> T) -> T {
        let scope = self.chain().find(|scope| scope.is_agent).unwrap_or(self);
        f(&mut lock(&scope.known).asked)
    }

    /// The model call that asked for the tool call `id`: of this scope, or else of one around it.
    pub(crate) fn tool_cause(&self, id: &str) -> Option<SpanContext> {
        self.chain()
            .find_map(|scope| lock(&scope.known).asked.find(id))
    }

    pub(crate) fn set_conversation(&self, id: &str) {
        lock(&self.known).conversation = Some(Arc::from(id));
    }

    /// Counts a call that ended inside this scope: once among the own calls of the nearest agent, and
    /// in the subtree of every scope around.
    pub(crate) fn count(&self, call: &Counted<'_>, failed: bool) {
        let mut is_own = true;
        for scope in self.counted_chain() {
            let mut known = lock(&scope.known);
            if !is_own || !scope.is_agent {
                known.beneath.add(call, failed);
            } else {
                is_own = false;
                known.own.add(call, failed);
                if let Counted::Model {
                    response: Some(response),
                    inference: true,
                } = call
                {
                    let reasons = &response.finish_reasons;
                    // Most often they are the same again.
                    if !reasons.is_empty() && known.finish_reasons != *reasons {
                        known.finish_reasons.clone_from(reasons);
                    }
                }
            }
        }
    }

    /// Counts this scope itself, an agent that ended, in the scopes around it.
    pub(crate) fn count_self(&self, failed: bool) {
        if self.detached {
            return;
        }
        if let Some(parent) = &self.parent {
            parent.count(&Counted::Agent, failed);
        }
    }

    pub(crate) fn summary(&self) -> Summary {
        let known = lock(&self.known);
        known.members.end_own();
        Summary {
            own: known.own,
            subtree: known.own.and(&known.beneath),
            finish_reasons: known.finish_reasons.clone(),
        }
    }

    fn chain(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |scope| scope.parent.as_deref())
    }

    fn counted_chain(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |scope| {
            scope.parent.as_deref().filter(|_| !scope.detached)
        })
    }
}

impl Totals {
    fn and(mut self, other: &Self) -> Self {
        self.usage.add(&other.usage);
        self.inference_calls += other.inference_calls;
        self.tool_calls += other.tool_calls;
        self.agent_calls += other.agent_calls;
        self.errors += other.errors;
        self
    }

    fn add(&mut self, call: &Counted<'_>, failed: bool) {
        match call {
            Counted::Model {
                response,
                inference,
            } => {
                if let Some(usage) = response.and_then(|response| response.usage.as_ref()) {
                    self.usage.add(usage);
                }
                self.inference_calls += i64::from(*inference);
            }
            Counted::Tool => self.tool_calls += 1,
            Counted::Agent => self.agent_calls += 1,
        }
        self.errors += i64::from(failed);
    }
}

/// The scope that a call opens, if it is an agent or a workflow.
pub(crate) fn opened_by(
    site: &Site,
    around: Option<&Arc<Scope>>,
    detached: bool,
    name: Option<&str>,
) -> Option<Arc<Scope>> {
    let is_agent = site.is_agent();
    (is_agent || site.is_workflow()).then(|| {
        Arc::new(Scope::new(
            around.cloned(),
            detached,
            is_agent,
            name.filter(|_| is_agent),
        ))
    })
}
