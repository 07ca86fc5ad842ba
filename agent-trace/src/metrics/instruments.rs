//! The instruments, one for each metric of the registry that a client has.

use crate::semconv::MetricInfo;
use crate::semconv::metric as m;
use opentelemetry::metrics::{Counter, Histogram, Meter};

/// An instrument and what the registry says of it.
pub(super) struct Instrument<T> {
    pub(super) info: &'static MetricInfo,
    pub(super) instrument: T,
}

type Seconds = Instrument<Histogram<f64>>;
type Counts = Instrument<Histogram<u64>>;
type Sum = Instrument<Counter<u64>>;

/// Every instrument.
pub(super) struct Instruments {
    pub(super) client_operation: Seconds,
    pub(super) inference: Seconds,
    pub(super) first_chunk: Seconds,
    pub(super) output_chunk: Seconds,
    pub(super) workflow: Seconds,
    pub(super) agent: Seconds,
    pub(super) agent_inference_calls: Counts,
    pub(super) agent_tool_calls: Counts,
    pub(super) tool: Seconds,
    pub(super) input: Sum,
    pub(super) output: Sum,
    pub(super) cache_read: Sum,
    pub(super) cache_write: Sum,
    pub(super) reasoning: Sum,
    pub(super) input_each: Counts,
    pub(super) output_each: Counts,
    pub(super) mcp_client_operation: Seconds,
    pub(super) mcp_server_operation: Seconds,
    pub(super) mcp_client_session: Seconds,
    pub(super) mcp_server_session: Seconds,
}

impl Instruments {
    pub(super) fn new(meter: &Meter) -> Self {
        let seconds = |info, description| seconds(meter, info, description);
        let counts = |info, description| counts(meter, info, description);
        let sum = |info, description| sum(meter, info, description);
        Self {
            client_operation: seconds(
                &m::CLIENT_OPERATION_DURATION,
                "How long a GenAI operation took that is no inference.",
            ),
            inference: seconds(
                &m::CLIENT_INFERENCE_DURATION,
                "How long a model call took, to the end of its reply.",
            ),
            first_chunk: seconds(
                &m::CLIENT_INFERENCE_TIME_TO_FIRST_CHUNK,
                "How long a streamed reply took to its first chunk of content.",
            ),
            output_chunk: seconds(
                &m::CLIENT_INFERENCE_TIME_PER_OUTPUT_CHUNK,
                "How long each further chunk of content took, from the one before.",
            ),
            workflow: seconds(
                &m::INVOKE_WORKFLOW_DURATION,
                "How long a workflow ran, all that it coordinates included.",
            ),
            agent: seconds(
                &m::INVOKE_AGENT_DURATION,
                "How long an agent ran, from its invocation to its answer or error.",
            ),
            agent_inference_calls: counts(
                &m::INVOKE_AGENT_INFERENCE_CALLS,
                "How many model calls an agent made itself in one invocation.",
            ),
            agent_tool_calls: counts(
                &m::INVOKE_AGENT_TOOL_CALLS,
                "How many tools an agent called itself in one invocation.",
            ),
            tool: seconds(&m::EXECUTE_TOOL_DURATION, "How long a tool call took."),
            input: sum(
                &m::CLIENT_INFERENCE_USAGE_INPUT_TOKENS,
                "Input tokens, cached ones included.",
            ),
            output: sum(
                &m::CLIENT_INFERENCE_USAGE_OUTPUT_TOKENS,
                "Output tokens, reasoning included.",
            ),
            cache_read: sum(
                &m::CLIENT_INFERENCE_USAGE_CACHE_READ_INPUT_TOKENS,
                "Input tokens that were served from a cache.",
            ),
            cache_write: sum(
                &m::CLIENT_INFERENCE_USAGE_CACHE_WRITE_INPUT_TOKENS,
                "Input tokens that were written to a cache.",
            ),
            reasoning: sum(
                &m::CLIENT_INFERENCE_USAGE_REASONING_OUTPUT_TOKENS,
                "Output tokens that were spent on reasoning.",
            ),
            input_each: counts(
                &m::CLIENT_INFERENCE_OPERATION_INPUT_TOKENS,
                "Input tokens of one model call.",
            ),
            output_each: counts(
                &m::CLIENT_INFERENCE_OPERATION_OUTPUT_TOKENS,
                "Output tokens of one model call.",
            ),
            mcp_client_operation: seconds(
                &m::MCP_CLIENT_OPERATION_DURATION,
                "How long an MCP request or notification took, as its sender saw it.",
            ),
            mcp_server_operation: seconds(
                &m::MCP_SERVER_OPERATION_DURATION,
                "How long an MCP request or notification took, as its receiver saw it.",
            ),
            mcp_client_session: seconds(
                &m::MCP_CLIENT_SESSION_DURATION,
                "How long an MCP session lasted, as the client saw it.",
            ),
            mcp_server_session: seconds(
                &m::MCP_SERVER_SESSION_DURATION,
                "How long an MCP session lasted, as the server saw it.",
            ),
        }
    }
}

fn seconds(meter: &Meter, info: &'static MetricInfo, description: &'static str) -> Seconds {
    Instrument {
        info,
        instrument: meter
            .f64_histogram(info.name)
            .with_unit(info.unit)
            .with_description(description)
            .with_boundaries(info.boundaries.to_vec())
            .build(),
    }
}

fn counts(meter: &Meter, info: &'static MetricInfo, description: &'static str) -> Counts {
    Instrument {
        info,
        instrument: meter
            .u64_histogram(info.name)
            .with_unit(info.unit)
            .with_description(description)
            .with_boundaries(info.boundaries.to_vec())
            .build(),
    }
}

fn sum(meter: &Meter, info: &'static MetricInfo, description: &'static str) -> Sum {
    Instrument {
        info,
        instrument: meter
            .u64_counter(info.name)
            .with_unit(info.unit)
            .with_description(description)
            .build(),
    }
}
