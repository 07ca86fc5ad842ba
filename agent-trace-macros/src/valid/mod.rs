//! The rules that parsing cannot see, one function each.

mod fields;
mod function;
mod operation;
mod values;

use syn::{Expr, ExprLit, Lit};

use crate::arguments::Binding;
use crate::errors::Errors;
use crate::item::Function;
use crate::options::Options;

/// Checks everything that can be wrong with an attribute's options.
pub(crate) fn check_options(options: &Options, errors: &mut Errors) {
    operation::operation_is_unmistakable(options, errors);
    operation::remote_is_for_agents_elsewhere(options, errors);
    operation::options_belong_to_the_operation(options, errors);
    values::literals_fit(options, errors);
    values::marks_are_for_text(options, errors);
    fields::fields_are_new(options, errors);
    skip_or_skip_all(options, errors);
    parent_or_new_trace(options, errors);
    target_is_constant(options, errors);
    crate_path_is_absolute(options, errors);
}

/// Checks whether the function can be instrumented at all.
pub(crate) fn check_function(function: &Function, errors: &mut Errors) {
    function::can_be_instrumented(function, errors);
}

/// Checks what the options say of the arguments.
pub(crate) fn check_arguments(
    options: &Options,
    function: &Function,
    bindings: &[Binding],
    errors: &mut Errors,
) {
    function::skipped_arguments_exist(options, function, bindings, errors);
    function::target_is_no_argument(options, bindings, errors);
}

/// `skip_all` says what `skip(..)` says, of every argument.
fn skip_or_skip_all(options: &Options, errors: &mut Errors) {
    if let (Some(_), Some(all)) = (options.skip.key(), options.skip_all.key()) {
        errors.at(
            all,
            "`skip_all` and `skip(..)` exclude each other: keep one of the two",
        );
    }
}

/// The root of a new trace has no parent.
fn parent_or_new_trace(options: &Options, errors: &mut Errors) {
    if let (Some(_), Some(new_trace)) = (options.parent.key(), options.new_trace.key()) {
        errors.at(
            new_trace,
            "the root of a new trace has no parent: write `links(..)` in place of `parent`",
        );
    }
}

/// The target stands in a static beside the code.
fn target_is_constant(options: &Options, errors: &mut Errors) {
    fn constant(expr: &Expr) -> bool {
        match expr {
            Expr::Lit(ExprLit { lit, .. }) => matches!(lit, Lit::Str(_)),
            Expr::Path(_) | Expr::Macro(_) => true,
            Expr::Paren(expr) => constant(&expr.expr),
            Expr::Group(expr) => constant(&expr.expr),
            _ => false,
        }
    }
    if let Some(target) = options.target.get().filter(|target| !constant(target)) {
        errors.under(target, "the target is fixed when the program is compiled: write a string literal or a constant");
    }
}

/// A relative path would mean something else in every module.
fn crate_path_is_absolute(options: &Options, errors: &mut Errors) {
    let Some(path) = options.krate.get() else {
        return;
    };
    let first = path
        .segments
        .first()
        .map(|segment| segment.ident.to_string())
        .unwrap_or_default();
    if path.leading_colon.is_none() && first != "crate" && first != "$crate" {
        let path_text: Vec<_> = path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string())
            .collect();
        let path_text = path_text.join("::");
        let message = match first.as_str() {
            "self" | "super" => "a path relative to the module breaks when the function moves: write it from `crate::` \
                                 or `::` on"
                .to_owned(),
            _ => format!("a relative path means something else in every module: write `::{path_text}` or `crate::{path_text}`"),
        };
        errors.under(path, message);
    }
}
