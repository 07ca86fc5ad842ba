use super::body::TracedBody;
use super::exchange::Exchange;
use super::reply::ReplyFuture;
use super::transport::TransportSpan;
use crate::propagation::{Propagator, TrustMode, propagator};
use http::request::Parts;
use http::{Request, Response};
use http_body::Body;
use std::fmt;
use std::sync::Arc;
use std::task::{Context, Poll};
use tower_layer::Layer;
use tower_service::Service;

type Route = dyn Fn(&Parts) -> Option<String> + Send + Sync;

/// Runs each request of a service in a span of kind SERVER beneath the caller's: see the [module](crate::tower).
#[derive(Clone, Default)]
pub struct ServerLayer {
    propagator: Option<Propagator>,
    trust: TrustMode,
    route: Option<Arc<Route>>,
}

impl ServerLayer {
    /// With the propagator of this process, and a caller that is [trusted](TrustMode::Trust).
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What the caller's context is worth. At the edge, where strangers call, [`TrustMode::Link`].
    #[must_use]
    pub fn trust(mut self, mode: TrustMode) -> Self {
        self.trust = mode;
        self
    }

    /// Reads headers with another propagator than that of this process.
    #[must_use]
    pub fn propagator(mut self, propagator: Propagator) -> Self {
        self.propagator = Some(propagator);
        self
    }

    /// Where the route stands that a request took (`/tasks/{id}`): `http.route`, and part of the span's name. Without it
    /// the name is the method alone, because paths with ids in them are no names.
    #[must_use]
    pub fn route(
        mut self,
        route: impl Fn(&Parts) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        self.route = Some(Arc::new(route));
        self
    }

    fn begin(&self, parts: &Parts) -> Exchange {
        let propagator = self.propagator.as_ref().unwrap_or_else(|| propagator());
        let remote = propagator.extract(&parts.headers).trust(self.trust);
        let new_root = self.trust == TrustMode::Link && remote.is_valid();
        let route = self.route.as_ref().and_then(|route| route(parts));
        let exchange = Exchange::served(parts, route.as_deref(), remote.scope(), new_root);
        remote.apply_to(exchange.span());
        exchange
    }
}

impl fmt::Debug for ServerLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerLayer")
            .field("propagator", &self.propagator)
            .field("trust", &self.trust)
            .finish_non_exhaustive()
    }
}

impl<S> Layer<S> for ServerLayer {
    type Service = ServerService<S>;

    fn layer(&self, service: S) -> ServerService<S> {
        ServerService {
            service,
            layer: self.clone(),
        }
    }
}

/// The service that [`ServerLayer`] makes.
#[derive(Clone, Debug)]
pub struct ServerService<S> {
    service: S,
    layer: ServerLayer,
}

impl<S, B, R> Service<Request<B>> for ServerService<S>
where
    S: Service<Request<B>, Response = Response<R>>,
    R: Body,
{
    type Response = Response<TracedBody<R>>;
    type Error = S::Error;
    type Future = ReplyFuture<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.service.poll_ready(context)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let (mut parts, body) = request.into_parts();
        let exchange = self.layer.begin(&parts);
        if let Some(span) = crate::otel::span_context(exchange.span()) {
            parts.extensions.insert(TransportSpan(span));
        }
        let request = Request::from_parts(parts, body);
        let future = {
            let _entered = exchange.enter();
            self.service.call(request)
        };
        ReplyFuture::new(future, exchange)
    }
}
