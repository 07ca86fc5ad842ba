//! The closure that names the span and starts it, called only if the span is enabled.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::{Model, private_at, reference, text};
use crate::family::Family;
use crate::names;
use crate::options::{Field, Sigil};
use crate::specs::Stage;

pub(super) fn start(model: &Model<'_>) -> TokenStream {
    let Model {
        options, private, ..
    } = model;
    let mut steps = TokenStream::new();
    for (spec, _, value) in options
        .values()
        .filter(|(spec, ..)| spec.stage == Stage::Start)
    {
        // A literal name stands in the site.
        if spec.name == "name" && names::text(value).is_some() {
            continue;
        }
        let method = Ident::new(spec.method, Span::call_site());
        let text = text(private, value);
        steps.extend(quote!(.#method(#text)));
    }
    if let Some(parent) = options.parent.get() {
        let parent = reference(parent);
        steps.extend(quote!(.parent(#private::Parent::of(#parent))));
    }
    for link in options.links.get().into_iter().flatten() {
        steps.extend(quote!(.links(#private::links!(#link))));
    }
    if options.new_trace.is_given() {
        steps.extend(quote!(.new_trace()));
    }
    let mut probing = false;
    for ident in probed(model) {
        probing = true;
        steps.extend(quote!(.argument((&&&#private::Probe(&#ident)).__agent_trace_head())));
    }
    if let Some(request) = options.request.get() {
        let request = reference(request);
        steps.extend(quote!(.request_head(#request)));
    }
    let fields = options.fields.get().map(Vec::as_slice).unwrap_or_default();
    probing |= fields.iter().any(|field| {
        field
            .value
            .as_ref()
            .is_some_and(|value| value.sigil == Sigil::Plain)
    });
    let fields = fields.iter().map(|given| field(model, given));
    let begin = quote!(__agent_trace_start #steps.begin(&[#(#fields),*]));
    // The imported traits have no names, so the user's expressions see nothing of them.
    let body = if probing {
        quote!({ use #private::probe::*; #begin })
    } else {
        begin
    };
    quote!(#private::begin(&__AGENT_TRACE_SITE, |__agent_trace_start| #body))
}

/// The value of a user's field.
fn field(model: &Model<'_>, field: &Field) -> TokenStream {
    let Some(value) = &field.value else {
        let private = &model.private;
        return quote!(&#private::Empty);
    };
    let reference = reference(&value.expr);
    let span = Span::call_site().located_at(value.expr.span());
    let private = private_at(model.options, span);
    match value.sigil {
        Sigil::Plain => quote_spanned!(span=> &#private::Field(#reference).__agent_trace_value()),
        Sigil::Display => {
            quote_spanned!(span=> &#private::display_field(#private::Display(#reference)))
        }
        Sigil::Debug => quote_spanned!(span=> &#private::debug_field(#private::Debug(#reference))),
    }
}

/// The arguments of a model call that may be a request or a client.
pub(super) fn probed<'a>(model: &'a Model<'_>) -> impl Iterator<Item = &'a Ident> {
    let options = model.options;
    let skipped = options.skip.get().map(Vec::as_slice).unwrap_or_default();
    let looks = options.family == Family::Llm && !options.skip_all.is_given();
    model
        .bindings
        .iter()
        .filter(move |binding| looks && binding.probed && !skipped.contains(&binding.ident))
        .map(|binding| &binding.ident)
}
