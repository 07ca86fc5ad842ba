//! `error.type`: of low cardinality, whatever the error is, and never a piece of its message.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::io;
use std::sync::Arc;

use agent_trace::llm::LlmError;
use agent_trace::testing::{Spans, capture};
use async_openai::error::{ApiError, ApiErrorResponse, OpenAIError};

use crate::support::*;

const SECRET: &str = "Secret of Alice";

#[derive(Debug)]
#[expect(dead_code, reason = "for their names")]
enum Search {
    Refused(u16),
    TimedOut { after: u64 },
    Gone,
}

#[derive(Debug)]
struct Unit;

#[derive(Debug)]
#[expect(dead_code, reason = "for its name")]
struct Tuple(u8);

#[derive(Debug)]
#[expect(dead_code, reason = "for its name")]
struct Fields {
    code: u8,
}

#[derive(Debug)]
struct Wrapped {
    source: Box<dyn Error + Send + Sync>,
}

#[derive(Debug)]
enum Layered {
    Reading(io::Error),
}

/// No standard error.
#[derive(Debug)]
struct Displayed;

/// Their texts are what must not become a type.
macro_rules! shown {
    ($($name:ident)*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(SECRET)
            }
        }
    )*};
}
shown!(Search Unit Tuple Fields Wrapped Layered Displayed);

impl Error for Search {}
impl Error for Unit {}
impl Error for Tuple {}
impl Error for Fields {}
impl Error for Wrapped {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}
impl Error for Layered {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        let Self::Reading(error) = self;
        Some(error)
    }
}

/// Its `Debug` is prose.
struct Prose;

impl fmt::Debug for Prose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(SECRET)
    }
}

impl fmt::Display for Prose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(SECRET)
    }
}

impl Error for Prose {}

/// Not an error by the standard library, and it cannot be printed.
struct Silent;

#[derive(Debug)]
#[expect(dead_code, reason = "for their names")]
enum Debugged {
    Broken(u8),
}

/// Says itself what it is, and is no standard error.
enum Model {
    Refused { status: u16 },
    TimedOut,
    Unknown,
}

impl LlmError for Model {
    fn error_type(&self) -> Option<Cow<'static, str>> {
        match self {
            Self::Refused { status } => Some(status.to_string().into()),
            Self::TimedOut => Some("timeout".into()),
            Self::Unknown => None,
        }
    }
}

/// Says itself what it is, and is a standard error.
#[derive(Debug)]
struct Typed(Option<&'static str>);

impl fmt::Display for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(SECRET)
    }
}

impl Error for Typed {}

impl LlmError for Typed {
    fn error_type(&self) -> Option<Cow<'static, str>> {
        self.0.map(Cow::Borrowed)
    }
}

/// Borrows from the call's arguments.
#[derive(Debug)]
struct Borrowing<'a>(#[expect(dead_code, reason = "it borrows")] &'a str);

impl fmt::Display for Borrowing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(SECRET)
    }
}

impl Error for Borrowing<'_> {}

#[agent_trace::tool_call]
fn borrowing(text: &str) -> Result<(), Borrowing<'_>> {
    Err(Borrowing(text))
}

#[agent_trace::agent_span]
async fn borrowing_too(text: &str) -> Result<(), Borrowing<'_>> {
    Err(Borrowing(text))
}

/// A function of each attribute that fails with what it is given.
macro_rules! failing {
    ($($ty:ty),* $(,)?) => {
        trait Failing {
            fn spans(make: impl Fn() -> Self) -> Spans;
        }
        $(
            impl Failing for $ty {
                fn spans(make: impl Fn() -> Self) -> Spans {
                    #[agent_trace::agent_span]
                    fn agent(error: $ty) -> Result<(), $ty> {
                        Err(error)
                    }
                    #[agent_trace::tool_call]
                    fn tool(error: $ty) -> Result<(), $ty> {
                        Err(error)
                    }
                    #[agent_trace::llm_call]
                    fn llm(error: $ty) -> Result<(), $ty> {
                        Err(error)
                    }
                    sound(capture(|| {
                        assert!(agent(make()).is_err());
                        assert!(tool(make()).is_err());
                        assert!(llm(make()).is_err());
                    }))
                }
            }
        )*
    };
}
failing!(
    Search,
    Unit,
    Tuple,
    Fields,
    Wrapped,
    Layered,
    Displayed,
    Prose,
    Silent,
    Debugged,
    Model,
    Typed,
    Box<Typed>,
    Box<Search>,
    Arc<Unit>,
    io::Error,
    anyhow::Error,
    Box<dyn Error>,
    Box<dyn Error + Send + Sync>,
    String,
    &'static str,
    Cow<'static, str>,
    Box<str>,
    (),
    i32,
    Option<String>,
    std::num::ParseIntError,
    serde_json::Error,
    tokio::time::error::Elapsed,
    OpenAIError,
);

#[track_caller]
fn assert_type<E: Failing>(make: impl Fn() -> E, expected: &str) {
    let spans = E::spans(make);
    assert_eq!(spans.len(), 3);
    for span in spans.iter() {
        span.assert_error(expected);
    }
}

fn io_error() -> io::Error {
    io::Error::new(io::ErrorKind::ConnectionReset, SECRET)
}

fn refused(status: u16, code: Option<&str>) -> OpenAIError {
    OpenAIError::ApiError(ApiErrorResponse {
        status_code: status.try_into().expect("a status"),
        api_error: ApiError {
            message: SECRET.to_owned(),
            code: code.map(str::to_owned),
            ..ApiError::default()
        },
    })
}

#[test]
fn names_of_variants_and_structs() {
    assert_type(|| Search::Refused(4), "Refused");
    assert_type(|| Search::TimedOut { after: 3 }, "TimedOut");
    assert_type(|| Search::Gone, "Gone");
    assert_type(|| Box::new(Search::Gone), "Gone");
    assert_type(|| Unit, "Unit");
    assert_type(|| Arc::new(Unit), "Unit");
    assert_type(|| Tuple(1), "Tuple");
    assert_type(|| Fields { code: 1 }, "Fields");
    assert_type(|| Displayed, "Displayed");
    assert_type(|| Debugged::Broken(1), "Broken");
    assert_type(|| Silent, "Silent");
    assert_type(
        || "x".parse::<i32>().expect_err("no number"),
        "ParseIntError",
    );
    assert_type(
        || serde_json::from_str::<bool>("{").expect_err("no boolean"),
        "Error",
    );
}

#[test]
fn kinds_of_io_errors() {
    assert_type(io_error, "ConnectionReset");
    assert_type(|| Layered::Reading(io_error()), "ConnectionReset");
    assert_type(
        || Wrapped {
            source: Box::new(Layered::Reading(io_error())),
        },
        "ConnectionReset",
    );
    assert_type(|| io::Error::other(Unit), "Unit");
    assert_type(|| io::Error::other(SECRET), "Error");
}

#[test]
fn errors_behind_pointers() {
    assert_type(|| anyhow::Error::new(Search::Gone), "Gone");
    assert_type(
        || {
            anyhow::Error::new(Search::Gone)
                .context(SECRET)
                .context("2")
        },
        "Gone",
    );
    assert_type(
        || anyhow::Error::from(io_error()).context(SECRET),
        "ConnectionReset",
    );
    assert_type(|| anyhow::anyhow!(SECRET), "_OTHER");
    assert_type(|| anyhow::anyhow!("Timeout"), "_OTHER");
    assert_type(|| anyhow::anyhow!("Timeout of {}", 3), "_OTHER");
    assert_type(|| Box::<dyn Error>::from(Search::Gone), "Gone");
    assert_type(|| Box::<dyn Error>::from("Timeout"), "_OTHER");
    assert_type(
        || Box::<dyn Error + Send + Sync>::from(Search::Gone),
        "Gone",
    );
    assert_type(|| Box::<dyn Error + Send + Sync>::from(SECRET), "_OTHER");
    assert_type(
        || Box::<dyn Error + Send + Sync>::from(anyhow::Error::new(Unit).context(SECRET)),
        "Unit",
    );
}

#[test]
fn what_says_nothing() {
    assert_type(|| String::from("Timeout"), "_OTHER");
    assert_type(|| "Timeout", "_OTHER");
    assert_type(|| Cow::Borrowed("Timeout"), "_OTHER");
    assert_type(|| Box::<str>::from("Timeout"), "_OTHER");
    assert_type(|| (), "_OTHER");
    assert_type(|| 5, "_OTHER");
    assert_type(|| Prose, "Prose");
}

#[test]
fn a_value_that_is_no_error() {
    let spans = <Option<String> as Failing>::spans(|| Some(SECRET.to_owned()));
    for span in spans.iter() {
        let found = span.str("error.type").expect("a type");
        assert!(!found.contains("Secret"), "{found}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_timeout_that_is_an_error() {
    async fn elapsed() -> tokio::time::error::Elapsed {
        tokio::time::timeout(std::time::Duration::ZERO, std::future::pending::<()>())
            .await
            .expect_err("a timeout")
    }
    #[agent_trace::tool_call]
    async fn timed() -> Result<(), tokio::time::error::Elapsed> {
        Err(elapsed().await)
    }
    let captured = agent_trace::testing::capture_async(async { timed().await.is_err() }).await;
    sound(captured).only().assert_error("Elapsed");
}

#[test]
fn errors_that_say_it_themselves() {
    assert_type(|| Model::Refused { status: 429 }, "429");
    assert_type(|| Model::TimedOut, "timeout");
    assert_type(|| Model::Unknown, "Model");
    assert_type(|| Typed(Some("overloaded")), "overloaded");
    assert_type(|| Box::new(Typed(Some("overloaded"))), "overloaded");
    assert_type(|| Typed(None), "Typed");
    assert_type(
        || refused(429, Some("rate_limit_exceeded")),
        "rate_limit_exceeded",
    );
    assert_type(|| refused(503, None), "503");
    assert_type(
        || OpenAIError::InvalidArgument(SECRET.to_owned()),
        "invalid_argument",
    );
    assert_type(
        || OpenAIError::FileReadError(SECRET.to_owned()),
        "FileReadError",
    );
}

#[tokio::test]
async fn errors_that_borrow() {
    let spans = sound(capture(|| borrowing(SECRET).is_err()));
    spans.only().assert_error("Borrowing");
    let captured =
        agent_trace::testing::capture_async(async { borrowing_too(SECRET).await.is_err() }).await;
    sound(captured).only().assert_error("Borrowing");
}

#[agent_trace::tool_call]
fn generic<E: Error>(error: E) -> Result<(), E> {
    Err(error)
}

#[agent_trace::tool_call]
fn generic_typed<E: LlmError>(error: E) -> Result<(), E> {
    Err(error)
}

#[agent_trace::tool_call]
fn generic_unknown<E>(error: E) -> Result<(), E> {
    Err(error)
}

#[test]
fn type_parameters() {
    let spans = sound(capture(|| {
        let _ = generic(Search::Gone);
        let _ = generic_typed(Model::TimedOut);
        let _ = generic_unknown(Search::Gone);
    }));
    spans[0].assert_error("Gone");
    spans[1].assert_error("timeout");
    spans[2].assert_error("Search");
}
