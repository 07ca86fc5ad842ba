//! The options that a user has given.

use std::iter;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::{Expr, Ident, LitStr, Path};

use crate::errors::Errors;
use crate::family::Family;
use crate::slot::Slot;
use crate::specs::Spec;

/// How `%` or `?` before a value asks for it to be turned into text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sigil {
    Plain,
    Display,
    Debug,
}

/// An expression over the arguments.
pub(crate) struct Value {
    pub(crate) sigil: Sigil,
    pub(crate) sigil_span: Span,
    pub(crate) expr: Expr,
}

/// The name of a user's field.
pub(crate) enum FieldName {
    Literal(LitStr),
    Const(Expr),
}

/// A user's field; without a value it is declared and left empty.
pub(crate) struct Field {
    pub(crate) name: FieldName,
    pub(crate) value: Option<Value>,
}

/// `prompt = ..` or `prompt(name = .., version = ..)`.
pub(crate) struct Prompt {
    pub(crate) name: Value,
    pub(crate) version: Option<Value>,
}

/// What `level = ..` was given.
pub(crate) enum Level {
    /// The name of a constant of `tracing::Level`.
    Named(&'static str),
    Path(Path),
}

/// Everything a user has given.
pub(crate) struct Options {
    pub(crate) family: Family,
    /// One slot for each of [`Family::specs`], in that order.
    values: Vec<Slot<Value>>,
    pub(crate) operation: Slot<LitStr>,
    pub(crate) remote: Slot<()>,
    pub(crate) level: Slot<Level>,
    pub(crate) target: Slot<Expr>,
    pub(crate) parent: Slot<Expr>,
    pub(crate) links: Slot<Vec<Expr>>,
    pub(crate) new_trace: Slot<()>,
    pub(crate) fields: Slot<Vec<Field>>,
    pub(crate) skip: Slot<Vec<Ident>>,
    pub(crate) skip_all: Slot<()>,
    pub(crate) error: Slot<Expr>,
    pub(crate) result: Slot<Expr>,
    pub(crate) request: Slot<Expr>,
    pub(crate) prompt: Slot<Prompt>,
    pub(crate) krate: Slot<Path>,
}

impl Options {
    pub(crate) fn new(family: Family) -> Self {
        Self {
            family,
            values: family.specs().iter().map(|_| Slot::default()).collect(),
            operation: Slot::default(),
            remote: Slot::default(),
            level: Slot::default(),
            target: Slot::default(),
            parent: Slot::default(),
            links: Slot::default(),
            new_trace: Slot::default(),
            fields: Slot::default(),
            skip: Slot::default(),
            skip_all: Slot::default(),
            error: Slot::default(),
            result: Slot::default(),
            request: Slot::default(),
            prompt: Slot::default(),
            krate: Slot::default(),
        }
    }

    /// Fills the option at `position` of [`Family::specs`].
    pub(crate) fn fill(&mut self, position: usize, key: &Ident, value: Value, errors: &mut Errors) {
        self.values[position].fill(key, value, errors);
    }

    /// The given values with what they are and where their keys stand.
    pub(crate) fn values(&self) -> impl Iterator<Item = (&'static Spec, Span, &Value)> {
        self.family
            .specs()
            .iter()
            .zip(&self.values)
            .filter_map(|(spec, slot)| Some((spec, slot.key()?, slot.get()?)))
    }

    pub(crate) fn value(&self, name: &str) -> Option<&Value> {
        self.values()
            .find_map(|(spec, _, value)| (spec.name == name).then_some(value))
    }

    /// The tokens of every expression that may use an argument.
    pub(crate) fn expressions(&self) -> TokenStream {
        let fields = self.fields.get().into_iter().flatten();
        let prompt = self.prompt.get().into_iter();
        let values = self
            .values()
            .map(|(_, _, value)| value)
            .chain(fields.filter_map(|field| field.value.as_ref()))
            .chain(prompt.flat_map(|prompt| iter::once(&prompt.name).chain(&prompt.version)))
            .map(|value| &value.expr);
        let others = [&self.parent, &self.error, &self.result, &self.request];
        let links = self.links.get().into_iter().flatten();
        let expressions = values
            .chain(others.into_iter().filter_map(Slot::get))
            .chain(links);
        expressions.map(ToTokens::to_token_stream).collect()
    }

    /// The value of `gen_ai.operation.name`.
    pub(crate) fn operation_name(&self) -> String {
        self.operation
            .get()
            .map_or_else(|| self.family.default_operation().to_owned(), LitStr::value)
    }
}
