//! The one place an option's value is kept, which is also the one place that refuses a second value.

use proc_macro2::Span;
use syn::Ident;

use crate::errors::Errors;

/// The value of an option, with the key it was written under.
pub(crate) struct Slot<T> {
    given: Option<(Span, T)>,
}

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self { given: None }
    }
}

impl<T> Slot<T> {
    /// Keeps `value`, or reports that the option was given before.
    pub(crate) fn fill(&mut self, key: &Ident, value: T, errors: &mut Errors) {
        if self.given.is_some() {
            errors.at(
                key.span(),
                format_args!("`{key}` is given twice: keep one of the two"),
            );
        } else {
            self.given = Some((key.span(), value));
        }
    }

    pub(crate) fn get(&self) -> Option<&T> {
        self.given.as_ref().map(|(_, value)| value)
    }

    pub(crate) fn take(self) -> Option<T> {
        self.given.map(|(_, value)| value)
    }

    /// Where the option's key was written.
    pub(crate) fn key(&self) -> Option<Span> {
        self.given.as_ref().map(|(key, _)| *key)
    }

    pub(crate) fn is_given(&self) -> bool {
        self.given.is_some()
    }
}
