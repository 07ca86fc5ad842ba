//! The grammar of `fields(..)`, which is that of `#[tracing::instrument]` and of `tracing::span!`.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Ident, LitStr, Result, Token, braced, parenthesized, token};

use crate::errors::Errors;
use crate::grammar;
use crate::options::{Field, FieldName, Sigil, Value};

/// Reads the parentheses that must follow `key`.
pub(crate) fn parse(
    key: &Ident,
    input: ParseStream<'_>,
    errors: &mut Errors,
) -> Result<Vec<Field>> {
    if !input.peek(token::Paren) {
        return Err(syn::Error::new(
            key.span(),
            "`fields` takes a list: write `fields(name = value, ..)`",
        ));
    }
    let content;
    parenthesized!(content in input);
    let mut fields = Vec::new();
    grammar::comma_separated(&content, errors, |input, _| {
        fields.push(field(input)?);
        Ok(())
    });
    Ok(fields)
}

fn field(input: ParseStream<'_>) -> Result<Field> {
    let sigil_span = input.span();
    let sigil = grammar::sigil(input)?;
    if sigil != Sigil::Plain {
        return shorthand(input, sigil, sigil_span);
    }
    let name = name(input)?;
    if input.parse::<Option<Token![=]>>()?.is_none() {
        return Ok(Field { name, value: None });
    }
    let value = Some(grammar::value(input)?);
    Ok(Field { name, value })
}

/// `%name` and `?name`: the variable of that name.
fn shorthand(input: ParseStream<'_>, sigil: Sigil, sigil_span: proc_macro2::Span) -> Result<Field> {
    let (literal, tokens) = dotted(input)?;
    if input.peek(Token![=]) {
        let mark = if sigil == Sigil::Display { '%' } else { '?' };
        let message = format!(
            "the mark stands before the value: write `{} = {mark}..`",
            literal.value()
        );
        return Err(syn::Error::new(sigil_span, message));
    }
    let expr = syn::parse2(tokens)?;
    Ok(Field {
        name: FieldName::Literal(literal),
        value: Some(Value {
            sigil,
            sigil_span,
            expr,
        }),
    })
}

fn name(input: ParseStream<'_>) -> Result<FieldName> {
    if input.peek(LitStr) {
        return input.parse().map(FieldName::Literal);
    }
    if input.peek(token::Brace) {
        let content;
        braced!(content in input);
        let name = content.parse()?;
        if !content.is_empty() {
            return Err(content.error("expected `}` behind the constant's name"));
        }
        return Ok(FieldName::Const(name));
    }
    if input.peek(Ident::peek_any) {
        return Ok(FieldName::Literal(dotted(input)?.0));
    }
    Err(input.error("expected a field: `name = value`, `\"name\" = value` or `{CONST} = value`"))
}

/// A name of segments with dots between them, as text and as it was written.
fn dotted(input: ParseStream<'_>) -> Result<(LitStr, TokenStream)> {
    let first = input.call(Ident::parse_any)?;
    let span = first.span();
    let mut text = first.unraw().to_string();
    let mut tokens = first.into_token_stream();
    while let Some(dot) = input.parse::<Option<Token![.]>>()? {
        let segment = input.call(Ident::parse_any)?;
        text.push('.');
        text.push_str(&segment.unraw().to_string());
        dot.to_tokens(&mut tokens);
        segment.to_tokens(&mut tokens);
    }
    Ok((LitStr::new(&text, span), tokens))
}
