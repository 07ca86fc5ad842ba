//! A research desk: a question goes in, a short report comes out.
//!
//! A planner splits the question into topics, a searcher works on each of them at the same time with tools and a
//! library, and a writer puts their notes together. This is the whole of the instrumentation: an attribute above
//! each function that is an agent, a tool or a model call, and a `FanOut` for the searchers.

mod error;
mod library;
mod model;
mod planner;
mod script;
mod searcher;
mod tools;
mod web;
mod writer;

use std::sync::Arc;

use agent_trace::{FanOut, agent_span};
use async_openai::Client;
use async_openai::config::OpenAIConfig;

pub use self::error::DeskError;
use self::library::Library;
pub use self::model::{ModelNames, client};
pub use self::planner::Topic;
pub use self::script::Script;
pub use self::searcher::Notes;
use self::web::Web;
pub use self::writer::Report;

/// What the whole team works with.
#[derive(Debug)]
pub struct Desk {
    client: Client<OpenAIConfig>,
    models: ModelNames,
    conversation: String,
    web: Web,
    library: Library,
}

impl Desk {
    /// A desk that reaches its models through `client`, in the conversation with that id.
    pub fn new(
        client: Client<OpenAIConfig>,
        models: ModelNames,
        conversation: impl Into<String>,
    ) -> Self {
        let conversation = conversation.into();
        Self {
            client,
            models,
            conversation,
            web: Web::default(),
            library: Library::default(),
        }
    }
}

/// Answers a question with a team: a planner, a searcher for each topic, and a writer.
///
/// # Errors
///
/// When a model call fails for good, or a model says something the desk cannot use.
#[agent_span(operation = "invoke_workflow", name = "research_desk", conversation = desk.conversation)]
pub async fn research_desk(desk: Arc<Desk>, question: &str) -> Result<Report, DeskError> {
    let topics = planner::planner(&desk, question).await?;

    let mut searchers = FanOut::new().with_size(topics.len());
    for (place, topic) in topics.into_iter().enumerate() {
        searchers.spawn(searcher::searcher(Arc::clone(&desk), place + 1, topic));
    }
    let notes: Vec<Notes> = searchers.try_join_all().await?;

    writer::writer(&desk, question, &notes).await
}
