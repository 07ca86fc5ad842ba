//! The tool server: two tools, over a pipe and over HTTP.

use std::sync::Arc;

use agent_trace::rmcp::{TracedHandler, TracedService};
use axum::Router;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, ErrorCode,
    ListToolsResult, PaginatedRequestParams, ServerCapabilities, ServerConfig, Tool,
};
use rmcp::service::RequestContext;
use rmcp::transport::StreamableHttpServerConfig;
use rmcp::transport::StreamableHttpService;
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::{ErrorData, RoleServer, ServerHandler, ServiceExt as _};
use serde_json::{Value, json};

use super::{AnyError, http, process};

#[derive(Clone, Debug)]
struct Tools;

impl ServerHandler for Tools {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let schema = json!({ "type": "object", "properties": { "city": { "type": "string" } }, "required": ["city"] });
        let schema = Arc::new(schema.as_object().cloned().unwrap_or_default());
        let tools = vec![
            Tool::new("find_trains", "Trains to a city.", Arc::clone(&schema)),
            Tool::new("get_weather", "Weather of a city.", schema),
        ];
        Ok(ListToolsResult::with_all_items(tools))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let arguments = request.arguments.unwrap_or_default();
        let Some(city) = arguments.get("city").and_then(Value::as_str) else {
            return Err(invalid("`city` is missing"));
        };
        let text = match &*request.name {
            "find_trains" => format!("to {city} at 7:14, 9:14 and 11:14"),
            "get_weather" => format!("rain in {city}, 14 degrees"),
            _ => return Err(invalid("no such tool")),
        };
        Ok(CallToolResult::success(vec![ContentBlock::text(text)]).into())
    }
}

fn invalid(message: &'static str) -> ErrorData {
    ErrorData::new(ErrorCode::INVALID_PARAMS, message, None)
}

/// Serves the process that started this one, over the pipes between them.
pub(super) async fn run_stdio() -> Result<(), AnyError> {
    let pipes = (tokio::io::stdin(), tokio::io::stdout());
    let running = TracedService::new(Tools).serve(pipes).await?;
    running.waiting().await?;
    Ok(())
}

/// Serves `/mcp` until the parent ends this process.
///
/// There is no layer in front of it: a client of `rmcp` sends its requests from a task of its own, so spans of the
/// transport would be traces of their own. The context is in the messages.
pub(super) async fn run_http() -> Result<(), AnyError> {
    let service: StreamableHttpService<_, LocalSessionManager> = StreamableHttpService::new(
        || Ok(TracedHandler::new(Tools)),
        Arc::default(),
        StreamableHttpServerConfig::default(),
    );
    let (listener, url) = http::bind().await?;
    process::ready(format_args!("{url}/mcp"))?;
    let routes = Router::new().nest_service("/mcp", service);
    tokio::select! {
        served = axum::serve(listener, routes) => served?,
        // Streams to clients stay open for good: nothing to wait for.
        () = process::dismissed() => {}
    }
    Ok(())
}
