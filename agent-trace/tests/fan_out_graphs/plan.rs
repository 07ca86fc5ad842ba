//! What is to be run.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// How deep and how large a tree may be.
const DEPTH: usize = 4;
const CALLS: usize = 24;

/// A tree of calls.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) root: Arc<Call>,
}

/// One call of an instrumented function.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) name: String,
    pub(crate) steps: Vec<Step>,
    pub(crate) end: End,
    /// It has come to where it stays.
    pub(crate) is_parked: AtomicBool,
    pub(crate) has_ended: AtomicBool,
}

/// How a call ends, when its steps are done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Returns,
    Fails,
    Panics,
    /// Never, unless somebody cancels it.
    Stays,
}

/// One thing that a call does.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) way: Way,
    pub(crate) subtasks: Vec<Subtask>,
}

/// How the subtasks of a step are run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Called and awaited, one after the other: no fan-out.
    Await,
    /// `spawn`; those that stay are aborted.
    Spawn,
    /// `spawn`, and the fan-out is dropped.
    Drop,
    /// `task`, polled by the call; those that stay are dropped.
    Poll,
    /// `task`, spawned, beginning when the call has ended.
    Outlive,
    /// `subtask`, on threads of their own.
    Thread,
    /// `run`, on this thread.
    Run,
    /// `spawn_detached`, each.
    Detach,
}

/// What runs in one subtask: calls, one after the other. There may be none.
#[derive(Debug)]
pub(crate) struct Subtask {
    pub(crate) calls: Vec<Arc<Call>>,
    pub(crate) is_over: AtomicBool,
}

/// Which ways there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ways {
    All,
    /// Without those whose outcome depends on how fast a thread is.
    NoneDropped,
}

impl Plan {
    pub(crate) fn from_bytes(bytes: &[u8], ways: Ways) -> Self {
        let mut reader = Reader {
            bytes: bytes.iter(),
            ways,
            calls: 0,
        };
        let mut root = reader.call(0, true, true);
        // Somebody has to run the others to their end.
        if root.end == End::Stays {
            root.end = End::Returns;
        }
        Self {
            root: Arc::new(root),
        }
    }
}

struct Reader<'a> {
    bytes: std::slice::Iter<'a, u8>,
    ways: Ways,
    calls: usize,
}

impl Reader<'_> {
    fn below(&mut self, limit: u8) -> u8 {
        self.bytes.next().map_or(0, |byte| byte % limit)
    }

    /// `is_async`: there is a runtime; `may_stay`: somebody cancels it.
    fn call(&mut self, depth: usize, is_async: bool, may_stay: bool) -> Call {
        let name = format!("c{}", self.calls);
        self.calls += 1;
        let steps = if depth == DEPTH {
            0
        } else if depth == 0 {
            1 + self.below(3)
        } else {
            self.below(3)
        };
        let steps = (0..steps).map(|_| self.step(depth, is_async)).collect();
        let end = match self.below(8) {
            0..=3 => End::Returns,
            4 => End::Fails,
            5 => End::Panics,
            _ if may_stay => End::Stays,
            _ => End::Returns,
        };
        Call {
            name,
            steps,
            end,
            is_parked: AtomicBool::new(false),
            has_ended: AtomicBool::new(false),
        }
    }

    fn step(&mut self, depth: usize, is_async: bool) -> Step {
        let way = match self.below(10) {
            0 => Way::Await,
            1 => Way::Run,
            2 => Way::Thread,
            3 | 4 => Way::Poll,
            _ if !is_async => Way::Poll,
            5 | 6 => Way::Spawn,
            7 if self.ways == Ways::All => Way::Drop,
            7 => Way::Spawn,
            8 => Way::Outlive,
            _ => Way::Detach,
        };
        let is_async = is_async && !matches!(way, Way::Run | Way::Thread);
        let may_stay = matches!(way, Way::Spawn | Way::Drop | Way::Poll);
        let subtasks = 1 + self.below(3);
        let subtasks = (0..subtasks)
            .map(|_| {
                let calls = match (way, self.below(6)) {
                    (Way::Await | Way::Detach, _) => 1,
                    (_, 4) => 2,
                    (_, 5) => 0,
                    _ => 1,
                };
                let mut list = Vec::new();
                for _ in 0..calls {
                    if self.calls < CALLS {
                        list.push(Arc::new(self.call(depth + 1, is_async, may_stay)));
                    }
                }
                Subtask {
                    calls: list,
                    is_over: AtomicBool::new(false),
                }
            })
            .collect();
        Step { way, subtasks }
    }
}

impl Subtask {
    /// The calls that are run: none after one that panics or stays.
    pub(crate) fn reached(&self) -> &[Arc<Call>] {
        let last = self
            .calls
            .iter()
            .position(|call| matches!(call.end, End::Panics | End::Stays));
        &self.calls[..last.map_or(self.calls.len(), |last| last + 1)]
    }

    /// How it ends: by its last call.
    pub(crate) fn end(&self) -> End {
        self.reached().last().map_or(End::Returns, |call| call.end)
    }
}
