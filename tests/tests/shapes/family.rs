//! Which attribute a function carries, and what its span is called then.

use std::future::Future;

use agent_trace::testing::FinishedSpan;
use opentelemetry::trace::SpanKind;

/// Which attribute the functions of a module carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    /// `#[agent_span]`.
    Agent,
    /// `#[tool_call]`.
    Tool,
    /// `#[llm_call]`.
    Llm,
}

impl Family {
    /// The name of the span of `function`, to which no option gives another name.
    pub(crate) fn span_name(self, function: &str) -> String {
        match self {
            Self::Agent => format!("invoke_agent {function}"),
            Self::Tool => format!("execute_tool {function}"),
            Self::Llm => "chat".to_owned(),
        }
    }

    /// The kind of its spans.
    pub(crate) fn kind(self) -> SpanKind {
        match self {
            Self::Agent | Self::Tool => SpanKind::Internal,
            Self::Llm => SpanKind::Client,
        }
    }

    /// Asserts that `span` is that of a call of `function`.
    pub(crate) fn assert_span(self, span: &FinishedSpan, function: &str) {
        assert_eq!(span.name(), self.span_name(function));
        assert_eq!(span.kind(), self.kind(), "kind of `{}`", span.name());
        assert!(
            span.keys_duplicated().is_empty(),
            "each attribute stands once"
        );
        match self {
            Self::Agent => span
                .assert_attr("gen_ai.operation.name", "invoke_agent")
                .assert_attr("gen_ai.agent.name", function),
            Self::Tool => span
                .assert_attr("gen_ai.operation.name", "execute_tool")
                .assert_attr("gen_ai.tool.name", function),
            Self::Llm => span.assert_attr("gen_ai.operation.name", "chat"),
        };
    }
}

/// Runs a future to its end on this thread.
pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime on this thread")
        .block_on(future)
}
