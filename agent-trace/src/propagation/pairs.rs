//! Names and values one after the other: the headers of Kafka clients, and of everything that has no file of its own.

use super::carrier::{Carrier, CarrierMut};
use std::fmt;
use std::ops::ControlFlow;

impl<N: AsRef<str>, V: AsRef<[u8]>> Carrier for [(N, V)] {
    fn visit_field(
        &self,
        name: &'static str,
        visit: &mut dyn FnMut(&[u8]) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        Pairs(self.iter().map(|(name, value)| (name, value))).visit_field(name, visit)
    }
}

impl<N: AsRef<str>, V: AsRef<[u8]>> Carrier for Vec<(N, V)> {
    fn visit_field(
        &self,
        name: &'static str,
        visit: &mut dyn FnMut(&[u8]) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        self.as_slice().visit_field(name, visit)
    }
}

impl<N: AsRef<str> + From<String>, V: From<String>> CarrierMut for Vec<(N, V)> {
    fn set_field(&mut self, name: &'static str, value: String) {
        self.remove_field(name);
        self.push((name.to_owned().into(), value.into()));
    }

    fn remove_field(&mut self, name: &'static str) {
        self.retain(|(key, _)| !key.as_ref().eq_ignore_ascii_case(name));
    }
}

/// Anything that can be looked through as pairs of name and value, to be read from. Names are not told apart by case.
///
/// The headers of `async-nats`, for one, which has them in a map of its own (the types stand in for it here):
///
/// ```
/// # type HeaderMap = std::collections::BTreeMap<String, Vec<String>>;
/// use agent_trace::propagation::{Pairs, RemoteContext};
///
/// fn sender(headers: &HeaderMap) -> RemoteContext {
///     let pairs = headers.iter().flat_map(|(name, values)| values.iter().map(move |value| (name, value)));
///     agent_trace::extract(&Pairs(pairs))
/// }
///
/// # let mut headers = HeaderMap::new();
/// # headers.insert("Traceparent".to_owned(), vec!["00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01".to_owned()]);
/// assert!(sender(&headers).is_valid());
/// ```
#[derive(Clone)]
pub struct Pairs<I>(pub I);

impl<I> fmt::Debug for Pairs<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pairs").finish_non_exhaustive()
    }
}

impl<I, N, V> Carrier for Pairs<I>
where
    I: Iterator<Item = (N, V)> + Clone,
    N: AsRef<str>,
    V: AsRef<[u8]>,
{
    fn visit_field(
        &self,
        name: &'static str,
        visit: &mut dyn FnMut(&[u8]) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let mut named = self
            .0
            .clone()
            .filter(|(key, _)| key.as_ref().eq_ignore_ascii_case(name));
        named.try_for_each(|(_, value)| visit(value.as_ref()))
    }
}

/// Anything that has a setter, to be written into: a function that is called with a name and its value, or with `None`
/// where the field is to be taken out.
///
/// ```
/// # #[derive(Default)] struct HeaderMap(std::collections::BTreeMap<String, String>);
/// # impl HeaderMap {
/// #     fn insert(&mut self, name: &str, value: String) { self.0.insert(name.to_owned(), value); }
/// # }
/// use agent_trace::propagation::Fields;
///
/// let mut headers = HeaderMap::default();          // of `async_nats`
/// agent_trace::inject(&mut Fields(|name: &'static str, value: Option<String>| {
///     if let Some(value) = value {
///         headers.insert(name, value);
///     }
/// }));
/// ```
#[derive(Clone)]
pub struct Fields<F>(pub F);

impl<F> fmt::Debug for Fields<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fields").finish_non_exhaustive()
    }
}

impl<F: FnMut(&'static str, Option<String>)> CarrierMut for Fields<F> {
    fn set_field(&mut self, name: &'static str, value: String) {
        (self.0)(name, Some(value));
    }

    fn remove_field(&mut self, name: &'static str) {
        (self.0)(name, None);
    }
}
