use super::exchange::Exchange;
use super::request::About;
use crate::propagation::{Propagator, propagator};
use crate::semconv::attribute;
use crate::server::Server;
use ::rmcp::model::{
    CallToolRequestParams, CallToolResult, CancelledNotificationParam, ClientRequest, GetMeta as _,
    GetPromptRequestParams, GetPromptResult, ListToolsResult, PaginatedRequestParams,
    ReadResourceRequestParams, ReadResourceResult, Request, RequestId, RequestOptionalParam,
    ServerResult,
};
use ::rmcp::service::{Peer, PeerRequestOptions, RoleClient, ServiceError};
use std::borrow::Cow;
use tracing::Instrument as _;

/// A handle to an MCP server whose requests are traced: see the [module](crate::rmcp).
///
/// It asks what the [`Peer`] asks, and its context travels along. What is not here as a method of its own goes through
/// [`request`](Self::request). A request that is dropped before its answer came is cancelled at the server.
#[derive(Clone, Debug)]
pub struct TracedPeer {
    peer: Peer<RoleClient>,
    propagator: Option<Propagator>,
    transport: Option<Transport>,
}

/// What carries the session, as far as spans say it.
#[derive(Clone, Debug)]
enum Transport {
    Pipe,
    Http { url: Cow<'static, str> },
}

impl TracedPeer {
    /// A traced handle to this peer.
    #[must_use]
    pub fn new(peer: Peer<RoleClient>) -> Self {
        Self {
            peer,
            propagator: None,
            transport: None,
        }
    }

    /// The server is a child process that is spoken to over its standard input and output (`network.transport` `pipe`).
    #[must_use]
    pub fn over_stdio(mut self) -> Self {
        self.transport = Some(Transport::Pipe);
        self
    }

    /// The server is reached over HTTP at this URL: `network.transport`, `network.protocol.name`, `server.address` and
    /// `server.port`. User info in it is never recorded.
    #[must_use]
    pub fn over_http(mut self, url: impl Into<Cow<'static, str>>) -> Self {
        self.transport = Some(Transport::Http { url: url.into() });
        self
    }

    /// Writes `_meta` with another propagator than that of this process: other formats, or another egress.
    #[must_use]
    pub fn propagator(mut self, propagator: Propagator) -> Self {
        self.propagator = Some(propagator);
        self
    }

    /// The peer itself, for what is not to be traced.
    #[must_use]
    pub fn peer(&self) -> &Peer<RoleClient> {
        &self.peer
    }

    /// `tools/call`.
    ///
    /// # Errors
    ///
    /// Those of the peer. A server that asks for more input or makes a task of the call gave an
    /// [unexpected response](ServiceError::UnexpectedResponse); [`request`](Self::request) has it.
    pub async fn call_tool(
        &self,
        params: CallToolRequestParams,
    ) -> Result<CallToolResult, ServiceError> {
        match self
            .request(ClientRequest::CallToolRequest(Request::new(params)))
            .await?
        {
            ServerResult::CallToolResult(result) => Ok(result),
            _ => Err(ServiceError::UnexpectedResponse),
        }
    }

    /// `tools/list`.
    ///
    /// # Errors
    ///
    /// Those of the peer.
    pub async fn list_tools(
        &self,
        params: Option<PaginatedRequestParams>,
    ) -> Result<ListToolsResult, ServiceError> {
        let request = RequestOptionalParam {
            params,
            ..Default::default()
        };
        match self
            .request(ClientRequest::ListToolsRequest(request))
            .await?
        {
            ServerResult::ListToolsResult(result) => Ok(result),
            _ => Err(ServiceError::UnexpectedResponse),
        }
    }

    /// `prompts/get`.
    ///
    /// # Errors
    ///
    /// Those of the peer.
    pub async fn get_prompt(
        &self,
        params: GetPromptRequestParams,
    ) -> Result<GetPromptResult, ServiceError> {
        match self
            .request(ClientRequest::GetPromptRequest(Request::new(params)))
            .await?
        {
            ServerResult::GetPromptResult(result) => Ok(result),
            _ => Err(ServiceError::UnexpectedResponse),
        }
    }

    /// `resources/read`.
    ///
    /// # Errors
    ///
    /// Those of the peer.
    pub async fn read_resource(
        &self,
        params: ReadResourceRequestParams,
    ) -> Result<ReadResourceResult, ServiceError> {
        match self
            .request(ClientRequest::ReadResourceRequest(Request::new(params)))
            .await?
        {
            ServerResult::ReadResourceResult(result) => Ok(result),
            _ => Err(ServiceError::UnexpectedResponse),
        }
    }

    /// Any request.
    ///
    /// # Errors
    ///
    /// Those of the peer.
    pub async fn request(&self, mut request: ClientRequest) -> Result<ServerResult, ServiceError> {
        let mut exchange = Exchange::sent(&About::of(&request));
        self.describe(&exchange);
        let span = exchange.span();
        span.in_scope(|| {
            let propagator = self.propagator.as_ref().unwrap_or_else(|| propagator());
            propagator.inject(&mut request.get_meta_mut().0.0);
        });
        let asked = async {
            let options = PeerRequestOptions::no_options();
            let handle = self.peer.send_cancellable_request(request, options).await?;
            exchange.id(&handle.id);
            let mut abandoned = Abandoned::new(&self.peer, handle.id.clone());
            let result = handle.await_response().await;
            abandoned.disarm();
            result
        };
        let result = asked.instrument(span).await;
        match &result {
            Ok(result) => exchange.result(result),
            Err(ServiceError::McpError(error)) => exchange.error(error),
            Err(error) => exchange.broke(error_type(error)),
        }
        result
    }

    fn describe(&self, exchange: &Exchange) {
        if let Some(info) = self.peer.peer_info() {
            exchange.text(
                attribute::MCP_PROTOCOL_VERSION,
                info.protocol_version.as_str(),
            );
        }
        match &self.transport {
            None => {}
            Some(Transport::Pipe) => exchange.text(attribute::NETWORK_TRANSPORT, "pipe"),
            Some(Transport::Http { url }) => {
                exchange.text(attribute::NETWORK_TRANSPORT, "tcp");
                exchange.text(attribute::NETWORK_PROTOCOL_NAME, "http");
                if let Some(server) = Server::parse(url) {
                    exchange.text(attribute::SERVER_ADDRESS, server.address);
                    if let Some(port) = server.port {
                        exchange.int(attribute::SERVER_PORT, i64::from(port));
                    }
                }
            }
        }
    }
}

/// Why there was no answer.
fn error_type(error: &ServiceError) -> &'static str {
    match error {
        ServiceError::TransportSend(_) => "transport_send",
        ServiceError::TransportClosed => "transport_closed",
        ServiceError::UnexpectedResponse => "unexpected_response",
        ServiceError::Cancelled { .. } => "cancelled",
        ServiceError::Timeout { .. } => "timeout",
        _ => "_OTHER",
    }
}

/// Tells the server that nobody waits for the answer any more, as the peer's own methods do.
struct Abandoned<'a> {
    peer: &'a Peer<RoleClient>,
    id: Option<RequestId>,
}

impl<'a> Abandoned<'a> {
    fn new(peer: &'a Peer<RoleClient>, id: RequestId) -> Self {
        Self { peer, id: Some(id) }
    }

    fn disarm(&mut self) {
        self.id = None;
    }
}

impl Drop for Abandoned<'_> {
    fn drop(&mut self) {
        let Some(id) = self.id.take() else { return };
        // Without a runtime there is no session either.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            let peer = self.peer.clone();
            runtime.spawn(async move {
                let params = CancelledNotificationParam::new(Some(id), None);
                let _ = peer.notify_cancelled(params).await;
            });
        }
    }
}
