use super::body::TracedBody;
use super::exchange::Exchange;
use http::Response;
use http_body::Body;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

pin_project_lite::pin_project! {
    /// A reply that is under way, polled inside the exchange's span.
    #[derive(Debug)]
    pub struct ReplyFuture<F> {
        #[pin]
        future: F,
        exchange: Option<Exchange>,
    }
}

impl<F> ReplyFuture<F> {
    pub(super) fn new(future: F, exchange: Exchange) -> Self {
        Self {
            future,
            exchange: Some(exchange),
        }
    }
}

impl<F, R, E> Future for ReplyFuture<F>
where
    F: Future<Output = Result<Response<R>, E>>,
    R: Body,
{
    type Output = Result<Response<TracedBody<R>>, E>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let reply = {
            let _entered = this.exchange.as_ref().map(|exchange| exchange.enter());
            ready!(this.future.poll(context))
        };
        // It is there until the future is ready, and nobody polls one that was.
        let exchange = this.exchange.take();
        Poll::Ready(match reply {
            Ok(reply) => {
                let (parts, body) = reply.into_parts();
                let exchange = exchange.map(|mut exchange| {
                    exchange.head(parts.status, &parts.headers);
                    exchange
                });
                Ok(Response::from_parts(parts, TracedBody::new(body, exchange)))
            }
            Err(error) => {
                if let Some(mut exchange) = exchange {
                    exchange.broke::<E>();
                }
                Err(error)
            }
        })
    }
}
