//! The agent's sessions with both tool servers.

use agent_trace::rmcp::TracedPeer;
use rmcp::ServiceExt as _;
use rmcp::model::{CallToolRequestParams, ContentBlock, InitializeRequestParams, JsonObject};
use rmcp::service::{RoleClient, RunningService, ServiceError};
use rmcp::transport::streamable_http_client::StreamableHttpClientTransportConfig;
use rmcp::transport::{StreamableHttpClientTransport, TokioChildProcess};

use super::{AnyError, Role, http, process};

type Session = RunningService<RoleClient, InitializeRequestParams>;

/// One server as a child process, one over HTTP.
#[derive(Debug)]
pub(super) struct Sessions {
    child: Session,
    remote: Session,
    url: String,
}

impl Sessions {
    /// Starts the child, and opens both sessions.
    pub(super) async fn open(url: &str) -> Result<Self, AnyError> {
        let child = TokioChildProcess::new(process::command(Role::ToolsStdio)?)?;
        let config = StreamableHttpClientTransportConfig::with_uri(url);
        let remote = StreamableHttpClientTransport::with_client(http::plain_client()?, config);
        Ok(Self {
            child: client().serve(child).await?,
            remote: client().serve(remote).await?,
            url: url.to_owned(),
        })
    }

    /// Closes both sessions; the child ends with its own.
    pub(super) async fn close(self) -> Result<(), AnyError> {
        self.child.cancel().await?;
        self.remote.cancel().await?;
        Ok(())
    }

    pub(super) fn over_stdio(&self) -> TracedPeer {
        TracedPeer::new(self.child.peer().clone()).over_stdio()
    }

    pub(super) fn over_http(&self) -> TracedPeer {
        TracedPeer::new(self.remote.peer().clone()).over_http(self.url.clone())
    }
}

/// What a session opens with. There is no peer yet that could carry the trace on.
fn client() -> InitializeRequestParams {
    let mut client = InitializeRequestParams::default();
    agent_trace::inject(&mut client.meta.get_or_insert_default().0.0);
    client
}

/// Calls a tool, and gives the text of its result.
pub(super) async fn call_tool(
    server: &TracedPeer,
    tool: &'static str,
    arguments: JsonObject,
) -> Result<String, ServiceError> {
    let params = CallToolRequestParams::new(tool).with_arguments(arguments);
    let result = server.call_tool(params).await?;
    let texts = result.content.iter().filter_map(ContentBlock::as_text);
    Ok(texts.map(|text| text.text.as_str()).collect())
}
