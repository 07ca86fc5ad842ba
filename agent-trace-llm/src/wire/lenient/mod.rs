//! Deserialisers that take what they can use and skip the rest, so that a field of an unexpected
//! type never costs the fields beside it.

mod chars;
mod field;
mod key;
mod number;
mod object;

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

pub(crate) use chars::{Chars, Parts, Reported};
pub(crate) use field::{Count, Double, Flag, Integer, List, Something, Text, TextOrNumber, Texts};
pub(crate) use key::Key;
pub(crate) use number::Number;
pub(crate) use object::object;

/// What `serde_json` names the only key of a number when `arbitrary_precision` is enabled, which
/// any crate of the application may do.
const NUMBER_KEY: &str = "$serde_json::private::Number";

/// A value made from whatever stands in its place.
pub(crate) trait Lenient<'de>: Default {
    fn text(text: Cow<'de, str>) -> Self {
        let _ = text;
        Self::default()
    }

    /// Text that cannot be borrowed from the input, because it has escapes.
    fn escaped(text: &str) -> Self {
        Self::text(Cow::Owned(text.to_owned()))
    }

    fn number(number: Number<'_>) -> Self {
        let _ = number;
        Self::default()
    }

    fn bool(value: bool) -> Self {
        let _ = value;
        Self::default()
    }

    fn list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Self::default())
    }

    /// `first` is the first key, which has been read already.
    fn object<A: MapAccess<'de>>(first: Option<Key<'de>>, mut object: A) -> Result<Self, A::Error> {
        if first.is_some() {
            object.next_value::<IgnoredAny>()?;
        }
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Self::default())
    }
}

/// The one visitor of this module.
struct Anything<T>(PhantomData<T>);

/// Reads a `T` leniently; the body of every `Deserialize` here.
pub(crate) fn lenient<'de, T: Lenient<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_any(Anything(PhantomData))
}

impl<'de, T: Lenient<'de>> Visitor<'de> for Anything<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<T, E> {
        Ok(T::bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        Ok(T::number(Number::Signed(value)))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        Ok(T::number(Number::Unsigned(value)))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        Ok(T::number(Number::Float(value)))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<T, E> {
        Ok(T::escaped(value))
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<T, E> {
        Ok(T::text(Cow::Borrowed(value)))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<T, E> {
        Ok(T::text(Cow::Owned(value)))
    }

    fn visit_unit<E: Error>(self) -> Result<T, E> {
        Ok(T::default())
    }

    fn visit_none<E: Error>(self) -> Result<T, E> {
        Ok(T::default())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        lenient(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<T, A::Error> {
        T::list(list)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<T, A::Error> {
        let first = object.next_key::<Key<'de>>()?;
        if first.as_ref().is_some_and(|key| key.as_str() == NUMBER_KEY) {
            let Text(text) = object.next_value()?;
            // A number has no other key; with one, this is an object that nobody means.
            return match object.next_key()? {
                None => Ok(T::number(Number::Text(text.as_deref().unwrap_or_default()))),
                second => T::object(second, object),
            };
        }
        T::object(first, object)
    }
}

#[cfg(test)]
mod tests {
    use super::field::MAX_ITEMS;
    use super::*;
    use serde::Deserialize;
    use serde_json::{Value, json};

    object! {
        /// One field of every kind.
        Sample<'de> {
            text: Text<'de> = "text",
            code: TextOrNumber<'de> = "code",
            count: Count = "count",
            integer: Integer = "integer",
            double: Double = "double",
            flag: Flag = "flag",
            some: Something = "some",
            texts: Texts<'de> = "texts",
            items: List<Text<'de>> = "items",
        }
    }

    fn count(json: &str) -> Option<u64> {
        serde_json::from_str::<Count>(json).expect("JSON").0
    }

    #[test]
    fn counts() {
        assert_eq!(count("12"), Some(12));
        assert_eq!(count("12.0"), Some(12));
        assert_eq!(count("\"12\""), Some(12));
        assert_eq!(count("18446744073709551615"), Some(u64::MAX));
        for none in [
            "-1",
            "1.5",
            "1e300",
            "18446744073709551616",
            "null",
            "\"x\"",
            "[1]",
            "{}",
            "true",
        ] {
            assert_eq!(count(none), None, "{none}");
        }
    }

    #[test]
    fn integers_and_doubles() {
        let integer = |json: &str| serde_json::from_str::<Integer>(json).expect("JSON").0;
        assert_eq!(integer("-7"), Some(-7));
        assert_eq!(integer("-7.0"), Some(-7));
        assert_eq!(integer("9223372036854775808"), None);
        assert_eq!(integer("-1e300"), None);
        let double = |json: &str| serde_json::from_str::<Double>(json).expect("JSON").0;
        assert_eq!(double("1"), Some(1.0));
        assert_eq!(double("-0.5"), Some(-0.5));
        assert_eq!(double("\"0.5\""), None);
    }

    /// What `serde_json` hands over when another crate has enabled `arbitrary_precision`.
    #[test]
    fn numbers_of_arbitrary_precision() {
        let number = |text: &str| json!({ NUMBER_KEY: text });
        let count = |text: &str| Count::deserialize(&number(text)).expect("lenient").0;
        assert_eq!(count("12"), Some(12));
        assert_eq!(count("12.0"), Some(12));
        assert_eq!(count("1e999"), None);
        assert_eq!(
            Integer::deserialize(&number("-3")).expect("lenient").0,
            Some(-3)
        );
        assert_eq!(
            Double::deserialize(&number("0.25")).expect("lenient").0,
            Some(0.25)
        );
        assert_eq!(
            Double::deserialize(&number("1e999")).expect("lenient").0,
            None
        );
    }

    #[test]
    fn every_kind_takes_every_value() {
        let values = [
            json!(null),
            json!(true),
            json!(1),
            json!(-1),
            json!(1.5),
            json!("x"),
            json!(""),
            json!([]),
            json!([1, "a", {}]),
            json!({}),
            json!({ "a": 1, "b": [2] }),
        ];
        let keys = [
            "text", "code", "count", "integer", "double", "flag", "some", "texts", "items",
        ];
        for key in keys {
            for value in &values {
                // The fields before and after the odd one have to survive it.
                let text =
                    format!(r#"{{"{key}": {value}, "last": 0, "flag": true, "text": "kept"}}"#);
                let sample: Sample<'_> = serde_json::from_str(&text).expect(&text);
                assert_eq!(sample.text.0.as_deref(), Some("kept"), "{text}");
                assert_eq!(sample.flag.0, Some(true), "{text}");
                let tree: Value = serde_json::from_str(&text).expect(&text);
                let sample = Sample::deserialize(&tree).expect(&text);
                assert_eq!(sample.text.0.as_deref(), Some("kept"), "{text}");
            }
        }
        for value in &values {
            Sample::deserialize(value).expect("an object of nothing");
        }
    }

    #[test]
    fn the_last_of_duplicate_keys_wins() {
        let sample: Sample<'_> =
            serde_json::from_str(r#"{"count": 1, "count": 2, "text": "a", "text": null}"#)
                .expect("JSON");
        assert_eq!(sample.count.0, Some(2));
        assert_eq!(sample.text.0, None);
    }

    #[test]
    fn text_is_borrowed_where_it_can_be() {
        let sample: Sample<'_> =
            serde_json::from_str(r#"{"text": "plain", "code": "\u0041", "te\u0078ts": "one"}"#)
                .expect("JSON");
        assert!(matches!(sample.text.0, Some(Cow::Borrowed("plain"))));
        assert!(matches!(sample.code.0, Some(Cow::Owned(_))));
        assert_eq!(sample.texts.0, ["one"]);
    }

    #[test]
    fn lists_are_bounded() {
        let text = format!("[{}\"x\"]", "\"x\",".repeat(10_000));
        let List(items) = serde_json::from_str::<List<Text<'_>>>(&text).expect("JSON");
        assert_eq!(items.len(), MAX_ITEMS);
    }
}
