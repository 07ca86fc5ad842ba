use super::generation::Failure;
use crate::wire::bits::{Bits, Reply};
use crate::wire::forms::response;
use crate::wire::lenient::{Count, List, Text, TextOrNumber, object};
use crate::wire::report::Report;
use crate::{InputTokens, OutputTokens};

response! {
    /// The body of an embeddings reply, or of the error that came in its place. The vectors are
    /// skipped, not parsed.
    ///
    /// ```
    /// use agent_trace_llm::LlmResponse;
    /// use agent_trace_llm::wire::watsonx::EmbeddingsResponse;
    ///
    /// let body = br#"{
    ///     "model_id": "ibm/slate-30m-english-rtrvr",
    ///     "results": [{ "embedding": [0.1, 0.2] }],
    ///     "input_token_count": 10
    /// }"#;
    /// let usage = EmbeddingsResponse::from_slice(body)?.info().usage.expect("reported");
    /// assert_eq!((usage.input_tokens, usage.output_tokens), (Some(10), None));
    /// # Ok::<(), agent_trace_llm::wire::Error>(())
    /// ```
    EmbeddingsResponse from Body
}

object! {
    Body<'de> {
        model_id: Text<'de> = "model_id",
        input_token_count: Count = "input_token_count",
        errors: List<Failure<'de>> = "errors",
        status_code: TextOrNumber<'de> = "status_code",
    }
}

impl Body<'_> {
    fn reply(self) -> Reply {
        let report = Report::new(
            InputTokens::CacheIncluded {
                total: self.input_token_count.0,
                cache_read: None,
                cache_write: None,
            },
            OutputTokens::ReasoningIncluded {
                total: None,
                reasoning: None,
            },
            None,
        );
        Bits {
            model: self.model_id.0,
            usage: report.non_empty(),
            error_type: Failure::error_type(self.errors, self.status_code),
            ..Bits::default()
        }
        .reply()
    }
}
