//! What is lost is said to the application's own subscriber, once a minute, and never as a span.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use agent_trace_tests::receiver::{Behaviour, Receiver};
use opentelemetry_otlp::Protocol;
use tracing::field::{Field, Visit};
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};

use crate::support::{assert_balances, emit, limits, pipeline};
use std::time::Duration;

/// Keeps the events of the pipeline, and counts how often it is asked whether a span of `often` is wanted.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>, Arc<AtomicU64>);

impl<S: Subscriber + for<'a> tracing_subscriber::registry::LookupSpan<'a>> Layer<S> for Log {
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        if metadata.target() == "often" {
            self.1.fetch_add(1, Ordering::SeqCst);
        }
        true
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        if event.metadata().target() == "agent_trace::telemetry" {
            assert!(context.event_span(event).is_none(), "it belongs to no span");
            let mut text = Text(String::new());
            event.record(&mut text);
            self.0.lock().unwrap().push(text.0);
        }
    }
}

struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.0 += &format!("{}={value:?} ", field.name());
    }
}

/// In a test program there is one global subscriber, so this is the only test that has one.
#[test]
fn one_a_minute_for_each_reason_and_never_through_the_spans() {
    let receiver = Receiver::keeping();
    let telemetry = pipeline(Protocol::Grpc, &receiver, limits());
    let log = Log::default();
    let subscriber = tracing_subscriber::registry()
        .with(telemetry.layer())
        .with(log.clone());
    tracing::subscriber::set_global_default(subscriber).expect("nobody else sets one");

    // The exporter's thread has a subscriber of its own. The application's spans are to stay as cheap as without it:
    // whether they are wanted is asked when the place is first passed, not each time.
    for _ in 0..100 {
        tracing::info_span!(target: "often", "often").in_scope(|| {});
    }
    assert!(
        log.1.load(Ordering::SeqCst) < 10,
        "asked {} times",
        log.1.load(Ordering::SeqCst)
    );
    telemetry
        .flush(Duration::from_secs(10))
        .expect("they arrive");

    receiver.behave(Behaviour::Refuse(400));
    for _ in 0..5 {
        tracing::info_span!("work").in_scope(|| {
            let _ = telemetry.flush(Duration::from_secs(10));
        });
        telemetry
            .flush(Duration::from_secs(10))
            .expect_err("it is refused");
    }
    receiver.behave(Behaviour::Partial(1));
    tracing::info_span!("work").in_scope(|| {});
    telemetry
        .flush(Duration::from_secs(10))
        .expect_err("it is refused");
    receiver.behave(Behaviour::Accept);
    tracing::info_span!("last").in_scope(|| {});
    emit(&telemetry, 3);
    telemetry.shutdown().expect("the losses were told");

    let said = log.0.lock().unwrap().clone();
    let ours: Vec<_> = said
        .iter()
        .filter(|line| line.contains("exporter=\"otlp\""))
        .collect();
    let mine: Vec<_> = ours
        .iter()
        .filter(|line| line.contains("status code") || line.contains("InvalidArgument"))
        .collect();
    assert_eq!(mine.len(), 1, "{said:#?}");
    assert!(
        mine[0].contains("export failed") && mine[0].contains("spans=1 "),
        "{said:#?}"
    );
    // Neither the warnings nor what the exporter does for itself became spans.
    let stats = assert_balances(&telemetry);
    let names: Vec<_> = receiver
        .kept()
        .spans()
        .map(|span| span.name.clone())
        .collect();
    assert_eq!(
        (stats.ended, stats.exporters[0].exported),
        (110, 104),
        "{names:?}"
    );
}
