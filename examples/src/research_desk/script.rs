//! What the stand-in for the model says to the desk.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::json;

use crate::server::{self, ChatRequest, Reply};

/// Plays every model of the desk: it plans, asks for tools, takes notes and writes. It is busy at first.
#[derive(Debug, Default)]
pub struct Script {
    asked: AtomicBool,
}

impl server::Script for Script {
    fn reply(&self, request: &ChatRequest) -> Reply {
        if !self.asked.swap(true, Ordering::Relaxed) {
            return Reply::RateLimited(Duration::from_millis(150));
        }
        if request.is_stream() {
            return Reply::text(REPORT);
        }
        if request.offers_tools() {
            return research(request);
        }
        Reply::text(PLAN)
    }
}

/// A searcher's model: first tools, then notes.
fn research(request: &ChatRequest) -> Reply {
    let topic = request.last("user").split(':').next().unwrap_or_default();
    match (topic, request.turns()) {
        ("Pollination", 0) => {
            Reply::tools([("web_search", json!({ "query": "apple pollination bees" }))])
        }
        ("Pollination", _) => Reply::text(
            "Most apples need pollen from another variety. Branches that bees could not reach bore \
             a tenth of the fruit.",
        ),
        ("Pesticides", 0) => Reply::tools([
            (
                "read_page",
                json!({ "url": "https://orchards.example/pesticides" }),
            ),
            (
                "search_library",
                json!({ "query": "harm of pesticides to bees" }),
            ),
        ]),
        ("Pesticides", _) => Reply::text(
            "Pesticides in pollen cost bees their way home; spraying at dusk halves the harm. The \
             orchard's own page on this is missing.",
        ),
        ("Habitat", 0) => Reply::tools([(
            "search_library",
            json!({ "query": "where wild bees nest and feed" }),
        )]),
        ("Habitat", 1) => Reply::tools([(
            "read_page",
            json!({ "url": "https://fields.example/hedges" }),
        )]),
        ("Habitat", _) => Reply::text(
            "Wild bees nest within 300 metres of their food. Hedges and strips of flowers double \
             the number of species within three years.",
        ),
        _ => Reply::text("Nothing was found on this topic."),
    }
}

const PLAN: &str = r#"{"topics": [
    {"title": "Pollination", "question": "How much fruit depends on bees?"},
    {"title": "Pesticides", "question": "What do sprays do to bees, and what helps?"},
    {"title": "Habitat", "question": "What do wild bees need near an orchard?"}
]}"#;

const REPORT: &str = "An orchard without bees is an orchard without much fruit: most apples need \
    pollen from another variety, and branches that bees could not reach bore a tenth of the crop. \
    Sprays are the first thing to look at, since pesticides in pollen cost bees their way home, \
    and spraying at dusk halves the harm. The second is room to live. Wild bees nest within a few \
    hundred metres of their food, so hedges and strips of flowers beside the trees double the \
    number of species within three years.";
