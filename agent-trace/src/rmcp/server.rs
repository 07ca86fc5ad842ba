use super::exchange::Exchange;
use super::request::About;
use crate::ambient::Scope;
use crate::propagation::{Propagator, RemoteContext, TrustMode, propagator};
use crate::semconv::attribute;
use crate::tower::TransportSpan;
use ::rmcp::ErrorData;
use ::rmcp::model::{
    ClientNotification, ClientRequest, ProtocolVersion, ServerConfig, ServerResult,
};
use ::rmcp::service::{NotificationContext, RequestContext, RoleServer, Service};
use http::request::Parts;
use opentelemetry::trace::SpanContext;
use std::borrow::Cow;
use tracing::{Instrument as _, Span};

/// An MCP server whose requests are traced: see the [module](crate::rmcp).
///
/// It wraps what is served, a handler or any other service, and changes nothing that the client sees.
#[derive(Clone, Debug)]
pub struct TracedService<S> {
    service: S,
    propagator: Option<Propagator>,
    trust: TrustMode,
}

impl<S> TracedService<S> {
    /// With the propagator of this process, and a client that is [trusted](TrustMode::Trust).
    pub fn new(service: S) -> Self {
        Self {
            service,
            propagator: None,
            trust: TrustMode::default(),
        }
    }

    /// What the client's context is worth. A server for strangers takes [`TrustMode::Link`].
    #[must_use]
    pub fn trust(mut self, mode: TrustMode) -> Self {
        self.trust = mode;
        self
    }

    /// Reads `_meta` with another propagator than that of this process.
    #[must_use]
    pub fn propagator(mut self, propagator: Propagator) -> Self {
        self.propagator = Some(propagator);
        self
    }

    pub(super) fn service(&self) -> &S {
        &self.service
    }

    pub(super) fn begin(
        &self,
        about: &About<'_>,
        context: &RequestContext<RoleServer>,
    ) -> (Exchange, Scope) {
        let propagator = self.propagator.as_ref().unwrap_or_else(|| propagator());
        let remote = propagator.extract(&context.meta.0.0).trust(self.trust);
        let new_root = self.trust == TrustMode::Link && remote.is_valid();
        let exchange = Exchange::served(about, new_root);
        let span = exchange.span();
        remote.apply_to(&span);
        let parts = context.extensions.get::<Parts>();
        if let Some(transport) = parts.and_then(|parts| transport(propagator, parts)) {
            self.link(&span, &remote, transport);
        }
        exchange.id(&context.id);
        if let Some(version) = context.protocol_version() {
            exchange.text(attribute::MCP_PROTOCOL_VERSION, version.as_str());
        }
        match parts {
            None => exchange.text(attribute::NETWORK_TRANSPORT, "pipe"),
            Some(parts) => {
                exchange.text(attribute::NETWORK_TRANSPORT, "tcp");
                exchange.text(attribute::NETWORK_PROTOCOL_NAME, "http");
                let session = parts.headers.get("mcp-session-id");
                if let Some(session) = session.and_then(|session| session.to_str().ok()) {
                    exchange.text(attribute::MCP_SESSION_ID, session);
                }
            }
        }
        (exchange, remote.scope())
    }

    /// The transport's span is no parent where the client named one, and the same span is not linked twice.
    fn link(&self, span: &Span, remote: &RemoteContext, transport: SpanContext) {
        if self.trust != TrustMode::Ignore && remote.span_context() != &transport {
            crate::otel::add_link(span, transport, Vec::new());
        }
    }
}

/// The span of the HTTP request that brought this one, else that of its sender.
fn transport(propagator: &Propagator, parts: &Parts) -> Option<SpanContext> {
    if let Some(TransportSpan(span)) = parts.extensions.get::<TransportSpan>() {
        return Some(span.clone());
    }
    let remote = propagator.extract(&parts.headers);
    remote.is_valid().then(|| remote.span_context().clone())
}

impl<S: Service<RoleServer>> Service<RoleServer> for TracedService<S> {
    async fn handle_request(
        &self,
        request: ClientRequest,
        context: RequestContext<RoleServer>,
    ) -> Result<ServerResult, ErrorData> {
        let (mut exchange, scope) = self.begin(&About::of(&request), &context);
        let span = exchange.span();
        let handled = self.service.handle_request(request, context);
        let result = scope.run_async(handled).instrument(span).await;
        match &result {
            Ok(result) => exchange.result(result),
            Err(error) => exchange.error(error),
        }
        result
    }

    async fn handle_notification(
        &self,
        notification: ClientNotification,
        context: NotificationContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        self.service
            .handle_notification(notification, context)
            .await
    }

    fn get_info(&self) -> ServerConfig {
        self.service.get_info()
    }

    fn supported_protocol_versions(&self) -> Cow<'static, [ProtocolVersion]> {
        self.service.supported_protocol_versions()
    }
}
