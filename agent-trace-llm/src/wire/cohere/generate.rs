use super::error::ErrorMessage;
use super::finish_reason;
use super::usage::UsageBody;
use crate::wire::bits::{Bits, Reply};
use crate::wire::forms::response;
use crate::wire::lenient::{Chars, List, Text, object};

response! {
    /// The body of a reply of the generate API, the one before chat, or of the error that came in
    /// its place. Each generation is a choice with a finish reason of its own.
    ///
    /// ```
    /// use agent_trace_llm::LlmResponse;
    /// use agent_trace_llm::wire::cohere::GenerateResponse;
    ///
    /// let body = br#"{
    ///     "id": "7d1a",
    ///     "generations": [{ "text": "Once upon", "finish_reason": "MAX_TOKENS" }]
    /// }"#;
    /// assert_eq!(GenerateResponse::from_slice(body)?.info().finish_reasons, ["MAX_TOKENS"]);
    /// # Ok::<(), agent_trace_llm::wire::Error>(())
    /// ```
    GenerateResponse from Body
}

object! {
    Body<'de> {
        id: Text<'de> = "id",
        generations: List<Generation<'de>> = "generations",
        meta: UsageBody<'de> = "meta",
        message: ErrorMessage = "message",
    }
}

object! {
    Generation<'de> {
        text: Chars = "text",
        finish_reason: Text<'de> = "finish_reason",
    }
}

impl Body<'_> {
    fn reply(self) -> Reply {
        let generations = self.generations.0;
        let chars = generations.iter().map(|generation| generation.text.0);
        let mut reply = Bits {
            id: self.id.0,
            text_chars: chars.fold(0, u64::saturating_add),
            usage: self.meta.report(),
            billed: self.meta.billed(),
            error_type: self.message.error_type(),
            ..Bits::default()
        }
        .reply();
        let reasons = generations
            .iter()
            .filter_map(|it| it.finish_reason.0.as_deref());
        reply.info.finish_reasons = reasons.map(finish_reason).collect();
        reply
    }
}
