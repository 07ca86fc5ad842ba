use std::borrow::Cow;

use ::ollama_rs::Ollama;

use super::OLLAMA;
use crate::{LlmClient, Provider};

impl LlmClient for Ollama {
    fn provider(&self) -> Option<Provider> {
        Some(OLLAMA)
    }

    fn base_url(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(self.url_str()))
    }
}
