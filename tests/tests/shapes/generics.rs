//! Generics: type, const and lifetime parameters, where clauses, `impl Trait`.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::{Debug, Display};
use std::hash::Hash;

use super::{FAMILY, call};

#[test]
fn type_parameters() {
    #[call]
    fn show<T: Display, U>(left: T, right: U) -> String
    where
        U: Debug,
    {
        format!("{left} {right:?}")
    }
    #[call]
    async fn show_async<T: Display, U>(left: T, right: U) -> String
    where
        U: Debug,
    {
        tokio::task::yield_now().await;
        format!("{left} {right:?}")
    }
    assert_eq!(FAMILY.once("show", || show(1, "x")), "1 \"x\"");
    let value = FAMILY.once_async("show_async", async { show_async(1, "x").await });
    assert_eq!(value, "1 \"x\"");
}

#[test]
fn parameters_without_any_bound() {
    struct Opaque(u8);
    #[call]
    fn same<T>(value: T) -> T {
        value
    }
    #[call]
    async fn same_async<T>(value: T) -> T {
        tokio::task::yield_now().await;
        value
    }
    #[call]
    fn either<T, E>(value: Result<T, E>) -> Result<T, E> {
        value
    }
    assert_eq!(FAMILY.once("same", || same(Opaque(1))).0, 1);
    let value = FAMILY.once_async("same_async", async { same_async(Opaque(1)).await });
    assert_eq!(value.0, 1);
    assert!(
        FAMILY
            .once("either", || either::<_, u8>(Ok(Opaque(1))))
            .is_ok()
    );
    let value = FAMILY.fails("either", "Opaque", || either::<u8, _>(Err(Opaque(1))));
    assert!(value.is_err());
}

#[test]
fn parameters_that_only_the_caller_knows() {
    #[call]
    fn parse<T: std::str::FromStr>(text: &str) -> Option<T> {
        text.parse().ok()
    }
    #[call]
    async fn name_of<T>() -> &'static str {
        std::any::type_name::<T>()
    }
    assert_eq!(FAMILY.once("parse", || parse::<u8>("7")), Some(7));
    let value = FAMILY.once_async("name_of", async { name_of::<u8>().await });
    assert_eq!(value, "u8");
}

#[test]
fn unsized_parameters() {
    #[call]
    fn length<T: AsRef<str> + ?Sized>(text: &T) -> usize {
        text.as_ref().len()
    }
    #[call]
    async fn length_async<T: AsRef<[u8]> + ?Sized>(bytes: &T) -> usize {
        bytes.as_ref().len()
    }
    assert_eq!(FAMILY.once("length", || length("four")), 4);
    let value = FAMILY.once_async("length_async", async { length_async("four").await });
    assert_eq!(value, 4);
}

#[test]
fn const_parameters() {
    #[call]
    fn double<const N: usize>(values: [u8; N]) -> [u8; N] {
        values.map(|value| value * 2)
    }
    #[call]
    async fn double_async<T: Copy + Into<u32>, const N: usize>(values: [T; N]) -> [u32; N] {
        values.map(|value| value.into() * 2)
    }
    assert_eq!(FAMILY.once("double", || double([1, 2])), [2, 4]);
    let value = FAMILY.once_async("double_async", async { double_async([1_u8, 2]).await });
    assert_eq!(value, [2, 4]);
}

#[test]
fn lifetimes() {
    #[call]
    fn longest<'a, 'b: 'a>(left: &'a str, right: &'b str) -> &'a str {
        if left.len() < right.len() {
            right
        } else {
            left
        }
    }
    #[call]
    async fn longest_async<'a, 'b: 'a>(left: &'a str, right: &'b str) -> &'a str {
        tokio::task::yield_now().await;
        if left.len() < right.len() {
            right
        } else {
            left
        }
    }
    #[call]
    fn words(text: &str) -> Vec<&str> {
        text.split(' ').collect()
    }
    #[call]
    async fn words_async(text: &str) -> Result<Vec<&str>, std::fmt::Error> {
        Ok(text.split(' ').collect())
    }
    #[call]
    fn cow(text: &str) -> Cow<'_, str> {
        Cow::Borrowed(text)
    }
    #[call]
    fn forever() -> &'static str {
        "forever"
    }
    let text = "two words".to_owned();
    assert_eq!(FAMILY.once("longest", || longest("a", &text)), text);
    let value = FAMILY.once_async("longest_async", async { longest_async("a", &text).await });
    assert_eq!(value, text);
    assert_eq!(FAMILY.once("words", || words(&text)), ["two", "words"]);
    let value = FAMILY.once_async("words_async", async { words_async(&text).await });
    assert_eq!(value, Ok(vec!["two", "words"]));
    assert!(matches!(
        FAMILY.once("cow", || cow(&text)),
        Cow::Borrowed(_)
    ));
    assert_eq!(FAMILY.once("forever", forever), "forever");
}

#[test]
fn higher_ranked_bounds() {
    #[call]
    fn every<F>(texts: &[String], f: F) -> usize
    where
        F: for<'a> Fn(&'a str) -> &'a str,
    {
        texts.iter().map(|text| f(text).len()).sum()
    }
    #[call]
    fn lookup<'m, K, V>(map: &'m HashMap<K, V>, key: &K) -> Option<&'m V>
    where
        K: Hash + Eq,
        for<'a> &'a V: Debug,
    {
        map.get(key)
    }
    let texts = ["one".to_owned(), "three".to_owned()];
    assert_eq!(FAMILY.once("every", || every(&texts, |text| &text[1..])), 6);
    let map = HashMap::from([("a", 1)]);
    assert_eq!(FAMILY.once("lookup", || lookup(&map, &"a")), Some(&1));
}

#[test]
fn impl_trait_in_and_out() {
    #[call]
    fn evens(values: impl IntoIterator<Item = u8>) -> impl Iterator<Item = u8> {
        values.into_iter().filter(|value| value % 2 == 0)
    }
    #[call]
    async fn evens_async(values: impl IntoIterator<Item = u8>) -> impl Iterator<Item = u8> {
        values.into_iter().filter(|value| value % 2 == 0)
    }
    #[call]
    fn fallible(upto: u8) -> Result<impl Iterator<Item = u8> + Debug, String> {
        if upto > 9 {
            return Err("too many".to_owned());
        }
        Ok(0..upto)
    }
    #[call]
    async fn fallible_async(upto: u8) -> Result<impl Iterator<Item = u8> + Debug, String> {
        if upto > 9 {
            return Err("too many".to_owned());
        }
        Ok(0..upto)
    }
    #[call]
    fn pair() -> (impl Display, Option<impl Debug>) {
        (1, Some("x"))
    }
    #[call]
    fn boxed(text: &str) -> Box<impl Fn() -> usize> {
        Box::new(|| text.len())
    }

    let value = FAMILY.once("evens", || evens([1, 2, 3, 4]).collect::<Vec<_>>());
    assert_eq!(value, [2, 4]);
    let value = FAMILY.once_async("evens_async", async {
        evens_async([1, 2, 3, 4]).await.collect::<Vec<_>>()
    });
    assert_eq!(value, [2, 4]);
    let value = FAMILY.once("fallible", || fallible(2).map(Iterator::sum::<u8>));
    assert_eq!(value, Ok(1));
    let value = FAMILY.fails("fallible", "_OTHER", || fallible(10).is_err());
    assert!(value);
    let value = FAMILY.once_async("fallible_async", async {
        fallible_async(2).await.map(Iterator::sum::<u8>)
    });
    assert_eq!(value, Ok(1));
    let value = FAMILY.fails_async("fallible_async", "_OTHER", async {
        fallible_async(10).await.is_err()
    });
    assert!(value);
    let (left, right) = FAMILY.once("pair", pair);
    assert_eq!(format!("{left}{right:?}"), "1Some(\"x\")");
    assert_eq!(FAMILY.once("boxed", || boxed("abc")()), 3);
}

struct Store<K, const N: usize> {
    entries: [Option<K>; N],
}

impl<K: Clone + PartialEq + Debug, const N: usize> Store<K, N>
where
    K: Send,
{
    const SIZE: usize = N;

    #[call(fields(size = Self::SIZE, n = N))]
    fn put(&mut self, entry: K) -> Result<usize, K> {
        match self.entries.iter().position(Option::is_none) {
            Some(at) => {
                self.entries[at] = Some(entry);
                Ok(at)
            }
            None => Err(entry),
        }
    }

    #[call(fields(size = Self::SIZE))]
    async fn find<Q>(&self, wanted: &Q) -> Option<&K>
    where
        K: AsRef<Q>,
        Q: PartialEq + ?Sized,
    {
        self.entries
            .iter()
            .flatten()
            .find(|entry| entry.as_ref() == wanted)
    }

    #[call]
    fn first<'s>(&'s self) -> Option<&'s K> {
        self.entries.first().and_then(Option::as_ref)
    }
}

#[test]
fn methods_of_generic_types() {
    let mut store = Store {
        entries: [None::<String>],
    };
    assert_eq!(FAMILY.once("put", || store.put("a".into())), Ok(0));
    let value = FAMILY.fails("put", "_OTHER", || store.put("b".into()));
    assert_eq!(value, Err("b".to_owned()));
    let value = FAMILY.once_async("find", async { store.find("a").await });
    assert_eq!(value.map(String::as_str), Some("a"));
    assert!(FAMILY.once("first", || store.first()).is_some());
}
