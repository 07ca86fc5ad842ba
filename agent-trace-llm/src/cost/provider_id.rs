/// What the price list calls a provider of the conventions. Any other name has to be the list's own,
/// or one that it is commonly known by.
///
/// `ibm.watsonx.ai` is not in the list, nor is `ollama`, which charges nothing that is known here.
pub(crate) fn provider_id(name: &str) -> &str {
    match name {
        "aws.bedrock" => "aws",
        "azure.ai.inference" | "azure.ai.openai" => "azure",
        "gcp.gemini" | "gcp.gen_ai" | "gcp.vertex_ai" => "google",
        "mistral_ai" => "mistral",
        "moonshot_ai" => "moonshotai",
        "x_ai" | "xai" => "x-ai",
        "voyage" | "voyage_ai" => "voyageai",
        "together_ai" | "together.ai" => "together",
        "fireworks_ai" => "fireworks",
        other => other,
    }
}
