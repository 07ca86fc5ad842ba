use std::borrow::Cow;

use serde::{Serialize, Serializer};

/// The `finish_reason` of an [`OutputMessage`](super::OutputMessage): the schema's own values.
///
/// Only messages use them. The attribute `gen_ai.response.finish_reasons` keeps the provider's
/// spelling.
///
/// ```
/// use agent_trace_llm::message::FinishReason;
///
/// assert_eq!(FinishReason::from("MAX_TOKENS"), FinishReason::Length);
/// assert_eq!(FinishReason::from("tool_use").as_str(), "tool_call");
/// assert_eq!(FinishReason::from("pause_turn").as_str(), "pause_turn");
/// ```
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FinishReason<'a> {
    /// The model was done, or met a stop sequence.
    Stop,
    /// The token limit, or the context, was reached.
    Length,
    /// The provider's filter, a guardrail or the model itself refused.
    ContentFilter,
    /// The model asks for tools.
    ToolCall,
    /// The reply was cut for a compaction of the conversation.
    Compaction,
    /// The generation failed.
    Error,
    /// None of the schema's values: as the provider spells it.
    Other(Cow<'a, str>),
}

impl FinishReason<'_> {
    /// The schema's spelling.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Stop => "stop",
            Self::Length => "length",
            Self::ContentFilter => "content_filter",
            Self::ToolCall => "tool_call",
            Self::Compaction => "compaction",
            Self::Error => "error",
            Self::Other(reason) => reason,
        }
    }

    /// The same, borrowing from nothing.
    pub fn into_owned(self) -> FinishReason<'static> {
        match self {
            Self::Stop => FinishReason::Stop,
            Self::Length => FinishReason::Length,
            Self::ContentFilter => FinishReason::ContentFilter,
            Self::ToolCall => FinishReason::ToolCall,
            Self::Compaction => FinishReason::Compaction,
            Self::Error => FinishReason::Error,
            Self::Other(reason) => FinishReason::Other(Cow::Owned(reason.into_owned())),
        }
    }
}

impl<'a> From<&'a str> for FinishReason<'a> {
    /// From any provider's spelling; upper and lower case are the same.
    fn from(reason: &'a str) -> Self {
        // The longest known spelling is below this, so that nothing long is copied.
        if reason.len() > 40 {
            return Self::Other(Cow::Borrowed(reason));
        }
        match reason.to_ascii_lowercase().as_str() {
            // OpenAI, Gemini; Anthropic, Bedrock, Cohere, Responses, Together, Hugging Face.
            "stop" | "end_turn" | "stop_sequence" | "complete" | "completed" | "eos"
            | "eos_token" | "end_of_turn" | "finish" | "finished" => Self::Stop,
            "length"
            | "max_tokens"
            | "max_output_tokens"
            | "max_completion_tokens"
            | "model_length"
            | "model_context_window_exceeded"
            | "content_length_exceeded" => Self::Length,
            "content_filter"
            | "content_filtered"
            | "guardrail_intervened"
            | "refusal"
            | "safety"
            | "recitation"
            | "blocklist"
            | "prohibited_content"
            | "spii"
            | "image_safety"
            | "image_prohibited_content"
            | "image_recitation"
            | "model_armor"
            | "error_toxic" => Self::ContentFilter,
            "tool_call" | "tool_calls" | "tool_use" | "function_call" => Self::ToolCall,
            "compaction" => Self::Compaction,
            "error"
            | "failed"
            | "timeout"
            | "malformed_function_call"
            | "unexpected_tool_call"
            | "malformed_model_output"
            | "malformed_tool_use"
            | "insufficient_system_resource" => Self::Error,
            _ => Self::Other(Cow::Borrowed(reason)),
        }
    }
}

impl Serialize for FinishReason<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_of_the_schema_is_its_own_spelling() {
        for reason in [
            FinishReason::Stop,
            FinishReason::Length,
            FinishReason::ContentFilter,
            FinishReason::ToolCall,
            FinishReason::Compaction,
            FinishReason::Error,
        ] {
            assert_eq!(FinishReason::from(reason.as_str()), reason);
        }
    }

    #[test]
    fn an_unknown_one_stays_as_it_is() {
        let long = "STOP".repeat(100);
        for reason in ["LANGUAGE", "", "pause_turn", &long] {
            assert_eq!(FinishReason::from(reason).as_str(), reason);
        }
    }
}
