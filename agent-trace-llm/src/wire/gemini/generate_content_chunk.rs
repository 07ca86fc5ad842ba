use std::borrow::Cow;

use serde_json::Value;

use crate::wire::Error;
use crate::wire::fold::Folded;
use crate::wire::gemini::candidate::{Call, Candidates};
use crate::wire::gemini::usage::UsageMetadata;
use crate::wire::head::Head;
use crate::wire::json;
use crate::wire::lenient::{Text, object};
use crate::wire::openai::error_body::ErrorBody;
use crate::{LlmChunk, StreamInfo};

/// One `GenerateContentResponse` of a streamed reply.
///
/// For code that splits the stream itself;
/// [`GenerateContentStream`](super::GenerateContentStream) takes it as it comes from the network.
/// Borrows from the event; [`into_owned`](GenerateContentChunk::into_owned) ends that.
///
/// The counts of a chunk are those of the whole call so far; the last report is taken as a whole,
/// because a later one may leave out what an earlier one had.
///
/// ```
/// use agent_trace_llm::wire::gemini::GenerateContentChunk;
/// use agent_trace_llm::{LlmChunk, StreamInfo};
///
/// let mut stream = StreamInfo::default();
/// for data in [
///     r#"{ "candidates": [{ "content": { "parts": [{ "text": "Hi" }] } }], "usageMetadata": { "promptTokenCount": 3 } }"#,
///     r#"{ "candidates": [{ "finishReason": "STOP" }], "usageMetadata": { "promptTokenCount": 3, "candidatesTokenCount": 1 } }"#,
/// ] {
///     stream.begin_chunk();
///     GenerateContentChunk::from_slice(data.as_bytes())?.accumulate(&mut stream);
/// }
/// let reply = stream.finish();
/// assert_eq!(reply.finish_reasons, ["STOP"]);
/// assert_eq!(reply.usage.and_then(|usage| usage.output_tokens), Some(1));
/// # Ok::<(), agent_trace_llm::wire::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GenerateContentChunk<'a> {
    head: Head<'a>,
    /// The candidates that this chunk belongs to, each with its finish reason if it ends here.
    candidates: Vec<(u32, Option<Cow<'static, str>>)>,
    calls: Vec<Call<'a>>,
}

object! {
    Body<'de> {
        id: Text<'de> = "responseId",
        model: Text<'de> = "modelVersion",
        candidates: Folded<Candidates<'de>> = "candidates",
        prompt_feedback: PromptFeedback<'de> = "promptFeedback",
        usage: UsageMetadata<'de> = "usageMetadata",
        error: ErrorBody = "error",
    }
}

object! {
    PromptFeedback<'de> {
        block_reason: Text<'de> = "blockReason",
    }
}

impl<'a> GenerateContentChunk<'a> {
    /// Reads the data of one event, or one element of the array.
    ///
    /// # Errors
    ///
    /// If the bytes are not one JSON document.
    pub fn from_slice(data: &'a [u8]) -> Result<Self, Error> {
        Ok(Self::new(json::from_slice(data)?))
    }

    /// Reads a chunk that is already parsed. What is no object says nothing.
    pub fn from_value(data: &'a Value) -> Self {
        Self::new(serde::Deserialize::deserialize(data).unwrap_or_default())
    }

    /// The same chunk, borrowing from nothing.
    pub fn into_owned(self) -> GenerateContentChunk<'static> {
        let own = |text: Option<Cow<'a, str>>| text.map(|text| Cow::Owned(text.into_owned()));
        GenerateContentChunk {
            head: self.head.into_owned(),
            candidates: self.candidates,
            calls: self
                .calls
                .into_iter()
                .map(|call| Call {
                    candidate: call.candidate,
                    id: own(call.id),
                    name: Cow::Owned(call.name.into_owned()),
                })
                .collect(),
        }
    }

    /// Unicode code points of text in this chunk, thoughts left out.
    pub fn text_chars(&self) -> u64 {
        self.head.text_chars
    }

    /// The candidates that this chunk belongs to.
    pub(crate) fn candidates(&self) -> impl Iterator<Item = u32> {
        self.candidates.iter().map(|(candidate, _)| *candidate)
    }

    pub(crate) fn new(body: Body<'a>) -> Self {
        let mut candidates: Vec<_> = body
            .candidates
            .0
            .candidates
            .into_iter()
            .map(|(candidate, reason)| (candidate, reason.as_deref().map(finish_reason)))
            .collect();
        // A prompt that was blocked has no candidate; why is said in its place.
        if let (true, Some(reason)) = (candidates.is_empty(), body.prompt_feedback.block_reason.0) {
            candidates.push((0, Some(finish_reason(&reason))));
        }
        Self {
            head: Head {
                id: body.id.0,
                model: body.model.0,
                usage: body.usage.report(),
                service_tier: body.usage.service_tier.0.or(body.usage.traffic_type.0),
                error_type: body.error.error_type(),
                content: body.candidates.0.any,
                text_chars: body.candidates.0.text_chars,
            },
            candidates,
            calls: body.candidates.0.calls,
        }
    }
}

/// A finish reason that does not allocate when it is one of the usual ones.
fn finish_reason(text: &str) -> Cow<'static, str> {
    Cow::Borrowed(match text {
        "STOP" => "STOP",
        "MAX_TOKENS" => "MAX_TOKENS",
        "SAFETY" => "SAFETY",
        "RECITATION" => "RECITATION",
        "MALFORMED_FUNCTION_CALL" => "MALFORMED_FUNCTION_CALL",
        other => return crate::text::finish_reason(other),
    })
}

impl LlmChunk for GenerateContentChunk<'_> {
    fn accumulate(&self, stream: &mut StreamInfo) {
        self.head.accumulate(stream);
        for (candidate, reason) in &self.candidates {
            if let Some(reason) = reason {
                stream.finish_reason(*candidate, reason.clone());
            }
        }
        for call in &self.calls {
            // Calls have no index: each one that has a name is a call of its own.
            let index = u32::try_from(stream.tool_call_count()).unwrap_or(u32::MAX);
            stream.choice_tool_call(call.candidate, index, call.id.as_deref(), Some(&call.name));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn follow(chunks: &[Value]) -> StreamInfo {
        let mut stream = StreamInfo::default();
        for chunk in chunks {
            stream.begin_chunk();
            GenerateContentChunk::from_value(chunk)
                .into_owned()
                .accumulate(&mut stream);
        }
        stream
    }

    fn part(part: Value) -> Value {
        json!({ "candidates": [{ "content": { "role": "model", "parts": [part] } }] })
    }

    #[test]
    fn what_counts_as_content() {
        for (content, chars, chunk) in [
            (true, 2, part(json!({ "text": "é🦀" }))),
            (true, 0, part(json!({ "text": "secret", "thought": true }))),
            (
                true,
                0,
                part(json!({ "functionCall": { "name": "f", "args": {} } })),
            ),
            (
                true,
                0,
                part(json!({ "functionCall": { "partialArgs": [{ "jsonPath": "$.a" }] } })),
            ),
            (true, 0, part(json!({ "executableCode": { "code": "1" } }))),
            (true, 0, part(json!({ "inlineData": { "data": "AAAA" } }))),
            (
                false,
                0,
                part(json!({ "text": "", "thoughtSignature": "a" })),
            ),
            (false, 0, part(json!({ "functionCall": {} }))),
            (
                false,
                0,
                json!({ "candidates": [{ "finishReason": "STOP" }] }),
            ),
            (false, 0, json!({ "candidates": null })),
        ] {
            assert_eq!(
                follow(std::slice::from_ref(&chunk)).has_content(),
                content,
                "{chunk}"
            );
            assert_eq!(
                GenerateContentChunk::from_value(&chunk).text_chars(),
                chars,
                "{chunk}"
            );
        }
    }

    #[test]
    fn the_last_report_is_taken_whole() {
        let usage = |usage: Value| json!({ "usageMetadata": usage });
        let reply = follow(&[
            usage(json!({ "promptTokenCount": 46, "candidatesTokenCount": 51, "thoughtsTokenCount": 101 })),
            usage(json!({ "promptTokenCount": 46, "thoughtsTokenCount": 9 })),
            usage(json!({ "trafficType": "ON_DEMAND" })),
        ])
        .finish();
        let usage = reply.usage.expect("reported");
        assert_eq!(
            (usage.input_tokens, usage.output_tokens),
            (Some(46), Some(9))
        );
        assert_eq!(reply.service_tier.as_deref(), Some("ON_DEMAND"));
    }

    #[test]
    fn calls_come_whole_or_in_pieces() {
        let reply = follow(&[
            part(json!({ "functionCall": { "name": "cook", "willContinue": true } })),
            part(json!({ "functionCall": { "partialArgs": [{}], "willContinue": true } })),
            part(json!({ "functionCall": {} })),
            part(json!({ "functionCall": { "id": "b", "name": "cook", "args": {} } })),
        ])
        .finish();
        let names: Vec<_> = reply
            .tool_calls
            .iter()
            .map(|call| call.name.as_deref())
            .collect();
        assert_eq!(names, [Some("cook"), Some("cook")]);
        assert_eq!(reply.tool_calls[0].id, None);
        assert_eq!(reply.tool_calls[1].id.as_deref(), Some("b"));
    }

    #[test]
    fn candidates_interleave() {
        let reply = follow(&[json!({ "candidates": [
            { "index": 1, "finishReason": "MAX_TOKENS" }, { "index": 0, "finishReason": "STOP" },
        ] })])
        .finish();
        assert_eq!(reply.finish_reasons, ["STOP", "MAX_TOKENS"]);
    }
}
