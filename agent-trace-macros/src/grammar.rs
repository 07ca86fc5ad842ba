//! The grammar of the values that options take.

use proc_macro2::TokenTree;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Expr, Ident, LitInt, LitStr, Path, Result, Token, parenthesized, token};

use crate::errors::Errors;
use crate::options::{Level, Prompt, Sigil, Value};
use crate::slot::Slot;
use crate::specs::Form;

/// Reads items up to the end of `input`, each on its own.
pub(crate) fn comma_separated(
    input: ParseStream<'_>,
    errors: &mut Errors,
    mut item: impl FnMut(ParseStream<'_>, &mut Errors) -> Result<()>,
) {
    while !input.is_empty() {
        if input.peek(Token![,]) {
            errors.push(input.error("nothing stands before this comma: remove it"));
        } else if let Err(error) = item(input, errors) {
            errors.push(error);
            skip_to_comma(input);
        }
        if input.is_empty() {
            return;
        }
        if input.peek(Token![,]) {
            let _ = input.parse::<Token![,]>();
        } else {
            errors.push(input.error("expected `,`"));
            // A word here begins the next option more often than not; anything else belongs to the broken one.
            if !(input.peek(Ident::peek_any)
                && (input.peek2(Token![=]) || input.peek2(token::Paren)))
            {
                skip_to_comma(input);
                let _ = input.parse::<Token![,]>();
            }
        }
    }
}

fn skip_to_comma(input: ParseStream<'_>) {
    while !input.is_empty() && !input.peek(Token![,]) {
        let _ = input.parse::<TokenTree>();
    }
}

/// Takes the `=` and makes sure that something follows it.
fn equals(key: &Ident, input: ParseStream<'_>, example: &str) -> Result<()> {
    if input.peek(Token![=]) && !input.peek(Token![==]) {
        input.parse::<Token![=]>()?;
        if !input.is_empty() && !input.peek(Token![,]) {
            return Ok(());
        }
    }
    Err(syn::Error::new(
        key.span(),
        format_args!("`{key}` needs a value: write `{key} = {example}`"),
    ))
}

pub(crate) fn flag(key: &Ident, input: ParseStream<'_>) -> Result<()> {
    if input.peek(Token![=]) || input.peek(token::Paren) {
        let message = format!("`{key}` takes no value: write `{key}` alone, or leave it out");
        return Err(syn::Error::new(key.span(), message));
    }
    Ok(())
}

pub(crate) fn expression(key: &Ident, input: ParseStream<'_>) -> Result<Expr> {
    equals(key, input, "..")?;
    input.parse()
}

pub(crate) fn named_value(key: &Ident, input: ParseStream<'_>, form: Form) -> Result<Value> {
    let example = match form {
        Form::Text => "\"..\"",
        Form::Integer => "1",
        Form::Number => "0.5",
        Form::Flag => "true",
        Form::Texts => "[\"..\"]",
    };
    equals(key, input, example)?;
    value(input)
}

/// An expression, with `%` or `?` before it where it is to be turned into text.
pub(crate) fn value(input: ParseStream<'_>) -> Result<Value> {
    let sigil_span = input.span();
    let sigil = sigil(input)?;
    Ok(Value {
        sigil,
        sigil_span,
        expr: input.parse()?,
    })
}

pub(crate) fn sigil(input: ParseStream<'_>) -> Result<Sigil> {
    if input.parse::<Option<Token![%]>>()?.is_some() {
        Ok(Sigil::Display)
    } else if input.parse::<Option<Token![?]>>()?.is_some() {
        Ok(Sigil::Debug)
    } else {
        Ok(Sigil::Plain)
    }
}

pub(crate) fn operation(key: &Ident, input: ParseStream<'_>) -> Result<LitStr> {
    equals(key, input, "\"..\"")?;
    input.parse().map_err(|error| {
        syn::Error::new(
            error.span(),
            "an operation is a string literal, because the span's type depends on it",
        )
    })
}

pub(crate) fn level(key: &Ident, input: ParseStream<'_>) -> Result<Level> {
    const NAMES: [&str; 5] = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR"];
    const EXPECTED: &str = "expected a level: \"trace\", \"debug\", \"info\", \"warn\" or \"error\", 1 (trace) to 5 (error), or a path";
    equals(key, input, "\"info\"")?;
    if input.peek(LitStr) {
        let literal: LitStr = input.parse()?;
        let given = literal.value();
        let named = NAMES
            .into_iter()
            .find(|name| name.eq_ignore_ascii_case(&given));
        return named
            .map(Level::Named)
            .ok_or_else(|| syn::Error::new(literal.span(), EXPECTED));
    }
    if input.peek(LitInt) {
        let literal: LitInt = input.parse()?;
        let number = literal.base10_parse::<usize>().ok();
        let named = number.and_then(|number| NAMES.get(number.wrapping_sub(1)));
        return named
            .copied()
            .map(Level::Named)
            .ok_or_else(|| syn::Error::new(literal.span(), EXPECTED));
    }
    let found = input.span();
    input
        .call(Path::parse_mod_style)
        .map(Level::Path)
        .map_err(|_| syn::Error::new(found, EXPECTED))
}

pub(crate) fn path(key: &Ident, input: ParseStream<'_>) -> Result<Path> {
    equals(key, input, "::path::to::agent_trace")?;
    if input.peek(LitStr) {
        let literal: LitStr = input.parse()?;
        let message = format!(
            "a path stands without quotes: write `crate = {}`",
            literal.value()
        );
        return Err(syn::Error::new(literal.span(), message));
    }
    input.call(Path::parse_mod_style)
}

/// The content of the parentheses that must follow `key`, item by item.
fn parentheses<T: Parse>(
    key: &Ident,
    input: ParseStream<'_>,
    errors: &mut Errors,
) -> Result<Vec<T>> {
    if !input.peek(token::Paren) {
        return Err(syn::Error::new(
            key.span(),
            format_args!("`{key}` takes a list: write `{key}(..)`"),
        ));
    }
    let content;
    parenthesized!(content in input);
    let mut items = Vec::new();
    comma_separated(&content, errors, |input, _| {
        items.push(input.parse()?);
        Ok(())
    });
    Ok(items)
}

pub(crate) fn list(key: &Ident, input: ParseStream<'_>, errors: &mut Errors) -> Result<Vec<Expr>> {
    parentheses(key, input, errors)
}

/// A name of an argument; `self` is one, so [`Ident`]'s own grammar would be too narrow.
struct Name(Ident);

impl Parse for Name {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        input.call(Ident::parse_any).map(Self)
    }
}

pub(crate) fn names(
    key: &Ident,
    input: ParseStream<'_>,
    errors: &mut Errors,
) -> Result<Vec<Ident>> {
    Ok(parentheses::<Name>(key, input, errors)?
        .into_iter()
        .map(|Name(name)| name)
        .collect())
}

pub(crate) fn prompt(key: &Ident, input: ParseStream<'_>, errors: &mut Errors) -> Result<Prompt> {
    if !input.peek(token::Paren) {
        return Ok(Prompt {
            name: named_value(key, input, Form::Text)?,
            version: None,
        });
    }
    let content;
    parenthesized!(content in input);
    let mut name = Slot::default();
    let mut version = Slot::default();
    comma_separated(&content, errors, |input, errors| {
        let part = input.call(Ident::parse_any)?;
        match part.to_string().as_str() {
            "name" => name.fill(&part, named_value(&part, input, Form::Text)?, errors),
            "version" => version.fill(&part, named_value(&part, input, Form::Text)?, errors),
            _ => {
                return Err(syn::Error::new(
                    part.span(),
                    "a prompt has a `name` and a `version`",
                ));
            }
        }
        Ok(())
    });
    let Some(name) = name.take() else {
        return Err(syn::Error::new(
            key.span(),
            "a prompt needs a name: write `prompt(name = ..)`",
        ));
    };
    Ok(Prompt {
        name,
        version: version.take(),
    })
}
