//! Maps of strings: `HashMap<String, String>` and `BTreeMap<String, String>`.
//!
//! Names are not told apart by case, because such maps are often made of the headers of some request.

use super::carrier::{Carrier, CarrierMut};
use super::pairs::Pairs;
use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;
use std::ops::ControlFlow;

impl<S: BuildHasher> Carrier for HashMap<String, String, S> {
    fn visit_field(
        &self,
        name: &'static str,
        visit: &mut dyn FnMut(&[u8]) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let mut named: Vec<_> = self
            .iter()
            .filter(|(key, _)| key.eq_ignore_ascii_case(name))
            .collect();
        // A map without order must not make a list of a different one each time.
        named.sort_unstable();
        named
            .into_iter()
            .map(|(_, value)| value.as_bytes())
            .try_for_each(visit)
    }
}

impl<S: BuildHasher> CarrierMut for HashMap<String, String, S> {
    fn set_field(&mut self, name: &'static str, value: String) {
        self.remove_field(name);
        self.insert(name.to_owned(), value);
    }

    fn remove_field(&mut self, name: &'static str) {
        self.retain(|key, _| !key.eq_ignore_ascii_case(name));
    }
}

impl Carrier for BTreeMap<String, String> {
    fn visit_field(
        &self,
        name: &'static str,
        visit: &mut dyn FnMut(&[u8]) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        Pairs(self.iter()).visit_field(name, visit)
    }
}

impl CarrierMut for BTreeMap<String, String> {
    fn set_field(&mut self, name: &'static str, value: String) {
        self.remove_field(name);
        self.insert(name.to_owned(), value);
    }

    fn remove_field(&mut self, name: &'static str) {
        self.retain(|key, _| !key.eq_ignore_ascii_case(name));
    }
}
