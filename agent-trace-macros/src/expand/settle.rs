//! What is read from a value, built once and wrapped as each shape needs it.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Expr;
use syn::spanned::Spanned;

use super::{Model, private_at};
use crate::family::Family;
use crate::shape::{Shape, Yield};

/// What an observer looks at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Observed {
    /// A returned value, or the output of a future.
    Value,
    /// An item of a stream.
    Item,
}

/// The closure that takes the value and the call, and ends the call.
pub(super) fn closure(model: &Model<'_>) -> TokenStream {
    let Model {
        returns, private, ..
    } = model;
    if returns.never {
        return quote!(|__agent_trace_value, _| __agent_trace_value);
    }
    if returns.shape == Shape::Plain && returns.yields == Yield::Value {
        // It may be a future or a stream in a box, which only the compiler knows.
        let ty = returns.body.as_ref().map(|ty| quote!(::<#ty>));
        let settle = settle(model, None);
        return quote! {
            |__agent_trace_value, __agent_trace_call| {
                use #private::probe::*;
                #private::Eager #ty (__agent_trace_value).__agent_trace_finish(
                    __agent_trace_call,
                    |__agent_trace_value, __agent_trace_call| #settle,
                )
            }
        };
    }
    let settle = settle(model, returns.value.as_ref());
    // The lint passes over async functions, whose value this is.
    quote! {
        #[allow(clippy::result_large_err)]
        |__agent_trace_value, __agent_trace_call| { use #private::probe::*; #settle }
    }
}

/// The observer of the items of a stream that is there at once.
pub(super) fn items(model: &Model<'_>) -> TokenStream {
    let private = &model.private;
    // The import stands inside: an argument in braces is inferred before the body's type is known.
    observer(model, Observed::Item, Some(quote!(use #private::probe::*;)))
}

/// Hands the value, whose type is `ty` where it can be named, to the runtime with both observers.
fn settle(model: &Model<'_>, ty: Option<&TokenStream>) -> TokenStream {
    let Model {
        returns, private, ..
    } = model;
    let item = observer(model, Observed::Item, None);
    if returns.yields == Yield::Stream {
        return quote!(#private::settle_stream(__agent_trace_value, __agent_trace_call, #item));
    }
    let value = observer(model, Observed::Value, None);
    if returns.yields == Yield::TryStream {
        return quote! {
            #private::settle_try_stream(__agent_trace_value, __agent_trace_call, #value, #item)
        };
    }
    let ty = ty.map(|ty| quote!(::<#ty>));
    quote!(#private::Returned #ty (__agent_trace_value).__agent_trace_settle(__agent_trace_call, #value, #item))
}

/// A closure over a value, or an item, and what is seen of it.
fn observer(model: &Model<'_>, observed: Observed, import: Option<TokenStream>) -> TokenStream {
    let Model {
        options,
        returns,
        private,
        ..
    } = model;
    let ours = returns.streams == (observed == Observed::Item);
    let error = options.error.get().filter(|_| ours);
    let result = options.result.get().filter(|_| ours);
    let reply = (options.family == Family::Llm).then(|| reply(model, observed));
    let observe = result.map(|result| {
        let (span, value) = at(result);
        let private = private_at(options, span);
        let observe = quote_spanned!(span=> #private::observe(#result, #value, __agent_trace_span));
        quote!(__agent_trace_seen.result(|__agent_trace_span| #observe);)
    });
    let verdict = error.map(|error| {
        let (span, value) = at(error);
        let private = private_at(options, span);
        let verdict = quote_spanned!(span=> #private::verdict(#error, #value));
        quote!(__agent_trace_seen.verdict(|| #verdict);)
    });
    let failed = quote! {
        __agent_trace_seen.failed((&&&&&&&#private::Probe(__agent_trace_error)).__agent_trace_failure())
    };
    let split = quote!(#private::Split(__agent_trace_value).__agent_trace_split());
    let split = if reply.is_none() && observe.is_none() {
        quote!(if let #private::Arm::Err(__agent_trace_error) = #split { #failed; })
    } else {
        quote! {
            match #split {
                #private::Arm::Ok(__agent_trace_value) => { #reply #observe }
                #private::Arm::Err(__agent_trace_error) => #failed,
            }
        }
    };
    // What the declared type says of the items may be all that the body's types are inferred from.
    let ty = returns
        .item
        .as_ref()
        .filter(|_| observed == Observed::Item)
        .map(|ty| quote!(: &#ty));
    // The observer of a stream outlives the call, so it owns what the user's expressions capture.
    let capture = (error.is_some() || result.is_some()).then(|| quote!(move));
    quote!(#capture |__agent_trace_value #ty, __agent_trace_seen| { #import #split #verdict })
}

/// What a model's reply, or a chunk of one, says.
fn reply(model: &Model<'_>, observed: Observed) -> TokenStream {
    let private = &model.private;
    match observed {
        Observed::Value => quote! {
            __agent_trace_seen.response((&&#private::Probe(__agent_trace_value)).__agent_trace_response());
        },
        Observed::Item => quote! {
            __agent_trace_seen.chunk(|__agent_trace_stream| {
                (&&#private::Probe(__agent_trace_value)).__agent_trace_chunk(__agent_trace_stream)
            });
        },
    }
}

/// A place for the value at the user's function, so that a mismatch of the two is shown there.
fn at(function: &Expr) -> (Span, Ident) {
    let span = Span::call_site().located_at(function.span());
    (span, Ident::new("__agent_trace_value", span))
}
