//! Calls that are made again because the one before did not do.

use crate::ambient::{Frame, ScopeGuard, Scoped};
use crate::guard::lock;
use crate::link_attributes::RETRY_OF;
use crate::record::{Record, TimedEvent};
use crate::semconv::{attribute, event, id};
use crate::site::Site;
use crate::state::CallState;
use opentelemetry::KeyValue;
use opentelemetry::trace::SpanContext;
use std::borrow::Cow;
use std::future::Future;
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

/// How many annotated functions one scope tells apart.
const OPERATIONS: usize = 64;

/// A scope in which repeated calls are attempts: `attempts(..)` as a value, for loops that are no
/// future, and for more than one of them.
///
/// Directly in the scope, each call of one annotated function after its first one is a further
/// attempt. Its span says which (`agent_trace.attempt.number`), is linked to the attempt before
/// (`retry_of`), and says why that one was not enough (`agent_trace.attempt.reason`, its
/// `error.type`), if it failed. The call around the scope says how many there were
/// (`agent_trace.attempts`, and `agent_trace.retries` of them not the first).
///
/// Subtasks of a fan-out are no attempts; nor are calls inside of an attempt; different functions are counted each for itself. A
/// call that starts before the one before has ended, as a hedged request does, is an attempt too.
///
/// ```
/// use agent_trace::{Attempts, tool_call};
///
/// #[tool_call]
/// fn fetch(page: &str) -> Result<String, std::fmt::Error> {
///     Ok(page.to_owned())
/// }
///
/// let attempts = Attempts::new();
/// let page = loop {
///     match attempts.run(|| fetch("start")) {
///         Ok(page) => break page,
///         Err(_) => std::thread::yield_now(),
///     }
/// };
/// # drop(page);
/// ```
///
/// # Inside of a model call
///
/// A model call made directly inside a model call of the same operation has no span: the conventions
/// give retries inside of a library to the one span of the call. A scope in the body of a
/// `#[llm_call]` keeps to that: the span says how many attempts there were, and each that failed is an
/// event `agent_trace.attempt.failed` with its number and `error.type`. To see each attempt as a span,
/// put the scope around the annotated call, or turn on
/// [`nested_inference`](crate::Settings::nested_inference).
#[derive(Clone, Debug, Default)]
pub struct Attempts(Arc<Mutex<Vec<Operation>>>);

/// Runs a future in which repeated calls are attempts: a retry loop, a `backon` or `tower` retry.
///
/// See [`Attempts`] for what the spans say.
///
/// ```
/// use agent_trace::{attempts, llm_call};
///
/// #[llm_call(provider = "acme", model = "small")]
/// async fn ask(prompt: &str) -> Result<String, std::fmt::Error> {
///     Ok(prompt.to_uppercase())
/// }
///
/// async fn ask_until_answered(prompt: &str) -> String {
///     attempts(async {
///         loop {
///             if let Ok(reply) = ask(prompt).await {
///                 return reply;
///             }
///         }
///     })
///     .await
/// }
/// # drop(ask_until_answered("hi"));
/// ```
pub fn attempts<F: Future>(future: F) -> Scoped<F> {
    Attempts::new().run_async(future)
}

impl Attempts {
    /// A scope in which there was no attempt yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Runs a closure in the scope.
    pub fn run<T>(&self, run: impl FnOnce() -> T) -> T {
        let _guard = ScopeGuard::new(Some(self.clone().frame()));
        run()
    }

    /// Runs a future in the scope, on whatever threads it is polled.
    pub fn run_async<F: Future>(&self, future: F) -> Scoped<F> {
        let attempts = self.clone();
        Scoped::new(future, Some(move || attempts.frame()))
    }

    fn frame(self) -> Arc<Frame> {
        Frame::new(|here, _| here.attempts = Some(self))
    }

    /// One more attempt at what `site` does; `around` is the call in whose body the scope is.
    pub(crate) fn begin(self, site: &'static Site, around: Option<&CallState>) -> Option<Attempt> {
        let mut operations = lock(&self.0);
        let at = match operations
            .iter()
            .position(|known| std::ptr::eq(known.site, site))
        {
            Some(at) => at,
            None if operations.len() < OPERATIONS => {
                operations.push(Operation::new(site));
                operations.len() - 1
            }
            None => return None,
        };
        let operation = &mut operations[at];
        operation.attempts += 1;
        let number = operation.attempts;
        let before = operation.last.replace(Last::default());
        drop(operations);
        if let Some(around) = around {
            let attributes = &mut lock(&around.record).attributes;
            attributes.add(id::AGENT_TRACE_ATTEMPTS, 1);
            if number > 1 {
                attributes.add(id::AGENT_TRACE_RETRIES, 1);
            }
        }
        Some(Attempt {
            scope: self,
            site,
            number,
            before: before.unwrap_or_default(),
        })
    }
}

/// What is known of the attempts at one operation.
#[derive(Debug)]
struct Operation {
    site: &'static Site,
    attempts: i64,
    last: Option<Last>,
}

/// What is known of the last attempt.
#[derive(Debug, Default)]
struct Last {
    span: Option<SpanContext>,
    error_type: Option<Cow<'static, str>>,
}

impl Operation {
    fn new(site: &'static Site) -> Self {
        Self {
            site,
            attempts: 0,
            last: None,
        }
    }
}

/// A call that is an attempt.
#[derive(Debug)]
pub(crate) struct Attempt {
    scope: Attempts,
    site: &'static Site,
    number: i64,
    before: Last,
}

impl Attempt {
    /// Says on the attempt's span what is known of it. `span` is where the next one is linked to.
    pub(crate) fn open(&mut self, record: &mut Record, span: Option<SpanContext>) {
        let attributes = &mut record.attributes;
        attributes.fill(id::AGENT_TRACE_ATTEMPT_NUMBER, Some(self.number));
        attributes.fill(
            id::AGENT_TRACE_ATTEMPT_REASON,
            self.before.error_type.take(),
        );
        if let Some(before) = self.before.span.take() {
            RETRY_OF.fill(attributes, &before);
            record.push_link(before, RETRY_OF.of_link());
        }
        self.learn(|last| last.span = span.filter(SpanContext::is_sampled));
    }

    /// The attempt has ended.
    pub(crate) fn end(&self, error_type: Option<&Cow<'static, str>>) {
        if let Some(error_type) = error_type {
            self.learn(|last| last.error_type = Some(error_type.clone()));
        }
    }

    /// The attempt has ended, and has no span of its own: what is to be said of it is said on the call
    /// that it is part of.
    pub(crate) fn end_nested(&self, record: &mut Record, error_type: Option<Cow<'static, str>>) {
        if let Some(error_type) = error_type {
            record.push_event(TimedEvent {
                name: Cow::Borrowed(event::AGENT_TRACE_ATTEMPT_FAILED.name),
                at: SystemTime::now(),
                attributes: vec![
                    KeyValue::new(attribute::AGENT_TRACE_ATTEMPT_NUMBER, self.number),
                    KeyValue::new(attribute::ERROR_TYPE, error_type),
                ],
            });
        }
    }

    /// Tells the next attempt, unless that has begun already.
    fn learn(&self, learn: impl FnOnce(&mut Last)) {
        let mut operations = lock(&self.scope.0);
        let last = operations
            .iter_mut()
            .find(|known| std::ptr::eq(known.site, self.site))
            .filter(|operation| operation.attempts == self.number)
            .and_then(|operation| operation.last.as_mut());
        if let Some(last) = last {
            learn(last);
        }
    }
}
