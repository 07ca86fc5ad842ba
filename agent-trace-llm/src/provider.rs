use std::borrow::Cow;
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use crate::wire::openai::dialect::Dialect;
use crate::wire::openai::provider_of;

/// Who answers a model call: `gen_ai.provider.name`.
///
/// The well-known values of the conventions are constants; anything else is a custom name, kept as
/// it was given. A provider is cheap to clone: the well-known ones never allocate.
///
/// ```
/// use agent_trace_llm::Provider;
///
/// assert_eq!(Provider::OPENAI.as_str(), "openai");
/// assert_eq!(Provider::from("anthropic"), Provider::ANTHROPIC);
/// assert_eq!(Provider::new("my_gateway").as_str(), "my_gateway");
///
/// const LOCAL: Provider = Provider::from_static("llama_cpp");
/// assert_eq!(LOCAL.to_string(), "llama_cpp");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Provider(Cow<'static, str>);

macro_rules! well_known {
    ($($(#[$doc:meta])* $name:ident = $value:literal;)*) => {
        impl Provider {
            $($(#[$doc])* pub const $name: Self = Self::from_static($value);)*

            /// The constant of this name, if it is a well-known one.
            fn well_known(name: &str) -> Option<Self> {
                match name {
                    $($value => Some(Self::$name),)*
                    _ => None,
                }
            }
        }
    };
}

well_known! {
    /// [Anthropic](https://www.anthropic.com/).
    ANTHROPIC = "anthropic";
    /// [AWS Bedrock](https://aws.amazon.com/bedrock).
    AWS_BEDROCK = "aws.bedrock";
    /// Azure AI Inference.
    AZURE_AI_INFERENCE = "azure.ai.inference";
    /// [Azure OpenAI](https://azure.microsoft.com/products/ai-services/openai-service/).
    AZURE_AI_OPENAI = "azure.ai.openai";
    /// [Cohere](https://cohere.com/).
    COHERE = "cohere";
    /// [DeepSeek](https://www.deepseek.com/).
    DEEPSEEK = "deepseek";
    /// [Gemini](https://cloud.google.com/products/gemini), through AI Studio.
    GCP_GEMINI = "gcp.gemini";
    /// Any Google generative AI endpoint, when which one is not known.
    GCP_GEN_AI = "gcp.gen_ai";
    /// [Vertex AI](https://cloud.google.com/vertex-ai).
    GCP_VERTEX_AI = "gcp.vertex_ai";
    /// [Groq](https://groq.com/).
    GROQ = "groq";
    /// [IBM Watsonx AI](https://www.ibm.com/products/watsonx-ai).
    IBM_WATSONX_AI = "ibm.watsonx.ai";
    /// [Mistral AI](https://mistral.ai/).
    MISTRAL_AI = "mistral_ai";
    /// [Moonshot AI](https://www.moonshot.ai/).
    MOONSHOT_AI = "moonshot_ai";
    /// [OpenAI](https://openai.com/).
    OPENAI = "openai";
    /// [Perplexity](https://www.perplexity.ai/).
    PERPLEXITY = "perplexity";
    /// [xAI](https://x.ai/).
    X_AI = "x_ai";
}

impl Provider {
    /// A provider by its name. Use the constants for the well-known ones.
    pub fn new(name: impl Into<Cow<'static, str>>) -> Self {
        match name.into() {
            Cow::Borrowed(name) => Self(Cow::Borrowed(name)),
            Cow::Owned(name) => Self::well_known(&name).unwrap_or(Self(Cow::Owned(name))),
        }
    }

    /// A provider of one's own in a constant.
    pub const fn from_static(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }

    /// The value of `gen_ai.provider.name`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The provider that a base URL belongs to, if its host belongs to exactly one.
    ///
    /// Clients of the OpenAI API are often pointed at another provider; the conventions ask for the
    /// best knowledge there is, and the host name is better than the client's brand. Gateways,
    /// `localhost` and unknown hosts give `None`.
    ///
    /// ```
    /// use agent_trace_llm::Provider;
    ///
    /// assert_eq!(Provider::from_url("https://api.openai.com/v1"), Some(Provider::OPENAI));
    /// assert_eq!(
    ///     Provider::from_url("https://contoso.openai.azure.com"),
    ///     Some(Provider::AZURE_AI_OPENAI)
    /// );
    /// assert_eq!(Provider::from_url("https://api.groq.com/openai/v1"), Some(Provider::GROQ));
    /// assert_eq!(Provider::from_url("http://localhost:8080"), None);
    /// ```
    pub fn from_url(url: &str) -> Option<Self> {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let (authority, path) = match rest.find(['/', '?', '#']) {
            Some(end) => rest.split_at(end),
            None => (rest, ""),
        };
        let host_port = authority
            .rsplit_once('@')
            .map_or(authority, |(_, host)| host);
        let host = host_port.split(':').next().unwrap_or_default();
        let host = host.to_ascii_lowercase();
        Self::from_host(&host, path)
    }

    /// The provider that sent a body of the OpenAI API, or a chunk of one, if a field that only one
    /// provider sends gives it away.
    ///
    /// A guess, for when there is neither a URL nor somebody who says it: [`from_url`](Self::from_url)
    /// and whatever the caller knows come first. What OpenAI sends and others copy tells nothing.
    /// A relay that adds its own fields (OpenRouter) is told from the provider behind it.
    ///
    /// ```
    /// use agent_trace_llm::Provider;
    ///
    /// let body = br#"{ "choices": [], "x_groq": { "id": "req_1" } }"#;
    /// assert_eq!(Provider::from_openai_body(body), Some(Provider::GROQ));
    /// assert_eq!(Provider::from_openai_body(br#"{ "id": "chatcmpl-1" }"#), None);
    /// ```
    pub fn from_openai_body(body: &[u8]) -> Option<Self> {
        provider_of(body)
    }

    fn from_host(host: &str, path: &str) -> Option<Self> {
        let exact = match host {
            "api.openai.com" => Some(Self::OPENAI),
            "api.anthropic.com" => Some(Self::ANTHROPIC),
            "api.cohere.com" | "api.cohere.ai" => Some(Self::COHERE),
            "api.deepseek.com" => Some(Self::DEEPSEEK),
            "api.groq.com" => Some(Self::GROQ),
            "api.mistral.ai" | "codestral.mistral.ai" => Some(Self::MISTRAL_AI),
            "api.moonshot.ai" | "api.moonshot.cn" => Some(Self::MOONSHOT_AI),
            "api.perplexity.ai" => Some(Self::PERPLEXITY),
            "api.x.ai" => Some(Self::X_AI),
            "generativelanguage.googleapis.com" => Some(Self::GCP_GEMINI),
            "aiplatform.googleapis.com" => Some(Self::GCP_VERTEX_AI),
            _ => None,
        };
        if exact.is_some() {
            return exact;
        }
        let ends = |suffix: &str| host.ends_with(suffix);
        if ends(".api.openai.com") {
            Some(Self::OPENAI)
        } else if ends(".openai.azure.com") || ends(".openai.azure.us") || ends(".openai.azure.cn")
        {
            Some(Self::AZURE_AI_OPENAI)
        } else if ends(".services.ai.azure.com") || ends(".cognitiveservices.azure.com") {
            // One resource serves both APIs; only the path tells them apart.
            if path.starts_with("/openai") {
                Some(Self::AZURE_AI_OPENAI)
            } else {
                Some(Self::AZURE_AI_INFERENCE)
            }
        } else if ends(".models.ai.azure.com") || ends(".inference.ai.azure.com") {
            Some(Self::AZURE_AI_INFERENCE)
        } else if ends("-aiplatform.googleapis.com") {
            Some(Self::GCP_VERTEX_AI)
        } else if ends(".amazonaws.com") && host.starts_with("bedrock") {
            Some(Self::AWS_BEDROCK)
        } else if ends(".ml.cloud.ibm.com") {
            Some(Self::IBM_WATSONX_AI)
        } else if host == "api.voyageai.com" {
            Some(Self::from_static("voyage_ai"))
        } else {
            // Those that the conventions have no name for are with their dialects.
            Dialect::of_host(host).map(|dialect| dialect.provider.clone())
        }
    }
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Provider").field(&self.0).finish()
    }
}

impl fmt::Display for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for Provider {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for Provider {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Provider {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl From<&str> for Provider {
    fn from(name: &str) -> Self {
        Self::well_known(name).unwrap_or_else(|| Self(Cow::Owned(name.to_owned())))
    }
}

impl From<String> for Provider {
    fn from(name: String) -> Self {
        Self::new(name)
    }
}

impl From<Cow<'static, str>> for Provider {
    fn from(name: Cow<'static, str>) -> Self {
        Self::new(name)
    }
}

impl From<Provider> for Cow<'static, str> {
    fn from(provider: Provider) -> Self {
        provider.0
    }
}

impl FromStr for Provider {
    type Err = Infallible;

    fn from_str(name: &str) -> Result<Self, Infallible> {
        Ok(Self::from(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_with_everything_in_them() {
        let url = "HTTPS://user:p%40ss@CONTOSO.openai.azure.com:443/openai/v1?api-version=preview";
        assert_eq!(Provider::from_url(url), Some(Provider::AZURE_AI_OPENAI));
        assert_eq!(
            Provider::from_url("api.deepseek.com"),
            Some(Provider::DEEPSEEK)
        );
        assert_eq!(
            Provider::from_url("https://x.services.ai.azure.com/openai/v1"),
            Some(Provider::AZURE_AI_OPENAI)
        );
        assert_eq!(
            Provider::from_url("https://x.services.ai.azure.com/models"),
            Some(Provider::AZURE_AI_INFERENCE)
        );
        assert_eq!(
            Provider::from_url("https://bedrock-runtime.eu-west-1.amazonaws.com"),
            Some(Provider::AWS_BEDROCK)
        );
        for (url, name) in [
            ("https://eu.api.openai.com/v1", "openai"),
            ("https://openrouter.ai/api/v1", "openrouter"),
            ("https://api.together.xyz/v1", "together"),
            ("https://api.cerebras.ai/v1", "cerebras"),
            ("https://router.huggingface.co/v1", "huggingface"),
            ("https://us-east-1.api.x.ai/v1", "x_ai"),
            ("https://api.writer.com/v1", "writer"),
            ("https://api.z.ai/api/paas/v4", "z_ai"),
            ("https://api.voyageai.com/v1", "voyage_ai"),
        ] {
            let provider = Provider::from_url(url);
            assert_eq!(provider.as_ref().map(Provider::as_str), Some(name), "{url}");
        }
        for unknown in [
            "https://notopenrouter.ai",
            "https://api.openai.com.evil.example",
            "",
            "://",
            "[::1]:8080",
            "https://evil.example/api.openai.com",
            "@",
            ":",
        ] {
            assert_eq!(Provider::from_url(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn well_known_names_do_not_allocate() {
        let Cow::Borrowed("openai") = Cow::from(Provider::from(String::from("openai"))) else {
            panic!("an owned well-known name is interned");
        };
    }
}
