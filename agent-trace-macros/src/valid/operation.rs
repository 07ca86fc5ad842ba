//! Operations, and what belongs to which.

use proc_macro2::Span;

use crate::errors::Errors;
use crate::family::Family;
use crate::options::Options;
use crate::semconv::Operation;
use crate::suggest;

/// An operation is one word; those of the conventions are spelt as they are and stand under their own attribute.
pub(super) fn operation_is_unmistakable(options: &Options, errors: &mut Errors) {
    let Some(literal) = options.operation.get() else {
        return;
    };
    let given = literal.value();
    let family = options.family;
    if given.is_empty() || given.contains(char::is_whitespace) {
        errors.at(
            literal.span(),
            "an operation is one word, such as \"rerank\" or \"run_guardrail\"",
        );
        return;
    }
    if family.operation(&given, false).is_some() {
        return;
    }
    let flat = |name: &str| name.to_lowercase().replace('-', "_");
    for other in Family::ALL {
        if other.operation(&given, false).is_some() {
            let attribute = other.attribute();
            errors.at(
                literal.span(),
                format_args!("`{given}` is an operation of `{attribute}`: use that attribute"),
            );
            return;
        }
        let near = |known: &str| {
            flat(known) == flat(&given) || known.len() > 5 && suggest::distance(known, &given) == 1
        };
        if let Some(known) = other.operations().find(|operation| near(operation.name)) {
            let name = known.name;
            errors.at(
                literal.span(),
                format_args!("`{given}` could be mistaken for the conventions' `{name}`: write \"{name}\", or another name"),
            );
            return;
        }
    }
}

/// `remote` makes the difference only where there is an agent to call.
pub(super) fn remote_is_for_agents_elsewhere(options: &Options, errors: &mut Errors) {
    let Some(key) = options.remote.key() else {
        return;
    };
    let name = options.operation_name();
    let Some(operation) = options.family.operation(&name, true) else {
        return;
    };
    if name == options.family.default_operation() {
        return;
    }
    let kind = operation.kind.to_uppercase();
    errors.at(
        key,
        format_args!("`remote` is for `invoke_agent`; `{name}` spans are always {kind}"),
    );
}

/// The registry says which attributes a span type has; an operation of one's own may have all of its family.
pub(super) fn options_belong_to_the_operation(options: &Options, errors: &mut Errors) {
    let name = options.operation_name();
    if options.family.operation(&name, false).is_none() {
        return;
    }
    for (spec, key, _) in options.values() {
        belongs(
            options,
            key,
            spec.name,
            &|operation| spec.fits(operation),
            errors,
        );
    }
    if let Some(key) = options.prompt.key() {
        belongs(
            options,
            key,
            "prompt",
            &|operation| operation.lists("gen_ai.prompt.name"),
            errors,
        );
    }
    if let Some(key) = options.request.key() {
        let named = |operation: &Operation| operation.lists("gen_ai.request.model");
        belongs(options, key, "request", &named, errors);
    }
}

fn belongs(
    options: &Options,
    key: Span,
    option: &str,
    fits: &dyn Fn(&Operation) -> bool,
    errors: &mut Errors,
) {
    let family = options.family;
    let name = options.operation_name();
    if family
        .operation(&name, options.remote.is_given())
        .is_none_or(fits)
    {
        return;
    }
    if family.operation(&name, true).is_some_and(fits) {
        let message = format!(
            "`{option}` belongs on `{name}` spans of agents that run elsewhere: add `remote`, or remove `{option}`"
        );
        errors.at(key, message);
        return;
    }
    let (memory, others): (Vec<_>, Vec<_>) = family
        .operations()
        .filter(|other| fits(other))
        .partition(|other| other.name.contains("memory"));
    let mut others: Vec<_> = others
        .iter()
        .map(|other| format!("`{}`", other.name))
        .collect();
    others.dedup();
    if !memory.is_empty() {
        others.push("the memory operations".to_owned());
    }
    let others = others.join(", ");
    errors.at(
        key,
        format_args!("`{option}` does not belong on `{name}` spans: it is for {others}"),
    );
}
