//! The static that describes the place in the code.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::Model;
use crate::family::Family;
use crate::item::{Function, description};
use crate::names::{Names, text};
use crate::options::{FieldName, Level};

pub(super) fn site(model: &Model<'_>, function: &Function) -> TokenStream {
    let Model {
        options, private, ..
    } = model;
    let family = Ident::new(options.family.variant(), Span::call_site());
    let operation = options.operation_name();
    let remote = options.remote.is_given();
    let Names {
        span,
        dynamic,
        label,
    } = Names::of(options, &function.name());
    let description = describe(model, function);
    let target = match options.target.get() {
        Some(target) => quote!(#target),
        None => quote!(#private::core::module_path!()),
    };
    let level = match options.level.get() {
        Some(Level::Path(path)) => quote!(#path),
        Some(Level::Named(name)) => level(private, name),
        None => level(private, "INFO"),
    };
    let fields = options
        .fields
        .get()
        .into_iter()
        .flatten()
        .map(|field| match &field.name {
            FieldName::Literal(name) => quote!(#name),
            FieldName::Const(name) => quote!(#name),
        });
    quote! {
        #private::site! {
            static __AGENT_TRACE_SITE: family = #family, operation = #operation, remote = #remote, name = #span,
            dynamic = #dynamic, label = #label, description = #description, target = #target, level = #level,
            fields = [#(#fields),*]
        }
    }
}

fn level(private: &TokenStream, name: &str) -> TokenStream {
    let name = Ident::new(name, Span::call_site());
    quote!(#private::Level::#name)
}

/// The description, where the span type has one: as given, else the doc comment's first paragraph.
fn describe(model: &Model<'_>, function: &Function) -> String {
    let options = model.options;
    let attribute = match options.family {
        Family::Agent => "gen_ai.agent.description",
        Family::Tool => "gen_ai.tool.description",
        Family::Llm => return String::new(),
    };
    let operation = options
        .family
        .operation(&options.operation_name(), options.remote.is_given());
    if operation.is_some_and(|operation| !operation.lists(attribute)) {
        return String::new();
    }
    match options.value("description") {
        Some(given) => text(given).unwrap_or_default(),
        None => description(&function.attributes),
    }
}
