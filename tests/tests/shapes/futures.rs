//! Functions that return a future: in a box, behind an alias, or as `impl Future`.

use std::fmt::Display;
use std::future::{Future, ready};
use std::pin::Pin;
use std::rc::Rc;

use agent_trace::testing::{capture, capture_async};
use futures_util::future::{BoxFuture, FutureExt, LocalBoxFuture};
use tracing::Instrument;

use super::{FAMILY, call};
use crate::family::block_on;

type Local<T> = Pin<Box<dyn Future<Output = T>>>;
type Answer<'a> = Pin<Box<dyn Future<Output = Result<u8, String>> + Send + 'a>>;

#[test]
fn boxed() {
    #[call]
    fn local(value: u8) -> Pin<Box<dyn Future<Output = u8>>> {
        let shared = Rc::new(value);
        Box::pin(async move {
            tokio::task::yield_now().await;
            *shared
        })
    }
    #[call]
    fn send(value: u8) -> Pin<Box<dyn Future<Output = u8> + Send>> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            value
        })
    }
    #[call]
    fn shared(value: u8) -> Pin<Box<dyn Future<Output = u8> + Send + Sync>> {
        Box::pin(ready(value))
    }
    #[call]
    fn borrowing<'a>(text: &'a mut String) -> Pin<Box<dyn Future<Output = usize> + Send + 'a>> {
        Box::pin(async move {
            text.push('!');
            tokio::task::yield_now().await;
            text.len()
        })
    }
    #[call]
    fn elided(text: &str) -> Pin<Box<dyn Future<Output = &str> + '_>> {
        Box::pin(async move { text })
    }
    assert_eq!(FAMILY.once_async("local", async { local(1).await }), 1);
    assert_eq!(FAMILY.once_async("send", async { send(2).await }), 2);
    assert_eq!(FAMILY.once_async("shared", async { shared(3).await }), 3);
    let mut text = "text".to_owned();
    let value = FAMILY.once_async("borrowing", async { borrowing(&mut text).await });
    assert_eq!(value, 5);
    assert_eq!(
        FAMILY.once_async("elided", async { elided(&text).await }),
        "text!"
    );
}

#[test]
fn behind_an_alias() {
    #[call]
    fn local(value: u8) -> Local<u8> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            value
        })
    }
    #[call]
    fn answer(value: &u8) -> Answer<'_> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            if *value == 0 {
                return Err("zero".to_owned());
            }
            Ok(*value)
        })
    }
    #[call]
    fn boxed(value: u8) -> BoxFuture<'static, u8> {
        async move {
            tokio::task::yield_now().await;
            value
        }
        .boxed()
    }
    #[call]
    fn boxed_local(value: &u8) -> LocalBoxFuture<'_, u8> {
        let shared = Rc::new(value);
        async move {
            tokio::task::yield_now().await;
            **shared
        }
        .boxed_local()
    }
    assert_eq!(FAMILY.once_async("local", async { local(1).await }), 1);
    assert_eq!(
        FAMILY.once_async("answer", async { answer(&2).await }),
        Ok(2)
    );
    let value = FAMILY.fails_async("answer", "_OTHER", async { answer(&0).await });
    assert_eq!(value, Err("zero".to_owned()));
    assert_eq!(FAMILY.once_async("boxed", async { boxed(3).await }), 3);
    let value = FAMILY.once_async("boxed_local", async { boxed_local(&4).await });
    assert_eq!(value, 4);
}

#[test]
fn impl_future_of_a_block() {
    #[call]
    #[allow(clippy::manual_async_fn)]
    fn block(value: u8) -> impl Future<Output = Result<u8, String>> {
        async move {
            tokio::task::yield_now().await;
            if value == 0 {
                return Err("zero".to_owned());
            }
            Ok(value)
        }
    }
    assert_eq!(FAMILY.once_async("block", async { block(1).await }), Ok(1));
    let value = FAMILY.fails_async("block", "_OTHER", async { block(0).await });
    assert!(value.is_err());
}

#[test]
fn impl_future_of_a_call() {
    async fn inner(value: u8) -> u8 {
        tokio::task::yield_now().await;
        value + 1
    }
    #[call]
    fn outer(value: u8) -> impl Future<Output = u8> {
        inner(value)
    }
    #[call]
    fn chained(value: u8) -> impl Future<Output = u8> + Send {
        let more = value * 2;
        inner(more).map(|value| value * 10)
    }
    assert_eq!(FAMILY.once_async("outer", async { outer(1).await }), 2);
    assert_eq!(FAMILY.once_async("chained", async { chained(1).await }), 30);
}

#[test]
fn impl_future_that_borrows() {
    struct Owner(String);
    impl Owner {
        #[call]
        fn length(&self) -> impl Future<Output = usize> + '_ {
            async { self.0.len() }
        }
        #[call]
        fn grow<'a>(&'a mut self, by: &'a str) -> impl Future<Output = &'a str> + Send + 'a {
            async move {
                tokio::task::yield_now().await;
                self.0.push_str(by);
                self.0.as_str()
            }
        }
        #[call]
        fn nothing<T: Display>(&self, value: T) -> impl Future<Output = usize> + use<T> {
            let length = value.to_string().len();
            ready(length)
        }
        #[call]
        fn precise<'a, T: Display>(&'a self, value: T) -> impl Future<Output = usize> + use<'a, T> {
            async move { self.0.len() + value.to_string().len() }
        }
    }
    let mut owner = Owner("one".to_owned());
    assert_eq!(
        FAMILY.once_async("length", async { owner.length().await }),
        3
    );
    let value = FAMILY.once_async("grow", async { owner.grow("!").await.to_owned() });
    assert_eq!(value, "one!");
    let value = FAMILY.once_async("precise", async { owner.precise(12).await });
    assert_eq!(value, 6);
    let value = FAMILY.once_async("nothing", async {
        let future = owner.nothing(123);
        owner.0.clear();
        future.await
    });
    assert_eq!(value, 3);
}

#[test]
fn a_future_with_early_ends() {
    #[call]
    fn early(stop: bool) -> BoxFuture<'static, &'static str> {
        if stop {
            return ready("early").boxed();
        }
        async { "late" }.boxed()
    }
    assert_eq!(
        FAMILY.once_async("early", async { early(true).await }),
        "early"
    );
    assert_eq!(
        FAMILY.once_async("early", async { early(false).await }),
        "late"
    );
}

#[test]
fn other_kinds_of_futures() {
    #[call]
    fn pinned() -> Pin<Box<futures_util::future::Ready<u8>>> {
        Box::pin(futures_util::future::ready(1))
    }
    #[call]
    fn try_future(fail: bool) -> impl futures_util::TryFuture<Ok = u8, Error = String> {
        if fail {
            futures_util::future::err("failed".to_owned())
        } else {
            futures_util::future::ok(2)
        }
    }
    #[call]
    fn maybe(make: bool) -> Option<BoxFuture<'static, u8>> {
        make.then(|| ready(3).boxed())
    }
    // A future that is a type of its own is a value: the call ends when it is made.
    assert_eq!(FAMILY.once_async("pinned", async { pinned().await }), 1);
    let made = FAMILY.once("try_future", || try_future(false));
    assert_eq!(
        block_on(futures_util::TryFutureExt::into_future(made)),
        Ok(2)
    );
    assert!(FAMILY.once("maybe", || maybe(false)).is_none());
}

#[test]
fn the_body_runs_at_the_call_and_the_future_takes_its_parent_there() {
    #[call]
    fn boxed(log: &mut Vec<&'static str>) -> BoxFuture<'static, ()> {
        log.push("called");
        async { tokio::task::yield_now().await }.boxed()
    }
    #[call]
    fn opaque(log: &mut Vec<&'static str>) -> impl Future<Output = ()> + use<> {
        log.push("called");
        async { tokio::task::yield_now().await }
    }
    for function in ["boxed", "opaque"] {
        let captured = block_on(capture_async(async {
            let mut log = Vec::new();
            let outer = tracing::info_span!("outer");
            let future = outer.in_scope(|| match function {
                "boxed" => boxed(&mut log),
                _ => opaque(&mut log).boxed(),
            });
            log.push("polled");
            future.instrument(tracing::info_span!("elsewhere")).await;
            log
        }));
        assert_eq!(captured.value, ["called", "polled"]);
        let span = captured.spans.find(&FAMILY.span_name(function));
        let parent = captured.spans.parent(span).expect("a parent");
        assert_eq!(parent.name(), "outer");
    }
}

#[test]
fn an_async_function_takes_its_parent_when_it_is_polled() {
    #[call]
    async fn lazy() -> u8 {
        1
    }
    let captured = block_on(capture_async(async {
        let future = tracing::info_span!("outer").in_scope(lazy);
        future.instrument(tracing::info_span!("elsewhere")).await
    }));
    assert_eq!(captured.value, 1);
    let span = captured.spans.find(&FAMILY.span_name("lazy"));
    let parent = captured.spans.parent(span).expect("a parent");
    assert_eq!(parent.name(), "elsewhere");
}

#[test]
fn a_future_that_nobody_polls() {
    #[call]
    async fn lazy() {}
    let captured = capture(|| drop(lazy()));
    assert!(captured.spans.is_empty());
}
