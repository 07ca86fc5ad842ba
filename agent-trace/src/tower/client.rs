use super::body::TracedBody;
use super::exchange::Exchange;
use super::reply::ReplyFuture;
use crate::propagation::{Propagator, propagator};
use http::{Request, Response};
use http_body::Body;
use std::task::{Context, Poll};
use tower_layer::Layer;
use tower_service::Service;

/// Runs each request that is sent in a span of kind CLIENT, and sends its context along: see the [module](crate::tower).
#[derive(Clone, Debug, Default)]
pub struct ClientLayer {
    propagator: Option<Propagator>,
}

impl ClientLayer {
    /// With the propagator of this process.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes headers with another propagator than that of this process: other formats, or another egress.
    #[must_use]
    pub fn propagator(mut self, propagator: Propagator) -> Self {
        self.propagator = Some(propagator);
        self
    }
}

impl<S> Layer<S> for ClientLayer {
    type Service = ClientService<S>;

    fn layer(&self, service: S) -> ClientService<S> {
        ClientService {
            service,
            layer: self.clone(),
        }
    }
}

/// The service that [`ClientLayer`] makes.
#[derive(Clone, Debug)]
pub struct ClientService<S> {
    service: S,
    layer: ClientLayer,
}

impl<S, B, R> Service<Request<B>> for ClientService<S>
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

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        let exchange = Exchange::sent(request.method(), request.uri(), request.headers());
        let future = exchange.span().in_scope(|| {
            let url = request.uri().to_string();
            let propagator = self
                .layer
                .propagator
                .as_ref()
                .unwrap_or_else(|| propagator());
            propagator.inject_to(&url, request.headers_mut());
            self.service.call(request)
        });
        ReplyFuture::new(future, exchange)
    }
}
