use std::borrow::Cow;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess};

use super::{Key, Lenient, Number, lenient};

/// Items of one list that are kept.
pub(crate) const MAX_ITEMS: usize = 128;

/// Text that is not empty.
#[derive(Debug, Default, Clone)]
pub(crate) struct Text<'de>(pub(crate) Option<Cow<'de, str>>);

impl<'de> Lenient<'de> for Text<'de> {
    fn text(text: Cow<'de, str>) -> Self {
        Text((!text.is_empty()).then_some(text))
    }
}

/// Text, or a whole number where text was meant, as with the codes of errors.
#[derive(Debug, Default, Clone)]
pub(crate) struct TextOrNumber<'de>(pub(crate) Option<Cow<'de, str>>);

impl<'de> Lenient<'de> for TextOrNumber<'de> {
    fn text(text: Cow<'de, str>) -> Self {
        TextOrNumber((!text.is_empty()).then_some(text))
    }

    fn number(number: Number<'_>) -> Self {
        TextOrNumber(number.as_integer().map(|n| Cow::Owned(n.to_string())))
    }
}

/// A count. Digits in quotes are one too: 64-bit integers are written so by some JSON mappings.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Count(pub(crate) Option<u64>);

impl<'de> Lenient<'de> for Count {
    fn text(text: Cow<'de, str>) -> Self {
        Count(text.parse().ok())
    }

    fn number(number: Number<'_>) -> Self {
        Count(number.as_count())
    }
}

/// A whole number.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Integer(pub(crate) Option<i64>);

impl<'de> Lenient<'de> for Integer {
    fn text(text: Cow<'de, str>) -> Self {
        Integer(text.parse().ok())
    }

    fn number(number: Number<'_>) -> Self {
        Integer(number.as_integer())
    }
}

/// A finite number.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Double(pub(crate) Option<f64>);

impl<'de> Lenient<'de> for Double {
    fn number(number: Number<'_>) -> Self {
        Double(number.as_double())
    }
}

/// A boolean.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Flag(pub(crate) Option<bool>);

impl<'de> Lenient<'de> for Flag {
    fn bool(value: bool) -> Self {
        Flag(Some(value))
    }
}

/// Whether there is anything, without looking at it: how content is noticed but not read.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Something(pub(crate) bool);

impl<'de> Lenient<'de> for Something {
    fn text(text: Cow<'de, str>) -> Self {
        Something(!text.is_empty())
    }

    fn escaped(text: &str) -> Self {
        Something(!text.is_empty())
    }

    fn number(_: Number<'_>) -> Self {
        Something(true)
    }

    fn list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        let mut any = false;
        while list.next_element::<IgnoredAny>()?.is_some() {
            any = true;
        }
        Ok(Something(any))
    }

    fn object<A: MapAccess<'de>>(first: Option<Key<'de>>, mut object: A) -> Result<Self, A::Error> {
        let any = first.is_some();
        if any {
            object.next_value::<IgnoredAny>()?;
        }
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Something(any))
    }
}

/// A list of objects, or of texts. The items beyond the bound are skipped.
#[derive(Debug, Clone)]
pub(crate) struct List<T>(pub(crate) Vec<T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        List(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Lenient<'de> for List<T> {
    fn list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        let mut items = Vec::new();
        while items.len() < MAX_ITEMS {
            match list.next_element()? {
                Some(item) => items.push(item),
                None => return Ok(List(items)),
            }
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(List(items))
    }
}

/// One text, or a list of texts.
#[derive(Debug, Default, Clone)]
pub(crate) struct Texts<'de>(pub(crate) Vec<Cow<'de, str>>);

impl<'de> Lenient<'de> for Texts<'de> {
    fn text(text: Cow<'de, str>) -> Self {
        Texts(vec![text])
    }

    fn list<A: SeqAccess<'de>>(list: A) -> Result<Self, A::Error> {
        let List(items) = List::<Text<'de>>::list(list)?;
        Ok(Texts(
            items.into_iter().filter_map(|Text(text)| text).collect(),
        ))
    }
}

macro_rules! deserialize {
    ($($name:ty),* $(,)?) => {$(
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                lenient(deserializer)
            }
        }
    )*};
}

deserialize!(
    Text<'de>,
    TextOrNumber<'de>,
    Count,
    Integer,
    Double,
    Flag,
    Something,
    Texts<'de>
);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient(deserializer)
    }
}
