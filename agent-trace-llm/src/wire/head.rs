use std::borrow::Cow;

use crate::StreamInfo;
use crate::wire::report::Report;

/// What a chunk of any API may say beside its choices and tool calls.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Head<'a> {
    pub(crate) id: Option<Cow<'a, str>>,
    pub(crate) model: Option<Cow<'a, str>>,
    pub(crate) service_tier: Option<Cow<'a, str>>,
    pub(crate) usage: Option<Report>,
    pub(crate) error_type: Option<Cow<'static, str>>,
    pub(crate) content: bool,
    pub(crate) text_chars: u64,
}

impl<'a> Head<'a> {
    pub(crate) fn into_owned(self) -> Head<'static> {
        let own = |text: Option<Cow<'a, str>>| text.map(|text| Cow::Owned(text.into_owned()));
        Head {
            id: own(self.id),
            model: own(self.model),
            service_tier: own(self.service_tier),
            usage: self.usage,
            error_type: self.error_type,
            content: self.content,
            text_chars: self.text_chars,
        }
    }

    pub(crate) fn accumulate(&self, stream: &mut StreamInfo) {
        if self.content {
            stream.content();
        }
        if let Some(id) = &self.id {
            stream.response_id(id);
        }
        if let Some(model) = &self.model {
            stream.model(model);
        }
        if let Some(tier) = &self.service_tier {
            stream.service_tier(tier);
        }
        if let Some(report) = self.usage {
            report.accumulate(stream);
        }
        if let Some(error_type) = &self.error_type {
            stream.error(error_type.clone());
        }
    }
}
