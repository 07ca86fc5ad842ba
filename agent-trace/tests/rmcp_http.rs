//! An MCP server over HTTP: what is beneath the client's span and what is linked to the transport's.

use agent_trace::propagation::TrustMode;
use agent_trace::rmcp::TracedHandler;
use agent_trace::testing::{FinishedSpan, Recorder, Spans};
use agent_trace::tower::ServerLayer;
use http::{Request, StatusCode};
use http_body::Body;
use opentelemetry::trace::SpanKind;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, ErrorCode,
    ServerCapabilities, ServerConfig,
};
use rmcp::service::RequestContext;
use rmcp::transport::StreamableHttpServerConfig;
use rmcp::transport::StreamableHttpService;
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::{ErrorData, RoleServer, ServerHandler};
use serde_json::json;
use std::pin::pin;
use std::sync::Arc;
use tower::ServiceExt as _;
use tower_layer::Layer as _;

const CLIENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
const SENDER: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

#[derive(Clone)]
struct Weather;

impl ServerHandler for Weather {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _: RequestContext<RoleServer>,
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
            _ => Ok(CallToolResult::success(content).into()),
        }
    }
}

/// One request in the protocol's form that needs no session. `meta` is what the client says in `_meta`, `header` what the
/// sender of the request says in its headers.
fn call(tool: &str, meta: Option<&str>, header: Option<&str>) -> Request<String> {
    let body = json!({
        "jsonrpc": "2.0",
        "id": 2,
        "method": "tools/call",
        "params": {
            "name": tool,
            "arguments": { "city": "secret" },
            "_meta": {
                "traceparent": meta,
                "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                "io.modelcontextprotocol/clientInfo": { "name": "test", "version": "1.0" },
                "io.modelcontextprotocol/clientCapabilities": {},
            },
        },
    });
    let mut request = Request::post("/mcp")
        .header("host", "localhost")
        .header("content-type", "application/json")
        .header("accept", "application/json, text/event-stream")
        .header("mcp-protocol-version", "2026-07-28")
        .header("mcp-method", "tools/call")
        .header("mcp-name", tool);
    if let Some(header) = header {
        request = request.header("traceparent", header);
    }
    request.body(body.to_string()).unwrap()
}

/// What is recorded of one request, with the layer in front of the server or without.
async fn recorded(trust: TrustMode, with_layer: bool, request: Request<String>) -> Spans {
    let recorder = Recorder::new();
    let _default = tracing::dispatcher::set_default(recorder.dispatch());
    let server: StreamableHttpService<_, LocalSessionManager> = StreamableHttpService::new(
        move || Ok(TracedHandler::new(Weather).trust(trust)),
        Arc::default(),
        StreamableHttpServerConfig::default(),
    );
    let status = if with_layer {
        let reply = ServerLayer::new().layer(server).oneshot(request);
        read(reply.await.unwrap()).await
    } else {
        read(server.oneshot(request).await.unwrap()).await
    };
    assert_eq!(status, StatusCode::OK);
    drop(_default);
    assert_eq!(recorder.unfinished(), 0);
    recorder.spans()
}

async fn read<B: Body<Error: std::fmt::Debug>>(reply: http::Response<B>) -> StatusCode {
    let (head, body) = reply.into_parts();
    let mut body = pin!(body);
    while let Some(frame) = std::future::poll_fn(|context| body.as_mut().poll_frame(context)).await
    {
        frame.unwrap();
    }
    head.status
}

fn served<'a>(spans: &'a Spans, tool: &str) -> &'a FinishedSpan {
    let span = spans.find(&format!("tools/call {tool}"));
    assert_eq!(span.kind(), SpanKind::Server);
    span.assert_attr("mcp.method.name", "tools/call")
        .assert_attr("gen_ai.operation.name", "execute_tool")
        .assert_attr("gen_ai.tool.name", tool)
        .assert_attr("network.transport", "tcp")
        .assert_attr("network.protocol.name", "http")
        .assert_attr("jsonrpc.request.id", "2");
    assert!(!format!("{span:?}").contains("secret"));
    span
}

#[tokio::test]
async fn the_client_is_the_parent_and_the_transport_is_linked() {
    let request = call("get_weather", Some(CLIENT), Some(SENDER));
    let spans = recorded(TrustMode::Trust, true, request).await;
    let transport = spans.find("POST");
    assert_eq!(transport.kind(), SpanKind::Server);
    assert_eq!(
        transport.trace_id().to_string(),
        "0af7651916cd43dd8448eb211c80319c"
    );
    let server = served(&spans, "get_weather");
    assert_eq!(
        server.trace_id().to_string(),
        "4bf92f3577b34da6a3ce929d0e0e4736"
    );
    assert_eq!(server.parent().unwrap().to_string(), "00f067aa0ba902b7");
    assert!(server.has_remote_parent());
    server.assert_unset();
    let links = server.links();
    let [link] = &links[..] else {
        panic!("{server:?}");
    };
    // It leads to a span that was exported.
    assert_eq!(
        (link.trace_id(), link.span_id()),
        (transport.trace_id(), transport.id())
    );
    assert_eq!(spans.find("handling").parent(), Some(server.id()));
}

#[tokio::test]
async fn without_a_layer_the_sender_is_linked() {
    let request = call("get_weather", Some(CLIENT), Some(SENDER));
    let spans = recorded(TrustMode::Trust, false, request).await;
    let server = served(&spans, "get_weather");
    assert_eq!(server.parent().unwrap().to_string(), "00f067aa0ba902b7");
    let links = server.links();
    let [link] = &links[..] else {
        panic!("{server:?}");
    };
    assert_eq!(link.span_id().to_string(), "b7ad6b7169203331");
}

#[tokio::test]
async fn nothing_is_linked_where_nothing_was_sent() {
    let request = call("get_weather", Some(CLIENT), None);
    let spans = recorded(TrustMode::Trust, false, request).await;
    assert!(served(&spans, "get_weather").links().is_empty());
}

#[tokio::test]
async fn a_stranger_and_the_transport_are_both_linked() {
    let request = call("get_weather", Some(CLIENT), None);
    let spans = recorded(TrustMode::Link, true, request).await;
    let server = served(&spans, "get_weather");
    let caused = server.links_of("triggered_by");
    assert_eq!(caused[0].span_id().to_string(), "00f067aa0ba902b7");
    let transport = spans.find("POST").id();
    assert!(
        server
            .links()
            .iter()
            .any(|link| link.span_id() == transport)
    );
}

#[tokio::test]
async fn failures_of_the_protocol_and_of_the_tool() {
    let spans = recorded(TrustMode::Trust, true, call("fails", Some(CLIENT), None)).await;
    served(&spans, "fails").assert_error("tool_error");
    // The message that says so came whole.
    spans.find("POST").assert_unset();
    let recorder = recorded(TrustMode::Trust, true, call("unknown", Some(CLIENT), None));
    let spans = recorder.await;
    served(&spans, "unknown")
        .assert_error("-32602")
        .assert_attr("rpc.response.status_code", "-32602");
}
