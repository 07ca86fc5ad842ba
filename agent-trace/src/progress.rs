//! How far a streamed reply has come.

use crate::clock::Moment;
use agent_trace_llm::{ResponseInfo, StreamInfo, ToolCallRef};

/// What has been seen on a stream so far.
#[derive(Debug)]
pub(crate) struct Progress {
    info: StreamInfo,
    /// How many of the tool calls are remembered.
    noted: usize,
    /// When the first and the latest piece of content came.
    first: Option<Moment>,
    latest: Option<Moment>,
    /// Seconds from one piece of content to the next, where somebody wants to know each.
    gaps: Option<Vec<f64>>,
}

/// How many gaps are kept: a reply of which each token is a piece, as long as models make them.
const GAPS: usize = 1 << 16;

impl Progress {
    /// Nothing has been seen yet.
    pub(crate) fn new(keeps_gaps: bool) -> Self {
        Self {
            info: StreamInfo::default(),
            first: None,
            latest: None,
            gaps: keeps_gaps.then(Vec::new),
            noted: 0,
        }
    }

    /// Takes in one item.
    pub(crate) fn item(&mut self, now: Moment, accumulate: impl FnOnce(&mut StreamInfo)) {
        let before = self.info.content_chunks();
        self.info.begin_chunk();
        accumulate(&mut self.info);
        if self.info.content_chunks() > before {
            self.first.get_or_insert(now);
            if let (Some(gaps), Some(latest)) = (&mut self.gaps, self.latest) {
                if gaps.len() < GAPS {
                    gaps.push(now.seconds_since(latest));
                }
            }
            self.latest = Some(now);
        }
    }

    /// The tool calls that were not noted before.
    pub(crate) fn note_tool_calls(&mut self, mut note: impl FnMut(&ToolCallRef)) {
        let calls = self.info.tool_calls().skip(self.noted);
        for call in calls.take_while(|call| call.id.is_some()) {
            note(call);
            self.noted += 1;
        }
    }

    pub(crate) fn has_tool_calls_to_note(&self) -> bool {
        let mut calls = self.info.tool_calls().skip(self.noted);
        calls.next().is_some_and(|call| call.id.is_some())
    }

    pub(crate) fn noted_tool_calls(&self) -> usize {
        self.noted
    }

    /// An error that the stream carried as data.
    pub(crate) fn error_type(&self) -> Option<&str> {
        self.info.error_type()
    }

    pub(crate) fn has_started(&self) -> bool {
        self.info.chunks() > 0
    }

    pub(crate) fn chunks(&self) -> i64 {
        crate::record::tokens(self.info.chunks())
    }

    /// Seconds from `started` to the first piece of content.
    pub(crate) fn time_to_first_chunk(&self, started: Option<Moment>) -> Option<f64> {
        Some(self.first?.seconds_since(started?))
    }

    /// Mean seconds from one piece of content to the next.
    pub(crate) fn time_per_output_chunk(&self) -> Option<f64> {
        let gaps = self
            .info
            .content_chunks()
            .checked_sub(1)
            .filter(|gaps| *gaps > 0)?;
        // Exact up to 2^53 chunks.
        #[expect(
            clippy::cast_precision_loss,
            reason = "a mean of very many chunks is a mean still"
        )]
        let gaps = gaps as f64;
        Some(self.latest?.seconds_since(self.first?) / gaps)
    }

    /// Seconds from one piece of content to the next, if they were kept.
    pub(crate) fn take_gaps(&mut self) -> Vec<f64> {
        self.gaps.take().unwrap_or_default()
    }

    /// The reply that the items add up to.
    pub(crate) fn reply(self) -> ResponseInfo {
        self.info.finish()
    }
}
