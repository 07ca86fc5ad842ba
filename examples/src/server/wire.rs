//! The parts of the OpenAI wire format that the server reads, kept apart from the client's own types so that one
//! mistake cannot hide in both.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The body of `POST /chat/completions`, as far as the server looks at it.
#[derive(Debug, Clone, Deserialize)]
pub struct ChatRequest {
    /// The model asked for.
    pub model: String,
    /// The conversation so far.
    pub messages: Vec<Message>,
    #[serde(default)]
    stream: Option<bool>,
    #[serde(default)]
    stream_options: Option<StreamOptions>,
    #[serde(default)]
    tools: Option<Vec<Value>>,
}

#[derive(Debug, Clone, Deserialize)]
struct StreamOptions {
    #[serde(default)]
    include_usage: Option<bool>,
}

impl ChatRequest {
    /// Whether the reply is to come as server-sent events.
    #[must_use]
    pub fn is_stream(&self) -> bool {
        self.stream == Some(true)
    }

    /// Whether a stream is to end with a chunk that carries the usage.
    #[must_use]
    pub fn wants_usage(&self) -> bool {
        self.stream_options
            .as_ref()
            .and_then(|options| options.include_usage)
            == Some(true)
    }

    /// Whether the model may ask for tools.
    #[must_use]
    pub fn offers_tools(&self) -> bool {
        self.tools.as_ref().is_some_and(|tools| !tools.is_empty())
    }

    /// The text of the last message of a role, or nothing.
    #[must_use]
    pub fn last(&self, role: &str) -> &str {
        self.messages
            .iter()
            .rev()
            .find(|message| message.role == role)
            .map_or("", Message::text)
    }

    /// How many times the model has spoken in this conversation.
    #[must_use]
    pub fn turns(&self) -> usize {
        self.messages
            .iter()
            .filter(|message| message.role == "assistant")
            .count()
    }

    /// Tokens of the prompt, and how many of them the model has seen before.
    pub(super) fn prompt_tokens(&self) -> (u64, u64) {
        let seen = self
            .messages
            .iter()
            .rposition(|message| message.role == "assistant");
        let tokens = |messages: &[Message]| messages.iter().map(Message::tokens).sum::<u64>();
        let tools = self
            .tools
            .iter()
            .flatten()
            .map(|tool| count_tokens(&tool.to_string()))
            .sum::<u64>();
        (
            tools + tokens(&self.messages),
            seen.map_or(0, |seen| tools + tokens(&self.messages[..seen])),
        )
    }
}

/// One message of a conversation.
#[derive(Debug, Clone, Deserialize)]
pub struct Message {
    /// `system`, `developer`, `user`, `assistant` or `tool`.
    pub role: String,
    #[serde(default)]
    content: Option<Content>,
    /// The tools that an assistant asked for.
    #[serde(default)]
    pub tool_calls: Vec<ToolCall>,
}

impl Message {
    /// The message's text; of a message in parts, the first text.
    #[must_use]
    pub fn text(&self) -> &str {
        match &self.content {
            Some(Content::Text(text)) => text,
            Some(Content::Parts(parts)) => parts
                .iter()
                .find_map(|part| part.text.as_deref())
                .unwrap_or_default(),
            None => "",
        }
    }

    fn tokens(&self) -> u64 {
        let calls = self.tool_calls.iter().map(ToolCall::tokens).sum::<u64>();
        // Every message costs a few tokens besides its text.
        4 + count_tokens(self.text()) + calls
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Content {
    Text(String),
    Parts(Vec<Part>),
}

#[derive(Debug, Clone, Deserialize)]
struct Part {
    #[serde(default)]
    text: Option<String>,
}

/// A tool that the model asked for.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct ToolCall {
    /// The id by which the result refers to the call; the server fills it in.
    #[serde(default)]
    pub id: String,
    /// What is called.
    pub function: Function,
}

/// The function of a tool call.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// Its arguments, JSON in a string as on the wire.
    pub arguments: String,
}

impl ToolCall {
    /// A call of `name`, its id still open.
    #[must_use]
    pub fn new(name: &str, arguments: &Value) -> Self {
        let function = Function {
            name: name.to_owned(),
            arguments: arguments.to_string(),
        };
        Self {
            id: String::new(),
            function,
        }
    }

    pub(super) fn tokens(&self) -> u64 {
        count_tokens(&self.function.name) + count_tokens(&self.function.arguments)
    }

    pub(super) fn to_json(&self) -> Value {
        json!({ "id": self.id, "type": "function", "function": self.function })
    }
}

/// Token counts of one exchange.
#[derive(Debug, Clone, Copy)]
pub(super) struct Usage {
    pub(super) prompt: u64,
    pub(super) cached: u64,
    pub(super) completion: u64,
}

impl Usage {
    pub(super) fn to_json(self) -> Value {
        json!({
            "prompt_tokens": self.prompt,
            "completion_tokens": self.completion,
            "total_tokens": self.prompt + self.completion,
            "prompt_tokens_details": { "cached_tokens": self.cached, "audio_tokens": 0 },
            "completion_tokens_details": {
                "reasoning_tokens": 0,
                "audio_tokens": 0,
                "accepted_prediction_tokens": 0,
                "rejected_prediction_tokens": 0
            }
        })
    }
}

/// About as many tokens as a tokenizer would count: four bytes each.
pub(super) fn count_tokens(text: &str) -> u64 {
    text.len().div_ceil(4) as u64
}
