use ::genai::chat::{ChatStreamEvent, StreamEnd};

use super::{finish_reason, usage};
use crate::{LlmChunk, StreamInfo};

/// The crate drops the model that answered, the service tier, and the provider's chunk boundaries.
/// Usage arrives in the last event, and only if `ChatOptions` ask to capture it. Of several choices
/// only the first is passed on.
impl LlmChunk for ChatStreamEvent {
    fn accumulate(&self, stream: &mut StreamInfo) {
        match self {
            Self::Chunk(chunk) | Self::ReasoningChunk(chunk) => {
                if !chunk.content.is_empty() {
                    stream.content();
                }
            }
            Self::ToolCallChunk(chunk) => {
                // A chunk repeats the call as far as it is known, arguments included. It has no
                // index: the id tells calls apart.
                stream.content();
                tool_call(stream, &chunk.tool_call.call_id, &chunk.tool_call.fn_name);
            }
            Self::End(end) => end.accumulate(stream),
            Self::Start | Self::ThoughtSignatureChunk(_) | Self::Heartbeat => {}
        }
    }
}

/// The last event of a stream, for code that keeps nothing else.
impl LlmChunk for StreamEnd {
    fn accumulate(&self, stream: &mut StreamInfo) {
        if let Some(id) = &self.captured_response_id {
            stream.response_id(id);
        }
        if let Some(reason) = &self.captured_stop_reason {
            stream.finish_reason(0, finish_reason(reason));
        }
        if let Some(usage) = &self.captured_usage {
            stream.usage(usage::chat(usage));
        }
        for call in self.captured_tool_calls().into_iter().flatten() {
            tool_call(stream, &call.call_id, &call.fn_name);
        }
    }
}

/// Calls without a place in the stream: the id stands for it.
fn tool_call(stream: &mut StreamInfo, id: &str, name: &str) {
    // FNV-1a: the same id is the same call, in whichever event it occurs.
    let index = id.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    stream.tool_call(index, Some(id), Some(name));
}
