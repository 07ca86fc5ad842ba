//! Return types that only the compiler can see through: associated types and parameters.

use std::future::{Future, Ready, ready};
use std::pin::Pin;

use futures_core::Stream;
use futures_util::future::BoxFuture;
use futures_util::stream::{self, BoxStream, StreamExt};

use super::{FAMILY, call};

/// The shape of `tower::Service`.
trait Service<Request> {
    type Response;
    type Error;
    type Future: Future<Output = Result<Self::Response, Self::Error>>;

    fn call(&mut self, request: Request) -> Self::Future;
}

struct Boxed(u8);

impl Service<u8> for Boxed {
    type Response = u8;
    type Error = String;
    type Future = BoxFuture<'static, Result<u8, String>>;

    #[call]
    fn call(&mut self, request: u8) -> Self::Future {
        self.0 += request;
        let value = self.0;
        Box::pin(async move {
            tokio::task::yield_now().await;
            if value > 9 {
                return Err("too much".to_owned());
            }
            Ok(value)
        })
    }
}

struct Plain;

impl Service<u8> for Plain {
    type Response = u8;
    type Error = String;
    type Future = Ready<Result<u8, String>>;

    #[call]
    fn call(&mut self, request: u8) -> Self::Future {
        ready(Ok(request))
    }
}

#[test]
fn a_boxed_future_is_followed() {
    let mut service = Boxed(1);
    let value = FAMILY.once_async("call", async { service.call(2).await });
    assert_eq!(value, Ok(3));
    let value = FAMILY.fails_async("call", "_OTHER", async { service.call(9).await });
    assert_eq!(value, Err("too much".to_owned()));
}

/// A future of a named type is a value: the call ends when it is made.
#[test]
fn a_named_future_is_a_value() {
    let value = FAMILY.once_async("call", async { Plain.call(2).await });
    assert_eq!(value, Ok(2));
}

trait Source {
    type Stream: Stream<Item = Result<u8, String>>;

    async fn open(&self) -> Self::Stream;
}

struct Items;

impl Source for Items {
    type Stream = BoxStream<'static, Result<u8, String>>;

    #[call]
    async fn open(&self) -> Self::Stream {
        stream::iter([Ok(1), Err("broken".to_owned())]).boxed()
    }
}

#[test]
fn a_boxed_stream_is_followed() {
    let value = FAMILY.fails_async("open", "_OTHER", async {
        Items.open().await.collect::<Vec<_>>().await
    });
    assert_eq!(value.len(), 2);
}

#[test]
fn a_parameter_is_a_value_whatever_it_is() {
    #[call]
    fn handed_on<T>(value: T) -> T {
        value
    }
    let future: Pin<Box<dyn Future<Output = u8> + Send>> = Box::pin(ready(1));
    let future = FAMILY.once("handed_on", || handed_on(future));
    assert_eq!(crate::family::block_on(future), 1);
}

#[test]
fn streams_in_a_box_that_need_no_pin() {
    #[call]
    fn unpin() -> Box<dyn Stream<Item = Result<u8, String>> + Send + Unpin> {
        Box::new(stream::iter([Ok(1), Err("broken".to_owned())]))
    }
    let value = FAMILY.fails_async("unpin", "_OTHER", async {
        unpin().collect::<Vec<_>>().await
    });
    assert_eq!(value.len(), 2);
}

#[test]
fn futures_in_a_box_that_need_no_pin() {
    #[call]
    fn unpin() -> Box<dyn Future<Output = Result<u8, String>> + Send + Unpin> {
        Box::new(ready(Err("broken".to_owned())))
    }
    let value = FAMILY.fails_async("unpin", "_OTHER", async { unpin().await });
    assert!(value.is_err());
}
