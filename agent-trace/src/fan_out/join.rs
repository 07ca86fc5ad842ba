//! Subtasks on the Tokio runtime.

use super::FanOut;
use super::consumer::Consumer;
use super::subtask::Subtask;
use super::task::Task;
use crate::fan_in::SubtaskOutcome;
use opentelemetry::StringValue;
use std::future::{Future, pending};
use std::panic::resume_unwind;
use tokio::task::{AbortHandle, JoinError};

/// On the Tokio runtime, with the feature `tokio`.
///
/// The tasks are in a [`JoinSet`](tokio::task::JoinSet): a `FanOut` that is dropped aborts those that were not joined,
/// and the call around that place shows them as cancelled. Results come as they are done ([`join_next`](Self::join_next)) or
/// in the order of dispatch ([`join_all`](Self::join_all)); [`try_join_all`](FanOut::try_join_all) gives up the rest at
/// the first error. The call that awaits them is the one that consumes them.
///
/// ```
/// use agent_trace::{FanOut, agent_span};
///
/// #[agent_span]
/// async fn searcher(topic: String) -> Result<usize, tokio::task::JoinError> {
///     Ok(topic.len())
/// }
///
/// #[agent_span]
/// async fn researcher(topics: Vec<String>) -> Result<usize, tokio::task::JoinError> {
///     let mut searchers = FanOut::new().with_size(topics.len()).with_limit(8);
///     for topic in topics {
///         searchers.spawn_as(topic.clone(), searcher(topic));
///     }
///     Ok(searchers.try_join_all().await?.into_iter().sum())
/// }
/// # let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
/// # assert_eq!(runtime.block_on(researcher(vec!["a".into(), "bc".into()])).unwrap(), 3);
/// ```
#[cfg_attr(docsrs, doc(cfg(feature = "tokio")))]
impl<T: Send + 'static> FanOut<T> {
    /// Spawns a subtask. The handle aborts this one alone.
    ///
    /// # Panics
    ///
    /// Outside a Tokio runtime, as [`tokio::spawn`] does.
    #[track_caller]
    pub fn spawn<F>(&mut self, future: F) -> AbortHandle
    where
        F: Future<Output = T> + Send + 'static,
    {
        self.spawn_labelled(None, future)
    }

    /// As [`spawn`](Self::spawn), with a label for the subtask. It is recorded as it is: keep content out of it.
    ///
    /// # Panics
    ///
    /// Outside a Tokio runtime, as [`tokio::spawn`] does.
    #[track_caller]
    pub fn spawn_as<F>(&mut self, label: impl Into<StringValue>, future: F) -> AbortHandle
    where
        F: Future<Output = T> + Send + 'static,
    {
        self.spawn_labelled(Some(label.into()), future)
    }

    #[track_caller]
    fn spawn_labelled<F>(&mut self, label: Option<StringValue>, future: F) -> AbortHandle
    where
        F: Future<Output = T> + Send + 'static,
    {
        let index = self.index();
        let slot = self.slot_at(index, label);
        let task = Task::spawned(slot.clone(), self.permit(), future);
        self.spawned.spawn(place(index), slot, task)
    }

    /// Runs a subtask that blocks on a thread for such work. Once it runs it cannot be stopped: given up then, it
    /// shows as unfinished.
    ///
    /// # Panics
    ///
    /// Outside a Tokio runtime, as [`tokio::task::spawn_blocking`] does.
    #[track_caller]
    pub fn spawn_blocking<F>(&mut self, work: F) -> AbortHandle
    where
        F: FnOnce() -> T + Send + 'static,
    {
        self.spawn_blocking_labelled(None, work)
    }

    /// As [`spawn_blocking`](Self::spawn_blocking), with a label for the subtask. It is recorded as it is: keep content
    /// out of it.
    ///
    /// # Panics
    ///
    /// Outside a Tokio runtime, as [`tokio::task::spawn_blocking`] does.
    #[track_caller]
    pub fn spawn_blocking_as<F>(&mut self, label: impl Into<StringValue>, work: F) -> AbortHandle
    where
        F: FnOnce() -> T + Send + 'static,
    {
        self.spawn_blocking_labelled(Some(label.into()), work)
    }

    #[track_caller]
    fn spawn_blocking_labelled<F>(&mut self, label: Option<StringValue>, work: F) -> AbortHandle
    where
        F: FnOnce() -> T + Send + 'static,
    {
        let index = self.index();
        let slot = self.slot_at(index, label);
        let inner = slot.clone();
        let work = move || Subtask::run_unsettled(inner, work);
        let Some(permit) = self.permit() else {
            return self.spawned.spawn_blocking(place(index), slot, work);
        };
        // A task waits for the permit, so that no thread does.
        let waiting = async move {
            let mut permit = permit;
            (&mut permit).await;
            let work = move || {
                let _permit = permit;
                work()
            };
            match tokio::task::spawn_blocking(work).await {
                Ok(value) => value,
                Err(error) => match error.try_into_panic() {
                    Ok(payload) => resume_unwind(payload),
                    // The runtime goes, and this task with it.
                    Err(_) => pending().await,
                },
            }
        };
        self.spawned.spawn(place(index), slot, waiting)
    }

    /// The result of the next subtask that is done; `None` where none is left. One that panicked or was aborted is an
    /// error.
    ///
    /// Cancel safe: a result that was not given is given by the next call.
    pub async fn join_next(&mut self) -> Option<Result<T, JoinError>> {
        Some(self.join_next_indexed().await?.1)
    }

    /// As [`join_next`](Self::join_next), with the index of the subtask: `agent_trace.fan_out.index`, from 0 in the order
    /// of dispatch.
    pub async fn join_next_indexed(&mut self) -> Option<(usize, Result<T, JoinError>)> {
        let (index, slot, result) = self.spawned.join_next().await?;
        if let Some(slot) = slot {
            slot.settle(&Consumer::here(), SubtaskOutcome::Returned);
        }
        Some((index, result))
    }

    /// The results of all that were spawned, in the order of dispatch.
    pub async fn join_all(mut self) -> Vec<Result<T, JoinError>> {
        let mut results = Vec::with_capacity(self.len());
        while let Some(result) = self.join_next_indexed().await {
            results.push(result);
        }
        results.sort_unstable_by_key(|(index, _)| *index);
        results.into_iter().map(|(_, result)| result).collect()
    }

    /// Aborts all subtasks that are spawned and not done. They are still to be joined, and shown as cancelled.
    pub fn abort_all(&mut self) {
        self.spawned.abort_all();
    }

    /// How many subtasks are spawned and not joined.
    #[must_use]
    pub fn len(&self) -> usize {
        self.spawned.len()
    }

    /// Whether every subtask that was spawned has been joined.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[cfg_attr(docsrs, doc(cfg(feature = "tokio")))]
impl<T: Send + 'static, E: Send + 'static> FanOut<Result<T, E>> {
    /// The values of all that were spawned, in the order of dispatch; or the first error, at which the rest is aborted.
    ///
    /// The error is given when the others have stopped, so that nothing of them is still beneath the caller's span.
    /// Blocking work that runs is not waited for.
    ///
    /// # Errors
    ///
    /// The first error in time that a subtask gave. One that panicked or was aborted gives a [`JoinError`].
    pub async fn try_join_all(mut self) -> Result<Vec<T>, E>
    where
        E: From<JoinError>,
    {
        let mut values = Vec::with_capacity(self.len());
        while let Some((index, slot, result)) = self.spawned.join_next().await {
            let result = result.map_err(E::from).and_then(|result| result);
            if let Some(slot) = slot {
                if result.is_err() {
                    slot.fail();
                }
                slot.settle(&Consumer::here(), SubtaskOutcome::Returned);
            }
            match result {
                Ok(value) => values.push((index, value)),
                Err(error) => {
                    self.abort_all();
                    while self.spawned.has_stoppable() && self.join_next().await.is_some() {}
                    return Err(error);
                }
            }
        }
        values.sort_unstable_by_key(|(index, _)| *index);
        Ok(values.into_iter().map(|(_, value)| value).collect())
    }
}

fn place(index: i64) -> usize {
    usize::try_from(index).unwrap_or(usize::MAX)
}
