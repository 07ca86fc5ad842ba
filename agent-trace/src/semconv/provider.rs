// Generated from agent-trace/semconv by `cargo run -p agent-trace-tests --bin semconv`.
// Do not edit: change the data and run it again.

//! Values of `gen_ai.provider.name`.

/// `openai`.
pub const OPENAI: &str = "openai";

/// `gcp.gen_ai`.
pub const GCP_GEN_AI: &str = "gcp.gen_ai";

/// `gcp.vertex_ai`.
pub const GCP_VERTEX_AI: &str = "gcp.vertex_ai";

/// `gcp.gemini`.
pub const GCP_GEMINI: &str = "gcp.gemini";

/// `anthropic`.
pub const ANTHROPIC: &str = "anthropic";

/// `cohere`.
pub const COHERE: &str = "cohere";

/// `azure.ai.inference`.
pub const AZURE_AI_INFERENCE: &str = "azure.ai.inference";

/// `azure.ai.openai`.
pub const AZURE_AI_OPENAI: &str = "azure.ai.openai";

/// `ibm.watsonx.ai`.
pub const IBM_WATSONX_AI: &str = "ibm.watsonx.ai";

/// `aws.bedrock`.
pub const AWS_BEDROCK: &str = "aws.bedrock";

/// `perplexity`.
pub const PERPLEXITY: &str = "perplexity";

/// `x_ai`.
pub const X_AI: &str = "x_ai";

/// `deepseek`.
pub const DEEPSEEK: &str = "deepseek";

/// `groq`.
pub const GROQ: &str = "groq";

/// `mistral_ai`.
pub const MISTRAL_AI: &str = "mistral_ai";

/// `moonshot_ai`.
pub const MOONSHOT_AI: &str = "moonshot_ai";

/// Every value here.
#[rustfmt::skip]
pub const ALL: &[&str] = &["openai", "gcp.gen_ai", "gcp.vertex_ai", "gcp.gemini", "anthropic", "cohere", "azure.ai.inference", "azure.ai.openai", "ibm.watsonx.ai", "aws.bedrock", "perplexity", "x_ai", "deepseek", "groq", "mistral_ai", "moonshot_ai"];
