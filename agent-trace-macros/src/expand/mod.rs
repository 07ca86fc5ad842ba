//! From a valid function and valid options to tokens. Nothing here can fail.
//!
//! The expansion is one call into the runtime per stage: `begin` (may the span start, and with what), `describe` (what is
//! recorded only if it did), `run*` (the body) and `settle` (how it ended).

mod about;
mod settle;
mod site;
mod start;
mod track_caller;

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, Signature};

use crate::arguments::Binding;
use crate::item::{Body, Function};
use crate::options::{Options, Sigil, Value};

use crate::shape::{Returns, Shape};

/// Everything the stages look at.
struct Model<'a> {
    options: &'a Options,
    bindings: &'a [Binding],
    returns: &'a Returns,
    /// The runtime's hidden module.
    private: TokenStream,
}

/// Instruments `function`, whose signature has given up its `bindings`.
pub(crate) fn expand(
    function: &Function,
    options: &Options,
    bindings: &[Binding],
    original: &Signature,
) -> TokenStream {
    let Function {
        attributes,
        visibility,
        default,
        signature,
        body,
    } = function;
    let Some(body) = body else {
        return TokenStream::new();
    };
    let returns = Returns::of(signature);
    let private = private_at(options, Span::call_site());
    let model = Model {
        options,
        bindings,
        returns: &returns,
        private,
    };
    let site = site::site(&model, function);
    let start = start::start(&model);
    let inner = &body.attributes;
    let nests =
        track_caller::applies(function) && !track_caller::needs_parts(&model, original, &start);
    let (signature, nested, call) = if nests {
        track_caller::call(&model, original, body)
    } else {
        (
            signature.clone(),
            TokenStream::new(),
            call(&model, function, body),
        )
    };
    let content = quote! {
        #(#inner)*
        #site
        #nested
        let __agent_trace_call = #start;
        #call
    };
    let mut block = Group::new(Delimiter::Brace, content);
    block.set_span(body.span);
    quote!(#(#attributes)* #visibility #default #signature #block)
}

/// The path of the runtime's hidden module, shown at `span`.
fn private_at(options: &Options, span: Span) -> TokenStream {
    match options.krate.get() {
        Some(path) => quote_spanned!(span=> #path::__private),
        None => quote_spanned!(span=> ::agent_trace::__private),
    }
}

/// The call of the runtime that runs the body.
fn call(model: &Model<'_>, function: &Function, body: &Body) -> TokenStream {
    let Model {
        returns, private, ..
    } = model;
    let about = about::parameter(model);
    let describe = about::describe(model);
    let whole = whole_receiver(function);
    let bindings = model.bindings;
    let statements = statements(model, body);
    let inner = quote!(#whole #(#bindings)* #statements);
    let ascription = match &returns.body {
        _ if returns.never => Some(quote!(-> !)),
        Some(ty) if !returns.unit => Some(quote!(-> #ty)),
        _ => None,
    };
    match returns.shape {
        Shape::Async => {
            let settle = settle::closure(model);
            // A branch that is never taken gives the block its type before the body is looked at.
            let edge = match &returns.body {
                _ if returns.unit => Some(quote!(if false {
                    return;
                })),
                Some(ty) => Some(quote!(if false { return #private::returns::<#ty>(); })),
                None => None,
            };
            quote! {
                #private::run_future(
                    __agent_trace_call,
                    move |#about| {
                        #describe
                        #[allow(clippy::async_yields_async)]
                        async move { #edge #inner }
                    },
                    #settle,
                ).await
            }
        }
        Shape::Future => {
            let settle = settle::closure(model);
            quote! {
                #private::run_eager_future(
                    __agent_trace_call, move |#about| { #describe #inner }, #settle,
                )
            }
        }
        Shape::Stream => {
            let items = settle::items(model);
            quote! {
                #private::run_stream(__agent_trace_call, move |#about| { #describe #inner }, #items)
            }
        }
        Shape::Plain => {
            let settle = settle::closure(model);
            quote! {
                #private::run(
                    __agent_trace_call, move |#about| #ascription { #describe #inner }, #settle,
                )
            }
        }
    }
}

/// Makes a closure take all of a `self` that is owned, so that no field of it is left behind and dropped elsewhere.
fn whole_receiver(function: &Function) -> Option<TokenStream> {
    let receiver = function.signature.receiver()?;
    let this = receiver.self_token;
    match receiver.kind {
        syn::ReceiverKind::Reference(..) => None,
        _ => Some(quote!(let _ = &#this;)),
    }
}

/// The user's statements in a block of their own, which ends before the arguments are dropped.
fn statements(model: &Model<'_>, body: &Body) -> TokenStream {
    let returns = model.returns;
    let block = block(body);
    if returns.unit {
        return quote!(#[allow(clippy::diverging_sub_expression)] let (): () = #block;);
    }
    match &returns.body {
        // Temporaries of the tail may borrow from the arguments, and in the editions before 2024 they outlive the
        // block; a statement of its own ends them.
        Some(ty) => quote! {
            #[allow(clippy::diverging_sub_expression)]
            let __agent_trace_value: #ty = #block;
            #[allow(unreachable_code)]
            __agent_trace_value
        },
        None => quote!(#block),
    }
}

/// The body's block, shown where the user wrote it but known to the lints as generated.
fn block(body: &Body) -> TokenTree {
    let mut block = Group::new(Delimiter::Brace, body.statements.clone());
    block.set_span(Span::call_site().located_at(body.span));
    TokenTree::Group(block)
}

/// A reference to the user's expression, with its errors shown there.
fn reference(expr: &Expr) -> TokenStream {
    let span = Span::call_site().located_at(expr.span());
    if is_atom(expr) {
        quote_spanned!(span=> &#expr)
    } else {
        quote_spanned!(span=> &(#expr))
    }
}

/// Whether `&` in front of the expression takes in all of it.
fn is_atom(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::Array(_)
            | Expr::Block(_)
            | Expr::Call(_)
            | Expr::Field(_)
            | Expr::Index(_)
            | Expr::Lit(_)
            | Expr::Macro(_)
            | Expr::MethodCall(_)
            | Expr::Paren(_)
            | Expr::Path(_)
            | Expr::Reference(_)
            | Expr::Tuple(_)
    )
}

/// The user's value as the runtime's text.
fn text(private: &TokenStream, value: &Value) -> TokenStream {
    let reference = reference(&value.expr);
    match value.sigil {
        Sigil::Plain => quote!(#private::text(#reference)),
        Sigil::Display => quote!(#private::display(#reference)),
        Sigil::Debug => quote!(#private::debug(#reference)),
    }
}
