//! watsonx.ai text generation. Its chat has OpenAI's shape.

use serde_json::Value;

use super::read::{list, push_text, text};
use crate::message::{FinishReason, InputMessage, OutputMessage, Part, Role};

pub(in crate::message) fn input(request: &Value) -> Vec<InputMessage<'_>> {
    let prompt = text(request, "input");
    let message = |prompt| InputMessage::new(Role::User, vec![Part::text(prompt)]);
    prompt.map(message).into_iter().collect()
}

pub(in crate::message) fn output(response: &Value) -> Vec<OutputMessage<'_>> {
    let message = |result| {
        let mut parts = Vec::new();
        push_text(
            &mut parts,
            text(result, "generated_text").unwrap_or_default(),
        );
        OutputMessage::new(parts, stop_reason(result).map(FinishReason::from))
    };
    list(response, "results").iter().map(message).collect()
}

/// Why a result ended. One that has not says so, in this place.
pub(in crate::message) fn stop_reason(result: &Value) -> Option<&str> {
    text(result, "stop_reason").filter(|reason| !reason.eq_ignore_ascii_case("not_finished"))
}
