use super::usage::report;
use crate::ndjson::Decoder;
use crate::text::finish_reason;
use crate::wire::bits::{Bits, Piece, Reply};
use crate::wire::forms::{chunk, response, stream};
use crate::wire::lenient::{Chars, Count, Flag, List, Something, Text, object};
use crate::wire::openai::error_body::ErrorBody;

response! {
    /// The body of a chat reply, or of the error that came in its place.
    ///
    /// ```
    /// use agent_trace_llm::LlmResponse;
    /// use agent_trace_llm::wire::ollama::ChatResponse;
    ///
    /// let body = br#"{
    ///     "model": "qwen3:8b",
    ///     "message": { "role": "assistant", "content": "Hi.", "thinking": "Greet them." },
    ///     "done": true,
    ///     "done_reason": "stop",
    ///     "prompt_eval_count": 21,
    ///     "eval_count": 9
    /// }"#;
    /// let reply = ChatResponse::from_slice(body)?;
    /// assert_eq!(reply.text_chars(), 3);
    /// assert_eq!(reply.info().usage.and_then(|usage| usage.output_tokens), Some(9));
    /// # Ok::<(), agent_trace_llm::wire::Error>(())
    /// ```
    ChatResponse from Body
}

chunk! {
    /// One line of a streamed chat reply.
    ///
    /// ```
    /// use agent_trace_llm::wire::ollama::ChatChunk;
    ///
    /// let chunk = ChatChunk::from_slice(br#"{ "message": { "content": "Hi" }, "done": false }"#)?;
    /// assert_eq!((chunk.text_chars(), chunk.is_last()), (2, false));
    /// # Ok::<(), agent_trace_llm::wire::Error>(())
    /// ```
    ChatChunk from Body
}

stream! {
    /// A streamed chat reply, fed with the bytes of the response body as they arrive. See the
    /// [module](super) for an example.
    ChatStream of ChatChunk, Decoder, |line| ("", line)
}

object! {
    Body<'de> {
        model: Text<'de> = "model",
        message: Message<'de> = "message",
        done: Flag = "done",
        done_reason: Text<'de> = "done_reason",
        prompt_eval_count: Count = "prompt_eval_count",
        eval_count: Count = "eval_count",
        error: ErrorBody = "error",
    }
}

object! {
    Message<'de> {
        content: Chars = "content",
        thinking: Something = "thinking",
        tool_calls: List<Call<'de>> = "tool_calls",
    }
}

object! {
    Call<'de> {
        id: Text<'de> = "id",
        function: Function<'de> = "function",
    }
}

object! {
    Function<'de> {
        name: Text<'de> = "name",
    }
}

impl<'de> Body<'de> {
    fn reply(self) -> Reply {
        self.bits().reply()
    }

    fn bits(self) -> Bits<'de> {
        let message = self.message;
        let calls = message.tool_calls.0;
        Bits {
            model: self.model.0,
            finish_reason: self.done_reason.0.as_deref().map(finish_reason),
            usage: report(self.prompt_eval_count.0, self.eval_count.0),
            error_type: self.error.error_type(),
            content: message.content.0 > 0 || message.thinking.0 || !calls.is_empty(),
            text_chars: message.content.0,
            // A call comes whole, and several may share an index or have none.
            tool_calls: calls
                .into_iter()
                .map(|call| Piece {
                    index: None,
                    id: call.id.0,
                    name: call.function.name.0,
                })
                .collect(),
            last: self.done.0 == Some(true),
            ..Bits::default()
        }
    }
}
