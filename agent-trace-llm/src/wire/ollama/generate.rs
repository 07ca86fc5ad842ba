use super::usage::report;
use crate::ndjson::Decoder;
use crate::text::finish_reason;
use crate::wire::bits::{Bits, Reply};
use crate::wire::forms::{chunk, response, stream};
use crate::wire::lenient::{Chars, Count, Flag, Something, Text, object};
use crate::wire::openai::error_body::ErrorBody;

response! {
    /// The body of a generate reply, or of the error that came in its place.
    ///
    /// ```
    /// use agent_trace_llm::LlmResponse;
    /// use agent_trace_llm::wire::ollama::GenerateResponse;
    ///
    /// let missing = br#"{ "error": "model 'qwen9' not found" }"#;
    /// let info = GenerateResponse::from_slice(missing)?.info();
    /// // A message is no code, and is not repeated.
    /// assert_eq!((info.error_type.as_deref(), info.usage), (Some("_OTHER"), None));
    /// # Ok::<(), agent_trace_llm::wire::Error>(())
    /// ```
    GenerateResponse from Body
}

chunk! {
    /// One line of a streamed generate reply.
    ///
    /// ```
    /// use agent_trace_llm::wire::ollama::GenerateChunk;
    ///
    /// let chunk = GenerateChunk::from_slice(br#"{ "response": "Hi", "done": false }"#)?;
    /// assert_eq!((chunk.text_chars(), chunk.is_last()), (2, false));
    /// # Ok::<(), agent_trace_llm::wire::Error>(())
    /// ```
    GenerateChunk from Body
}

stream! {
    /// A streamed generate reply, fed with the bytes of the response body as they arrive.
    ///
    /// ```
    /// use agent_trace_llm::wire::ollama::GenerateStream;
    ///
    /// let mut stream = GenerateStream::new();
    /// stream.push(b"{\"model\":\"qwen3\",\"response\":\"Hi\",\"done\":false}\n{\"error\":\"out of m");
    /// stream.push(b"emory\"}\n");
    /// let (reply, complete) = stream.finish();
    /// assert!(!complete);
    /// assert_eq!(reply.error_type.as_deref(), Some("_OTHER"));
    /// ```
    GenerateStream of GenerateChunk, Decoder, |line| ("", line)
}

object! {
    Body<'de> {
        model: Text<'de> = "model",
        response: Chars = "response",
        thinking: Something = "thinking",
        done: Flag = "done",
        done_reason: Text<'de> = "done_reason",
        prompt_eval_count: Count = "prompt_eval_count",
        eval_count: Count = "eval_count",
        error: ErrorBody = "error",
    }
}

impl<'de> Body<'de> {
    fn reply(self) -> Reply {
        self.bits().reply()
    }

    fn bits(self) -> Bits<'de> {
        Bits {
            model: self.model.0,
            finish_reason: self.done_reason.0.as_deref().map(finish_reason),
            usage: report(self.prompt_eval_count.0, self.eval_count.0),
            error_type: self.error.error_type(),
            content: self.response.0 > 0 || self.thinking.0,
            text_chars: self.response.0,
            last: self.done.0 == Some(true),
            ..Bits::default()
        }
    }
}
