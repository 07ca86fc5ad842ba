use std::collections::VecDeque;
use std::fs::File;
use std::future::pending;
use std::io::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use tokio::sync::watch;

use super::account::{Account, Kept};
use super::behaviour::Behaviour;
use super::payload::Payload;

/// What a gRPC server takes in a message where nobody changed it.
const LIMIT: usize = 4 << 20;

/// What is said to a request.
#[derive(Debug, PartialEq)]
pub(super) enum Answer {
    /// Taken, but for this many.
    Taken { refused: u64 },
    /// Not taken: an HTTP status, and when to come again.
    Refused {
        status: u16,
        retry_after: Option<Duration>,
    },
}

/// Where requests of every protocol come to be counted and answered.
pub(super) struct Desk {
    state: Mutex<State>,
    limit: AtomicUsize,
    keeps: bool,
    journal: Option<Mutex<File>>,
    /// How often connections were cut. What was asked before the last time is not answered.
    cuts: watch::Sender<u64>,
}

struct State {
    behaviour: Behaviour,
    next: VecDeque<Behaviour>,
    account: Account,
    kept: Kept,
}

impl Desk {
    pub(super) fn new(keeps: bool) -> Self {
        Self {
            state: Mutex::new(State {
                behaviour: Behaviour::Accept,
                next: VecDeque::new(),
                account: Account::default(),
                kept: Kept::default(),
            }),
            limit: AtomicUsize::new(LIMIT),
            keeps,
            journal: None,
            cuts: watch::Sender::new(0),
        }
    }

    pub(super) fn journalling(mut self, journal: File) -> Self {
        self.journal = Some(Mutex::new(journal));
        self
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no panic")
    }

    pub(super) fn behave(&self, behaviour: Behaviour) {
        self.state().behaviour = behaviour;
    }

    pub(super) fn next(&self, behaviours: impl IntoIterator<Item = Behaviour>) {
        self.state().next.extend(behaviours);
    }

    pub(super) fn limit(&self, bytes: usize) {
        self.limit.store(bytes, Ordering::SeqCst);
    }

    pub(super) fn max_bytes(&self) -> usize {
        self.limit.load(Ordering::SeqCst)
    }

    pub(super) fn account(&self) -> Account {
        self.state().account.clone()
    }

    pub(super) fn kept(&self) -> Kept {
        std::mem::take(&mut self.state().kept)
    }

    /// Ends all connections.
    pub(super) fn cut(&self) {
        self.cuts.send_modify(|cuts| *cuts += 1);
    }

    /// Changes when connections are to end.
    pub(super) fn cuts(&self) -> watch::Receiver<u64> {
        self.cuts.subscribe()
    }

    /// Counts a body: as it came, and unpacked. Says whether it is small enough.
    pub(super) fn weigh(&self, bytes: usize, unpacked: usize) -> bool {
        let fits = unpacked <= self.max_bytes();
        let mut state = self.state();
        state.account.bytes += bytes as u64;
        state.account.largest = state.account.largest.max(unpacked as u64);
        state.account.too_large += u64::from(!fits);
        fits
    }

    /// Counts what came, behaves, and says what to answer.
    pub(super) async fn ask(
        &self,
        payload: Payload,
        path: &str,
        headers: Vec<(String, String)>,
    ) -> Answer {
        let items = payload.items();
        let cuts = *self.cuts.borrow();
        let behaviour = {
            let mut state = self.state();
            state.account.requests += 1;
            if self.keeps {
                state.kept.requests.push((path.to_owned(), headers));
            }
            if matches!(payload, Payload::Traces(_)) {
                state.account.spans_seen += items;
            }
            let standing = state.behaviour;
            state.next.pop_front().unwrap_or(standing)
        };
        let refused = match behaviour {
            Behaviour::Accept => 0,
            Behaviour::Delay(delay) => {
                tokio::time::sleep(delay).await;
                0
            }
            Behaviour::Hang => pending().await,
            Behaviour::Refuse(status) => {
                return Answer::Refused {
                    status,
                    retry_after: None,
                };
            }
            Behaviour::Busy { retry_after } => {
                return Answer::Refused {
                    status: 429,
                    retry_after: Some(retry_after),
                };
            }
            Behaviour::Partial(refused) => refused.min(items),
            Behaviour::Cut => {
                self.cut();
                pending().await
            }
        };
        // The connection is gone: nobody would hear that it was taken.
        if *self.cuts.borrow() != cuts {
            pending::<()>().await;
        }
        if let Some(journal) = &self.journal {
            let ids = payload.span_ids();
            let mut journal = journal.lock().expect("no panic");
            journal
                .write_all(ids.as_bytes())
                .expect("the journal can be written");
        }
        let mut state = self.state();
        *payload.taken(&mut state.account) += items - refused;
        if self.keeps {
            payload.keep(&mut state.kept);
        }
        Answer::Taken { refused }
    }
}
