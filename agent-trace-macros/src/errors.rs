//! The collector of mistakes: every rule adds to it, and all are shown in one compile.

use std::fmt::Display;
use std::thread;

use proc_macro2::Span;
use quote::ToTokens;

/// Mistakes found so far, in the order in which they were found.
///
/// Dropping it without [`Errors::finish`] panics, so that a forgotten check fails in the tests of this crate and
/// not in silence.
#[derive(Default)]
pub(crate) struct Errors {
    combined: Option<syn::Error>,
    finished: bool,
}

impl Errors {
    /// Adds a mistake shown at `span`.
    pub(crate) fn at(&mut self, span: Span, message: impl Display) {
        self.push(syn::Error::new(span, message));
    }

    /// Adds a mistake shown under all of `tokens`.
    pub(crate) fn under(&mut self, tokens: impl ToTokens, message: impl Display) {
        self.push(syn::Error::new_spanned(tokens, message));
    }

    pub(crate) fn push(&mut self, error: syn::Error) {
        match &mut self.combined {
            Some(combined) => combined.combine(error),
            None => self.combined = Some(error),
        }
    }

    /// All mistakes as one error, or `None`.
    pub(crate) fn finish(mut self) -> Option<syn::Error> {
        self.finished = true;
        self.combined.take()
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        if !self.finished && !thread::panicking() {
            panic!("the collected errors were never looked at");
        }
    }
}
