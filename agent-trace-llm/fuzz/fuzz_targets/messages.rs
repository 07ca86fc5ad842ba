//! Messages of a body that is anything: every shape gives JSON.
#![no_main]

use agent_trace_llm::message::{Json, RetrievalDocument, Shape, ToolDetail};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

const SHAPES: [Shape; 11] = [
    Shape::OpenAiChat,
    Shape::OpenAiResponses,
    Shape::AnthropicMessages,
    Shape::GeminiGenerateContent,
    Shape::BedrockConverse,
    Shape::CohereChat,
    Shape::CohereChatV1,
    Shape::GeminiInteractions,
    Shape::OllamaChat,
    Shape::OllamaGenerate,
    Shape::OpenAiCompletions,
];

fn is_list(messages: &impl serde::Serialize) {
    assert!(serde_json::to_value(messages).expect("JSON").is_array());
}

fuzz_target!(|input: &[u8]| {
    if let Ok(text) = std::str::from_utf8(input) {
        assert!(serde_json::to_string(&Json::from_text(text)).is_ok());
    }
    let Ok(body) = serde_json::from_slice::<Value>(input) else {
        return;
    };
    for shape in SHAPES {
        is_list(&shape.input(&body));
        is_list(&shape.output(&body));
        is_list(&shape.system_instructions(&body));
        let full = shape.tool_definitions(&body, ToolDetail::Full);
        let names = shape.tool_definitions(&body, ToolDetail::Names);
        assert_eq!(full.len(), names.len());
        is_list(&full);
        is_list(&names);
    }
    is_list(&RetrievalDocument::of_search(&body));
});
