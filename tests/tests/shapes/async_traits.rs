//! `#[async_trait]` around traits and implementations, with the attribute inside.

use std::fmt::Display;
use std::sync::Arc;

use async_trait::async_trait;

use super::{FAMILY, call};

#[async_trait]
trait Worker: Send + Sync {
    async fn work(&self, input: &str) -> Result<String, String>;

    async fn change(&mut self, by: u8) -> u8;

    async fn finish(self: Box<Self>) -> u8;

    async fn shared(self: Arc<Self>) -> usize;

    /// Its body is in the trait.
    #[call]
    async fn describe(&self, prefix: &str) -> String {
        tokio::task::yield_now().await;
        format!("{prefix} {}", self.id())
    }

    #[call]
    async fn plan(&self, steps: &[u8]) -> Option<u8>
    where
        Self: Sized,
    {
        Some(steps.first()? + 1)
    }

    #[call]
    fn id(&self) -> u8 {
        0
    }
}

struct Local {
    count: u8,
}

#[async_trait]
impl Worker for Local {
    #[call]
    async fn work(&self, input: &str) -> Result<String, String> {
        tokio::task::yield_now().await;
        let number: u8 = input.parse().map_err(|_| format!("no number: {input}"))?;
        if number == 0 {
            return Ok("nothing".to_owned());
        }
        Ok(format!("{}", self.count + number))
    }

    #[call]
    async fn change(&mut self, mut by: u8) -> u8 {
        by += 1;
        self.count += by;
        tokio::task::yield_now().await;
        self.count
    }

    #[call]
    async fn finish(self: Box<Self>) -> u8 {
        self.count
    }

    #[call]
    async fn shared(self: Arc<Self>) -> usize {
        tokio::task::yield_now().await;
        Arc::strong_count(&self)
    }
}

#[test]
fn implementations() {
    let mut worker = Local { count: 1 };
    let value = FAMILY.once_async("work", async { worker.work("2").await });
    assert_eq!(value, Ok("3".to_owned()));
    let value = FAMILY.once_async("work", async { worker.work("0").await });
    assert_eq!(value, Ok("nothing".to_owned()));
    let value = FAMILY.fails_async("work", "_OTHER", async { worker.work("x").await });
    assert_eq!(value, Err("no number: x".to_owned()));
    assert_eq!(
        FAMILY.once_async("change", async { worker.change(1).await }),
        3
    );
    let boxed: Box<dyn Worker> = Box::new(worker);
    assert_eq!(
        FAMILY.once_async("finish", async { boxed.finish().await }),
        3
    );
    let shared: Arc<dyn Worker> = Arc::new(Local { count: 1 });
    let value = FAMILY.once_async("shared", async { Arc::clone(&shared).shared().await });
    assert_eq!(value, 2);
}

#[test]
fn default_bodies() {
    struct Plain;
    #[async_trait]
    impl Worker for Plain {
        async fn work(&self, _: &str) -> Result<String, String> {
            Ok(String::new())
        }
        async fn change(&mut self, by: u8) -> u8 {
            by
        }
        async fn finish(self: Box<Self>) -> u8 {
            0
        }
        async fn shared(self: Arc<Self>) -> usize {
            0
        }
        fn id(&self) -> u8 {
            7
        }
    }
    let worker: &dyn Worker = &Plain;
    let value = FAMILY.once_async("describe", async { worker.describe("id").await });
    assert_eq!(value, "id 7");
    let value = FAMILY.once_async("plan", async { Plain.plan(&[1]).await });
    assert_eq!(value, Some(2));
    assert_eq!(FAMILY.once("id", || Local { count: 0 }.id()), 0);
}

#[async_trait]
trait Store<K> {
    type Value: Send;

    async fn load<'a, Q: Display + Send + Sync>(&'a self, key: &'a Q) -> Option<&'a Self::Value>;

    async fn create(key: K) -> Self
    where
        Self: Sized;
}

struct One<K, V>(K, V);

#[async_trait]
impl<K, V> Store<K> for One<K, V>
where
    K: Display + Send + Sync + 'static,
    V: Default + Send + Sync + 'static,
{
    type Value = V;

    #[call(fields(kind = std::any::type_name::<Self>()))]
    async fn load<'a, Q: Display + Send + Sync>(&'a self, key: &'a Q) -> Option<&'a Self::Value> {
        tokio::task::yield_now().await;
        (self.0.to_string() == key.to_string()).then_some(&self.1)
    }

    #[call(fields(kind = std::any::type_name::<K>()))]
    async fn create(key: K) -> Self {
        Self(key, V::default())
    }
}

#[test]
fn generic_implementations() {
    let store = FAMILY.once_async("create", async { One::<u8, u16>::create(1).await });
    let value = FAMILY.once_async("load", async { store.load(&"1").await });
    assert_eq!(value, Some(&0));
}

#[async_trait(?Send)]
trait OnThisThread {
    async fn run(&self, shared: std::rc::Rc<u8>) -> u8;
}

#[async_trait(?Send)]
impl OnThisThread for Local {
    #[call]
    async fn run(&self, shared: std::rc::Rc<u8>) -> u8 {
        tokio::task::yield_now().await;
        self.count + *shared
    }
}

#[test]
fn without_send() {
    let value = FAMILY.once_async("run", async {
        Local { count: 1 }.run(std::rc::Rc::new(2)).await
    });
    assert_eq!(value, 3);
}

/// The attribute above `#[async_trait]`'s own function: the boxed future is recognised.
struct Expanded;

impl Expanded {
    #[call]
    fn call<'a>(
        &'a self,
        values: &'a [u8],
    ) -> std::pin::Pin<Box<dyn Future<Output = Result<u8, String>> + Send + 'a>> {
        Box::pin(async move {
            let ret: Result<u8, String> = {
                tokio::task::yield_now().await;
                values.first().copied().ok_or_else(|| "empty".to_owned())
            };
            #[allow(unreachable_code)]
            ret
        })
    }
}

#[test]
fn what_async_trait_writes() {
    let value = FAMILY.once_async("call", async { Expanded.call(&[1]).await });
    assert_eq!(value, Ok(1));
    let value = FAMILY.fails_async("call", "_OTHER", async { Expanded.call(&[]).await });
    assert_eq!(value, Err("empty".to_owned()));
}
