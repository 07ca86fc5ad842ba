//! The record of an error: on the span where it arose, once, and of bounded length.

use std::error::Error;
use std::fmt;

use agent_trace::testing::{FinishedSpan, Spans, capture, capture_async};
use tracing::Instrument as _;

use crate::support::*;

/// An error with another behind it, of which its own text says nothing.
#[derive(Debug)]
struct Wrapper(Box<dyn Error + Send + Sync>);

impl fmt::Display for Wrapper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the search went wrong")
    }
}

impl Error for Wrapper {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.0)
    }
}

type AnyError = Box<dyn Error + Send + Sync>;

#[agent_trace::tool_call]
async fn tool(text: &str) -> Result<(), AnyError> {
    Err(text.into())
}

#[derive(Clone, Copy)]
enum How {
    Passed,
    Wrapped,
    Formatted,
    Contextual,
    Other,
    Unwrapped,
}

#[agent_trace::agent_span]
async fn inner(how: How, text: &str) -> Result<(), AnyError> {
    let Err(error) = tool(text).await else {
        return Ok(());
    };
    Err(match how {
        How::Passed => error,
        How::Wrapped | How::Unwrapped => Box::new(Wrapper(error)),
        How::Formatted => format!("the tool failed: {error}").into(),
        How::Contextual => anyhow::Error::from_boxed(error)
            .context("in context")
            .into(),
        How::Other => "something else".into(),
    })
}

#[agent_trace::agent_span]
async fn outer(how: How, text: &str) -> Result<(), AnyError> {
    let call = inner(how, text).instrument(tracing::info_span!("plain"));
    match (how, call.await) {
        (How::Unwrapped, Err(error)) => match error.downcast::<Wrapper>() {
            Ok(wrapper) => Err(wrapper.0),
            Err(error) => Err(error),
        },
        (_, result) => result,
    }
}

fn exceptions(span: &FinishedSpan) -> usize {
    let events = span.events();
    events
        .iter()
        .filter(|event| event.name() == "exception")
        .count()
}

async fn run(how: How, text: &str) -> Spans {
    let captured = capture_async(async { outer(how, text).await.is_err() }).await;
    assert!(captured.value);
    sound(captured)
}

#[tokio::test]
async fn once_on_its_way_up() {
    let long = "A long story. ".repeat(200);
    for how in [
        How::Passed,
        How::Wrapped,
        How::Formatted,
        How::Contextual,
        How::Unwrapped,
    ] {
        for text in ["the index is gone", "x", &long] {
            let spans = run(how, text).await;
            assert_eq!(spans.len(), 4);
            for span in spans.iter() {
                let expected = usize::from(span.name() == "execute_tool tool");
                assert_eq!(exceptions(span), expected, "{}", spans.tree());
            }
        }
    }
}

#[tokio::test]
async fn an_error_of_its_own_is_a_new_one() {
    let spans = run(How::Other, "some").await;
    assert_eq!(exceptions(spans.find("execute_tool tool")), 1);
    assert_eq!(exceptions(spans.find("invoke_agent inner")), 1);
    assert_eq!(exceptions(spans.find("invoke_agent outer")), 0);
}

#[agent_trace::agent_span]
async fn retries() -> Result<(), AnyError> {
    let _ = tool("first").await;
    let _ = tool("second").await;
    let _ = tool("first").await;
    Err("gave up".into())
}

#[tokio::test]
async fn each_attempt_has_its_own() {
    let captured = capture_async(async { retries().await.is_err() }).await;
    let spans = sound(captured);
    assert_eq!(spans.len(), 4);
    for span in spans.iter() {
        assert_eq!(exceptions(span), 1, "{}", spans.tree());
    }
}

#[agent_trace::tool_call]
fn says(text: &str) -> Result<(), String> {
    Err(text.to_owned())
}

#[agent_trace::tool_call]
async fn says_anything(text: &str) -> Result<(), anyhow::Error> {
    anyhow::bail!(text.to_owned())
}

#[tokio::test]
async fn long_texts_are_cut() {
    for (text, kept) in [
        ("a".repeat(1024), 1024),
        ("a".repeat(1025), 1024),
        ("é".repeat(4000), 1024),
        ("éa".repeat(2000), 1023),
        ("\u{1f980}".repeat(2000), 1024),
    ] {
        let captured = capture_async(async {
            let _ = says(&text);
            let _ = says_anything(&text).await;
        })
        .await;
        let spans = sound(captured);
        for span in spans.iter() {
            let cut = text.len() > 1024;
            let status = span.error().expect("an error");
            let message = span.event("exception").expect("an exception");
            assert_eq!(message.str("exception.message"), Some(status));
            assert_eq!(status.strip_suffix('…').is_some(), cut);
            let beginning = status.trim_end_matches('…');
            assert!(text.starts_with(beginning));
            assert_eq!(beginning.len(), kept);
            if cut {
                span.assert_attr("agent_trace.error.truncated", true);
            } else {
                span.assert_no_attr("agent_trace.error.truncated");
            }
        }
    }
}

#[test]
fn no_control_characters() {
    let spans = sound(capture(|| says("a\u{1b}[31mred\u{7}\r\nb\u{0}\tc\u{85}d")));
    let status = spans.only().error().expect("an error");
    assert!(!status.contains(|c: char| c.is_control()), "{status:?}");
    assert_eq!(status, "a [31mred   b  c d");
}

#[test]
fn an_empty_text_makes_no_record() {
    let spans = sound(capture(|| says("")));
    spans.only().assert_error("_OTHER");
    assert_eq!(exceptions(spans.only()), 0);
}

#[test]
fn the_types_name_is_recorded() {
    let spans = sound(capture(|| says("no")));
    let event = spans.only().event("exception").expect("an exception");
    assert_eq!(event.str("exception.type"), Some("alloc::string::String"));
}
