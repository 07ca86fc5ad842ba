//! What is recorded only if the span was really sampled.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::start::probed;
use super::{Model, reference};
use crate::family::Family;
use crate::names;
use crate::options::{Sigil, Value};
use crate::specs::{Form, Spec, Stage};

/// The parameter of the closure around the body.
pub(super) fn parameter(model: &Model<'_>) -> TokenStream {
    let private = &model.private;
    let name = if statements(model).is_empty() {
        quote!(_)
    } else {
        quote!(__agent_trace_about)
    };
    quote!(#name: #private::Option<&mut #private::About>)
}

/// The statement in front of the body.
pub(super) fn describe(model: &Model<'_>) -> TokenStream {
    let private = &model.private;
    let statements = statements(model);
    if statements.is_empty() {
        return statements;
    }
    quote! {
        if let #private::Option::Some(__agent_trace_about) = __agent_trace_about {
            #private::describe(__agent_trace_about, |__agent_trace_about| { #statements });
        }
    }
}

pub(super) fn statements(model: &Model<'_>) -> TokenStream {
    let Model {
        options,
        returns,
        private,
        ..
    } = model;
    let mut probes = probed(model).peekable();
    // The imported traits have no names, so the user's expressions see nothing of them.
    let mut statements = probes
        .peek()
        .map(|_| quote!(use #private::probe::*;))
        .unwrap_or_default();
    if options.family == Family::Llm && returns.streams {
        statements.extend(quote!(__agent_trace_about.streaming();));
    }
    for (spec, _, given) in options
        .values()
        .filter(|(spec, ..)| spec.stage == Stage::About)
    {
        // A literal description stands in the site.
        if spec.name == "description" && names::text(given).is_some() {
            continue;
        }
        statements.extend(value(private, spec, given));
    }
    if let Some(prompt) = options.prompt.get() {
        let name = argument(private, Form::Text, &prompt.name);
        statements.extend(quote!(__agent_trace_about.prompt_name(#name);));
        if let Some(version) = &prompt.version {
            let version = argument(private, Form::Text, version);
            statements.extend(quote!(__agent_trace_about.prompt_version(#version);));
        }
    }
    if let Some(request) = options.request.get() {
        let request = reference(request);
        statements.extend(quote!(__agent_trace_about.explicit_request(#request);));
    }
    for ident in probes {
        statements
            .extend(quote!(__agent_trace_about.request((&&#private::Probe(&#ident)).__agent_trace_request());));
    }
    statements
}

fn value(private: &TokenStream, spec: &Spec, given: &Value) -> TokenStream {
    let method = Ident::new(spec.method, Span::call_site());
    let argument = argument(private, spec.form, given);
    quote!(__agent_trace_about.#method(#argument);)
}

fn argument(private: &TokenStream, form: Form, given: &Value) -> TokenStream {
    let reference = reference(&given.expr);
    match (form, given.sigil) {
        (Form::Text, Sigil::Display) => quote!(&#private::Display(#reference)),
        (Form::Text, Sigil::Debug) => quote!(&#private::Debug(#reference)),
        _ => reference,
    }
}
