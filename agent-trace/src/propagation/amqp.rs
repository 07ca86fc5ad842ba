//! Field tables of AMQP 0-9-1, as `lapin` has them: the headers of a message.

use super::carrier::{Carrier, CarrierMut};
use amq_protocol_types::{AMQPValue, FieldTable, LongString, ShortString};
use std::ops::ControlFlow;

impl Carrier for FieldTable {
    /// Strings of both kinds and byte arrays are read, since clients differ in what they make of a string.
    fn visit_field(
        &self,
        name: &'static str,
        visit: &mut dyn FnMut(&[u8]) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        match self.inner().get(name) {
            Some(AMQPValue::LongString(value)) => visit(value.as_bytes()),
            Some(AMQPValue::ShortString(value)) => visit(value.as_str().as_bytes()),
            Some(AMQPValue::ByteArray(value)) => visit(value.as_slice()),
            _ => ControlFlow::Continue(()),
        }
    }
}

impl CarrierMut for FieldTable {
    fn set_field(&mut self, name: &'static str, value: String) {
        // A name that is too long for a table is none of ours.
        if let Ok(name) = ShortString::try_new(name) {
            self.insert(name, AMQPValue::LongString(LongString::from(value)));
        }
    }

    fn remove_field(&mut self, name: &'static str) {
        if !self.contains_key(name) {
            return;
        }
        // The table can be built and not be cut.
        let mut fields = self.inner().clone();
        fields.remove(name);
        *self = Self::from(fields);
    }
}
