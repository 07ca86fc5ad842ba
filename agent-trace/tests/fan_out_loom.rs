//! The interleavings of a few that wait for a place in a fan-out: no more run than may, nobody waits for ever, and no
//! place is lost.

/// What the code under test locks with, brought by the model.
mod sync {
    pub(super) use loom::sync::{Arc, Mutex, MutexGuard};
}

#[path = "../src/fan_out/limit.rs"]
mod limit;

use limit::{Limit, Permit};
use loom::future::block_on;
use loom::sync::atomic::{AtomicUsize, Ordering};
use loom::thread;
use std::future::Future as _;
use std::pin::Pin;
use std::task::{Context, Poll};
use sync::Arc;

/// Holds a permit for a moment, in which no more than `most` do.
fn work(limit: &Arc<Limit>, running: &AtomicUsize, most: usize) {
    let mut permit = Permit::of(Arc::clone(limit));
    block_on(&mut permit);
    assert!(running.fetch_add(1, Ordering::SeqCst) < most);
    running.fetch_sub(1, Ordering::SeqCst);
    drop(permit);
}

/// Asks for a permit and gives up.
fn give_up(limit: &Arc<Limit>) {
    let mut permit = Permit::of(Arc::clone(limit));
    block_on(std::future::poll_fn(|cx: &mut Context<'_>| {
        let _ = Pin::new(&mut permit).poll(cx);
        Poll::Ready(())
    }));
}

fn check(permits: usize, workers: usize, quitters: usize) {
    let mut model = loom::model::Builder::new();
    // Every interleaving of two threads; of three, those with at most two switches that nobody waited for.
    model.preemption_bound = (workers + quitters > 2).then_some(2);
    model.check(move || {
        let limit = Arc::new(Limit::new(permits));
        let running = Arc::new(AtomicUsize::new(0));
        let threads: Vec<_> = (0..workers + quitters)
            .map(|number| {
                let (limit, running) = (Arc::clone(&limit), Arc::clone(&running));
                thread::spawn(move || {
                    if number < workers {
                        work(&limit, &running, permits);
                    } else {
                        give_up(&limit);
                    }
                })
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
        // All of them have come back.
        let mut all: Vec<_> = (0..permits)
            .map(|_| Permit::of(Arc::clone(&limit)))
            .collect();
        all.iter_mut().for_each(|permit| block_on(permit));
    });
}

#[test]
fn two_for_one_place() {
    check(1, 2, 0);
}

#[test]
fn one_that_gives_up_passes_its_place_on() {
    check(1, 1, 1);
    check(1, 1, 2);
    check(1, 2, 1);
}

#[test]
fn three_for_two_places() {
    check(2, 3, 0);
}
