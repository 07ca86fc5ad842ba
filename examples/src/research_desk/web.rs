//! The web, or as much of it as the desk needs: two pages and a search engine that is slow to start.

use std::error::Error;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use agent_trace::{Verdict, tool_call};

/// What a searcher is ready to wait for.
const PATIENCE: Duration = Duration::from_millis(250);

const PAGES: &[(&str, &str)] = &[
    (
        "https://orchards.example/pollination",
        "Most apple varieties set fruit only with pollen from another variety, and bees carry it: \
         netted branches bore a tenth of the apples of open ones.",
    ),
    (
        "https://fields.example/hedges",
        "Strips of flowers along a field double the number of wild bee species within three years.",
    ),
];

/// The pages, and the search engine's state.
#[derive(Debug, Default)]
pub(super) struct Web {
    warm: AtomicBool,
}

impl Web {
    async fn look_up(&self, query: &str) -> Vec<String> {
        // The first question after a pause wakes the engine up.
        let wait = if self.warm.swap(true, Ordering::Relaxed) {
            10
        } else {
            5_000
        };
        tokio::time::sleep(Duration::from_millis(wait)).await;
        let query = query.to_lowercase();
        PAGES
            .iter()
            .filter(|(_, text)| query.split_whitespace().any(|word| text.contains(word)))
            .map(|(url, text)| format!("{url}: {text}"))
            .collect()
    }
}

/// Why a search came to nothing.
#[derive(Debug)]
pub(super) enum SearchError {
    /// The engine took too long.
    Timeout,
}

impl fmt::Display for SearchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Timeout => write!(f, "no answer within {PATIENCE:?}"),
        }
    }
}

impl Error for SearchError {}

/// Searches the web.
#[tool_call(call_id = call_id, kind = "function")]
pub(super) async fn web_search(
    web: &Web,
    call_id: &str,
    query: &str,
) -> Result<Vec<String>, SearchError> {
    tokio::time::timeout(PATIENCE, web.look_up(query))
        .await
        .map_err(|_| SearchError::Timeout)
}

/// What a server answered to a request for a page.
#[derive(Debug)]
pub(super) struct Page {
    status: u16,
    text: &'static str,
}

impl fmt::Display for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HTTP {}: {}", self.status, self.text)
    }
}

/// An address that is none.
#[derive(Debug)]
pub(super) struct BadAddress;

impl fmt::Display for BadAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an http address")
    }
}

impl Error for BadAddress {}

/// Reads a page of the web.
#[tool_call(call_id = call_id, kind = "function", error = page_outcome)]
pub(super) async fn read_page(_web: &Web, call_id: &str, url: &str) -> Result<Page, BadAddress> {
    if !url.starts_with("http") {
        return Err(BadAddress);
    }
    tokio::time::sleep(Duration::from_millis(40)).await;
    let page = PAGES.iter().find(|(address, _)| *address == url);
    Ok(page.map_or(
        Page {
            status: 404,
            text: "Not Found",
        },
        |(_, text)| Page { status: 200, text },
    ))
}

/// To the caller every answer of a server is a page; in the trace a 404 is a failure.
fn page_outcome(page: &Result<Page, BadAddress>) -> Verdict {
    match page {
        Ok(page) if page.status >= 400 => Verdict::failure(page.status.to_string()),
        Ok(_) => Verdict::Success,
        Err(_) => Verdict::failure("bad_address"),
    }
}
