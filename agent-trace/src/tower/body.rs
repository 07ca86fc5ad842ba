use super::exchange::Exchange;
use http_body::{Body, Frame, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

pin_project_lite::pin_project! {
    /// The body of a reply, whose span ends with it.
    #[derive(Debug)]
    pub struct TracedBody<B> {
        #[pin]
        body: B,
        exchange: Option<Exchange>,
    }
}

impl<B: Body> TracedBody<B> {
    pub(super) fn new(body: B, mut exchange: Option<Exchange>) -> Self {
        // Nobody polls a body that is empty.
        if let Some(exchange) = exchange.as_mut().filter(|_| body.is_end_stream()) {
            exchange.end();
        }
        Self { body, exchange }
    }
}

impl<B: Body> Body for TracedBody<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        let this = self.project();
        let mut body = this.body;
        let Some(exchange) = this.exchange else {
            return body.poll_frame(context);
        };
        let frame = {
            let _entered = exchange.enter();
            ready!(body.as_mut().poll_frame(context))
        };
        match &frame {
            None => exchange.end(),
            Some(Err(_)) => exchange.broke::<B::Error>(),
            Some(Ok(frame)) => {
                if let Some(trailers) = frame.trailers_ref() {
                    exchange.trailers(trailers);
                }
                // A server stops polling where the body says that it is at its end.
                if body.is_end_stream() {
                    exchange.end();
                }
            }
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
