//! Bounded concurrency.

use agent_trace::FanOut;
use futures_util::future::join_all;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::task::yield_now;

#[derive(Clone, Default)]
struct Gauge {
    running: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
}

impl Gauge {
    async fn work(self, turns: usize) {
        let now = self.running.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(now, Ordering::SeqCst);
        for _ in 0..turns {
            yield_now().await;
        }
        self.running.fetch_sub(1, Ordering::SeqCst);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_more_run_than_may() {
    for limit in [1, 3, 8] {
        let gauge = Gauge::default();
        let mut fan_out = FanOut::new().with_limit(limit);
        for number in 0..200 {
            fan_out.spawn(gauge.clone().work(number % 5));
        }
        assert_eq!(fan_out.join_all().await.len(), 200);
        let most = gauge.most.load(Ordering::SeqCst);
        assert!(most <= limit && most > 0, "{most} of {limit}");

        let gauge = Gauge::default();
        let fan_out = FanOut::new().with_limit(limit);
        join_all((0..50).map(|number| fan_out.task(gauge.clone().work(number % 3)))).await;
        assert_eq!(gauge.most.load(Ordering::SeqCst), limit);
    }
}

#[tokio::test]
async fn nobody_is_overtaken() {
    let order = Arc::new(std::sync::Mutex::new(Vec::new()));
    let mut fan_out = FanOut::new().with_limit(2);
    for number in 0..20 {
        let order = order.clone();
        fan_out.spawn(async move {
            order.lock().unwrap().push(number);
            yield_now().await;
        });
    }
    fan_out.join_all().await;
    assert!(order.lock().unwrap().iter().copied().eq(0..20));
}

#[tokio::test]
async fn who_gives_up_waiting_keeps_nobody_from_running() {
    let mut fan_out = FanOut::new().with_limit(1);
    let first = fan_out.spawn(std::future::pending());
    let waiting: Vec<_> = (0..10).map(|_| fan_out.spawn(async {})).collect();
    yield_now().await;
    for handle in &waiting[..5] {
        handle.abort();
    }
    yield_now().await;
    first.abort();
    let results = fan_out.join_all().await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 5);
}

#[tokio::test]
async fn a_limit_of_nothing_is_one() {
    let mut fan_out = FanOut::new().with_limit(0);
    fan_out.spawn(async { 1 });
    assert_eq!(fan_out.join_next().await.unwrap().unwrap(), 1);
}
