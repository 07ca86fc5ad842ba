//! Fields beside what the span has itself.

use crate::errors::Errors;
use crate::family::Family;
use crate::options::{FieldName, Options};
use crate::specs::Spec;

/// A field adds to what the span has; it neither repeats nor replaces it.
pub(super) fn fields_are_new(options: &Options, errors: &mut Errors) {
    let mut seen: Vec<String> = Vec::new();
    for field in options.fields.get().into_iter().flatten() {
        let FieldName::Literal(literal) = &field.name else {
            continue;
        };
        let name = literal.value();
        if seen.contains(&name) {
            errors.at(
                literal.span(),
                format_args!("the field `{name}` is given twice: keep one of the two"),
            );
        } else if let Some(instead) = instead_of_field(options, &name) {
            errors.at(literal.span(), instead);
        }
        seen.push(name);
    }
}

/// What to write in place of a field with a name that the span has itself.
fn instead_of_field(options: &Options, name: &str) -> Option<String> {
    const CONTENT: &[&str] = &[
        "gen_ai.input.messages",
        "gen_ai.output.messages",
        "gen_ai.system_instructions",
        "gen_ai.tool.definitions",
        "gen_ai.tool.call.arguments",
        "gen_ai.tool.call.result",
        "gen_ai.retrieval.documents",
        "gen_ai.memory.records",
    ];
    let family = options.family;
    let operation = family.operation(&options.operation_name(), options.remote.is_given());
    let usable = |spec: &&Spec| {
        spec.attributes.contains(&name) && operation.is_none_or(|operation| spec.fits(operation))
    };
    if let Some(spec) = family.specs().iter().find(usable) {
        return Some(format!(
            "`{name}` has an option: write `{} = ..`",
            spec.name
        ));
    }
    let written = match name {
        "gen_ai.operation.name" => {
            "`gen_ai.operation.name` has an option: write `operation = \"..\"`".to_owned()
        }
        "gen_ai.prompt.name" | "gen_ai.prompt.version" if family == Family::Llm => {
            format!("`{name}` has an option: write `prompt(name = .., version = ..)`")
        }
        "error.type" => {
            "`error.type` comes from the outcome: to classify it write `error = path`".to_owned()
        }
        "otel.name" | "otel.kind" | "otel.status_code" | "otel.status_description" => {
            format!("the span has `{name}` already: the conventions and the outcome decide it")
        }
        "gen_ai.agent.name" if operation.is_some_and(|operation| operation.lists(name)) => {
            "`gen_ai.agent.name` is inherited from the enclosing agent".to_owned()
        }
        _ if CONTENT.contains(&name) => {
            format!("`{name}` is content, which is captured by configuration, never by a field")
        }
        _ if name.starts_with("gen_ai.usage.") || name.starts_with("gen_ai.response.") => format!(
            "`{name}` is known only afterwards: record it with `result = |value, span| ..`, or in the body with \
             `agent_trace::current()`"
        ),
        _ if name.starts_with("agent_trace.") => {
            format!("`{name}` is reserved: choose a name outside of `agent_trace.`")
        }
        _ => return None,
    };
    Some(written)
}
