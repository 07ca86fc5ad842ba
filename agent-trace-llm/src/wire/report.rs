use crate::{InputTokens, OutputTokens, ProviderUsage, ResponseInfo, StreamInfo, Usage};

/// What one report of a provider says of the tokens of a call: what it means, and what was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Report {
    pub(crate) usage: Usage,
    pub(crate) written: ProviderUsage,
}

impl Report {
    pub(crate) const fn new(input: InputTokens, output: OutputTokens, total: Option<u64>) -> Self {
        Self {
            usage: Usage::new(input, output),
            written: ProviderUsage::new(input, output, total),
        }
    }

    /// `None` if there is no number in it.
    pub(crate) fn non_empty(self) -> Option<Self> {
        (!self.usage.is_empty() || self.written.non_empty().is_some()).then_some(self)
    }

    pub(crate) fn tell(self, info: &mut ResponseInfo) {
        info.usage = self.usage.non_empty();
        info.provider_usage = self.written.non_empty();
    }

    pub(crate) fn accumulate(self, stream: &mut StreamInfo) {
        stream.usage(self.usage);
        stream.provider_usage(self.written);
    }
}
