//! What a caller can tell of the type of a future or a stream: the same as without the attribute.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use agent_trace::testing::capture;
use futures_core::{FusedStream, Stream};
use futures_util::stream::{self, StreamExt};

use super::{FAMILY, call};
use crate::family::block_on;

fn is_send<T: Send>(value: T) -> T {
    value
}

fn is_sync<T: Sync>(value: T) -> T {
    value
}

fn is_static<T: 'static>(value: T) -> T {
    value
}

fn is_unpin<T: Unpin>(value: T) -> T {
    value
}

#[test]
fn futures_are_send_sync_and_static_where_their_parts_are() {
    #[call(conversation = text, fields(length = text.len()))]
    async fn plain(text: String) -> usize {
        tokio::task::yield_now().await;
        text.len()
    }
    #[call]
    async fn fallible<T: Send>(value: T) -> Result<T, Box<dyn std::error::Error + Send + Sync>> {
        tokio::task::yield_now().await;
        Ok(value)
    }
    #[call]
    fn opaque(text: String) -> impl Future<Output = usize> {
        async move { text.len() }
    }
    #[call]
    async fn recursive(depth: u8) -> u8 {
        if depth == 0 {
            0
        } else {
            boxed(depth - 1).await
        }
    }
    fn boxed(depth: u8) -> Pin<Box<dyn Future<Output = u8> + Send>> {
        Box::pin(recursive(depth))
    }
    let future = is_static(is_sync(is_send(plain("a".to_owned()))));
    assert_eq!(FAMILY.once_async("plain", future), 1);
    let future = is_static(is_send(fallible(1)));
    assert!(FAMILY.once_async("fallible", future).is_ok());
    let future = async { is_sync(is_send(opaque("a".to_owned()))).await };
    assert_eq!(FAMILY.once_async("opaque", future), 1);
    drop(boxed(1));
}

#[test]
fn a_future_that_borrows_is_send() {
    struct Client(String);
    impl Client {
        #[call(conversation = self.0)]
        async fn send(&mut self, by: &str) -> Result<&str, String> {
            tokio::task::yield_now().await;
            self.0.push_str(by);
            Ok(&self.0)
        }
    }
    let mut client = Client("a".to_owned());
    let future = is_send(client.send("b"));
    let value = FAMILY.once_async("send", future);
    assert_eq!(value, Ok("ab"));
}

#[test]
fn a_future_is_spawned() {
    #[call]
    async fn spawned(text: String) -> Result<String, std::io::Error> {
        tokio::task::yield_now().await;
        Ok(text)
    }
    let value = FAMILY.once_async("spawned", async {
        use tracing::instrument::WithSubscriber;
        tokio::spawn(spawned("a".to_owned()).with_current_subscriber()).await
    });
    assert_eq!(value.expect("not cancelled").expect("no error"), "a");
}

#[test]
fn a_future_of_what_cannot_be_sent_is_made_all_the_same() {
    #[call]
    async fn local(shared: Rc<u8>) -> Rc<u8> {
        tokio::task::yield_now().await;
        shared
    }
    let value = FAMILY.once_async("local", local(Rc::new(1)));
    assert_eq!(*value, 1);
}

#[test]
fn streams_are_send_unpin_and_fused_where_they_were() {
    #[call]
    fn unpin() -> impl Stream<Item = u8> + Unpin {
        stream::iter([1])
    }
    #[call]
    fn fused() -> impl FusedStream<Item = u8> {
        stream::iter([1]).fuse()
    }
    #[call]
    async fn sendable(text: String) -> impl Stream<Item = char> + Send {
        stream::iter(text.chars().collect::<Vec<_>>())
    }
    let value = FAMILY.once_async("unpin", async {
        let mut stream = is_static(is_sync(is_send(is_unpin(unpin()))));
        let first = stream.next().await;
        assert_eq!(stream.next().await, None);
        first
    });
    assert_eq!(value, Some(1));
    FAMILY.once_async("fused", async {
        let mut stream = Box::pin(fused());
        assert!(!stream.is_terminated());
        while stream.next().await.is_some() {}
        assert!(stream.is_terminated());
    });
    let value = FAMILY.once_async("sendable", async {
        is_send(is_send(sendable("a".to_owned())).await)
            .collect::<String>()
            .await
    });
    assert_eq!(value, "a");
}

#[test]
fn a_future_that_may_be_moved() {
    #[call]
    fn unpin(value: u8) -> impl Future<Output = u8> + Unpin {
        std::future::ready(value)
    }
    let value = FAMILY.once_async("unpin", async { is_unpin(unpin(1)).await });
    assert_eq!(value, 1);
}

#[test]
fn the_future_of_a_trait_method_is_send() {
    trait Work {
        fn work(&self, value: u8) -> impl Future<Output = u8> + Send;
    }
    struct Worker;
    impl Work for Worker {
        #[call]
        async fn work(&self, value: u8) -> u8 {
            tokio::task::yield_now().await;
            value
        }
    }
    fn generic<W: Work + Sync>(worker: &W) -> impl Future<Output = u8> + Send {
        is_send(worker.work(1))
    }
    assert_eq!(
        FAMILY.once_async("work", async { generic(&Worker).await }),
        1
    );
}

#[test]
fn futures_stay_small() {
    async fn plain(buffer: [u8; 1024]) -> u8 {
        tokio::task::yield_now().await;
        buffer[0]
    }
    #[call]
    async fn ours(buffer: [u8; 1024]) -> u8 {
        tokio::task::yield_now().await;
        buffer[0]
    }
    async fn plain_small(value: u8) -> u8 {
        tokio::task::yield_now().await;
        value
    }
    #[call]
    async fn ours_small(value: u8) -> u8 {
        tokio::task::yield_now().await;
        value
    }
    let (bare, wrapped) = (
        size_of_val(&plain([0; 1024])),
        size_of_val(&ours([0; 1024])),
    );
    assert!(wrapped <= 3 * bare, "{wrapped} bytes instead of {bare}");
    let (bare, wrapped) = (size_of_val(&plain_small(0)), size_of_val(&ours_small(0)));
    assert!(wrapped <= bare + 512, "{wrapped} bytes instead of {bare}");
}

#[test]
fn deep_nesting_needs_no_more_stack_than_boxes_give_it() {
    #[call]
    async fn deep(depth: u32) -> u32 {
        if depth == 0 {
            0
        } else {
            1 + Box::pin(deep(depth - 1)).await
        }
    }
    let captured = capture(|| block_on(deep(200)));
    assert_eq!(captured.value, 200);
}

#[test]
fn the_value_is_moved_and_never_copied() {
    struct Unique(Box<u8>);
    #[call]
    async fn unique(value: Unique) -> Unique {
        tokio::task::yield_now().await;
        value
    }
    let value = Unique(Box::new(1));
    let address = std::ptr::from_ref::<u8>(&value.0);
    let value = FAMILY.once_async("unique", unique(value));
    assert!(std::ptr::eq(address, &raw const *value.0));
}
