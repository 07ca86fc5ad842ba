use std::borrow::Cow;

use serde::Serialize;
use serde_json::Value;

use super::{OutputMessage, Shape};

/// What a reply says, for [`LlmResponse::messages`](crate::LlmResponse::messages): its messages, made
/// when they are asked for.
///
/// ```
/// use agent_trace_llm::message::{OutputMessage, Part, ResponseMessages, Shape};
/// use serde_json::json;
///
/// let body = json!({ "content": [{ "type": "text", "text": "Hi" }], "stop_reason": "end_turn" });
/// let said = ResponseMessages::of_body(Shape::AnthropicMessages, &body);
/// let made = OutputMessage::new(vec![Part::text("Hi")], Some("stop".into()));
/// assert_eq!(said.output(), ResponseMessages::new(vec![made]).output());
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ResponseMessages<'a> {
    source: Source<'a>,
}

#[derive(Debug, Clone, PartialEq)]
enum Source<'a> {
    Body(Shape, Cow<'a, Value>),
    Made(Vec<OutputMessage<'a>>),
}

impl<'a> ResponseMessages<'a> {
    /// Those that an implementation has made.
    pub fn new(output: Vec<OutputMessage<'a>>) -> Self {
        let source = Source::Made(output);
        Self { source }
    }

    /// Those of a response body.
    pub fn of_body(shape: Shape, body: &'a Value) -> Self {
        let source = Source::Body(shape, Cow::Borrowed(body));
        Self { source }
    }

    /// Those of a response body that is handed over.
    pub fn of_owned_body(shape: Shape, body: Value) -> Self {
        let source = Source::Body(shape, Cow::Owned(body));
        Self { source }
    }

    /// Those of a type whose serialised form is a response body. `None` if it cannot be serialised.
    pub fn of_serialized(shape: Shape, response: &impl Serialize) -> Option<Self> {
        let body = serde_json::to_value(response).ok()?;
        Some(Self::of_owned_body(shape, body))
    }

    /// `gen_ai.output.messages`.
    pub fn output(&self) -> Cow<'_, [OutputMessage<'_>]> {
        match &self.source {
            Source::Body(shape, body) => Cow::Owned(shape.output(body)),
            Source::Made(output) => Cow::Borrowed(output),
        }
    }
}
