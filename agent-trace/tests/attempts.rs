//! Calls that are made again are attempts.

#![cfg(feature = "testing")]

use agent_trace::semconv::{attribute, event, value::link_type};
use agent_trace::testing::{FinishedSpan, Spans, capture, capture_async};
use agent_trace::{Attempts, Verdict, agent_span, attempts, llm_call, tool_call};
use backon::{ConstantBuilder, Retryable as _};
use proptest::prelude::*;
use std::cell::Cell;
use std::future::{Ready, ready};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tower::ServiceExt as _;
use tower::retry::{Policy, Retry};

#[derive(Clone, Debug, PartialEq)]
struct Refused(&'static str);

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for Refused {}

/// Fails with the reasons, one after the other, and then does not.
#[derive(Debug, Default)]
struct Model(&'static [&'static str], AtomicUsize);

impl Model {
    const fn new(reasons: &'static [&'static str]) -> Self {
        Self(reasons, AtomicUsize::new(0))
    }

    fn reply(&self) -> Result<&'static str, Refused> {
        match self.0.get(self.1.fetch_add(1, Ordering::Relaxed)) {
            Some(reason) => Err(Refused(reason)),
            None => Ok("yes"),
        }
    }
}

fn reason(result: &Result<&'static str, Refused>) -> Verdict {
    match result {
        Ok(_) => Verdict::Success,
        Err(Refused(reason)) => Verdict::Failure((*reason).into()),
    }
}

#[llm_call(provider = "acme", model = "small", error = reason)]
async fn ask(model: &Model) -> Result<&'static str, Refused> {
    tokio::task::yield_now().await;
    model.reply()
}

const CHAT: &str = "chat small";

/// That the spans are the attempts at one operation, for these reasons in turn.
#[track_caller]
fn assert_attempts(tried: &[&FinishedSpan], reasons: &[&str]) {
    assert_eq!(tried.len(), reasons.len() + 1);
    for (at, span) in tried.iter().enumerate() {
        span.assert_attr(
            attribute::AGENT_TRACE_ATTEMPT_NUMBER,
            i64::try_from(at + 1).unwrap(),
        );
        let links = span.links_of(link_type::RETRY_OF);
        match at.checked_sub(1) {
            None => {
                assert!(links.is_empty());
                assert_eq!(span.str(attribute::AGENT_TRACE_ATTEMPT_REASON), None);
                assert_eq!(span.str(attribute::AGENT_TRACE_RETRY_OF_SPAN_ID), None);
            }
            Some(before) => {
                let linked: Vec<_> = links.iter().map(|link| link.span_id()).collect();
                assert_eq!(linked, [tried[before].id()]);
                span.assert_attr(attribute::AGENT_TRACE_ATTEMPT_REASON, reasons[before]);
                let id = tried[before].id().to_string();
                span.assert_attr(attribute::AGENT_TRACE_RETRY_OF_SPAN_ID, id.as_str());
                let trace = tried[before].trace_id().to_string();
                span.assert_attr(attribute::AGENT_TRACE_RETRY_OF_TRACE_ID, trace.as_str());
            }
        }
    }
}

#[track_caller]
fn assert_count(around: &FinishedSpan, tried: i64, again: Option<i64>) {
    assert_eq!(around.int(attribute::AGENT_TRACE_ATTEMPTS), Some(tried));
    assert_eq!(around.int(attribute::AGENT_TRACE_RETRIES), again);
}

fn assert_is_no_attempt(span: &FinishedSpan) {
    assert_eq!(span.int(attribute::AGENT_TRACE_ATTEMPT_NUMBER), None);
    assert!(span.links_of(link_type::RETRY_OF).is_empty());
}

async fn captured(agent: impl Future<Output = ()>) -> Spans {
    capture_async(agent).await.spans
}

#[tokio::test]
async fn a_loop_by_hand() {
    #[agent_span]
    async fn agent() {
        let model = Model::new(&["overloaded", "timeout"]);
        let reply = attempts(async {
            loop {
                match ask(&model).await {
                    Ok(reply) => return reply,
                    Err(_) => tokio::time::sleep(Duration::from_millis(1)).await,
                }
            }
        });
        assert_eq!(reply.await, "yes");
    }

    let spans = captured(async { agent().await }).await;
    assert_attempts(&spans.named(CHAT), &["overloaded", "timeout"]);
    assert_count(spans.find("invoke_agent agent"), 3, Some(2));
}

#[tokio::test]
async fn backon() {
    #[agent_span]
    async fn agent() {
        let model = Model::new(&["overloaded", "timeout"]);
        let backoff = ConstantBuilder::default()
            .with_delay(Duration::from_millis(1))
            .with_max_times(5);
        assert_eq!(attempts((|| ask(&model)).retry(backoff)).await, Ok("yes"));
    }

    let spans = captured(async { agent().await }).await;
    assert_attempts(&spans.named(CHAT), &["overloaded", "timeout"]);
    assert_count(spans.find("invoke_agent agent"), 3, Some(2));
}

/// Tries as often as it says.
#[derive(Clone)]
struct Times(usize);

impl Policy<&'static str, &'static str, Refused> for Times {
    type Future = Ready<()>;

    fn retry(
        &mut self,
        _: &mut &'static str,
        result: &mut Result<&'static str, Refused>,
    ) -> Option<Ready<()>> {
        self.0 = self.0.checked_sub(1)?;
        result.is_err().then(|| ready(()))
    }

    fn clone_request(&mut self, request: &&'static str) -> Option<&'static str> {
        Some(request)
    }
}

#[tokio::test]
async fn tower() {
    static MODEL: Model = Model::new(&["overloaded", "timeout"]);

    #[agent_span]
    async fn agent() {
        let service = tower::service_fn(|_: &'static str| ask(&MODEL));
        let service = Retry::new(Times(5), service);
        assert_eq!(attempts(service.oneshot("why?")).await, Ok("yes"));
    }

    let spans = captured(async { agent().await }).await;
    assert_attempts(&spans.named(CHAT), &["overloaded", "timeout"]);
    assert_count(spans.find("invoke_agent agent"), 3, Some(2));
}

#[test]
fn a_value_for_loops_that_are_no_future() {
    #[tool_call]
    fn fetch(page: usize) -> Result<usize, Refused> {
        if page < 2 {
            Err(Refused("gone"))
        } else {
            Ok(page)
        }
    }
    #[agent_span]
    fn agent() {
        let tried = Attempts::new();
        assert_eq!(
            (0..).find_map(|page| tried.run(|| fetch(page)).ok()),
            Some(2)
        );
        // Not in the scope.
        let _ = fetch(7);
    }

    let spans = capture(agent).spans;
    let tools = spans.named("execute_tool fetch");
    assert_attempts(&tools[..3], &["Refused", "Refused"]);
    assert_is_no_attempt(tools[3]);
    assert_count(spans.find("invoke_agent agent"), 3, Some(2));
}

#[tokio::test]
async fn the_first_attempt_may_do() {
    #[agent_span]
    async fn agent() {
        attempts(async { ask(&Model::default()).await })
            .await
            .expect("a reply");
    }

    let spans = captured(async { agent().await }).await;
    assert_attempts(&spans.named(CHAT), &[]);
    assert_count(spans.find("invoke_agent agent"), 1, None);
}

#[tokio::test]
async fn only_calls_directly_in_the_scope_are_attempts() {
    #[tool_call(name = "answer")]
    async fn answer(model: &Model) -> Result<&'static str, Refused> {
        let _ = ask(&Model::default()).await;
        tracing::info_span!("http").in_scope(|| ());
        ask(model).await
    }
    #[agent_span]
    async fn agent() {
        let model = Model::new(&["overloaded"]);
        attempts(async { while answer(&model).await.is_err() {} }).await;
        let _ = ask(&model).await;
    }

    let spans = captured(async { agent().await }).await;
    assert_attempts(&spans.named("execute_tool answer"), &["Refused"]);
    spans.named(CHAT).into_iter().for_each(assert_is_no_attempt);
    assert_eq!(spans.named(CHAT).len(), 5);
    assert_count(spans.find("invoke_agent agent"), 2, Some(1));
    assert_eq!(
        spans.named("execute_tool answer")[0].int(attribute::AGENT_TRACE_ATTEMPTS),
        None
    );
}

#[tokio::test]
async fn spans_of_others_between_do_not_matter() {
    use tracing::Instrument as _;

    #[agent_span]
    async fn agent() {
        let model = Model::new(&["overloaded"]);
        attempts(async {
            while ask(&model)
                .instrument(tracing::info_span!("client"))
                .await
                .is_err()
            {}
        })
        .await;
    }

    let spans = captured(async { agent().await }).await;
    assert_attempts(&spans.named(CHAT), &["overloaded"]);
    assert_count(spans.find("invoke_agent agent"), 2, Some(1));
}

#[tokio::test]
async fn operations_are_counted_each_for_itself() {
    #[tool_call]
    fn refresh_token() {}
    #[agent_span]
    async fn agent() {
        let model = Model::new(&["unauthorized", "timeout"]);
        attempts(async {
            while ask(&model).await.is_err() {
                refresh_token();
            }
        })
        .await;
    }

    let spans = captured(async { agent().await }).await;
    assert_attempts(&spans.named(CHAT), &["unauthorized", "timeout"]);
    let refreshed = spans.named("execute_tool refresh_token");
    assert_eq!(
        refreshed[1].int(attribute::AGENT_TRACE_ATTEMPT_NUMBER),
        Some(2)
    );
    // The first one did not fail.
    assert_eq!(
        refreshed[1].str(attribute::AGENT_TRACE_ATTEMPT_REASON),
        None
    );
    assert_eq!(refreshed[1].links_of(link_type::RETRY_OF).len(), 1);
    assert_count(spans.find("invoke_agent agent"), 5, Some(3));
}

#[tokio::test]
async fn two_scopes_are_two_stories() {
    #[agent_span]
    async fn agent() {
        for _ in 0..2 {
            let model = Model::new(&["timeout"]);
            attempts(async { while ask(&model).await.is_err() {} }).await;
        }
    }

    let spans = captured(async { agent().await }).await;
    let tried = spans.named(CHAT);
    assert_attempts(&tried[..2], &["timeout"]);
    assert_attempts(&tried[2..], &["timeout"]);
    assert_count(spans.find("invoke_agent agent"), 4, Some(2));
}

#[tokio::test]
async fn an_attempt_that_was_given_up_is_the_reason_of_the_next() {
    #[llm_call(provider = "acme", model = "small")]
    async fn slow(patience: &Cell<bool>) {
        if patience.replace(true) {
            return;
        }
        std::future::pending::<()>().await;
    }
    #[agent_span]
    async fn agent() {
        let patience = Cell::new(false);
        attempts(async {
            let limit = Duration::from_millis(5);
            while tokio::time::timeout(limit, slow(&patience)).await.is_err() {}
        })
        .await;
    }

    let spans = captured(async { agent().await }).await;
    assert_attempts(&spans.named(CHAT), &["cancelled"]);
}

#[tokio::test]
async fn a_hedged_request_is_an_attempt_at_the_same() {
    #[agent_span]
    async fn agent() {
        let model = Model::default();
        attempts(async { tokio::join!(ask(&model), ask(&model)) })
            .await
            .0
            .expect("a reply");
    }

    let spans = captured(async { agent().await }).await;
    let tried = spans.named(CHAT);
    assert_eq!(
        tried[1].links_of(link_type::RETRY_OF)[0].span_id(),
        tried[0].id()
    );
    assert_eq!(tried[1].str(attribute::AGENT_TRACE_ATTEMPT_REASON), None);
}

#[tokio::test]
async fn the_reason_is_that_of_the_attempt_before_not_of_an_earlier_one() {
    #[llm_call(provider = "acme", model = "small", error = reason)]
    async fn wait_for(
        reply: tokio::sync::oneshot::Receiver<Result<&'static str, Refused>>,
    ) -> Result<&'static str, Refused> {
        reply.await.expect("a reply")
    }
    #[agent_span]
    async fn agent() {
        let (late, first) = tokio::sync::oneshot::channel();
        let (soon, second) = tokio::sync::oneshot::channel();
        let (at_once, third) = tokio::sync::oneshot::channel();
        attempts(async {
            let (first, second) = (wait_for(first), wait_for(second));
            let _ = tokio::join!(first, second, async {
                soon.send(Ok("no use")).expect("a receiver");
                tokio::task::yield_now().await;
                late.send(Err(Refused("too late"))).expect("a receiver");
            });
            at_once.send(Ok("yes")).expect("a receiver");
            wait_for(third).await
        })
        .await
        .expect("a reply");
    }

    let spans = captured(async { agent().await }).await;
    let tried = spans.named(CHAT);
    tried[0].assert_attr(attribute::ERROR_TYPE, "too late");
    assert_eq!(
        tried[2].links_of(link_type::RETRY_OF)[0].span_id(),
        tried[1].id()
    );
    assert_eq!(tried[2].str(attribute::AGENT_TRACE_ATTEMPT_REASON), None);
}

#[tokio::test]
async fn inside_a_model_call_attempts_are_part_of_it() {
    #[llm_call(provider = "acme", model = "small")]
    async fn wrapper() {
        let model = Model::new(&["overloaded", "timeout"]);
        attempts(async { while ask(&model).await.is_err() {} }).await;
    }

    let spans = captured(async { wrapper().await }).await;
    let chat = spans.only();
    assert_count(chat, 3, Some(2));
    chat.assert_attr(attribute::AGENT_TRACE_NESTED_CALLS, 3);
    assert_is_no_attempt(chat);
    let failed: Vec<_> = chat.events();
    let said: Vec<_> = failed
        .iter()
        .map(|event| {
            let attributes = event.attributes();
            let number = attributes.int(attribute::AGENT_TRACE_ATTEMPT_NUMBER);
            (event.name(), number, attributes.str(attribute::ERROR_TYPE))
        })
        .collect();
    let name = event::AGENT_TRACE_ATTEMPT_FAILED.name;
    assert_eq!(
        said,
        [
            (name, Some(1), Some("overloaded")),
            (name, Some(2), Some("timeout")),
        ]
    );
}

#[tokio::test]
async fn a_task_polled_on_the_same_thread_is_in_no_scope() {
    use tracing::Instrument as _;
    use tracing::instrument::WithSubscriber as _;

    #[agent_span]
    async fn other() {
        ask(&Model::default()).await.expect("a reply");
    }
    #[agent_span]
    async fn agent() {
        let outside = tracing::Span::current();
        attempts(async {
            // In the span of the agent itself, but not in the scope.
            let task = tokio::spawn(
                async { ask(&Model::default()).await }
                    .instrument(outside)
                    .with_current_subscriber(),
            );
            other().await;
            task.await.expect("no panic").expect("a reply");
        })
        .await;
    }

    let spans = captured(async { agent().await }).await;
    spans.named(CHAT).into_iter().for_each(assert_is_no_attempt);
    assert_eq!(spans.named(CHAT).len(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever fails and does not in whatever scopes: the links are a chain for each of them.
    #[test]
    fn attempts_are_a_chain(scopes in proptest::collection::vec(proptest::collection::vec(any::<bool>(), 1..6), 1..5)) {
        #[tool_call]
        fn act(fails: bool) -> Result<(), Refused> {
            if fails { Err(Refused("no")) } else { Ok(()) }
        }
        #[agent_span]
        fn agent(scopes: &[Vec<bool>]) {
            for scope in scopes {
                let tried = Attempts::new();
                for fails in scope {
                    let _ = tried.run(|| act(*fails));
                }
            }
        }

        let spans = capture(|| agent(&scopes)).spans;
        let mut tools = spans.named("execute_tool act").into_iter();
        for scope in &scopes {
            let mut before: Option<(&FinishedSpan, bool)> = None;
            for (at, fails) in scope.iter().enumerate() {
                let tool = tools.next().expect("a span for each call");
                let links = tool.links_of(link_type::RETRY_OF);
                let linked: Vec<_> = links.iter().map(|link| link.span_id()).collect();
                let expected: Vec<_> = before.iter().map(|(span, _)| span.id()).collect();
                prop_assert_eq!(linked, expected);
                let number = tool.int(attribute::AGENT_TRACE_ATTEMPT_NUMBER);
                prop_assert_eq!(number, i64::try_from(at + 1).ok());
                let reason = before.filter(|(_, failed)| *failed).map(|_| "Refused");
                prop_assert_eq!(tool.str(attribute::AGENT_TRACE_ATTEMPT_REASON), reason);
                before = Some((tool, *fails));
            }
        }
        let all: usize = scopes.iter().map(Vec::len).sum();
        let agent = spans.find("invoke_agent agent");
        prop_assert_eq!(agent.int(attribute::AGENT_TRACE_ATTEMPTS), i64::try_from(all).ok());
        let again = i64::try_from(all - scopes.len()).ok().filter(|again| *again > 0);
        prop_assert_eq!(agent.int(attribute::AGENT_TRACE_RETRIES), again);
    }
}
