use std::error::Error;
use std::fmt;

use super::Dropped;

/// What a flush or a shutdown could not deliver.
///
/// It tells of every span that was lost since the last flush that said so, not only of those that this flush sent.
#[non_exhaustive]
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FlushError {
    /// Spans that were lost, by reason.
    pub dropped: Dropped,
    /// Spans that were still waiting when the deadline came. After a flush they may yet arrive; after a shutdown
    /// there are none, because they count as lost.
    pub waiting: u64,
    /// Spans that wait in the spill file, for the receiver to come back or for the next process.
    pub spilled: u64,
    /// What the exporter said last.
    pub reason: Option<String>,
}

impl FlushError {
    /// `Ok` where there is nothing to tell.
    pub(crate) fn unless_empty(self) -> Result<(), Self> {
        if self == Self::default() {
            Ok(())
        } else {
            Err(self)
        }
    }

    /// The errors of several exporters as one.
    pub(crate) fn collect(results: impl Iterator<Item = Result<(), Self>>) -> Result<(), Self> {
        let mut all = Self::default();
        results
            .filter_map(Result::err)
            .for_each(|error| all.join(error));
        all.unless_empty()
    }

    fn join(&mut self, other: Self) {
        self.dropped.join(&other.dropped);
        self.spilled += other.spilled;
        self.waiting += other.waiting;
        self.reason = self.reason.take().or(other.reason);
    }
}

impl fmt::Display for FlushError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lost = self.dropped.total();
        let mut separator = "";
        if lost > 0 {
            write!(f, "{lost} spans were lost ({})", self.dropped)?;
            separator = "; ";
        }
        if self.waiting > 0 {
            write!(
                f,
                "{separator}{} spans were not exported by the deadline",
                self.waiting
            )?;
            separator = "; ";
        }
        if self.spilled > 0 {
            write!(
                f,
                "{separator}{} spans wait in the spill file",
                self.spilled
            )?;
            separator = "; ";
        }
        if let Some(reason) = &self.reason {
            write!(f, "{separator}{reason}")?;
        }
        Ok(())
    }
}

impl Error for FlushError {}
