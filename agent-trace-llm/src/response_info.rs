use std::borrow::Cow;

use crate::{BilledUsage, ProviderUsage, ToolCallRef, Usage};

/// What a reply says about itself, in the vocabulary of the conventions.
///
/// Every field is optional, and what the provider did not say stays absent. Above all, usage that
/// was not reported is `None`, never zero. The text of the reply is content and has no place here.
///
/// The struct grows with the conventions, so it is made from its default:
///
/// ```
/// use agent_trace_llm::ResponseInfo;
///
/// let mut info = ResponseInfo::default();
/// info.id = Some("chatcmpl-1".to_owned());
/// info.finish_reasons.push("stop".into());
/// ```
#[non_exhaustive]
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResponseInfo {
    /// `gen_ai.response.id`: the provider's identifier of this reply.
    pub id: Option<String>,
    /// `gen_ai.response.model`: the model that answered, which may differ from the one asked for.
    pub model: Option<String>,
    /// `gen_ai.response.finish_reasons`: one per choice, in the order of choices, spelled as the
    /// provider spells them.
    pub finish_reasons: Vec<Cow<'static, str>>,
    /// The token counts, `gen_ai.usage.*`.
    pub usage: Option<Usage>,
    /// The totals as the provider has written them, whatever they mean. No attribute.
    pub provider_usage: Option<ProviderUsage>,
    /// What the provider bills, where it says so apart from what was used; few do. No attribute.
    pub billed_usage: Option<Box<BilledUsage>>,
    /// `openai.response.service_tier`: the tier that served the request.
    pub service_tier: Option<String>,
    /// `openai.response.system_fingerprint`.
    pub system_fingerprint: Option<String>,
    /// `gen_ai.response.status`: `completed`, `incomplete`, `in_progress` and so on, for APIs whose
    /// replies have a life of their own.
    pub status: Option<String>,
    /// The tool calls that the model asked for, in order.
    pub tool_calls: Vec<ToolCallRef>,
    /// `error.type`: set when the reply itself reports a failure, be it an error body or an error
    /// event within a stream. A code of low cardinality, never a message.
    pub error_type: Option<Cow<'static, str>>,
}

impl ResponseInfo {
    /// What the call is charged for: the tokens that are [billed](Self::billed_usage) where the provider
    /// tells, else those that were [used](Self::usage).
    ///
    /// ```
    /// use agent_trace_llm::{BilledUsage, ResponseInfo, Usage};
    ///
    /// let tokens = |input| {
    ///     let mut usage = Usage::default();
    ///     usage.input_tokens = Some(input);
    ///     usage
    /// };
    /// let mut info = ResponseInfo::default();
    /// info.usage = Some(tokens(1394));
    /// assert_eq!(info.charged_usage(), Some(&tokens(1394)));
    /// info.billed_usage = Some(Box::new(BilledUsage::from(tokens(8))));
    /// assert_eq!(info.charged_usage(), Some(&tokens(8)));
    /// ```
    pub fn charged_usage(&self) -> Option<&Usage> {
        let billed = self.billed_usage.as_deref().map(|billed| &billed.tokens);
        billed
            .filter(|tokens| !tokens.is_empty())
            .or(self.usage.as_ref())
    }
}
