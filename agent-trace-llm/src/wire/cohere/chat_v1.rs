use std::borrow::Cow;

use super::error::ErrorMessage;
use super::usage::UsageBody;
use super::{finish_reason, is_failure};
use crate::ndjson::Decoder;
use crate::wire::bits::{Bits, Piece, Reply};
use crate::wire::forms::{chunk, response, stream};
use crate::wire::lenient::{Chars, Count, Flag, List, Something, Text, object};

response! {
    /// The body of a chat reply of the v1 API, or of the error that came in its place.
    ///
    /// ```
    /// use agent_trace_llm::LlmResponse;
    /// use agent_trace_llm::wire::cohere::ChatV1Response;
    ///
    /// let body = br#"{
    ///     "response_id": "440f",
    ///     "text": "Arr.",
    ///     "finish_reason": "COMPLETE",
    ///     "meta": { "tokens": { "input_tokens": 69, "output_tokens": 3 } }
    /// }"#;
    /// let reply = ChatV1Response::from_slice(body)?;
    /// assert_eq!(reply.text_chars(), 4);
    /// assert_eq!(reply.info().usage.and_then(|usage| usage.input_tokens), Some(69));
    /// # Ok::<(), agent_trace_llm::wire::Error>(())
    /// ```
    ChatV1Response from Body
}

chunk! {
    /// One line of a streamed chat reply of the v1 API.
    ///
    /// ```
    /// use agent_trace_llm::wire::cohere::ChatV1Chunk;
    ///
    /// let line = br#"{ "event_type": "text-generation", "text": "Hi", "is_finished": false }"#;
    /// let chunk = ChatV1Chunk::from_slice(line)?;
    /// assert_eq!((chunk.text_chars(), chunk.is_last()), (2, false));
    /// # Ok::<(), agent_trace_llm::wire::Error>(())
    /// ```
    ChatV1Chunk from Event
}

stream! {
    /// A streamed chat reply of the v1 API (a JSON object a line), fed with the bytes of the
    /// response body as they arrive. Usage comes with the last line, `stream-end`, as does the id.
    ///
    /// ```
    /// use agent_trace_llm::wire::cohere::ChatV1Stream;
    ///
    /// let mut stream = ChatV1Stream::new();
    /// stream.push(b"{\"event_type\":\"text-generation\",\"text\":\"Hi\",\"is_finished\":false}\n");
    /// stream.push(b"{\"event_type\":\"stream-end\",\"is_finished\":true,\"finish_reason\":\"COMPLETE\",");
    /// stream.push(b"\"response\":{\"response_id\":\"440f\",\"text\":\"Hi\"}}\n");
    /// assert_eq!(stream.text_chars(), 2);
    /// let (reply, complete) = stream.finish();
    /// assert!(complete);
    /// assert_eq!((reply.id.as_deref(), reply.usage), (Some("440f"), None));
    /// ```
    ChatV1Stream of ChatV1Chunk, Decoder, |line| ("", line)
}

object! {
    /// A whole reply, which is also the `response` of the last event.
    Body<'de> {
        response_id: Text<'de> = "response_id",
        /// Of the generate API.
        id: Text<'de> = "id",
        text: Chars = "text",
        finish_reason: Text<'de> = "finish_reason",
        tool_calls: List<Call<'de>> = "tool_calls",
        meta: UsageBody<'de> = "meta",
        message: ErrorMessage = "message",
    }
}

object! {
    Event<'de> {
        is_finished: Flag = "is_finished",
        kind: Text<'de> = "event_type",
        text: Chars = "text",
        finish_reason: Text<'de> = "finish_reason",
        tool_calls: List<Call<'de>> = "tool_calls",
        tool_call_delta: CallDelta<'de> = "tool_call_delta",
        response: Body<'de> = "response",
        message: ErrorMessage = "message",
    }
}

object! {
    Call<'de> {
        name: Text<'de> = "name",
    }
}

object! {
    CallDelta<'de> {
        index: Count = "index",
        name: Text<'de> = "name",
        parameters: Something = "parameters",
    }
}

impl<'de> Body<'de> {
    fn reply(self) -> Reply {
        self.bits().reply()
    }

    fn bits(self) -> Bits<'de> {
        let reason = self.finish_reason.0.as_deref();
        Bits {
            error_type: error_type(reason, &self.message),
            finish_reason: reason.map(finish_reason),
            id: self.response_id.0.or(self.id.0),
            content: self.text.0 > 0 || !self.tool_calls.0.is_empty(),
            text_chars: self.text.0,
            usage: self.meta.report(),
            billed: self.meta.billed(),
            tool_calls: calls(self.tool_calls),
            ..Bits::default()
        }
    }
}

impl<'de> Event<'de> {
    fn bits(self) -> Bits<'de> {
        let last = self.is_finished.0 == Some(true) || self.kind.0.as_deref() == Some("stream-end");
        // Other events have a text too (the plan behind a tool call), which is not the reply's.
        let is_text = matches!(self.kind.0.as_deref(), None | Some("text-generation"));
        let mut bits = self.response.bits();
        if let Some(reason) = self.finish_reason.0.as_deref() {
            bits.finish_reason = Some(finish_reason(reason));
        }
        let reason = bits.finish_reason.as_deref();
        bits.error_type = bits.error_type.or(error_type(reason, &self.message));
        let delta = self.tool_call_delta;
        let begins = delta.name.0.is_some();
        // The last event repeats the whole text, which is counted already.
        bits.content = !last
            && (self.text.0 > 0 || !self.tool_calls.0.is_empty() || begins || delta.parameters.0);
        bits.text_chars = if is_text && !last { self.text.0 } else { 0 };
        if begins {
            let index = delta.index.0.unwrap_or_default();
            bits.tool_calls.push(Piece {
                index: Some(u32::try_from(index).unwrap_or(u32::MAX)),
                id: None,
                name: delta.name.0,
            });
        }
        bits.tool_calls.extend(calls(self.tool_calls));
        bits.last = last;
        bits
    }
}

/// Calls have neither id nor index here: their place in the list tells them apart, and that they
/// are repeated by later events.
fn calls<'de>(calls: List<Call<'de>>) -> Vec<Piece<'de>> {
    let calls = calls.0.into_iter().zip(0..);
    calls
        .map(|(call, index)| Piece {
            index: Some(index),
            id: None,
            name: call.name.0,
        })
        .collect()
}

fn error_type(reason: Option<&str>, message: &ErrorMessage) -> Option<Cow<'static, str>> {
    match reason {
        Some(reason) if is_failure(reason) => Some(finish_reason(reason)),
        _ => message.error_type(),
    }
}
