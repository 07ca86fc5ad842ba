//! Running a plan.

use crate::plan::{Call, End, Step, Subtask, Way};
use agent_trace::{FanOut, agent_span, spawn_detached};
use futures_util::FutureExt as _;
use futures_util::future::join_all;
use std::future::{Future, pending};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Waker};
use tokio::task::{JoinHandle, yield_now};

type Boxed = Pin<Box<dyn Future<Output = ()> + Send>>;

/// What goes on beside the tree.
#[derive(Clone, Default)]
pub(crate) struct Run {
    rest: Arc<Mutex<Vec<JoinHandle<()>>>>,
}

impl Run {
    pub(crate) async fn start(self, root: Arc<Call>) {
        let _ = AssertUnwindSafe(visit(root, self.clone()))
            .catch_unwind()
            .await;
        // Those that are waited for leave more to wait for.
        loop {
            let next = self.rest.lock().unwrap().pop();
            match next {
                Some(task) => _ = task.await,
                None => break,
            }
        }
    }
}

fn visit(call: Arc<Call>, run: Run) -> Boxed {
    Box::pin(async move {
        let has_ended = Arc::clone(&call);
        let _over = Over(&has_ended.has_ended);
        let _ = agent(call, run).await;
    })
}

#[agent_span(name = call.name.as_str())]
async fn agent(call: Arc<Call>, run: Run) -> Result<(), std::io::Error> {
    for step in 0..call.steps.len() {
        take_step(&call, step, &run).await;
    }
    match call.end {
        End::Returns => Ok(()),
        End::Fails => Err(std::io::Error::other("on purpose")),
        // Past the hook, which would print.
        End::Panics => resume_unwind(Box::new("on purpose")),
        End::Stays => {
            call.is_parked.store(true, Ordering::SeqCst);
            pending().await
        }
    }
}

/// Says that it is over, however it ends.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// The code of one subtask.
fn work(call: &Arc<Call>, step: usize, at: usize, run: &Run) -> Boxed {
    let (call, run) = (Arc::clone(call), run.clone());
    Box::pin(async move {
        let subtask = &call.steps[step].subtasks[at];
        let _over = Over(&subtask.is_over);
        for call in &subtask.calls {
            visit(Arc::clone(call), run.clone()).await;
        }
    })
}

/// Whether the subtask has come as far as it will.
fn has_come_to_rest(subtask: &Subtask) -> bool {
    let stays = subtask
        .reached()
        .last()
        .filter(|call| call.end == End::Stays);
    match stays {
        Some(call) => call.is_parked.load(Ordering::SeqCst),
        None => subtask.is_over.load(Ordering::SeqCst),
    }
}

async fn take_step(call: &Arc<Call>, at: usize, run: &Run) {
    let Step { way, subtasks } = &call.steps[at];
    let works = || (0..subtasks.len()).map(|place| work(call, at, place, run));
    match way {
        Way::Await => {
            for work in works() {
                let _ = AssertUnwindSafe(work).catch_unwind().await;
            }
        }
        Way::Detach => {
            for work in works() {
                let task = spawn_detached(work);
                run.rest.lock().unwrap().push(task);
            }
        }
        Way::Spawn | Way::Drop => {
            let mut fan_out = FanOut::new().with_size(subtasks.len());
            let handles: Vec<_> = works().map(|work| fan_out.spawn(work)).collect();
            for subtask in subtasks {
                while !has_come_to_rest(subtask) {
                    yield_now().await;
                }
            }
            if *way == Way::Drop {
                drop(fan_out);
                return;
            }
            for (subtask, handle) in subtasks.iter().zip(handles) {
                if subtask.end() == End::Stays {
                    handle.abort();
                }
            }
            fan_out.join_all().await;
        }
        Way::Poll => {
            let fan_out = FanOut::new();
            let tasks: Vec<_> = works().map(|work| fan_out.task(work)).collect();
            let (mut staying, mut others) = (Vec::new(), Vec::new());
            for (subtask, task) in subtasks.iter().zip(tasks) {
                if subtask.end() == End::Stays {
                    staying.push((subtask, Box::pin(task)));
                } else {
                    others.push(AssertUnwindSafe(task).catch_unwind());
                }
            }
            join_all(others).await;
            for (subtask, mut task) in staying {
                while !has_come_to_rest(subtask) {
                    assert!(futures_util::poll!(&mut task).is_pending());
                    yield_now_anywhere().await;
                }
            }
        }
        Way::Outlive => {
            let fan_out = FanOut::new();
            for work in works() {
                let call = Arc::clone(call);
                let task = fan_out.task(async move {
                    while !call.has_ended.load(Ordering::SeqCst) {
                        yield_now().await;
                    }
                    work.await;
                });
                run.rest.lock().unwrap().push(tokio::spawn(task));
            }
        }
        Way::Thread => {
            let fan_out = FanOut::<()>::new();
            let threads: Vec<_> = works()
                .map(|work| {
                    let subtask = fan_out.subtask();
                    std::thread::spawn(move || {
                        catch_unwind(AssertUnwindSafe(|| subtask.run(|| block_on(work))))
                    })
                })
                .collect();
            for thread in threads {
                let _ = thread.join().unwrap();
            }
        }
        Way::Run => {
            let fan_out = FanOut::new();
            for work in works() {
                let _ = catch_unwind(AssertUnwindSafe(|| fan_out.run(|| block_on(work))));
            }
        }
    }
}

/// Gives way once, under any executor.
async fn yield_now_anywhere() {
    let mut has_yielded = false;
    std::future::poll_fn(|cx| {
        if has_yielded {
            return std::task::Poll::Ready(());
        }
        has_yielded = true;
        cx.waker().wake_by_ref();
        std::task::Poll::Pending
    })
    .await;
}

fn block_on(future: Boxed) {
    let mut future = pin!(future);
    let mut cx = Context::from_waker(Waker::noop());
    while future.as_mut().poll(&mut cx).is_pending() {
        std::thread::yield_now();
    }
}
