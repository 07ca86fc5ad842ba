//! The options as data: what each attribute accepts, and which attributes of the conventions it fills.

use crate::family::Family;
use crate::semconv::Operation;

/// What kind of value an option of the conventions takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Text,
    Integer,
    Number,
    Flag,
    Texts,
}

/// Where a value goes: before the span starts, because samplers and names need it, or after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    Start,
    About,
}

/// An option that fills an attribute of the conventions.
pub(crate) struct Spec {
    pub(crate) name: &'static str,
    pub(crate) form: Form,
    pub(crate) stage: Stage,
    /// The runtime's method.
    pub(crate) method: &'static str,
    /// The attributes it may fill; which one depends on the operation.
    pub(crate) attributes: &'static [&'static str],
    /// The only operation it is for, where others have the attribute from their reply.
    pub(crate) only: Option<&'static str>,
}

impl Spec {
    const fn only(mut self, operation: &'static str) -> Self {
        self.only = Some(operation);
        self
    }

    /// Whether the operation's span can have the option.
    pub(crate) fn fits(&self, operation: &Operation) -> bool {
        operation.lists_any(self.attributes) && self.only.is_none_or(|only| only == operation.name)
    }
}

const fn start(
    name: &'static str,
    method: &'static str,
    attributes: &'static [&'static str],
) -> Spec {
    Spec {
        name,
        form: Form::Text,
        stage: Stage::Start,
        method,
        attributes,
        only: None,
    }
}

const fn about(name: &'static str, form: Form, attributes: &'static [&'static str]) -> Spec {
    Spec {
        name,
        form,
        stage: Stage::About,
        method: name,
        attributes,
        only: None,
    }
}

const PROVIDER: Spec = start("provider", "provider", &["gen_ai.provider.name"]);
const MODEL: Spec = start("model", "model", &["gen_ai.request.model"]);
const DATA_SOURCE: Spec = start("data_source", "data_source", &["gen_ai.data_source.id"]);
const SERVER: Spec = start("server", "server", &["server.address", "server.port"]);
const CONVERSATION: Spec = about("conversation", Form::Text, &["gen_ai.conversation.id"]);

static AGENT: &[Spec] = &[
    start(
        "name",
        "name",
        &["gen_ai.agent.name", "gen_ai.workflow.name"],
    ),
    PROVIDER,
    MODEL,
    DATA_SOURCE,
    SERVER,
    about("id", Form::Text, &["gen_ai.agent.id"]),
    about("version", Form::Text, &["gen_ai.agent.version"]),
    about("description", Form::Text, &["gen_ai.agent.description"]),
    CONVERSATION,
];

static TOOL: &[Spec] = &[
    start("name", "name", &["gen_ai.tool.name"]),
    PROVIDER,
    MODEL,
    DATA_SOURCE,
    SERVER,
    start("kind", "tool_type", &["gen_ai.tool.type"]),
    about("description", Form::Text, &["gen_ai.tool.description"]),
    about("call_id", Form::Text, &["gen_ai.tool.call.id"]),
    CONVERSATION,
    about(
        "query",
        Form::Text,
        &["gen_ai.retrieval.query.text", "gen_ai.memory.query.text"],
    ),
    about("top_k", Form::Integer, &["gen_ai.retrieval.top_k"]),
    about("store", Form::Text, &["gen_ai.memory.store.id"]),
    about("record", Form::Text, &["gen_ai.memory.record.id"]),
];

static LLM: &[Spec] = &[
    PROVIDER,
    MODEL,
    SERVER,
    about("temperature", Form::Number, &["gen_ai.request.temperature"]),
    about("top_p", Form::Number, &["gen_ai.request.top_p"]),
    about("top_k", Form::Integer, &["gen_ai.request.top_k"]),
    about("max_tokens", Form::Integer, &["gen_ai.request.max_tokens"]),
    about("seed", Form::Integer, &["gen_ai.request.seed"]),
    about(
        "frequency_penalty",
        Form::Number,
        &["gen_ai.request.frequency_penalty"],
    ),
    about(
        "presence_penalty",
        Form::Number,
        &["gen_ai.request.presence_penalty"],
    ),
    about(
        "stop_sequences",
        Form::Texts,
        &["gen_ai.request.stop_sequences"],
    ),
    about(
        "choice_count",
        Form::Integer,
        &["gen_ai.request.choice.count"],
    ),
    about("stream", Form::Flag, &["gen_ai.request.stream"]),
    about("output_type", Form::Text, &["gen_ai.output.type"]),
    about(
        "reasoning_level",
        Form::Text,
        &["gen_ai.request.reasoning.level"],
    ),
    about("service_tier", Form::Text, &["openai.request.service_tier"]),
    about(
        "previous_response_id",
        Form::Text,
        &["gen_ai.request.previous_response.id"],
    ),
    CONVERSATION,
    about(
        "encoding_formats",
        Form::Texts,
        &["gen_ai.request.encoding_formats"],
    ),
    about(
        "dimensions",
        Form::Integer,
        &["gen_ai.embeddings.dimension.count"],
    ),
    about("response_id", Form::Text, &["gen_ai.response.id"]).only("fetch_response"),
    about(
        "stream_cursor",
        Form::Text,
        &["gen_ai.request.stream_cursor"],
    ),
];

/// Options that all three attributes share.
pub(crate) static SHARED: &[&str] = &[
    "operation",
    "level",
    "target",
    "parent",
    "links",
    "new_trace",
    "fields",
    "skip",
    "skip_all",
    "error",
    "result",
    "crate",
];

impl Family {
    /// The options that fill an attribute of the conventions.
    pub(crate) fn specs(self) -> &'static [Spec] {
        match self {
            Self::Agent => AGENT,
            Self::Tool => TOOL,
            Self::Llm => LLM,
        }
    }

    /// The other options that only this attribute has.
    pub(crate) const fn own(self) -> &'static [&'static str] {
        match self {
            Self::Agent => &["remote"],
            Self::Tool => &[],
            Self::Llm => &["request", "prompt"],
        }
    }

    /// Every option's name: the family's own first.
    pub(crate) fn names(self) -> impl Iterator<Item = &'static str> {
        self.specs()
            .iter()
            .map(|spec| spec.name)
            .chain(self.own().iter().copied())
            .chain(SHARED.iter().copied())
    }
}
