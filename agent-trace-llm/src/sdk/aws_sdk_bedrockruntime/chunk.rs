use ::aws_sdk_bedrockruntime::types::{
    ContentBlockDelta, ContentBlockStart, ConverseStreamOutput, ReasoningContentBlockDelta,
};

use super::{finish_reason, usage};
use crate::{LlmChunk, StreamInfo};

/// The service names neither the reply nor the model that answered. The crate's event receiver is no
/// `Stream`: a function that returns one has to make it from `recv`.
impl LlmChunk for ConverseStreamOutput {
    fn accumulate(&self, stream: &mut StreamInfo) {
        match self {
            Self::ContentBlockStart(event) => {
                if let Some(ContentBlockStart::ToolUse(tool)) = &event.start {
                    let index = u32::try_from(event.content_block_index).unwrap_or_default();
                    stream.content();
                    stream.tool_call(index, Some(&tool.tool_use_id), Some(&tool.name));
                }
            }
            Self::ContentBlockDelta(event) if event.delta.as_ref().is_some_and(has_content) => {
                stream.content();
            }
            Self::MessageStop(event) => stream.finish_reason(0, finish_reason(&event.stop_reason)),
            Self::Metadata(event) => {
                if let Some(counts) = &event.usage {
                    stream.usage(usage(counts));
                }
                if let Some(tier) = &event.service_tier {
                    stream.service_tier(tier.r#type.as_str());
                }
            }
            _ => {}
        }
    }
}

fn has_content(delta: &ContentBlockDelta) -> bool {
    match delta {
        ContentBlockDelta::Text(text) => !text.is_empty(),
        ContentBlockDelta::ToolUse(tool) => !tool.input.is_empty(),
        ContentBlockDelta::ReasoningContent(reasoning) => match reasoning {
            ReasoningContentBlockDelta::Text(text) => !text.is_empty(),
            ReasoningContentBlockDelta::RedactedContent(_) => true,
            // The signature.
            _ => false,
        },
        ContentBlockDelta::Image(_) => true,
        _ => false,
    }
}
