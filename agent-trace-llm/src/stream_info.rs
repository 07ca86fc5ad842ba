use std::borrow::Cow;

use crate::text::{MAX_ID, MAX_NAME, cap, cap_owned, present};
use crate::{BilledUsage, ProviderUsage, ResponseInfo, ToolCallRef, Usage};

/// Finish reasons that are kept, one per choice.
const MAX_CHOICES: usize = 128;

/// Tool calls that are kept.
const MAX_TOOL_CALLS: usize = 128;

/// What the chunks of one streamed reply say together.
///
/// Whoever follows the stream calls [`begin_chunk`](StreamInfo::begin_chunk) for each item and has
/// the item [accumulate](crate::LlmChunk::accumulate) into it; at the end, however it came,
/// [`finish`](StreamInfo::finish) gives what one whole reply would have given.
///
/// It holds no text of the reply and is bounded whatever arrives: long identifiers are cut, and
/// beyond 128 choices or tool calls only the counting goes on.
///
/// ```
/// use agent_trace_llm::StreamInfo;
///
/// let mut stream = StreamInfo::default();
/// stream.begin_chunk();
/// stream.response_id("chatcmpl-1");
/// stream.content();
/// stream.begin_chunk();
/// stream.finish_reason(0, "stop".into());
///
/// assert_eq!((stream.chunks(), stream.content_chunks()), (2, 1));
/// let reply = stream.finish();
/// assert_eq!(reply.finish_reasons, ["stop"]);
/// assert_eq!(reply.usage, None);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StreamInfo {
    chunks: u64,
    content_chunks: u64,
    /// Whether the current chunk was counted as one with content.
    counted: bool,
    id: Option<String>,
    model: Option<String>,
    service_tier: Option<String>,
    system_fingerprint: Option<String>,
    status: Option<String>,
    usage: Option<Usage>,
    provider_usage: Option<ProviderUsage>,
    billed_usage: Option<Box<BilledUsage>>,
    /// Sorted by choice.
    finish_reasons: Vec<(u32, Cow<'static, str>)>,
    /// In order of appearance.
    tool_calls: Vec<ToolCall>,
    tool_call_count: u64,
    error_type: Option<Cow<'static, str>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct ToolCall {
    choice: u32,
    index: u32,
    call: ToolCallRef,
}

impl ToolCall {
    fn learn(&mut self, id: Option<&str>, name: Option<&str>) {
        keep_first(&mut self.call.id, id.unwrap_or_default(), MAX_ID);
        keep_first(&mut self.call.name, name.unwrap_or_default(), MAX_NAME);
    }
}

/// What an adapter says of a chunk.
impl StreamInfo {
    /// The current chunk carries content: text, reasoning, a refusal, audio, a piece of a tool call.
    /// Counted once per chunk however often it is called.
    pub fn content(&mut self) {
        if !self.counted {
            self.counted = true;
            self.content_chunks = self.content_chunks.saturating_add(1);
        }
    }

    /// The token counts of the whole call so far. The last one wins, as a whole: counts of a stream
    /// are running totals. An [empty](Usage::is_empty) one is no report and changes nothing.
    ///
    /// An adapter whose provider spreads one report over several events merges into
    /// [`current_usage`](StreamInfo::current_usage) before it calls this.
    pub fn usage(&mut self, usage: Usage) {
        if !usage.is_empty() {
            self.usage = Some(usage);
        }
    }

    /// The totals so far as the provider has written them. The last one wins, as a whole.
    pub fn provider_usage(&mut self, usage: ProviderUsage) {
        self.provider_usage = usage.non_empty().or(self.provider_usage);
    }

    /// What the provider bills for the call so far, where it says so apart from what was used. The last
    /// one wins, as a whole; an [empty](BilledUsage::is_empty) one is no report.
    pub fn billed_usage(&mut self, billed: BilledUsage) {
        if !billed.is_empty() {
            match &mut self.billed_usage {
                Some(slot) => **slot = billed,
                slot => *slot = Some(Box::new(billed)),
            }
        }
    }

    /// `gen_ai.response.id`. The first one that is not empty stays: some providers open with an
    /// empty one, and some change it midway.
    pub fn response_id(&mut self, id: &str) {
        keep_first(&mut self.id, id, MAX_ID);
    }

    /// `gen_ai.response.model`. The first one that is not empty stays.
    pub fn model(&mut self, model: &str) {
        keep_first(&mut self.model, model, MAX_NAME);
    }

    /// `openai.response.service_tier`. The last one wins.
    pub fn service_tier(&mut self, tier: &str) {
        keep_last(&mut self.service_tier, tier, MAX_NAME);
    }

    /// `openai.response.system_fingerprint`. The last one wins.
    pub fn system_fingerprint(&mut self, fingerprint: &str) {
        keep_last(&mut self.system_fingerprint, fingerprint, MAX_NAME);
    }

    /// `gen_ai.response.status`. The last one wins.
    pub fn status(&mut self, status: &str) {
        keep_last(&mut self.status, status, MAX_NAME);
    }

    /// Why a choice ended, spelled as the provider spells it. The last one of a choice wins, and an
    /// empty one is none.
    pub fn finish_reason(&mut self, choice: u32, reason: Cow<'static, str>) {
        if reason.is_empty() {
            return;
        }
        let reason = match reason {
            Cow::Borrowed(reason) => Cow::Borrowed(reason),
            Cow::Owned(reason) => Cow::Owned(cap_owned(Cow::Owned(reason), MAX_NAME)),
        };
        match self
            .finish_reasons
            .binary_search_by_key(&choice, |(choice, _)| *choice)
        {
            Ok(at) => self.finish_reasons[at].1 = reason,
            Err(at) if self.finish_reasons.len() < MAX_CHOICES => {
                self.finish_reasons.insert(at, (choice, reason));
            }
            Err(_) => {}
        }
    }

    /// A piece of a tool call of the first choice: see [`choice_tool_call`](Self::choice_tool_call).
    pub fn tool_call(&mut self, index: u32, id: Option<&str>, name: Option<&str>) {
        self.choice_tool_call(0, index, id, name);
    }

    /// A piece of a tool call, told apart by choice and index. The first id and the first name that
    /// are not empty stay. A piece that brings another id and a name begins another call, because
    /// some providers give every call the same index.
    pub fn choice_tool_call(
        &mut self,
        choice: u32,
        index: u32,
        id: Option<&str>,
        name: Option<&str>,
    ) {
        let (id, name) = (id.and_then(present), name.and_then(present));
        let known = self
            .tool_calls
            .iter()
            .rposition(|c| c.choice == choice && c.index == index);
        let begins_another = |call: &ToolCallRef| match (call.id.as_deref(), id) {
            (Some(known), Some(id)) => name.is_some() && known != cap(id, MAX_ID),
            _ => false,
        };
        match known {
            Some(at) if !begins_another(&self.tool_calls[at].call) => {
                self.tool_calls[at].learn(id, name);
            }
            _ if self.tool_calls.len() < MAX_TOOL_CALLS => {
                let mut entry = ToolCall {
                    choice,
                    index,
                    call: ToolCallRef::default(),
                };
                entry.learn(id, name);
                self.tool_calls.push(entry);
                self.tool_call_count = self.tool_call_count.saturating_add(1);
            }
            // Only the first piece of a call has a name, so calls that are not kept still count.
            _ if name.is_some() => {
                self.tool_call_count = self.tool_call_count.saturating_add(1);
            }
            _ => {}
        }
    }

    /// The reply reports a failure within the stream: `error.type`, never a message. The first one
    /// stays.
    pub fn error(&mut self, error_type: Cow<'static, str>) {
        if self.error_type.is_none() {
            self.error_type = Some(match error_type {
                Cow::Borrowed(error) => Cow::Borrowed(error),
                Cow::Owned(error) => Cow::Owned(cap_owned(Cow::Owned(error), MAX_NAME)),
            });
        }
    }

    /// The counts reported so far, for adapters that merge.
    pub fn current_usage(&self) -> Option<&Usage> {
        self.usage.as_ref()
    }

    /// The provider's own totals reported so far, for adapters that merge.
    pub fn current_provider_usage(&self) -> Option<&ProviderUsage> {
        self.provider_usage.as_ref()
    }

    /// What the provider has said so far that it bills.
    pub fn current_billed_usage(&self) -> Option<&BilledUsage> {
        self.billed_usage.as_deref()
    }
}

/// What the follower of a stream asks.
impl StreamInfo {
    /// The next item of the stream has arrived. To be called once per item, before it accumulates.
    pub fn begin_chunk(&mut self) {
        self.counted = false;
        self.chunks = self.chunks.saturating_add(1);
    }

    /// Items so far.
    pub fn chunks(&self) -> u64 {
        self.chunks
    }

    /// Items so far that carried content.
    pub fn content_chunks(&self) -> u64 {
        self.content_chunks
    }

    /// Whether any item carried content yet: the moment of the first one is the time to first chunk.
    pub fn has_content(&self) -> bool {
        self.content_chunks > 0
    }

    /// Tool calls so far, those beyond the bound included.
    pub fn tool_call_count(&self) -> u64 {
        self.tool_call_count
    }

    /// The tool calls so far that are kept, in order of appearance. The id or the name of one may
    /// come with a later chunk than the first of it.
    pub fn tool_calls(&self) -> impl ExactSizeIterator<Item = &ToolCallRef> {
        self.tool_calls.iter().map(|entry| &entry.call)
    }

    /// Why each choice ended, by choice.
    pub fn finish_reasons(&self) -> impl Iterator<Item = (u32, &str)> {
        self.finish_reasons
            .iter()
            .map(|(choice, reason)| (*choice, reason.as_ref()))
    }

    /// The failure that the reply reported within the stream, if it did.
    pub fn error_type(&self) -> Option<&str> {
        self.error_type.as_deref()
    }

    /// What the chunks said together.
    pub fn finish(self) -> ResponseInfo {
        ResponseInfo {
            id: self.id,
            model: self.model,
            finish_reasons: self
                .finish_reasons
                .into_iter()
                .map(|(_, reason)| reason)
                .collect(),
            usage: self.usage,
            provider_usage: self.provider_usage,
            billed_usage: self.billed_usage,
            service_tier: self.service_tier,
            system_fingerprint: self.system_fingerprint,
            status: self.status,
            tool_calls: self
                .tool_calls
                .into_iter()
                .map(|entry| entry.call)
                .collect(),
            error_type: self.error_type,
        }
    }
}

fn keep_first(slot: &mut Option<String>, text: &str, max: usize) {
    if slot.is_none() && !text.is_empty() {
        *slot = Some(cap(text, max).to_owned());
    }
}

fn keep_last(slot: &mut Option<String>, text: &str, max: usize) {
    let text = cap(text, max);
    if !text.is_empty() && slot.as_deref() != Some(text) {
        *slot = Some(text.to_owned());
    }
}

#[cfg(test)]
mod tests;
