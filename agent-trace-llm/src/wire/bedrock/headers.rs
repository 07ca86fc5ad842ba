use std::borrow::Cow;

use crate::wire::bedrock::error_type;
use crate::wire::counts::Counts;

/// What the headers of a response say.
#[derive(Debug, Default)]
pub(crate) struct Headers {
    pub(crate) counts: Counts,
    pub(crate) error_type: Option<Cow<'static, str>>,
}

impl Headers {
    /// Reads the headers, whose names may be in any case. Those that say nothing here are passed
    /// over.
    pub(crate) fn new<'a>(headers: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut this = Self::default();
        for (name, value) in headers {
            let value = value.trim();
            let slot = match name.to_ascii_lowercase().as_str() {
                "x-amzn-bedrock-input-token-count" => &mut this.counts.uncached,
                "x-amzn-bedrock-output-token-count" => &mut this.counts.output,
                "x-amzn-bedrock-cache-read-input-token-count" => &mut this.counts.cache_read,
                "x-amzn-bedrock-cache-write-input-token-count" => &mut this.counts.cache_write,
                "x-amzn-errortype" => {
                    this.error_type = error_type(value);
                    continue;
                }
                _ => continue,
            };
            *slot = value.parse().ok();
        }
        this
    }
}
