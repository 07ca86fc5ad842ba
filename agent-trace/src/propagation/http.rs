//! Headers of the `http` crate, as axum, hyper, reqwest and tower have them.

use super::carrier::{Carrier, CarrierMut};
use http::{HeaderMap, HeaderName, HeaderValue};
use std::ops::ControlFlow;

impl Carrier for HeaderMap {
    fn visit_field(
        &self,
        name: &'static str,
        visit: &mut dyn FnMut(&[u8]) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        self.get_all(name)
            .iter()
            .map(HeaderValue::as_bytes)
            .try_for_each(visit)
    }
}

impl CarrierMut for HeaderMap {
    fn set_field(&mut self, name: &'static str, value: String) {
        match HeaderValue::try_from(value) {
            // A full map, of 32,768 headers, takes no more.
            Ok(value) => _ = self.try_insert(HeaderName::from_static(name), value),
            Err(_) => self.remove_field(name),
        }
    }

    fn remove_field(&mut self, name: &'static str) {
        self.remove(name);
    }
}
