//! Everything behind the border of `proc_macro`, on quoted input.

mod errors;
mod expanded;

use proc_macro2::TokenStream;

use crate::family::Family;
use crate::instrument;

/// What an attribute turns an item into.
fn run(family: Family, arguments: &str, item: &str) -> TokenStream {
    let parse = |text: &str| {
        text.parse::<TokenStream>()
            .expect("the test's tokens are balanced")
    };
    instrument(family, parse(arguments), parse(item))
}
