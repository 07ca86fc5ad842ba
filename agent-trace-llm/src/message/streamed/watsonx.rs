//! Events of watsonx.ai text generation.

use serde_json::Value;

use super::read::{index, said};
use crate::message::OutputAccumulator;
use crate::message::from::read::list;
use crate::message::from::watsonx::stop_reason;

pub(in crate::message) fn event(output: &mut OutputAccumulator, event: &Value) {
    for (place, result) in list(event, "results").iter().enumerate() {
        let number = index(result, place);
        output.choice_begins(number);
        output.text(number, said(result, "generated_text").unwrap_or_default());
        output.finish_reason(number, stop_reason(result).unwrap_or_default());
    }
}
