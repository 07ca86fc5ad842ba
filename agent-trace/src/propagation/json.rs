//! JSON objects: `_meta` of MCP's messages, the arguments of a tool.

use super::carrier::{Carrier, CarrierMut};
use serde_json::{Map, Value};
use std::ops::ControlFlow;

impl Carrier for Map<String, Value> {
    /// A value that is not a string says nothing.
    fn visit_field(
        &self,
        name: &'static str,
        visit: &mut dyn FnMut(&[u8]) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        match self.get(name) {
            Some(Value::String(value)) => visit(value.as_bytes()),
            _ => ControlFlow::Continue(()),
        }
    }
}

impl CarrierMut for Map<String, Value> {
    fn set_field(&mut self, name: &'static str, value: String) {
        self.insert(name.to_owned(), Value::String(value));
    }

    fn remove_field(&mut self, name: &'static str) {
        // Unlike `remove` it keeps the order of the others where the map has one.
        if self.contains_key(name) {
            self.retain(|key, _| key != name);
        }
    }
}
