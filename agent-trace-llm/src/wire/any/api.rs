use std::fmt;

macro_rules! names {
    (
        $(#[$doc:meta])*
        $type:ident {
            $($(#[$variant_doc:meta])* $variant:ident = $name:literal,)*
        }
    ) => {
        $(#[$doc])*
        #[non_exhaustive]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $type {
            $($(#[$variant_doc])* $variant,)*
        }

        impl $type {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The one of this name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant),)*
                    _ => None,
                }
            }

            /// Its name.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

names! {
    /// The shape of a response body: which API answered.
    ///
    /// ```
    /// use agent_trace_llm::wire::Api;
    ///
    /// assert_eq!(Api::from_name("openai.chat"), Some(Api::OpenAiChat));
    /// assert_eq!(Api::OpenAiResponses.to_string(), "openai.responses");
    /// ```
    Api {
        /// OpenAI chat completions, and what calls itself compatible.
        OpenAiChat = "openai.chat",
        /// OpenAI legacy completions.
        OpenAiCompletions = "openai.completions",
        /// OpenAI Responses.
        OpenAiResponses = "openai.responses",
        /// OpenAI embeddings.
        OpenAiEmbeddings = "openai.embeddings",
        /// Anthropic Messages.
        AnthropicMessages = "anthropic.messages",
        /// Bedrock Converse.
        BedrockConverse = "bedrock.converse",
        /// Bedrock InvokeModel, whichever family of models answered.
        BedrockInvoke = "bedrock.invoke",
        /// Gemini and Vertex AI `generateContent`.
        GeminiGenerateContent = "gemini.generate_content",
        /// Gemini interactions.
        GeminiInteractions = "gemini.interactions",
        /// Cohere chat, version 1.
        CohereChatV1 = "cohere.chat_v1",
        /// Cohere chat, version 2.
        CohereChatV2 = "cohere.chat_v2",
        /// Cohere embed, both versions.
        CohereEmbed = "cohere.embed",
        /// Cohere generate, which is no more offered.
        CohereGenerate = "cohere.generate",
        /// Cohere rerank, both versions.
        CohereRerank = "cohere.rerank",
        /// Ollama chat.
        OllamaChat = "ollama.chat",
        /// Ollama embed, and embeddings before it.
        OllamaEmbed = "ollama.embed",
        /// Ollama generate.
        OllamaGenerate = "ollama.generate",
        /// Voyage embeddings.
        VoyageEmbeddings = "voyage.embeddings",
        /// Voyage rerank.
        VoyageRerank = "voyage.rerank",
        /// watsonx.ai text chat, which has the shape of OpenAI's.
        WatsonxChat = "watsonx.chat",
        /// watsonx.ai text embeddings.
        WatsonxEmbeddings = "watsonx.embeddings",
        /// watsonx.ai text generation.
        WatsonxGeneration = "watsonx.generation",
    }
}

names! {
    /// How a response body is put together.
    BodyFormat {
        /// One JSON document.
        Json = "json",
        /// Server-sent events.
        Sse = "sse",
        /// Newline-delimited JSON.
        NdJson = "ndjson",
        /// AWS event-stream frames.
        AwsEventStream = "aws-eventstream",
        /// The data of one server-sent event a line, as recordings keep it. Without the marks that
        /// end a stream of events, the end is what the API's own events say.
        JsonChunks = "chunks-jsonl",
    }
}
