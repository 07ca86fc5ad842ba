use ::aws_sdk_bedrockruntime::types::{
    ContentBlockDelta, ContentBlockStart, ConverseStreamOutput, ReasoningContentBlockDelta,
    ResponseStream,
};

use super::{finish_reason, usage};
use crate::wire::bedrock::InvokeChunk;
use crate::{LlmChunk, StreamInfo};

/// The service names neither the reply nor the model that answered.
///
/// The crate's event receiver is no `Stream`, and nothing can be seen of what is received from it
/// after the function has returned it. A function that returns a stream makes it of the receiver:
///
/// ```
/// use aws_sdk_bedrockruntime::error::SdkError;
/// use aws_sdk_bedrockruntime::operation::converse_stream::ConverseStreamError;
/// use aws_sdk_bedrockruntime::operation::converse_stream::builders::ConverseStreamFluentBuilder;
/// use aws_sdk_bedrockruntime::types::ConverseStreamOutput;
/// use aws_sdk_bedrockruntime::types::error::ConverseStreamOutputError;
/// use futures_util::{Stream, stream};
///
/// // #[llm_call(provider = "aws.bedrock")]
/// async fn ask(
///     request: ConverseStreamFluentBuilder,
/// ) -> Result<
///     impl Stream<Item = Result<ConverseStreamOutput, ConverseStreamOutputError>>,
///     SdkError<ConverseStreamError>,
/// > {
///     let events = request.send().await?.stream;
///     Ok(stream::unfold(events, |mut events| async {
///         let event = events.recv().await.map_err(SdkError::into_service_error);
///         Some((event.transpose()?, events))
///     }))
/// }
/// ```
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

/// An event of a streamed InvokeModel reply, read by the shape of whichever model family answers.
impl LlmChunk for ResponseStream {
    fn accumulate(&self, stream: &mut StreamInfo) {
        let Self::Chunk(part) = self else { return };
        let said = part
            .bytes()
            .map(|bytes| InvokeChunk::from_slice(bytes.as_ref()));
        if let Some(Ok(chunk)) = said {
            chunk.accumulate(stream);
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
