//! One function for every operation, with every option that it takes.

use std::fmt;

use agent_trace::semconv::{self, SpanType};
use agent_trace::testing::{Capture, Spans};
use agent_trace::{agent_span, llm_call, tool_call};

/// An operation whose every option is given.
pub(crate) struct Case {
    pub(crate) run: fn(),
    pub(crate) name: &'static str,
    pub(crate) operation: &'static str,
    remote: bool,
    /// The attributes that the options and the call itself give, beside `gen_ai.operation.name`.
    pub(crate) given: &'static [&'static str],
}

#[derive(Debug)]
pub(crate) struct Shown;

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("shown")
    }
}

const SERVER: &str = "https://api.acme.example:8443/v1";

/// Asks for a trip.
#[agent_span(name = "planner", model = "m", data_source = "library", conversation = %Shown)]
fn invoke_agent() {}

#[agent_span(
    remote,
    name = "planner",
    id = "agent-1",
    version = "3",
    description = "Plans.",
    conversation = Some("conv-1"),
    provider = "acme",
    model = "m",
    data_source = "library",
    server = SERVER
)]
fn invoke_agent_elsewhere() {}

#[agent_span(
    operation = "create_agent",
    name = "planner",
    id = "agent-1",
    version = "3",
    description = "Plans.",
    provider = "acme",
    model = "m",
    server = SERVER
)]
fn create_agent() {}

#[agent_span(operation = "invoke_workflow", name = "trip", conversation = "conv-1")]
fn invoke_workflow() {}

#[agent_span(operation = "plan", name = "planner")]
fn plan() {}

#[tool_call(
    name = "weather",
    description = "Tells the weather.",
    kind = "function",
    call_id = "call-1",
    conversation = "conv-1"
)]
fn execute_tool() {}

#[tool_call(
    operation = "retrieval",
    data_source = "library",
    provider = "acme",
    model = "m",
    server = SERVER,
    query = "not recorded",
    top_k = 5_u8
)]
fn retrieval() {}

/// The seven operations on memories take the same options.
macro_rules! memories {
    ($($name:ident = $operation:literal),*) => {$(
        #[tool_call(
            operation = $operation,
            provider = "acme",
            store = "notes",
            record = "note-1",
            query = "not recorded",
            server = SERVER
        )]
        fn $name() {}
    )*};
}
memories!(
    create_memory_store = "create_memory_store",
    search_memory = "search_memory",
    create_memory = "create_memory",
    update_memory = "update_memory",
    upsert_memory = "upsert_memory",
    delete_memory = "delete_memory",
    delete_memory_store = "delete_memory_store"
);

/// The three operations that generate take the same options.
macro_rules! inferences {
    ($($name:ident = $operation:literal),*) => {$(
        #[llm_call(
            operation = $operation,
            provider = "openai",
            model = "m",
            server = SERVER,
            temperature = 1,
            top_p = 0.9_f32,
            top_k = 40_usize,
            max_tokens = 800_u32,
            seed = 7_u64,
            frequency_penalty = 0.5,
            presence_penalty = -0.5,
            stop_sequences = ["END", "STOP"],
            choice_count = 2_u8,
            stream = true,
            output_type = "json",
            reasoning_level = %Shown,
            service_tier = "flex",
            previous_response_id = "resp-0",
            conversation = "conv-1",
            prompt(name = "greeting", version = "2")
        )]
        fn $name() {}
    )*};
}
inferences!(
    chat = "chat",
    text_completion = "text_completion",
    generate_content = "generate_content"
);

#[llm_call(
    operation = "embeddings",
    provider = "acme",
    model = "m",
    server = SERVER,
    dimensions = 512_u32,
    encoding_formats = vec!["float".to_owned()]
)]
fn embeddings() {}

#[llm_call(
    operation = "fetch_response",
    provider = "openai",
    server = SERVER,
    response_id = "resp-1",
    stream_cursor = "17"
)]
fn fetch_response() {}

const MEMORY: &[&str] = &[
    "gen_ai.provider.name",
    "gen_ai.memory.store.id",
    "gen_ai.memory.record.id",
    "server.address",
    "server.port",
];

const INFERENCE: &[&str] = &[
    "gen_ai.provider.name",
    "gen_ai.request.model",
    "server.address",
    "server.port",
    "gen_ai.request.temperature",
    "gen_ai.request.top_p",
    "gen_ai.request.top_k",
    "gen_ai.request.max_tokens",
    "gen_ai.request.seed",
    "gen_ai.request.frequency_penalty",
    "gen_ai.request.presence_penalty",
    "gen_ai.request.stop_sequences",
    "gen_ai.request.choice.count",
    "gen_ai.request.stream",
    "gen_ai.output.type",
    "gen_ai.request.reasoning.level",
    "openai.request.service_tier",
    "gen_ai.request.previous_response.id",
    "gen_ai.conversation.id",
    "gen_ai.prompt.name",
    "gen_ai.prompt.version",
];

const fn case(
    run: fn(),
    name: &'static str,
    operation: &'static str,
    given: &'static [&'static str],
) -> Case {
    Case {
        run,
        name,
        operation,
        remote: false,
        given,
    }
}

pub(crate) static CASES: &[Case] = &[
    case(
        invoke_agent,
        "invoke_agent planner",
        "invoke_agent",
        &[
            "gen_ai.agent.name",
            "gen_ai.agent.description",
            "gen_ai.request.model",
            "gen_ai.data_source.id",
            "gen_ai.conversation.id",
        ],
    ),
    Case {
        run: invoke_agent_elsewhere,
        name: "invoke_agent planner",
        operation: "invoke_agent",
        remote: true,
        given: &[
            "gen_ai.agent.name",
            "gen_ai.agent.id",
            "gen_ai.agent.version",
            "gen_ai.agent.description",
            "gen_ai.conversation.id",
            "gen_ai.provider.name",
            "gen_ai.request.model",
            "gen_ai.data_source.id",
            "server.address",
            "server.port",
        ],
    },
    case(
        create_agent,
        "create_agent planner",
        "create_agent",
        &[
            "gen_ai.agent.name",
            "gen_ai.agent.id",
            "gen_ai.agent.version",
            "gen_ai.agent.description",
            "gen_ai.provider.name",
            "gen_ai.request.model",
            "server.address",
            "server.port",
        ],
    ),
    case(
        invoke_workflow,
        "invoke_workflow trip",
        "invoke_workflow",
        &["gen_ai.workflow.name", "gen_ai.conversation.id"],
    ),
    case(plan, "plan planner", "plan", &["gen_ai.agent.name"]),
    case(
        execute_tool,
        "execute_tool weather",
        "execute_tool",
        &[
            "gen_ai.tool.name",
            "gen_ai.tool.description",
            "gen_ai.tool.type",
            "gen_ai.tool.call.id",
            "gen_ai.conversation.id",
        ],
    ),
    case(
        retrieval,
        "retrieval library",
        "retrieval",
        &[
            "gen_ai.data_source.id",
            "gen_ai.provider.name",
            "gen_ai.request.model",
            "gen_ai.retrieval.top_k",
            "server.address",
            "server.port",
        ],
    ),
    case(
        create_memory_store,
        "create_memory_store",
        "create_memory_store",
        MEMORY,
    ),
    case(search_memory, "search_memory", "search_memory", MEMORY),
    case(create_memory, "create_memory", "create_memory", MEMORY),
    case(update_memory, "update_memory", "update_memory", MEMORY),
    case(upsert_memory, "upsert_memory", "upsert_memory", MEMORY),
    case(delete_memory, "delete_memory", "delete_memory", MEMORY),
    case(
        delete_memory_store,
        "delete_memory_store",
        "delete_memory_store",
        MEMORY,
    ),
    case(chat, "chat m", "chat", INFERENCE),
    case(
        text_completion,
        "text_completion m",
        "text_completion",
        INFERENCE,
    ),
    case(
        generate_content,
        "generate_content m",
        "generate_content",
        INFERENCE,
    ),
    case(
        embeddings,
        "embeddings m",
        "embeddings",
        &[
            "gen_ai.provider.name",
            "gen_ai.request.model",
            "gen_ai.embeddings.dimension.count",
            "gen_ai.request.encoding_formats",
            "server.address",
            "server.port",
        ],
    ),
    case(
        fetch_response,
        "fetch_response",
        "fetch_response",
        &[
            "gen_ai.provider.name",
            "gen_ai.response.id",
            "gen_ai.request.stream_cursor",
            "server.address",
            "server.port",
        ],
    ),
];

impl Case {
    pub(crate) fn span_type(&self) -> &'static SpanType {
        semconv::span_type(self.operation, self.remote).expect("an operation of the registry")
    }

    pub(crate) fn spans(&self) -> Spans {
        Capture::new().trimmed().run(self.run).spans
    }
}
