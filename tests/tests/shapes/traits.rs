//! Traits: default bodies and implementations, sync, native async and `-> impl Future`.

use std::fmt::Debug;
use std::future::Future;
use std::sync::Arc;

use super::{FAMILY, call};

trait Greeter {
    const GREETING: &'static str;

    fn name(&self) -> String;

    #[call(fields(greeting = Self::GREETING))]
    fn greet(&self) -> String {
        format!("{} {}", Self::GREETING, self.name())
    }

    #[call]
    async fn greet_async(&self) -> String {
        tokio::task::yield_now().await;
        format!("{} {}", Self::GREETING, self.name())
    }

    #[call]
    fn without_self(name: &str) -> String
    where
        Self: Sized,
    {
        format!("{} {name}", Self::GREETING)
    }

    #[call]
    fn consume(self) -> String
    where
        Self: Sized,
    {
        self.name()
    }

    #[call]
    fn later(&self) -> impl Future<Output = String> {
        let name = self.name();
        async move {
            tokio::task::yield_now().await;
            format!("{} {name}", Self::GREETING)
        }
    }

    fn implemented(&self) -> usize;

    async fn implemented_async(&mut self, more: &str) -> Result<usize, String>;

    fn implemented_later(&self) -> impl Future<Output = usize> + Send;
}

#[derive(Debug)]
struct Person(String);

impl Greeter for Person {
    const GREETING: &'static str = "hello";

    fn name(&self) -> String {
        self.0.clone()
    }

    #[call(fields(greeting = Self::GREETING))]
    fn implemented(&self) -> usize {
        self.0.len()
    }

    #[call]
    async fn implemented_async(&mut self, more: &str) -> Result<usize, String> {
        tokio::task::yield_now().await;
        if more.is_empty() {
            return Err("nothing".to_owned());
        }
        self.0.push_str(more);
        Ok(self.0.len())
    }

    #[call]
    fn implemented_later(&self) -> impl Future<Output = usize> + Send {
        let length = self.0.len();
        async move { length }
    }
}

fn person() -> Person {
    Person("ada".to_owned())
}

#[test]
fn default_bodies() {
    assert_eq!(FAMILY.once("greet", || person().greet()), "hello ada");
    let value = FAMILY.once("without_self", || Person::without_self("bob"));
    assert_eq!(value, "hello bob");
    assert_eq!(FAMILY.once("consume", || person().consume()), "ada");
    let value = FAMILY.once_async("greet_async", async { person().greet_async().await });
    assert_eq!(value, "hello ada");
    let value = FAMILY.once_async("later", async { person().later().await });
    assert_eq!(value, "hello ada");
}

#[test]
fn implementations() {
    let mut person = person();
    assert_eq!(FAMILY.once("implemented", || person.implemented()), 3);
    let value = FAMILY.once_async("implemented_async", async {
        person.implemented_async("!").await
    });
    assert_eq!(value, Ok(4));
    let value = FAMILY.fails_async("implemented_async", "_OTHER", async {
        person.implemented_async("").await
    });
    assert_eq!(value, Err("nothing".to_owned()));
    let value = FAMILY.once_async("implemented_later", async {
        person.implemented_later().await
    });
    assert_eq!(value, 4);
}

/// A trait that is used behind a pointer.
trait Tool {
    #[call]
    fn describe(&self) -> String {
        self.name().to_uppercase()
    }

    fn name(&self) -> &str;
}

impl Tool for Person {
    #[call]
    fn name(&self) -> &str {
        &self.0
    }
}

#[test]
fn behind_a_pointer() {
    struct Plain;
    impl Tool for Plain {
        fn name(&self) -> &str {
            "plain"
        }
    }
    let tool: Arc<dyn Tool> = Arc::new(Plain);
    assert_eq!(FAMILY.once("describe", || tool.describe()), "PLAIN");
    let tool: Box<dyn Tool> = Box::new(person());
    assert_eq!(FAMILY.once("name", || tool.name()), "ada");
}

/// A trait with parameters of its own and of its methods.
trait Convert<T> {
    type Output: Debug;

    fn convert<U: Into<T>>(&self, value: U) -> Self::Output;

    #[call]
    async fn convert_all<U: Into<T>, const N: usize>(&self, values: [U; N]) -> Vec<Self::Output> {
        let mut all = Vec::new();
        for value in values {
            tokio::task::yield_now().await;
            all.push(self.convert(value));
        }
        all
    }
}

impl<T: Debug> Convert<T> for Person {
    type Output = Vec<T>;

    #[call]
    fn convert<U: Into<T>>(&self, value: U) -> Self::Output {
        vec![value.into()]
    }
}

#[test]
fn generic_traits() {
    let value: Vec<u32> = FAMILY.once("convert", || person().convert(1_u8));
    assert_eq!(value, [1]);

    struct Plain;
    impl Convert<u32> for Plain {
        type Output = u32;
        fn convert<U: Into<u32>>(&self, value: U) -> u32 {
            value.into()
        }
    }
    let value = FAMILY.once_async("convert_all", async { Plain.convert_all([1_u8, 2]).await });
    assert_eq!(value, [1, 2]);
}

/// What the standard library's traits are implemented for.
#[derive(Debug, PartialEq)]
struct Text(String);

impl std::ops::Add<u8> for Text {
    type Output = Self;

    #[call]
    fn add(self, more: u8) -> Self::Output {
        Self(format!("{}{more}", self.0))
    }
}

impl Iterator for Text {
    type Item = char;

    #[call]
    fn next(&mut self) -> Option<Self::Item> {
        self.0.pop()
    }
}

impl std::str::FromStr for Text {
    type Err = std::num::ParseIntError;

    #[call]
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number: u8 = text.parse()?;
        Ok(Self(number.to_string()))
    }
}

struct Guard<'a>(&'a mut u8);

impl Drop for Guard<'_> {
    #[call]
    fn drop(&mut self) {
        *self.0 += 1;
    }
}

#[test]
fn traits_of_the_standard_library() {
    let text = FAMILY.once("add", || Text("a".to_owned()) + 1);
    assert_eq!(text, Text("a1".to_owned()));
    let mut text = text;
    assert_eq!(FAMILY.once("next", || text.next()), Some('1'));
    assert_eq!(
        FAMILY.once("from_str", || "7".parse()),
        Ok(Text("7".to_owned()))
    );
    let value = FAMILY.fails("from_str", "ParseIntError", || "x".parse::<Text>());
    assert!(value.is_err());
    let mut drops = 0;
    FAMILY.once("drop", || drop(Guard(&mut drops)));
    assert_eq!(drops, 1);
}
