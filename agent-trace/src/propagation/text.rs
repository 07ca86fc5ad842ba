//! What the formats share in reading fields.

use super::carrier::Carrier;
use std::ops::ControlFlow;

/// The bytes of a field that is one value, beyond which it is not looked at.
const MAX_VALUE: usize = 8192;

/// `value` without the optional white space around it: spaces and tabs.
pub(super) fn trim(mut value: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = value {
        value = rest;
    }
    value
}

/// What the field `name` says if it stands there exactly once. Of two values nobody knows which one is true.
pub(super) fn single<C: Carrier + ?Sized, T>(
    carrier: &C,
    name: &'static str,
    parse: impl Fn(&[u8]) -> Option<T>,
) -> Option<T> {
    let mut found = None;
    let mut seen = false;
    let visited = carrier.visit_field(name, &mut |value| {
        if seen {
            return ControlFlow::Break(());
        }
        seen = true;
        found = Some(value)
            .filter(|value| value.len() <= MAX_VALUE)
            .and_then(&parse);
        ControlFlow::Continue(())
    });
    found.filter(|_| visited.is_continue())
}

/// Whether `byte` may stand in a token of HTTP, such as the key of a baggage member.
pub(super) fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}
