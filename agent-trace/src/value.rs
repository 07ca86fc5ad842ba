//! What may stand to the right of an option: text, numbers, switches and lists, each also by
//! reference and in an `Option`, where `None` is not recorded.

use crate::guard::guarded;
use agent_trace_llm::Provider;
use std::borrow::Cow;
use std::fmt::{self, Debug, Display, Write};
use std::rc::Rc;
use std::sync::Arc;

/// A value for an attribute that is text.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not text",
    label = "this option takes text: a string, or an `Option` of one",
    note = "write `option = %expr` to record the value by its `Display`, or `option = ?expr` by its `Debug`"
)]
pub trait TextValue {
    /// The text, or `None` where there is nothing to record.
    fn text(&self) -> Option<Cow<'_, str>>;
}

/// A value for an attribute that is an integer.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an integer",
    label = "this option takes an integer, or an `Option` of one",
    note = "integers wider than 64 bits are recorded as the nearest `i64`"
)]
pub trait IntValue {
    /// The number, or `None` where there is nothing to record.
    fn int(&self) -> Option<i64>;
}

/// A value for an attribute that is a floating-point number.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a number",
    label = "this option takes a number, or an `Option` of one"
)]
pub trait DoubleValue {
    /// The number, or `None` where there is nothing to record.
    fn double(&self) -> Option<f64>;
}

/// A value for an attribute that is a switch.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a `bool`",
    label = "this option takes `true` or `false`, or an `Option` of it"
)]
pub trait BoolValue {
    /// The switch, or `None` where there is nothing to record.
    fn bool(&self) -> Option<bool>;
}

/// A value for an attribute that is a list of texts.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of texts",
    label = "this option takes a `Vec`, slice or array of strings, or an `Option` of it"
)]
pub trait TextsValue {
    /// The texts, or `None` where there is nothing to record.
    fn texts(&self) -> Option<Vec<String>>;
}

impl TextValue for str {
    fn text(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(self))
    }
}

impl TextValue for char {
    fn text(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Owned(self.to_string()))
    }
}

impl TextValue for Provider {
    fn text(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(self.as_str()))
    }
}

impl<T: TextValue + ToOwned + ?Sized> TextValue for Cow<'_, T> {
    fn text(&self) -> Option<Cow<'_, str>> {
        T::text(self)
    }
}

macro_rules! derefs {
    ($($ty:ty => $method:ident),*) => {$(
        impl TextValue for $ty {
            fn text(&self) -> Option<Cow<'_, str>> {
                Some(Cow::Borrowed(self.$method()))
            }
        }
    )*};
}
derefs!(String => as_str, Box<str> => as_ref, Rc<str> => as_ref, Arc<str> => as_ref);

/// Passes a value trait through references and options.
macro_rules! pass_through {
    ($($name:ident, $method:ident, $out:ty;)*) => {$(
        impl<T: $name + ?Sized> $name for &T {
            fn $method(&self) -> $out {
                T::$method(self)
            }
        }
        impl<T: $name + ?Sized> $name for &mut T {
            fn $method(&self) -> $out {
                T::$method(self)
            }
        }
        impl<T: $name> $name for Option<T> {
            fn $method(&self) -> $out {
                self.as_ref().and_then(T::$method)
            }
        }
    )*};
}
pass_through! {
    TextValue, text, Option<Cow<'_, str>>;
    IntValue, int, Option<i64>;
    DoubleValue, double, Option<f64>;
    BoolValue, bool, Option<bool>;
    TextsValue, texts, Option<Vec<String>>;
}

macro_rules! integers {
    ($($ty:ty),*) => {$(
        impl IntValue for $ty {
            fn int(&self) -> Option<i64> {
                // Only a value above the range can fail here or one below it; both saturate.
                #[allow(irrefutable_let_patterns, unused_comparisons)]
                Some(i64::try_from(*self).unwrap_or(if *self > 0 { i64::MAX } else { i64::MIN }))
            }
        }
    )*};
}
integers!(
    i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize
);

macro_rules! doubles {
    ($($ty:ty),*) => {$(
        impl DoubleValue for $ty {
            fn double(&self) -> Option<f64> {
                Some(f64::from(*self))
            }
        }
    )*};
}
doubles!(f64, i8, i16, i32, u8, u16, u32);

impl DoubleValue for f32 {
    fn double(&self) -> Option<f64> {
        Some(widen(*self))
    }
}

impl BoolValue for bool {
    fn bool(&self) -> Option<bool> {
        Some(*self)
    }
}

impl<T: TextValue> TextsValue for [T] {
    fn texts(&self) -> Option<Vec<String>> {
        Some(
            self.iter()
                .filter_map(|item| item.text().map(Cow::into_owned))
                .collect(),
        )
    }
}

impl<T: TextValue, const N: usize> TextsValue for [T; N] {
    fn texts(&self) -> Option<Vec<String>> {
        self.as_slice().texts()
    }
}

impl<T: TextValue> TextsValue for Vec<T> {
    fn texts(&self) -> Option<Vec<String>> {
        self.as_slice().texts()
    }
}

/// The `f64` that a person would write for this `f32`: 0.2, not 0.20000000298023224.
pub(crate) fn widen(value: f32) -> f64 {
    value
        .to_string()
        .parse()
        .unwrap_or_else(|_| f64::from(value))
}

/// A value recorded by its `Display`: `option = %expr`.
pub struct ByDisplay<'a, T: ?Sized>(pub &'a T);

/// A value recorded by its `Debug`: `option = ?expr`.
pub struct ByDebug<'a, T: ?Sized>(pub &'a T);

impl<T: Display + ?Sized> TextValue for ByDisplay<'_, T> {
    fn text(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Owned(printed(|text| write!(text, "{}", self.0))))
    }
}

impl<T: Debug + ?Sized> TextValue for ByDebug<'_, T> {
    fn text(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Owned(printed(|text| write!(text, "{:?}", self.0))))
    }
}

impl<T: Display + ?Sized> Display for ByDisplay<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&printed(|text| write!(text, "{}", self.0)))
    }
}

impl<T: Debug + ?Sized> Debug for ByDebug<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&printed(|text| write!(text, "{:?}", self.0)))
    }
}

impl<T: ?Sized> Debug for ByDisplay<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ByDisplay")
    }
}

/// What is recorded where a value's own formatting panics or fails.
const UNPRINTABLE: &str = "<unprintable>";

/// A value's text, made so that neither its panic nor its error gets any further.
fn printed(print: impl FnOnce(&mut String) -> fmt::Result) -> String {
    let mut text = String::new();
    match guarded(|| print(&mut text)) {
        Some(Ok(())) => text,
        _ => UNPRINTABLE.to_owned(),
    }
}

/// The text of an option's value.
pub fn text<V: TextValue + ?Sized>(value: &V) -> Option<Cow<'_, str>> {
    value.text()
}

/// The text of `option = %value`.
pub fn display<T: Display + ?Sized>(value: &T) -> Option<Cow<'static, str>> {
    ByDisplay(value)
        .text()
        .map(|text| Cow::Owned(text.into_owned()))
}

/// The text of `option = ?value`.
pub fn debug<T: Debug + ?Sized>(value: &T) -> Option<Cow<'static, str>> {
    ByDebug(value)
        .text()
        .map(|text| Cow::Owned(text.into_owned()))
}
