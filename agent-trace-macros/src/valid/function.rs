//! Functions and their arguments.

use syn::Expr;

use crate::arguments::Binding;
use crate::errors::Errors;
use crate::item::Function;
use crate::options::Options;

/// A function that cannot be instrumented gets one error: the first of these.
pub(super) fn can_be_instrumented(function: &Function, errors: &mut Errors) {
    let signature = &function.signature;
    if let Some(constness) = signature.constness {
        let advice = "a `const fn` runs in the compiler too, where there are no spans: remove `const`, or put the \
                      attribute on the function that calls it";
        errors.at(constness.span, advice);
    } else if let Some(variadic) = &signature.variadic {
        let advice = "C-variadic arguments cannot be handed on: put the attribute on the function that calls this one";
        errors.under(variadic, advice);
    } else if function.body.is_none() {
        let advice = "a function without a body does no work to trace: put the attribute on its implementations, or \
                      give it a body";
        errors.at(signature.ident.span(), advice);
    }
}

/// `skip(..)` names arguments that exist.
pub(super) fn skipped_arguments_exist(
    options: &Options,
    function: &Function,
    bindings: &[Binding],
    errors: &mut Errors,
) {
    let receiver = function.signature.receiver().is_some();
    for skipped in options.skip.get().into_iter().flatten() {
        if receiver && skipped == "self"
            || bindings
                .iter()
                .any(|binding| binding.named && binding.ident == *skipped)
        {
            continue;
        }
        let mut names: Vec<_> = bindings
            .iter()
            .filter(|binding| binding.named)
            .map(|binding| format!("`{}`", binding.ident))
            .collect();
        if receiver {
            names.insert(0, "`self`".to_owned());
        }
        let known = match names.as_slice() {
            [] => "the function has none".to_owned(),
            [name] => format!("the only one is {name}"),
            names => format!("they are {}", names.join(", ")),
        };
        errors.at(
            skipped.span(),
            format_args!("there is no argument `{skipped}`: {known}"),
        );
    }
}

/// An argument is known too late for it.
pub(super) fn target_is_no_argument(options: &Options, bindings: &[Binding], errors: &mut Errors) {
    let Some(Expr::Path(target)) = options.target.get() else {
        return;
    };
    let Some(name) = target.path.get_ident() else {
        return;
    };
    if bindings.iter().any(|binding| binding.ident == *name) {
        errors.at(
            name.span(),
            "the target is fixed when the program is compiled, and an argument is not: write a string literal or a \
             constant",
        );
    }
}
