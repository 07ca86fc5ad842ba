use super::usage::report;
use crate::wire::bits::{Bits, Reply};
use crate::wire::forms::response;
use crate::wire::lenient::{Count, Text, object};
use crate::wire::openai::error_body::ErrorBody;

response! {
    /// The body of an embed reply, or of the error that came in its place. The vectors are skipped,
    /// not parsed.
    ///
    /// ```
    /// use agent_trace_llm::LlmResponse;
    /// use agent_trace_llm::wire::ollama::EmbedResponse;
    ///
    /// let body = br#"{ "model": "all-minilm", "embeddings": [[0.1]], "prompt_eval_count": 8 }"#;
    /// let usage = EmbedResponse::from_slice(body)?.info().usage.expect("reported");
    /// assert_eq!((usage.input_tokens, usage.output_tokens), (Some(8), None));
    /// # Ok::<(), agent_trace_llm::wire::Error>(())
    /// ```
    EmbedResponse from Body
}

object! {
    Body<'de> {
        model: Text<'de> = "model",
        prompt_eval_count: Count = "prompt_eval_count",
        error: ErrorBody = "error",
    }
}

impl Body<'_> {
    fn reply(self) -> Reply {
        Bits {
            model: self.model.0,
            usage: report(self.prompt_eval_count.0, None),
            error_type: self.error.error_type(),
            ..Bits::default()
        }
        .reply()
    }
}
