//! Both ends of an MCP session, on the spans that come out.

use agent_trace::propagation::TrustMode;
use agent_trace::rmcp::{TracedPeer, TracedService};
use agent_trace::testing::{Recorder, Spans};
use agent_trace::{agent_span, tool_call};
use opentelemetry::trace::SpanKind;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, ErrorCode,
};
use rmcp::service::{RequestContext, RoleClient, RoleServer, RunningService, ServiceError};
use rmcp::{ErrorData, ServerHandler, ServiceExt as _};
use std::time::Duration;

#[derive(Clone)]
struct Weather;

impl ServerHandler for Weather {
    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        tracing::info_span!("handling").in_scope(|| ());
        let content = vec![ContentBlock::text("secret: rain")];
        match &*request.name {
            "fails" => Ok(CallToolResult::error(content).into()),
            "unknown" => Err(ErrorData::new(
                ErrorCode::INVALID_PARAMS,
                "no such tool",
                None,
            )),
            "slow" => {
                context.ct.cancelled().await;
                Ok(CallToolResult::success(content).into())
            }
            _ => Ok(CallToolResult::success(content).into()),
        }
    }
}

/// A session over a pipe, and what both sides of it record. `rmcp` spawns tasks of its own, so the subscriber is that of
/// the thread, on which a test's runtime runs all of them.
struct Session {
    _default: tracing::subscriber::DefaultGuard,
    client: Option<RunningService<RoleClient, ()>>,
    server: tokio::task::JoinHandle<()>,
    recorder: Recorder,
}

impl Session {
    async fn open(trust: TrustMode) -> Self {
        Self::recorded(trust, Recorder::new()).await
    }

    async fn recorded(trust: TrustMode, recorder: Recorder) -> Self {
        let default = tracing::dispatcher::set_default(recorder.dispatch());
        let (near, far) = tokio::io::duplex(65_536);
        let server = async move {
            let service = TracedService::new(Weather).trust(trust);
            let running = service.serve(far).await.unwrap();
            let _ = running.waiting().await;
        };
        let server = tokio::spawn(server);
        let client = ().serve(near).await.unwrap();
        Self {
            _default: default,
            client: Some(client),
            server,
            recorder,
        }
    }

    fn peer(&self) -> TracedPeer {
        TracedPeer::new(self.client.as_ref().unwrap().peer().clone()).over_stdio()
    }

    async fn close(mut self) -> Spans {
        self.client.take().unwrap().cancel().await.unwrap();
        self.server.await.unwrap();
        assert_eq!(self.recorder.unfinished(), 0);
        self.recorder.spans()
    }
}

fn params(tool: &'static str) -> CallToolRequestParams {
    let arguments = serde_json::json!({ "city": "secret" });
    CallToolRequestParams::new(tool).with_arguments(arguments.as_object().unwrap().clone())
}

fn side(spans: &Spans, kind: SpanKind) -> Vec<&agent_trace::testing::FinishedSpan> {
    let of_tools = |name: &str| name.starts_with("tools/");
    spans
        .iter()
        .filter(|span| span.kind() == kind && of_tools(span.name()))
        .collect()
}

#[tokio::test]
async fn a_call_is_one_trace_across_the_session() {
    let session = Session::open(TrustMode::Trust).await;
    let peer = session.peer();
    let call = async {
        #[agent_span]
        async fn forecaster(peer: &TracedPeer) {
            peer.call_tool(params("get_weather")).await.unwrap();
        }
        forecaster(&peer).await;
    };
    call.await;
    let spans = session.close().await;
    let (client, server) = (
        side(&spans, SpanKind::Client)[0],
        side(&spans, SpanKind::Server)[0],
    );
    assert_eq!(
        client.parent(),
        Some(spans.find("invoke_agent forecaster").id())
    );
    assert_eq!(
        (server.parent(), server.trace_id()),
        (Some(client.id()), client.trace_id())
    );
    assert!(server.has_remote_parent());
    assert!(server.links().is_empty());
    assert_eq!(spans.find("handling").parent(), Some(server.id()));
    for span in [client, server] {
        assert_eq!(span.name(), "tools/call get_weather");
        span.assert_attr("mcp.method.name", "tools/call")
            .assert_attr("gen_ai.operation.name", "execute_tool")
            .assert_attr("gen_ai.tool.name", "get_weather")
            .assert_attr("network.transport", "pipe")
            .assert_unset();
        assert!(span.str("jsonrpc.request.id").is_some(), "{span:?}");
        assert!(span.str("mcp.protocol.version").is_some(), "{span:?}");
        assert!(span.keys_duplicated().is_empty());
    }
    assert_eq!(
        client.str("jsonrpc.request.id"),
        server.str("jsonrpc.request.id")
    );
    // `rmcp` logs whole requests at DEBUG, outside of these spans.
    assert!(!format!("{client:?} {server:?}").contains("secret"));
}

#[tokio::test]
async fn inside_a_tool_call_the_tool_has_the_only_span() {
    #[tool_call(name = "weather")]
    async fn weather(
        peer: &TracedPeer,
        tool: &'static str,
    ) -> Result<CallToolResult, ServiceError> {
        peer.call_tool(params(tool)).await
    }
    let session = Session::open(TrustMode::Trust).await;
    let peer = session.peer();
    weather(&peer, "get_weather").await.unwrap();
    weather(&peer, "fails").await.unwrap();
    weather(&peer, "unknown").await.unwrap_err();
    let spans = session.close().await;
    assert!(side(&spans, SpanKind::Client).is_empty());
    let tools: Vec<_> = spans
        .iter()
        .filter(|span| span.name() == "execute_tool weather")
        .collect();
    let servers = side(&spans, SpanKind::Server);
    assert_eq!((tools.len(), servers.len()), (3, 3));
    for (tool, server) in tools.iter().zip(&servers) {
        assert_eq!(server.parent(), Some(tool.id()));
        // The registry lists what is `mcp.` on the protocol's own spans only.
        tool.assert_attr("network.transport", "pipe")
            .assert_attr("gen_ai.tool.name", "weather")
            .assert_no_attr("mcp.method.name")
            .assert_no_attr("mcp.protocol.version");
        assert!(tool.str("jsonrpc.request.id").is_some());
        assert!(tool.keys_duplicated().is_empty());
    }
    tools[0].assert_unset();
    tools[1].assert_error("tool_error");
    tools[2]
        .assert_error("McpError")
        .assert_attr("rpc.response.status_code", "-32602");
}

#[tokio::test]
async fn failures_of_the_protocol_and_of_the_tool() {
    let session = Session::open(TrustMode::Trust).await;
    let peer = session.peer();
    peer.call_tool(params("fails")).await.unwrap();
    peer.call_tool(params("unknown")).await.unwrap_err();
    let spans = session.close().await;
    for kind in [SpanKind::Client, SpanKind::Server] {
        let both = side(&spans, kind.clone());
        both[0]
            .assert_error("tool_error")
            .assert_no_attr("rpc.response.status_code");
        both[1]
            .assert_error("-32602")
            .assert_attr("rpc.response.status_code", "-32602");
    }
}

#[tokio::test]
async fn a_request_that_is_dropped_is_cancelled_on_both_sides() {
    let session = Session::open(TrustMode::Trust).await;
    let peer = session.peer();
    let call = peer.call_tool(params("slow"));
    tokio::time::timeout(Duration::from_millis(50), call)
        .await
        .unwrap_err();
    // The server learns of it.
    peer.call_tool(params("get_weather")).await.unwrap();
    let spans = session.close().await;
    side(&spans, SpanKind::Client)[0]
        .assert_error("cancelled")
        .assert_attr("agent_trace.outcome", "cancelled");
}

#[tokio::test]
async fn a_stranger_is_linked() {
    let session = Session::open(TrustMode::Link).await;
    let peer = session.peer();
    peer.call_tool(params("get_weather")).await.unwrap();
    let spans = session.close().await;
    let (client, server) = (
        side(&spans, SpanKind::Client)[0],
        side(&spans, SpanKind::Server)[0],
    );
    assert_eq!(server.parent(), None);
    assert_ne!(server.trace_id(), client.trace_id());
    assert_eq!(server.links_of("triggered_by")[0].span_id(), client.id());
}

#[tokio::test]
async fn other_requests_have_spans_too() {
    let session = Session::open(TrustMode::Trust).await;
    let peer = session.peer();
    peer.list_tools(None).await.unwrap();
    let spans = session.close().await;
    for kind in [SpanKind::Client, SpanKind::Server] {
        let span = side(&spans, kind)[0];
        assert_eq!(span.name(), "tools/list");
        span.assert_no_attr("gen_ai.operation.name").assert_unset();
    }
}

#[cfg(feature = "metrics")]
#[tokio::test]
async fn both_sides_are_measured() {
    use agent_trace::metrics::Metrics;
    use agent_trace::testing::Capture;
    use opentelemetry_sdk::metrics::data::{AggregatedMetrics, MetricData};
    use opentelemetry_sdk::metrics::{InMemoryMetricExporter, SdkMeterProvider};

    #[tool_call]
    async fn ask(peer: TracedPeer) -> Result<CallToolResult, ServiceError> {
        peer.call_tool(CallToolRequestParams::new("fails")).await
    }

    let exporter = InMemoryMetricExporter::default();
    let provider = SdkMeterProvider::builder()
        .with_periodic_exporter(exporter.clone())
        .build();
    let recorder = Capture::new().layer(Metrics::new(&provider)).recorder();
    let session = Session::recorded(TrustMode::Trust, recorder).await;
    let call = |name| {
        let peer = session.peer();
        async move { peer.call_tool(CallToolRequestParams::new(name)).await }
    };
    call("works").await.unwrap();
    call("unknown").await.unwrap_err();
    // Nobody waits for this one any more.
    let slow = tokio::time::timeout(Duration::from_millis(20), call("slow"));
    slow.await.unwrap_err();
    // The span is the tool's own, and the request is measured all the same.
    ask(session.peer()).await.unwrap();
    let _ = session.close().await;
    provider.force_flush().unwrap();

    let exported = exporter.get_finished_metrics().unwrap();
    let metrics = exported
        .last()
        .unwrap()
        .scope_metrics()
        .flat_map(|scope| scope.metrics());
    let mut seen = Vec::new();
    for metric in metrics.filter(|metric| metric.name().starts_with("mcp.")) {
        let AggregatedMetrics::F64(MetricData::Histogram(histogram)) = metric.data() else {
            panic!("{metric:?}")
        };
        for point in histogram.data_points() {
            let get = |key: &str| {
                let found = point.attributes().find(|kv| kv.key.as_str() == key);
                found.map_or_else(String::new, |kv| kv.value.to_string())
            };
            if get("mcp.method.name") == "tools/call" {
                assert_eq!(get("gen_ai.operation.name"), "execute_tool");
                assert_eq!(get("network.transport"), "pipe");
                let keys = ["gen_ai.tool.name", "error.type", "rpc.response.status_code"];
                let [tool, error, status] = keys.map(get);
                let side = metric.name().trim_end_matches(".operation.duration");
                seen.push(format!("{side} {tool} {error} {status} {}", point.count()));
            }
        }
    }
    seen.sort();
    assert_eq!(
        seen,
        [
            "mcp.client fails tool_error  1",
            "mcp.client slow cancelled  1",
            "mcp.client unknown -32602 -32602 1",
            "mcp.client works   1",
            "mcp.server fails tool_error  1",
            "mcp.server slow   1",
            "mcp.server unknown -32602 -32602 1",
            "mcp.server works   1",
        ]
    );
}
