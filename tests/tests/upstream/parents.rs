//! Parents: the current span, or the one that is given.

use opentelemetry::Context;
use opentelemetry::trace::{SpanContext, SpanId, TraceContextExt, TraceFlags, TraceId, TraceState};
use tracing::Span;

use super::{FAMILY, call};
use crate::record::{record, record_async};

#[call]
fn contextual() {}

#[call(parent = parent)]
fn explicit<P: Into<Option<tracing::Id>>>(parent: &Span, _also: P) -> bool {
    parent.is_disabled()
}

#[call(parent = parent)]
async fn explicit_async(parent: Option<tracing::Id>) -> bool {
    tokio::task::yield_now().await;
    parent.is_some()
}

#[call(parent = parent)]
fn remote(parent: &SpanContext) -> bool {
    parent.is_valid()
}

#[call(parent = parent)]
fn remote_context(parent: Context) -> bool {
    parent.span().span_context().is_valid()
}

#[test]
fn the_current_span() {
    let (recording, captured) = record(|| {
        let parent = tracing::info_span!("contextual_parent");
        contextual();
        parent.in_scope(contextual);
    });
    let parents: Vec<_> = recording
        .spans()
        .iter()
        .filter(|seen| seen.metadata.name() != "contextual_parent")
        .map(|seen| seen.parent)
        .collect();
    assert_eq!(parents, [None, Some("contextual_parent")]);
    let spans = captured.spans.named(&FAMILY.span_name("contextual"));
    assert_eq!(spans[0].parent(), None);
    assert_eq!(
        spans[1].parent(),
        Some(captured.spans.find("contextual_parent").id())
    );
}

#[test]
fn a_given_span() {
    let (recording, captured) = record_async(async {
        let contextual = tracing::info_span!("contextual_parent");
        let given = tracing::info_span!("explicit_parent");
        contextual.in_scope(|| explicit(&given, None));
        let outside =
            tracing::Instrument::instrument(explicit_async(given.id()), contextual.clone());
        outside.await
    });
    assert!(captured.value);
    let given = captured.spans.find("explicit_parent").id();
    for name in ["explicit", "explicit_async"] {
        for span in captured.spans.named(&FAMILY.span_name(name)) {
            assert_eq!(span.parent(), Some(given));
        }
    }
    let parents: Vec<_> = recording.spans()[2..]
        .iter()
        .map(|seen| seen.parent)
        .collect();
    assert_eq!(parents, [Some("explicit_parent"); 2]);
}

#[test]
fn none_given_is_the_current_span() {
    let (_, captured) = record_async(async {
        let current = tracing::info_span!("current");
        tracing::Instrument::instrument(async { explicit_async(None).await }, current).await
    });
    assert!(!captured.value);
    let span = captured.spans.find(&FAMILY.span_name("explicit_async"));
    assert_eq!(span.parent(), Some(captured.spans.find("current").id()));
}

#[test]
fn a_span_of_another_process() {
    let context = SpanContext::new(
        TraceId::from(0xabc_u128),
        SpanId::from(0xdef_u64),
        TraceFlags::SAMPLED,
        true,
        TraceState::default(),
    );
    let (_, captured) = record(|| {
        tracing::info_span!("current").in_scope(|| {
            let whole = Context::new().with_remote_span_context(context.clone());
            remote(&context) && remote_context(whole)
        })
    });
    assert!(captured.value);
    for name in ["remote", "remote_context"] {
        for span in captured.spans.named(&FAMILY.span_name(name)) {
            assert_eq!(span.trace_id(), context.trace_id());
            assert_eq!(span.parent(), Some(context.span_id()));
        }
    }
}

#[test]
fn a_new_trace() {
    #[call(new_trace)]
    async fn rooted() {}
    let (_, captured) = record_async(async {
        tracing::Instrument::instrument(async { rooted().await }, tracing::info_span!("current"))
            .await;
    });
    let span = captured.spans.find(&FAMILY.span_name("rooted"));
    let current = captured.spans.find("current");
    assert_eq!(span.parent(), None);
    assert_ne!(span.trace_id(), current.trace_id());
    assert_eq!(span.links().len(), 1);
    assert_eq!(
        captured
            .spans
            .target(&span.links()[0])
            .map(|span| span.id()),
        Some(current.id())
    );
}
