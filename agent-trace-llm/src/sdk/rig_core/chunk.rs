use ::rig_core::completion::CompletionResponse;
use ::rig_core::message::AssistantContent;
use ::rig_core::streaming::{Item, Relayed, StreamEvent};

use super::{finish_reason, usage};
use crate::{LlmChunk, StreamInfo};

/// The events of a reply say nothing of its id, model, usage and finish reason, so a stream of them
/// has none: the crate hands them out with `Streamed::finish`, which the function that returns the
/// stream does not see. One that returns the stream as the crate relays it has all of them, in its
/// last item, and its caller gets the `Streamed` back:
///
/// ```
/// use rig_core::completion::CompletionRequest;
/// use rig_core::providers::openai::wire::Chat;
/// use rig_core::streaming::{CompletionStream, StreamEvents};
/// use rig_core::{Model, ProviderError};
///
/// // #[llm_call(provider = "openai")]
/// fn ask(model: &Model<Chat>, request: CompletionRequest) -> Result<StreamEvents, ProviderError> {
///     Ok(model.stream(request)?.into_relay())
/// }
///
/// async fn answer(model: &Model<Chat>) -> Result<(), ProviderError> {
///     let stream = CompletionStream::relay("ask", ask(model, CompletionRequest::new("Hi."))?);
///     println!("{:?}", stream.finish().await?.finish_reason());
///     Ok(())
/// }
/// ```
impl LlmChunk for StreamEvent {
    fn accumulate(&self, stream: &mut StreamInfo) {
        let index = u32::try_from(self.part().index()).unwrap_or(u32::MAX);
        match self {
            Self::Start { name, .. } => {
                if let Some(name) = name {
                    stream.content();
                    stream.tool_call(index, None, Some(name.as_str()));
                }
            }
            Self::Text { text, .. }
            | Self::Reasoning { text, .. }
            | Self::Arguments { json: text, .. } => {
                if !text.is_empty() {
                    stream.content();
                }
            }
            // What a part ends with has been streamed before, but for images and call ids.
            Self::End { content, .. } => match content {
                AssistantContent::ToolCall(call) => {
                    let id = call.id.provider().map(|id| id.as_str());
                    stream.tool_call(index, id, Some(call.function.name.as_str()));
                }
                AssistantContent::Image(_) => stream.content(),
                _ => {}
            },
        }
    }
}

impl LlmChunk for Item<StreamEvent> {
    fn accumulate(&self, stream: &mut StreamInfo) {
        if let Self::Event(event) = self {
            event.accumulate(stream);
        }
    }
}

/// An item of a stream that came over the bus: the last one has the whole response.
impl LlmChunk for Relayed {
    fn accumulate(&self, stream: &mut StreamInfo) {
        match self {
            Self::Origin(_) => {}
            Self::Item(item) => item.accumulate(stream),
            Self::Done(response) => done(response, stream),
        }
    }
}

/// All that the events left out.
fn done(response: &CompletionResponse, stream: &mut StreamInfo) {
    if let Some(id) = &response.origin.response_id {
        stream.response_id(id);
    }
    if let Some(model) = &response.origin.response_model {
        stream.model(model);
    }
    if let Some(reason) = response.finish_reason() {
        stream.finish_reason(0, finish_reason(&reason));
    }
    if let Some(usage) = usage(&response.usage).non_empty() {
        stream.usage(usage);
    }
}
