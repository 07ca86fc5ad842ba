//! One request and its result, on a span.

use super::measured::{Measured, Side};
use super::request::{About, id_text};
use crate::current::CallHandle;
use crate::semconv::attribute;
use ::rmcp::ErrorData;
use ::rmcp::model::{RequestId, ServerResult};
use tracing::{Span, field};

/// Makes the span of one side; the macro needs the kind as a literal. With `parent: None`, or where it is.
macro_rules! span {
    ($kind:literal, $about:expr $(, $parent:ident: $none:expr)?) => {{
        let about: &About<'_> = $about;
        tracing::info_span!(
            target: "agent_trace::rmcp",
            $($parent: $none,)?
            "mcp",
            otel.name = about.span_name(),
            otel.kind = $kind,
            mcp.method.name = about.method,
            gen_ai.operation.name = about.tool.map(|_| "execute_tool"),
            gen_ai.tool.name = about.tool,
            gen_ai.prompt.name = about.prompt,
            mcp.resource.uri = about.resource,
            mcp.protocol.version = field::Empty,
            mcp.session.id = field::Empty,
            jsonrpc.request.id = field::Empty,
            network.transport = field::Empty,
            network.protocol.name = field::Empty,
            server.address = field::Empty,
            server.port = field::Empty,
            rpc.response.status_code = field::Empty,
            error.type = field::Empty,
            otel.status_code = field::Empty,
            agent_trace.outcome = field::Empty,
        )
    }};
}

/// A request that is recorded. Dropped before its result came, it says so.
#[derive(Debug)]
pub(super) struct Exchange {
    place: Place,
    measured: Measured,
}

/// Where a request is recorded.
#[derive(Debug)]
enum Place {
    /// On a span of its own.
    Own { span: Span, ended: bool },
    /// On the span of the tool call that makes it, whose outcome is the tool's own.
    OnTool(CallHandle),
}

impl Exchange {
    /// On the client.
    pub(super) fn sent(about: &About<'_>) -> Self {
        let call = crate::current();
        if about.tool.is_some() && call.is_tool_call() {
            return Self::new(Place::OnTool(call), Side::Client, about);
        }
        Self::own(span!("client", about), Side::Client, about)
    }

    /// On the server, where `new_root` keeps the span out of the trace that is current here.
    pub(super) fn served(about: &About<'_>, new_root: bool) -> Self {
        let span = if new_root {
            span!("server", about, parent: None)
        } else {
            span!("server", about)
        };
        Self::own(span, Side::Server, about)
    }

    fn own(span: Span, side: Side, about: &About<'_>) -> Self {
        Self::new(Place::Own { span, ended: false }, side, about)
    }

    fn new(place: Place, side: Side, about: &About<'_>) -> Self {
        Self {
            place,
            measured: Measured::begin(side, about),
        }
    }

    /// The span that is current while the request is under way.
    pub(super) fn span(&self) -> Span {
        match &self.place {
            Place::Own { span, .. } => span.clone(),
            Place::OnTool(_) => Span::current(),
        }
    }

    pub(super) fn text(&self, key: &'static str, value: &str) {
        if self.measured.is_running() {
            self.measured.say(key, value.to_owned());
        }
        match &self.place {
            Place::Own { span, .. } => _ = span.record(key, value),
            Place::OnTool(call) if is_of_tool(key) => _ = call.attribute(key, value.to_owned()),
            Place::OnTool(_) => {}
        }
    }

    pub(super) fn int(&self, key: &'static str, value: i64) {
        self.measured.say(key, value);
        match &self.place {
            Place::Own { span, .. } => _ = span.record(key, value),
            Place::OnTool(call) => _ = call.attribute(key, value),
        }
    }

    pub(super) fn id(&self, id: &RequestId) {
        self.text(attribute::JSONRPC_REQUEST_ID, &id_text(id));
    }

    /// The result has come. One that says that the tool failed is a failure.
    pub(super) fn result(&mut self, result: &ServerResult) {
        self.answered(matches!(
            result,
            ServerResult::CallToolResult(result) if result.is_error == Some(true)
        ));
    }

    /// The same, where it is known already whether it says so.
    pub(super) fn answered(&mut self, is_tool_error: bool) {
        if is_tool_error {
            self.failed("tool_error");
        }
        self.end();
    }

    /// The other side answered with an error.
    pub(super) fn error(&mut self, error: &ErrorData) {
        let code = error.code.0.to_string();
        self.text(attribute::RPC_RESPONSE_STATUS_CODE, &code);
        self.broke(&code);
    }

    /// There is no answer.
    pub(super) fn broke(&mut self, error_type: &str) {
        match &self.place {
            Place::Own { .. } => self.failed(error_type),
            // What the tool makes of it is its own: an `Err` fails its span.
            Place::OnTool(_) => self.measure_failed(error_type),
        }
        self.end();
    }

    fn measure_failed(&self, error_type: &str) {
        if self.measured.is_running() {
            self.measured
                .say(attribute::ERROR_TYPE, error_type.to_owned());
        }
    }

    fn failed(&self, error_type: &str) {
        self.measure_failed(error_type);
        match &self.place {
            Place::Own { span, .. } => {
                span.record(attribute::ERROR_TYPE, error_type);
                span.record("otel.status_code", "error");
            }
            Place::OnTool(call) => _ = call.error(error_type.to_owned()),
        }
    }

    fn end(&mut self) {
        if let Place::Own { ended, .. } = &mut self.place {
            *ended = true;
        }
        self.measure_end();
    }

    fn measure_end(&mut self) {
        if self.measured.is_running() {
            let span = self.span();
            span.in_scope(|| self.measured.end());
        }
    }
}

/// The registry lists the attributes of `mcp.` on spans of the protocol, and on no `execute_tool`; the server's span,
/// beneath it, has them.
fn is_of_tool(key: &str) -> bool {
    !key.starts_with("mcp.")
}

impl Drop for Exchange {
    fn drop(&mut self) {
        if let Place::Own { span, ended: false } = &self.place {
            span.record(attribute::AGENT_TRACE_OUTCOME, "cancelled");
            self.failed("cancelled");
            // The layer takes the last exit for the end.
            self.span().in_scope(|| ());
        } else {
            self.measure_failed("cancelled");
        }
        self.measure_end();
    }
}
