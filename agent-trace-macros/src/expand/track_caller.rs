//! `#[track_caller]`: a closure cannot pass the caller's place on, a function can.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::{FnArg, GenericParam, Pat, PatIdent, Safety, Signature, Type};

use super::{Model, about, settle};
use crate::item::{Body, Function, mentions};

/// Whether the body can become a function of its own.
///
/// A method cannot: its `self`, and the parameters of the `impl` around it, do not exist in a nested function. There
/// the closure is used, and the place is that of the method itself; see also [`needs_parts`].
pub(super) fn applies(function: &Function) -> bool {
    let signature = &function.signature;
    let plain = signature.asyncness.is_none()
        && signature.inputs.iter().all(|input| match input {
            FnArg::Receiver(_) => false,
            FnArg::Typed(input) => !is_foreign_parameter(&input.ty, signature),
        });
    let body = function
        .body
        .as_ref()
        .map(|body| body.statements.clone())
        .unwrap_or_default();
    function.is_track_caller()
        && plain
        && !mentions(signature.to_token_stream(), "Self")
        && !mentions(body, "Self")
}

/// Whether what is said of the call is said in terms of a part of an argument, such as `a` of `(a, b): Pair`.
///
/// There is one place where an argument can be taken apart, and that is the nested function.
pub(super) fn needs_parts(model: &Model<'_>, original: &Signature, start: &TokenStream) -> bool {
    let describe = about::statements(model);
    let is_needed = |pattern: &Pat| {
        model.bindings.iter().any(|binding| {
            let name = binding.ident.to_string();
            binding.named
                && mentions(pattern.to_token_stream(), &name)
                && (mentions(start.clone(), &name) || mentions(describe.clone(), &name))
        })
    };
    original.inputs.iter().any(|input| match input {
        FnArg::Receiver(_) => false,
        FnArg::Typed(input) => match &*input.pat {
            Pat::Ident(pattern) if pattern.subpat.is_none() => false,
            pattern => is_needed(pattern),
        },
    })
}

/// Whether the type is a single capital letter that the function did not declare: a parameter of the `impl` around it.
fn is_foreign_parameter(ty: &Type, signature: &Signature) -> bool {
    let Type::Path(ty) = ty else { return false };
    let Some(ident) = ty.path.get_ident() else {
        return false;
    };
    ident.to_string().len() == 1
        && !signature
            .generics
            .type_params()
            .any(|parameter| parameter.ident == *ident)
}

/// The outer signature, the function inside it, and the statements behind `let __agent_trace_call = ..;`.
pub(super) fn call(
    model: &Model<'_>,
    original: &Signature,
    body: &Body,
) -> (Signature, TokenStream, TokenStream) {
    let Model {
        returns, private, ..
    } = model;
    let mut outer = original.clone();
    let mut arguments = Vec::new();
    for (position, input) in outer.inputs.iter_mut().enumerate() {
        let FnArg::Typed(input) = input else { continue };
        let ident = match &mut *input.pat {
            Pat::Ident(pattern) if pattern.subpat.is_none() => pattern.ident.clone(),
            _ => format_ident!("__agent_trace_argument_{position}"),
        };
        input
            .attrs
            .retain(|attribute| attribute.path().is_ident("cfg"));
        *input.pat = Pat::Ident(PatIdent {
            attrs: Vec::new(),
            by_ref: None,
            mutability: None,
            ident: ident.clone(),
            subpat: None,
        });
        let conditions = &input.attrs;
        arguments.push(quote!(#(#conditions)* #ident));
    }

    let mut inner = original.clone();
    inner.ident = format_ident!("__agent_trace_body");
    inner.abi = None;
    let body = &body.statements;
    let parameters: Vec<_> = inner
        .generics
        .params
        .iter()
        .filter_map(|parameter| match parameter {
            GenericParam::Type(parameter) => Some(&parameter.ident),
            GenericParam::Const(parameter) => Some(&parameter.ident),
            GenericParam::Lifetime(_) => None,
        })
        .collect();
    let turbofish = (!parameters.is_empty()).then(|| quote!(::<#(#parameters),*>));
    let name = &inner.ident;
    let mut value = quote!(#name #turbofish (#(#arguments),*));
    if matches!(inner.safety, Safety::Unsafe(_)) {
        value = quote!(unsafe { #value });
    }

    let describe = about::statements(model);
    let describe = (!describe.is_empty())
        .then(|| quote!(__agent_trace_entered.describe(|__agent_trace_about| { #describe });));
    let settle = settle::closure(model);
    let mutability = describe.is_some().then(|| quote!(mut));
    let end = if returns.never {
        value
    } else {
        quote! {
            let __agent_trace_value = #value;
            __agent_trace_entered.settle(__agent_trace_value, #settle)
        }
    };
    let statements = quote! {
        let #mutability __agent_trace_entered = #private::enter(__agent_trace_call);
        #describe
        #end
    };
    let inner = quote!(#[track_caller] #inner { #body });
    (outer, inner, statements)
}
