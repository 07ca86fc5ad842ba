//! Names of constants and modules, made from names of the conventions.

/// The constant for a name or a value: `gen_ai.request.model` is `GEN_AI_REQUEST_MODEL`,
/// `logging/setLevel` is `LOGGING_SET_LEVEL`, `_OTHER` is `OTHER`.
pub(crate) fn constant(name: &str) -> String {
    let mut out = String::new();
    let mut after_lower = false;
    for letter in name.chars() {
        if letter.is_ascii_alphanumeric() {
            if letter.is_ascii_uppercase() && after_lower {
                out.push('_');
            }
            out.push(letter.to_ascii_uppercase());
        } else if !out.is_empty() && !out.ends_with('_') {
            out.push('_');
        }
        after_lower = letter.is_ascii_lowercase();
    }
    out.trim_end_matches('_').to_owned()
}

/// The module that holds the values of an attribute: `gen_ai.output.type` is `output_type`.
pub(crate) fn value_module(attribute: &str) -> String {
    let rest = attribute
        .strip_prefix("gen_ai.")
        .or_else(|| attribute.strip_prefix("agent_trace."))
        .unwrap_or(attribute);
    rest.replace('.', "_")
}

/// The constant for a span type. `client`, `internal` and `server` are left out where the rest is
/// enough: `gen_ai.client.inference` is `INFERENCE`, `gen_ai.invoke_agent.client` is
/// `INVOKE_AGENT_CLIENT` because there is an internal one too.
pub(crate) fn span_constant(id: &str, all: &[&str]) -> String {
    let Some(own) = base(id) else {
        return constant(id);
    };
    let clash = all
        .iter()
        .filter(|other| base(other) == Some(own.clone()))
        .count()
        > 1;
    if !clash {
        return constant(&own);
    }
    let kind = id.split('.').find(|part| is_kind(part)).unwrap_or_default();
    constant(&format!("{own}.{kind}"))
}

fn base(id: &str) -> Option<String> {
    let rest = id.strip_prefix("gen_ai.")?;
    let parts: Vec<&str> = rest.split('.').filter(|part| !is_kind(part)).collect();
    Some(parts.join("."))
}

fn is_kind(part: &str) -> bool {
    matches!(part, "client" | "internal" | "server")
}

#[cfg(test)]
mod tests {
    use super::{constant, span_constant, value_module};

    #[test]
    fn constants() {
        assert_eq!(constant("gen_ai.request.top_k"), "GEN_AI_REQUEST_TOP_K");
        assert_eq!(constant("logging/setLevel"), "LOGGING_SET_LEVEL");
        assert_eq!(constant("_OTHER"), "OTHER");
        assert_eq!(value_module("openai.api.type"), "openai_api_type");
        assert_eq!(value_module("gen_ai.output.type"), "output_type");
    }

    #[test]
    fn span_constants() {
        let all = [
            "gen_ai.client.inference",
            "gen_ai.invoke_agent.client",
            "gen_ai.invoke_agent.internal",
            "mcp.client",
        ];
        let named: Vec<String> = all.iter().map(|id| span_constant(id, &all)).collect();
        assert_eq!(
            named,
            [
                "INFERENCE",
                "INVOKE_AGENT_CLIENT",
                "INVOKE_AGENT_INTERNAL",
                "MCP_CLIENT"
            ]
        );
    }
}
