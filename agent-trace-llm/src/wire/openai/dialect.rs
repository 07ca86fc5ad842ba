//! How the servers that speak OpenAI's API differ from it, as data.
//!
//! | | |
//! | --- | --- |
//! | usage on a last chunk without choices | OpenAI, Azure, Writer, vLLM |
//! | usage on a chunk that has choices | Mistral, Together, DeepSeek, OpenRouter |
//! | usage on several chunks, a running total | Perplexity, Cerebras, vLLM when asked |
//! | usage in `x_groq`, later also at the top | Groq |
//! | usage in a choice | Moonshot |
//! | cached tokens beside the counts | Together, Hugging Face, Mistral, DeepSeek |
//! | reasoning outside the completion count | xAI |
//! | reasoning in no count but the total | Gemini |
//! | no `[DONE]` | Writer, Perplexity |
//!
//! The first five need no knowledge of who it is: [usage is looked for](super::usage) in all those
//! places, the first that has it counts, nothing is added up, and of several chunks the last one
//! wins. Gemini's reasoning is not reported, so none is: a difference of totals is no count.

use crate::Provider;

/// What has to be known of a server that speaks OpenAI's chat API.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Dialect {
    pub(crate) provider: Provider,
    /// What else it goes by.
    aliases: &'static [&'static str],
    /// Its hosts; one that begins with a dot is the end of a host.
    hosts: &'static [&'static str],
    /// What the completion count means where the total does not tell.
    pub(crate) reasoning: Reasoning,
    /// Whether its streams end with `[DONE]`.
    pub(crate) marked: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reasoning {
    Included,
    OnTop,
}

const fn dialect(
    provider: Provider,
    aliases: &'static [&'static str],
    hosts: &'static [&'static str],
) -> Dialect {
    Dialect {
        provider,
        aliases,
        hosts,
        reasoning: Reasoning::Included,
        marked: true,
    }
}

/// OpenAI itself, and whoever is not known to differ.
pub(crate) static STANDARD: Dialect = dialect(Provider::OPENAI, &[], &[]);

// Their names, where the conventions have none for them.
pub(super) const CEREBRAS: Provider = Provider::from_static("cerebras");
pub(super) const CRUSOE: Provider = Provider::from_static("crusoe");
pub(super) const FIREWORKS: Provider = Provider::from_static("fireworks");
pub(super) const HUGGING_FACE: Provider = Provider::from_static("huggingface");
pub(super) const OLLAMA: Provider = Provider::from_static("ollama");
pub(super) const OPENROUTER: Provider = Provider::from_static("openrouter");
pub(super) const TOGETHER: Provider = Provider::from_static("together");
pub(super) const WRITER: Provider = Provider::from_static("writer");
pub(super) const Z_AI: Provider = Provider::from_static("z_ai");

static DIALECTS: [Dialect; 20] = [
    dialect(Provider::AZURE_AI_INFERENCE, &[], &[]),
    dialect(
        Provider::AZURE_AI_OPENAI,
        &["azure_openai", "azure.openai", "az.ai.openai"],
        &[],
    ),
    dialect(CEREBRAS, &[], &["api.cerebras.ai"]),
    dialect(
        CRUSOE,
        &[],
        &["api.crusoe.ai", ".crusoecloud.com", ".crusoe.ai"],
    ),
    dialect(Provider::DEEPSEEK, &[], &[]),
    dialect(FIREWORKS, &[], &["api.fireworks.ai"]),
    dialect(Provider::GCP_GEMINI, &["gemini", "google"], &[]),
    dialect(Provider::GCP_VERTEX_AI, &["vertex", "vertex_ai"], &[]),
    dialect(Provider::GROQ, &[], &[]),
    dialect(
        HUGGING_FACE,
        &["hugging_face"],
        &[
            "router.huggingface.co",
            "api-inference.huggingface.co",
            ".endpoints.huggingface.cloud",
        ],
    ),
    dialect(Provider::MISTRAL_AI, &["mistral"], &[]),
    dialect(Provider::MOONSHOT_AI, &["moonshot"], &[]),
    dialect(OLLAMA, &[], &["ollama.com"]),
    dialect(Provider::OPENAI, &[], &[]),
    dialect(OPENROUTER, &[], &["openrouter.ai"]),
    dialect(Provider::PERPLEXITY, &[], &[]).unmarked(),
    dialect(
        TOGETHER,
        &["together_ai", "togetherai"],
        &["api.together.xyz", "api.together.ai"],
    ),
    dialect(WRITER, &[], &["api.writer.com"]).unmarked(),
    dialect(Provider::X_AI, &["xai"], &[".api.x.ai"]).reasoning_on_top(),
    dialect(
        Z_AI,
        &["zai", "zhipu", "zhipuai"],
        &["api.z.ai", "open.bigmodel.cn"],
    ),
];

impl Dialect {
    const fn unmarked(mut self) -> Self {
        self.marked = false;
        self
    }

    const fn reasoning_on_top(mut self) -> Self {
        self.reasoning = Reasoning::OnTop;
        self
    }

    /// The dialect of a provider, OpenAI's own if it is not known.
    pub(crate) fn of(provider: &Provider) -> &'static Self {
        Self::named(provider.as_str()).unwrap_or(&STANDARD)
    }

    fn named(name: &str) -> Option<&'static Self> {
        DIALECTS
            .iter()
            .find(|dialect| dialect.provider == name || dialect.aliases.contains(&name))
    }

    /// The provider of a host, for those that the conventions have no name for.
    pub(crate) fn of_host(host: &str) -> Option<&'static Self> {
        let is = |known: &&str| match known.strip_prefix('.') {
            Some(domain) => host.ends_with(*known) || host == domain,
            None => host == *known,
        };
        DIALECTS.iter().find(|dialect| dialect.hosts.iter().any(is))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_name_and_by_host() {
        let named = |name: &'static str| Dialect::of(&Provider::new(name));
        assert_eq!(named("xai").reasoning, Reasoning::OnTop);
        assert_eq!(named("x_ai").reasoning, Reasoning::OnTop);
        assert!(!named("writer").marked);
        assert_eq!(named("my_gateway"), &STANDARD);
        let host = |host: &str| Dialect::of_host(host).map(|dialect| dialect.provider.as_str());
        assert_eq!(host("openrouter.ai"), Some("openrouter"));
        assert_eq!(host("x.endpoints.huggingface.cloud"), Some("huggingface"));
        assert_eq!(host("eu-west-1.api.x.ai"), Some("x_ai"));
        assert_eq!(host("evil-openrouter.ai"), None);
        assert_eq!(host("openrouter.ai.example"), None);
    }

    #[test]
    fn no_name_twice() {
        let names: Vec<&str> = DIALECTS
            .iter()
            .flat_map(|dialect| {
                dialect
                    .aliases
                    .iter()
                    .copied()
                    .chain([dialect.provider.as_str()])
            })
            .collect();
        for name in &names {
            assert_eq!(
                names.iter().filter(|other| *other == name).count(),
                1,
                "{name}"
            );
        }
    }
}
