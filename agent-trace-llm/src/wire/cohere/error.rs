use std::borrow::Cow;

use serde::de::{Deserialize, Deserializer};

use crate::wire::bits::OTHER;
use crate::wire::lenient::{Lenient, lenient};

/// The `message` key of a body that has it as a text: that is what Cohere's errors look like, and
/// mostly all that they say. The text is not kept.
#[derive(Debug, Default)]
pub(crate) struct ErrorMessage(bool);

impl ErrorMessage {
    /// Errors of Cohere have no code, so all there is to say is that there was one.
    pub(crate) fn error_type(&self) -> Option<Cow<'static, str>> {
        self.0.then_some(Cow::Borrowed(OTHER))
    }
}

impl<'de> Lenient<'de> for ErrorMessage {
    fn text(text: Cow<'de, str>) -> Self {
        Self(!text.is_empty())
    }

    fn escaped(text: &str) -> Self {
        Self(!text.is_empty())
    }
}

impl<'de> Deserialize<'de> for ErrorMessage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient(deserializer)
    }
}
