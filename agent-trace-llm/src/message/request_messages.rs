use std::borrow::Cow;

use serde::Serialize;
use serde_json::Value;

use super::{InputMessage, Part, Shape, ToolDefinition, ToolDetail};

/// What a request says, for [`LlmRequest::messages`](crate::LlmRequest::messages): its messages,
/// instructions and tools, made when they are asked for.
///
/// Either a body of a wire shape, or what an implementation has put together itself:
///
/// ```
/// use agent_trace_llm::message::{InputMessage, Part, RequestMessages, Role, Shape, ToolDetail};
/// use serde_json::json;
///
/// let body = json!({ "system": "Be brief.", "messages": [{ "role": "user", "content": "Hi" }] });
/// let said = RequestMessages::of_body(Shape::AnthropicMessages, &body);
/// let made = RequestMessages::new(vec![InputMessage::new(Role::User, vec![Part::text("Hi")])])
///     .with_system_instructions(vec![Part::text("Be brief.")]);
/// assert_eq!(said.input(), made.input());
/// assert_eq!(said.system_instructions(), made.system_instructions());
/// assert!(said.tool_definitions(ToolDetail::Names).is_empty());
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct RequestMessages<'a> {
    source: Source<'a>,
}

#[derive(Debug, Clone, PartialEq)]
enum Source<'a> {
    Body(Shape, Cow<'a, Value>),
    Made {
        input: Vec<InputMessage<'a>>,
        instructions: Vec<Part<'a>>,
        tools: Vec<ToolDefinition<'a>>,
    },
}

impl<'a> RequestMessages<'a> {
    /// Those that an implementation has made.
    pub fn new(input: Vec<InputMessage<'a>>) -> Self {
        Self {
            source: Source::Made {
                input,
                instructions: Vec::new(),
                tools: Vec::new(),
            },
        }
    }

    /// Those of a request body.
    pub fn of_body(shape: Shape, body: &'a Value) -> Self {
        let source = Source::Body(shape, Cow::Borrowed(body));
        Self { source }
    }

    /// Those of a request body that is handed over.
    pub fn of_owned_body(shape: Shape, body: Value) -> Self {
        let source = Source::Body(shape, Cow::Owned(body));
        Self { source }
    }

    /// Those of a type whose serialised form is a request body. `None` if it cannot be serialised.
    pub fn of_serialized(shape: Shape, request: &impl Serialize) -> Option<Self> {
        let body = serde_json::to_value(request).ok()?;
        Some(Self::of_owned_body(shape, body))
    }

    /// The same with instructions; for those that are [made](Self::new).
    #[must_use]
    pub fn with_system_instructions(mut self, parts: Vec<Part<'a>>) -> Self {
        if let Source::Made { instructions, .. } = &mut self.source {
            *instructions = parts;
        }
        self
    }

    /// The same with tools; for those that are [made](Self::new).
    #[must_use]
    pub fn with_tool_definitions(mut self, definitions: Vec<ToolDefinition<'a>>) -> Self {
        if let Source::Made { tools, .. } = &mut self.source {
            *tools = definitions;
        }
        self
    }

    /// `gen_ai.input.messages`.
    pub fn input(&self) -> Cow<'_, [InputMessage<'_>]> {
        match &self.source {
            Source::Body(shape, body) => Cow::Owned(shape.input(body)),
            Source::Made { input, .. } => Cow::Borrowed(input),
        }
    }

    /// `gen_ai.system_instructions`.
    pub fn system_instructions(&self) -> Cow<'_, [Part<'_>]> {
        match &self.source {
            Source::Body(shape, body) => Cow::Owned(shape.system_instructions(body)),
            Source::Made { instructions, .. } => Cow::Borrowed(instructions),
        }
    }

    /// `gen_ai.tool.definitions`.
    pub fn tool_definitions(&self, detail: ToolDetail) -> Cow<'_, [ToolDefinition<'_>]> {
        let tools = match &self.source {
            Source::Body(shape, body) => return Cow::Owned(shape.tool_definitions(body, detail)),
            Source::Made { tools, .. } => tools,
        };
        match detail {
            ToolDetail::Full => Cow::Borrowed(tools),
            ToolDetail::Names => {
                let named = |tool: &ToolDefinition<'a>| {
                    ToolDefinition::of_kind(tool.kind.clone(), tool.name.clone())
                };
                Cow::Owned(tools.iter().map(named).collect())
            }
        }
    }
}
