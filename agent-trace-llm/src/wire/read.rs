use crate::ResponseInfo;
use crate::wire::error_detail::ErrorDetail;

/// What a response body says.
#[non_exhaustive]
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Read {
    /// The reply, in the vocabulary of the conventions.
    pub info: ResponseInfo,
    /// The names of the declared functions that the model asked to call, in order of appearance.
    ///
    /// [`ResponseInfo::tool_calls`] has the identifiers too, and also calls of other kinds of tools
    /// that run where the request came from (`custom` ones of OpenAI).
    pub tool_calls: Vec<String>,
    /// Unicode code points of the assistant's text, reasoning left out. The text is not kept.
    pub text_chars: u64,
    /// Whether this is all that the provider had to say: of a document, that it is whole; of a
    /// stream, that the provider ended it, reported no failure within it, and nothing was damaged.
    pub complete: bool,
    /// What the provider said of its failure, if it did.
    pub error: Option<ErrorDetail>,
}

impl Read {
    pub(crate) fn new(info: ResponseInfo, text_chars: u64, complete: bool) -> Self {
        let names = info.tool_calls.iter().filter_map(|call| call.name.clone());
        Self {
            tool_calls: names.collect(),
            info,
            text_chars,
            complete,
            error: None,
        }
    }
}
