//! Bodies whose value becomes the declared type only on the way out, or never comes.

use std::error::Error;
use std::fmt::{Debug, Display};

use super::{FAMILY, call};

type Fallible<T> = Result<T, Box<dyn Error + Send + Sync>>;

#[test]
fn to_a_trait_object() {
    #[call]
    fn boxed(number: bool) -> Box<dyn Display + Send> {
        if number {
            return Box::new(1);
        }
        Box::new("text")
    }
    #[call]
    async fn boxed_async(number: bool) -> Box<dyn Display + Send> {
        if number {
            return Box::new(1);
        }
        tokio::task::yield_now().await;
        Box::new("text")
    }
    #[call]
    fn borrowed(number: &u8) -> &dyn Debug {
        if *number == 0 {
            return number;
        }
        &"static"
    }
    assert_eq!(FAMILY.once("boxed", || boxed(true)).to_string(), "1");
    assert_eq!(FAMILY.once("boxed", || boxed(false)).to_string(), "text");
    for (number, expected) in [(true, "1"), (false, "text")] {
        let value = FAMILY.once_async("boxed_async", async { boxed_async(number).await });
        assert_eq!(value.to_string(), expected);
    }
    let value = FAMILY.once("borrowed", || format!("{:?}", borrowed(&0)));
    assert_eq!(value, "0");
}

#[test]
fn to_a_slice_and_to_a_function() {
    #[call]
    fn slice(long: bool) -> &'static [u8] {
        if long {
            return &[1, 2];
        }
        &[1]
    }
    #[call]
    async fn slice_async() -> &'static [u8] {
        &[1, 2]
    }
    #[call]
    fn function(up: bool) -> fn(&str) -> String {
        if up {
            |text| text.to_uppercase()
        } else {
            |text| text.to_lowercase()
        }
    }
    #[call]
    async fn boxed_function() -> Box<dyn for<'a> Fn(&'a str) -> &'a str + Send> {
        Box::new(|text| text.trim())
    }
    assert_eq!(FAMILY.once("slice", || slice(false)), [1]);
    let value = FAMILY.once_async("slice_async", async { slice_async().await });
    assert_eq!(value, [1, 2]);
    assert_eq!(FAMILY.once("function", || function(true))("a"), "A");
    let value = FAMILY.once_async("boxed_function", async { boxed_function().await });
    assert_eq!(value(" a "), "a");
}

#[test]
fn errors_of_any_type() {
    #[call]
    fn any(text: &str) -> Fallible<u8> {
        if text.is_empty() {
            return Err("empty".into());
        }
        Ok(text.parse()?)
    }
    #[call]
    async fn any_async(text: &str) -> Fallible<u8> {
        if text.is_empty() {
            Err("empty")?;
        }
        tokio::task::yield_now().await;
        Ok(text.parse()?)
    }
    assert_eq!(FAMILY.once("any", || any("1")).unwrap(), 1);
    let value = FAMILY.fails("any", "ParseIntError", || any("x"));
    assert!(value.is_err());
    let value = FAMILY.fails("any", "_OTHER", || any(""));
    assert!(value.is_err());
    let value = FAMILY.once_async("any_async", async { any_async("1").await });
    assert_eq!(value.unwrap(), 1);
    let value = FAMILY.fails_async("any_async", "ParseIntError", async { any_async("x").await });
    assert!(value.is_err());
}

#[test]
fn values_that_only_the_declared_type_tells() {
    #[call]
    fn parsed(text: &str) -> u16 {
        text.parse().unwrap_or_default()
    }
    #[call]
    async fn parsed_async(text: &str) -> Option<Vec<u16>> {
        text.split(',').map(|part| part.parse().ok()).collect()
    }
    #[call]
    async fn none() -> Option<u8> {
        None
    }
    #[call]
    async fn ok() -> Result<(), std::fmt::Error> {
        Ok(())
    }
    #[call]
    fn empty() -> Vec<String> {
        Vec::new()
    }
    assert_eq!(FAMILY.once("parsed", || parsed("7")), 7);
    let value = FAMILY.once_async("parsed_async", async { parsed_async("1,2").await });
    assert_eq!(value, Some(vec![1, 2]));
    assert_eq!(FAMILY.once_async("none", async { none().await }), None);
    assert_eq!(FAMILY.once_async("ok", async { ok().await }), Ok(()));
    assert!(FAMILY.once("empty", empty).is_empty());
}

#[test]
fn bodies_that_never_give_a_value() {
    #[call]
    fn panics(_argument: &str) -> Result<String, u8> {
        panic!("on purpose")
    }
    #[call]
    async fn panics_async(_argument: &str) -> Result<String, u8> {
        panic!("on purpose")
    }
    #[call]
    async fn always_returns(value: u8) -> u8 {
        loop {
            if value > 0 {
                return value;
            }
        }
    }
    let ended = FAMILY.fails("panics", "panic", || {
        std::panic::catch_unwind(|| panics(""))
    });
    assert!(ended.is_err());
    let _ = panics_async;
    let value = FAMILY.once_async("always_returns", async { always_returns(1).await });
    assert_eq!(value, 1);
}
