//! The client's end of a call with `reqwest`, as middleware of the `reqwest-middleware` crate.

use crate::propagation::{Propagator, propagator};
use crate::tower::Exchange;
use ::reqwest::{Request, Response};
use http::{Extensions, Uri};
use reqwest_middleware::{Error, Middleware, Next, Result};
use tracing::Instrument as _;

/// Runs each request in a span of kind CLIENT and sends its context along, as far as the
/// [propagator](crate::propagation::Propagator) lets it leave: what [`tower::ClientLayer`](crate::tower::ClientLayer) does.
///
/// The span ends with the head of the reply, because a `reqwest` body cannot be followed from outside. Put it after a
/// retrying middleware, so that each attempt has a span of its own.
///
/// ```
/// use agent_trace::reqwest::Tracing;
///
/// let client = reqwest_middleware::ClientBuilder::new(reqwest::Client::new())
///     .with(Tracing::new())
///     .build();
/// # let _ = client;
/// ```
#[derive(Clone, Debug, Default)]
pub struct Tracing {
    propagator: Option<Propagator>,
}

impl Tracing {
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

#[async_trait::async_trait]
impl Middleware for Tracing {
    async fn handle(
        &self,
        mut request: Request,
        extensions: &mut Extensions,
        next: Next<'_>,
    ) -> Result<Response> {
        // A URL that reqwest takes and `http` does not is no reason to fail: its span says less.
        let uri: Uri = request.url().as_str().parse().unwrap_or_default();
        let mut exchange = Exchange::sent(request.method(), &uri, request.headers());
        exchange.span().in_scope(|| {
            let url = request.url().to_string();
            let propagator = self.propagator.as_ref().unwrap_or_else(|| propagator());
            propagator.inject_to(&url, request.headers_mut());
        });
        let reply = next.run(request, extensions);
        let reply = reply.instrument(exchange.span().clone()).await;
        match &reply {
            Ok(reply) => {
                exchange.head(reply.status(), reply.headers());
                exchange.end();
            }
            Err(error) => exchange.broke_with(error_type(error)),
        }
        reply
    }
}

/// `reqwest` has one type for all that can go wrong.
fn error_type(error: &Error) -> &'static str {
    match error {
        Error::Reqwest(error) if error.is_timeout() => "timeout",
        Error::Reqwest(error) if error.is_connect() => "connect",
        Error::Reqwest(_) => "reqwest::Error",
        Error::Middleware(_) => "middleware",
    }
}
