//! Subscribers that are not a registry, that are scoped, and that are swapped.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use agent_trace::testing::Recorder;
use tracing::field::{Field, Visit};
use tracing::instrument::WithSubscriber;
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::{NoSubscriber, with_default};
use tracing::{Event, Metadata, Subscriber};

use crate::support::{HELPFUL, Log, Mood, ask, desk, desk_async};

/// One span as a subscriber without a registry sees it.
#[derive(Debug, Default)]
struct Seen {
    fields: BTreeMap<&'static str, String>,
    entered: i64,
    entries: u64,
    is_closed: bool,
}

impl Visit for Seen {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let again = self.fields.insert(field.name(), format!("{value:?}"));
        assert_eq!(again, None, "{} is recorded once", field.name());
    }
}

/// A subscriber of one's own.
#[derive(Debug, Clone, Default)]
struct Own {
    next: Arc<AtomicU64>,
    spans: Arc<Mutex<BTreeMap<u64, Seen>>>,
}

impl Own {
    fn with<T>(&self, id: &Id, change: impl FnOnce(&mut Seen) -> T) -> T {
        let mut spans = self.spans.lock().expect("spans");
        change(spans.entry(id.into_u64()).or_default())
    }
}

impl Subscriber for Own {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let id = Id::from_u64(self.next.fetch_add(1, Ordering::Relaxed) + 1);
        self.with(&id, |seen| attributes.record(seen));
        id
    }

    fn record(&self, id: &Id, values: &Record<'_>) {
        self.with(id, |seen| values.record(seen));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {}

    fn enter(&self, id: &Id) {
        self.with(id, |seen| {
            seen.entered += 1;
            seen.entries += 1;
        });
    }

    fn exit(&self, id: &Id) {
        self.with(id, |seen| seen.entered -= 1);
    }

    fn try_close(&self, id: Id) -> bool {
        self.with(&id, |seen| seen.is_closed = true);
        true
    }
}

#[tokio::test]
async fn a_subscriber_of_ones_own() {
    let own = Own::default();
    with_default(own.clone(), || desk(Mood::Helpful).map(drop)).expect("a reply");
    desk_async(Mood::Stubborn)
        .with_subscriber(own.clone())
        .await
        .expect_err("no");

    let spans = own.spans.lock().expect("spans");
    assert_eq!(spans.len(), 6);
    for span in spans.values() {
        assert_eq!(span.entered, 0, "left as often as entered: {span:?}");
        assert!(span.entries > 0, "{span:?}");
        assert!(span.is_closed, "{span:?}");
    }
    let models: Vec<&Seen> = spans
        .values()
        .filter(|span| span.fields["gen_ai.operation.name"] == "\"chat\"")
        .collect();
    assert_eq!(models.len(), 2);
    assert_eq!(models[0].fields["gen_ai.request.model"], "\"small\"");
    assert_eq!(models[0].fields["gen_ai.usage.input_tokens"], "12");
    assert_eq!(models[0].fields["gen_ai.request.temperature"], "0.2");
    assert_eq!(models[1].fields["error.type"], "\"Refused\"");
}

#[test]
fn a_subscriber_that_wants_nothing() {
    with_default(NoSubscriber::new(), || {
        assert!(desk(Mood::Helpful).is_ok());
        assert!(desk(Mood::Stubborn).is_err());
    });
}

#[test]
fn the_plain_fmt_subscriber() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::CLOSE)
        .with_writer(log.writer())
        .finish();
    with_default(subscriber, || desk(Mood::Helpful).map(drop)).expect("a reply");
    log.line(&["team::model", "close", "gen_ai.usage.input_tokens=12"]);
}

#[test]
fn scoped_subscribers_keep_their_own_spans() {
    #[agent_trace::agent_span(name = "outer")]
    fn outer(inner: &Recorder) {
        inner.run(|| desk(Mood::Helpful).map(drop).expect("a reply"));
        agent_trace::current().attribute("shop.done", true);
        ask(Mood::Helpful).expect("a reply");
    }

    let (first, second) = (Recorder::new(), Recorder::new());
    first.run(|| outer(&second));
    let first = first.spans();
    assert_eq!(
        first.outline(),
        "invoke_agent outer [internal]\n  chat small [client]\n"
    );
    first
        .find("invoke_agent outer")
        .assert_attr("shop.done", true)
        .assert_attr("gen_ai.usage.input_tokens", 12)
        .assert_attr("agent_trace.subtree.inference_calls", 1);
    assert_eq!(second.spans().len(), 3);
}

/// A future that starts under one subscriber and is polled on under another keeps its span where it is.
#[tokio::test]
async fn a_future_that_meets_another_subscriber_midway() {
    let (first, second) = (Recorder::new(), Recorder::new());
    let mut work = std::pin::pin!(desk_async(Mood::Helpful));
    first
        .run_async(async { assert!(futures_util::poll!(work.as_mut()).is_pending()) })
        .await;
    second.run_async(work).await.expect("a reply");
    let first = first.spans();
    let agent = first.only();
    agent
        .assert_attr("gen_ai.agent.name", "desk")
        .assert_attr("gen_ai.conversation.id", "conv-1")
        .assert_unset();
    assert_eq!(second.spans().len(), 2, "what starts later is the second's");
}

#[test]
fn a_future_without_a_subscriber_stays_without() {
    let recorder = Recorder::new();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let mut work = std::pin::pin!(desk_async(Mood::Helpful));
        assert!(futures_util::poll!(work.as_mut()).is_pending());
        recorder.run_async(work).await.expect("a reply");
    });
    // An async function looks for its subscriber at its first poll, here outside.
    let spans = recorder.spans();
    assert!(
        spans.named("invoke_agent desk").is_empty(),
        "{}",
        spans.outline()
    );
    assert_eq!(spans.named("chat small").len(), 1);
}

#[test]
fn one_subscriber_after_the_other() {
    for _ in 0..3 {
        let recorder = Recorder::new();
        recorder.run(|| desk(Mood::Helpful).map(drop).expect("a reply"));
        assert_eq!(recorder.spans().tree(), HELPFUL);
    }
}
