//! What is wrong with a value by the look of it.

use syn::spanned::Spanned;
use syn::{Expr, ExprLit, ExprUnary, Lit, UnOp};

use crate::errors::Errors;
use crate::options::{Options, Sigil, Value};
use crate::specs::{Form, Spec};

/// A literal has the type of its option; what other expressions have, the compiler knows.
pub(super) fn literals_fit(options: &Options, errors: &mut Errors) {
    for (spec, _, value) in options.values() {
        literal_fits(spec.name, spec.form, value, errors);
    }
    if let Some(prompt) = options.prompt.get() {
        literal_fits("name", Form::Text, &prompt.name, errors);
        if let Some(version) = &prompt.version {
            literal_fits("version", Form::Text, version, errors);
        }
    }
}

fn literal_fits(option: &str, form: Form, value: &Value, errors: &mut Errors) {
    if value.sigil != Sigil::Plain {
        return;
    }
    let Some(literal) = literal(&value.expr) else {
        return;
    };
    let (fits, wanted) = match form {
        Form::Text => (matches!(literal, Lit::Str(_)), "text"),
        Form::Integer => (matches!(literal, Lit::Int(_)), "an integer"),
        Form::Number => (matches!(literal, Lit::Int(_) | Lit::Float(_)), "a number"),
        Form::Flag => (matches!(literal, Lit::Bool(_)), "`true` or `false`"),
        Form::Texts => (false, "a list of texts"),
    };
    let span = value.expr.span();
    if !fits {
        let write = match (form, literal) {
            (Form::Text, Lit::Int(number)) => format!(": write `{option} = \"{number}\"`"),
            (Form::Text, Lit::Float(number)) => format!(": write `{option} = \"{number}\"`"),
            (Form::Integer | Form::Number | Form::Flag, Lit::Str(text))
                if syn::parse_str::<Lit>(&text.value()).is_ok() =>
            {
                format!(": write `{option} = {}` without quotes", text.value())
            }
            (Form::Texts, Lit::Str(text)) => format!(": write `{option} = [{:?}]`", text.value()),
            _ => String::new(),
        };
        errors.at(span, format_args!("`{option}` takes {wanted}{write}"));
    } else if matches!(literal, Lit::Str(text) if text.value().trim().is_empty()) {
        errors.at(
            span,
            format_args!("`{option}` is empty: say something, or leave it out"),
        );
    }
}

/// The literal that an expression is, without its sign.
fn literal(expr: &Expr) -> Option<&Lit> {
    match expr {
        Expr::Lit(ExprLit { lit, .. }) => Some(lit),
        Expr::Unary(ExprUnary {
            op: UnOp::Neg(_),
            expr,
            ..
        }) => literal(expr),
        _ => None,
    }
}

/// `%` and `?` make text, so they say nothing about a number.
pub(super) fn marks_are_for_text(options: &Options, errors: &mut Errors) {
    for (Spec { name, form, .. }, _, value) in options.values() {
        if *form != Form::Text && value.sigil != Sigil::Plain {
            errors.at(
                value.sigil_span,
                format_args!("`{name}` takes no text: remove the mark before the value"),
            );
        }
    }
}
