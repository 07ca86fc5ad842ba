//! The grammar of the attributes' arguments.
//!
//! A mistake in one option never hides those in the next: it is collected, and parsing goes on behind the next comma.

use proc_macro2::TokenStream;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Ident, Lit, Result, Token};

use crate::errors::Errors;
use crate::family::Family;
use crate::options::Options;
use crate::{fields, grammar, suggest};

/// Reads the arguments of an attribute; whatever could be read is returned, whatever could not is in `errors`.
pub(crate) fn parse(family: Family, arguments: TokenStream, errors: &mut Errors) -> Options {
    let mut options = Options::new(family);
    let parser = |input: ParseStream<'_>| {
        grammar::comma_separated(input, errors, |input, errors| {
            option(input, &mut options, errors)
        });
        Ok(())
    };
    // Every token is consumed and every mistake collected, so this cannot add another.
    let _ = parser.parse2(arguments);
    options
}

fn option(input: ParseStream<'_>, options: &mut Options, errors: &mut Errors) -> Result<()> {
    let family = options.family;
    if input.peek(Lit) {
        let literal: Lit = input.parse()?;
        let option = if family == Family::Llm {
            "model"
        } else {
            "name"
        };
        return Err(syn::Error::new(
            literal.span(),
            format_args!("an option has a name: write `{option} = ..`"),
        ));
    }
    if !input.peek(Ident::peek_any) {
        return Err(input.error("expected an option, such as `fields(..)`"));
    }
    let key = input.call(Ident::parse_any)?;
    if input.peek(Token![.]) {
        return Err(field_outside(&key, input)?);
    }
    let name = key.unraw().to_string();
    if let Some(position) = family.specs().iter().position(|spec| spec.name == name) {
        let spec = &family.specs()[position];
        let value = grammar::named_value(&key, input, spec.form)?;
        options.fill(position, &key, value, errors);
        return Ok(());
    }
    match name.as_str() {
        "operation" => options
            .operation
            .fill(&key, grammar::operation(&key, input)?, errors),
        "level" => options
            .level
            .fill(&key, grammar::level(&key, input)?, errors),
        "target" => options
            .target
            .fill(&key, grammar::expression(&key, input)?, errors),
        "parent" => options
            .parent
            .fill(&key, grammar::expression(&key, input)?, errors),
        "links" => options
            .links
            .fill(&key, grammar::list(&key, input, errors)?, errors),
        "new_trace" => options
            .new_trace
            .fill(&key, grammar::flag(&key, input)?, errors),
        "fields" => options
            .fields
            .fill(&key, fields::parse(&key, input, errors)?, errors),
        "skip" => options
            .skip
            .fill(&key, grammar::names(&key, input, errors)?, errors),
        "skip_all" => options
            .skip_all
            .fill(&key, grammar::flag(&key, input)?, errors),
        "error" => options
            .error
            .fill(&key, grammar::expression(&key, input)?, errors),
        "result" => options
            .result
            .fill(&key, grammar::expression(&key, input)?, errors),
        "crate" => options
            .krate
            .fill(&key, grammar::path(&key, input)?, errors),
        "remote" if family == Family::Agent => {
            options
                .remote
                .fill(&key, grammar::flag(&key, input)?, errors);
        }
        "request" if family == Family::Llm => {
            options
                .request
                .fill(&key, grammar::expression(&key, input)?, errors);
        }
        "prompt" if family == Family::Llm => {
            options
                .prompt
                .fill(&key, grammar::prompt(&key, input, errors)?, errors);
        }
        _ => return Err(syn::Error::new(key.span(), unknown(&name, family))),
    }
    Ok(())
}

/// What to say about a dotted name, which can only be that of a field.
fn field_outside(first: &Ident, input: ParseStream<'_>) -> Result<syn::Error> {
    let mut name = first.to_string();
    while input.parse::<Option<Token![.]>>()?.is_some() {
        name.push('.');
        name.push_str(&input.call(Ident::parse_any)?.to_string());
    }
    let message = format!("`{name}` is a field of your own: write `fields({name} = ..)`");
    Ok(syn::Error::new(first.span(), message))
}

/// What to say about an option that the attribute does not have.
fn unknown(name: &str, family: Family) -> String {
    let attribute = family.attribute();
    if family == Family::Llm && name == "name" {
        return format!(
            "`{attribute}` has no `name`: its span is named after `operation` and `model`"
        );
    }
    if let Some(habit) = suggest::habit(name, family) {
        return format!("`{attribute}` has no option `{name}`: {habit}");
    }
    let others: Vec<_> = Family::ALL
        .into_iter()
        .filter(|other| *other != family && other.names().any(|known| known == name))
        .map(|other| format!("`{}`", other.attribute()))
        .collect();
    if !others.is_empty() {
        return format!(
            "`{name}` is an option of {}, not of `{attribute}`",
            others.join(" and ")
        );
    }
    if let Some(near) = suggest::nearest(name, family.names()) {
        return format!("`{attribute}` has no option `{name}`: did you mean `{near}`?");
    }
    let known: Vec<_> = family.names().collect();
    format!(
        "`{attribute}` has no option `{name}`; its options are {}",
        known.join(", ")
    )
}
