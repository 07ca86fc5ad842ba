use std::borrow::Cow;

/// The parameters of a model call, in the vocabulary of the conventions.
///
/// Every field is optional, and what the caller did not set stays absent: the provider's defaults
/// are not repeated here. Prompts and messages are content and have no place here.
///
/// The struct grows with the conventions, so it is made from its default:
///
/// ```
/// use agent_trace_llm::RequestInfo;
///
/// let mut info = RequestInfo::default();
/// info.temperature = Some(0.2);
/// info.max_tokens = Some(512);
/// info.output_type = Some("json".into());
/// ```
#[non_exhaustive]
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RequestInfo {
    /// `gen_ai.request.temperature`.
    pub temperature: Option<f64>,
    /// `gen_ai.request.top_p`: the nucleus sampling probability.
    pub top_p: Option<f64>,
    /// `gen_ai.request.frequency_penalty`.
    pub frequency_penalty: Option<f64>,
    /// `gen_ai.request.presence_penalty`.
    pub presence_penalty: Option<f64>,
    /// `gen_ai.request.top_k`.
    pub top_k: Option<i64>,
    /// `gen_ai.request.max_tokens`: the most tokens that the model may generate.
    pub max_tokens: Option<i64>,
    /// `gen_ai.request.seed`.
    pub seed: Option<i64>,
    /// `gen_ai.request.choice.count`: candidate replies asked for, as the request says it. The
    /// conventions record it only when it is not 1, which is for the reader of this struct to see to.
    pub choice_count: Option<i64>,
    /// `gen_ai.embeddings.dimension.count`: dimensions of the embeddings asked for.
    pub dimensions: Option<i64>,
    /// `gen_ai.request.stop_sequences`. Empty when the request has none.
    pub stop_sequences: Vec<String>,
    /// `gen_ai.request.encoding_formats`, for embeddings. Empty when the request has none.
    pub encoding_formats: Vec<String>,
    /// `gen_ai.request.stream`: whether the reply was asked for as a stream.
    pub stream: Option<bool>,
    /// `gen_ai.output.type`: `text`, `json`, `image` or `speech`.
    pub output_type: Option<Cow<'static, str>>,
    /// `gen_ai.request.reasoning.level`, as the provider spells it.
    pub reasoning_level: Option<Cow<'static, str>>,
    /// `openai.request.service_tier`. `auto` is the same as not asking and is left out.
    pub service_tier: Option<Cow<'static, str>>,
    /// `openai.api.type`: `chat_completions` or `responses`.
    pub api_type: Option<Cow<'static, str>>,
    /// `gen_ai.request.previous_response.id`.
    pub previous_response_id: Option<String>,
    /// `gen_ai.conversation.id`, where the request names a conversation that the provider keeps.
    pub conversation_id: Option<String>,
    /// `gen_ai.prompt.name`, where the request names a stored prompt.
    pub prompt_name: Option<String>,
    /// `gen_ai.prompt.version` of that stored prompt.
    pub prompt_version: Option<String>,
}
