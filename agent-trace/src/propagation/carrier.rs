//! What context is written into and read from.

use opentelemetry::propagation::{Extractor, Injector};
use std::ops::ControlFlow;

/// Something that context is read from: the headers of a request, the fields of a message, the environment.
///
/// It is implemented here for the carriers of the [table](super#carriers), and by [`Pairs`](super::Pairs) for anything
/// that can be looked through. Unlike OpenTelemetry's [`Extractor`] it gives *every* value of a field, in order, and as
/// bytes: two `traceparent`s are a mistake, several `tracestate`s are one list, and a value need not be text.
///
/// ```
/// use agent_trace::propagation::Carrier;
/// use std::ops::ControlFlow;
///
/// /// A message of some broker.
/// struct Message {
///     properties: Vec<(String, Vec<u8>)>,
/// }
///
/// impl Carrier for Message {
///     fn visit_field(
///         &self,
///         name: &'static str,
///         visit: &mut dyn FnMut(&[u8]) -> ControlFlow<()>,
///     ) -> ControlFlow<()> {
///         let named = self.properties.iter().filter(|(key, _)| key == name);
///         named.map(|(_, value)| value.as_slice()).try_for_each(visit)
///     }
/// }
///
/// let traceparent = b"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01".to_vec();
/// let message = Message { properties: vec![("traceparent".to_owned(), traceparent)] };
/// assert!(agent_trace::extract(&message).is_valid());
/// ```
#[diagnostic::on_unimplemented(
    message = "context cannot be read from `{Self}`",
    label = "not a carrier",
    note = "`http::HeaderMap`, tonic's `MetadataMap`, `serde_json::Map` and AMQP's `FieldTable` are carriers with the \
            features `http`, `tonic`, `json` and `amqp`; maps of strings and slices of pairs are without; anything \
            else that has names and values is through `agent_trace::propagation::Pairs`"
)]
pub trait Carrier {
    /// Gives each value of the field `name` to `visit`, in the order in which they stand, until it says
    /// [`Break`](ControlFlow::Break).
    ///
    /// Names are in lower case (`traceparent`, `x-b3-traceid`). Where the medium does not tell cases apart, neither may
    /// this.
    fn visit_field(
        &self,
        name: &'static str,
        visit: &mut dyn FnMut(&[u8]) -> ControlFlow<()>,
    ) -> ControlFlow<()>;
}

/// Something that context is written into.
///
/// It is implemented here for the carriers of the [table](super#carriers), and by [`Fields`](super::Fields) for
/// anything that has a setter.
///
/// ```
/// use agent_trace::propagation::CarrierMut;
///
/// /// A message of some broker.
/// #[derive(Default)]
/// struct Message {
///     properties: Vec<(String, Vec<u8>)>,
/// }
///
/// impl CarrierMut for Message {
///     fn set_field(&mut self, name: &'static str, value: String) {
///         self.remove_field(name);
///         self.properties.push((name.to_owned(), value.into_bytes()));
///     }
///
///     fn remove_field(&mut self, name: &'static str) {
///         self.properties.retain(|(key, _)| key != name);
///     }
/// }
///
/// agent_trace::inject(&mut Message::default());
/// ```
#[diagnostic::on_unimplemented(
    message = "context cannot be written into `{Self}`",
    label = "not a carrier",
    note = "`http::HeaderMap`, tonic's `MetadataMap`, `serde_json::Map` and AMQP's `FieldTable` are carriers with the \
            features `http`, `tonic`, `json` and `amqp`; maps of strings, vectors of pairs and `Command` are without; \
            anything else that has a setter is through `agent_trace::propagation::Fields`"
)]
pub trait CarrierMut {
    /// Gives the field `name` this value and no other. Names are in lower case; values are printable ASCII.
    fn set_field(&mut self, name: &'static str, value: String);

    /// Takes the field `name` out, with all its values: what it says is not of the context that is written.
    fn remove_field(&mut self, name: &'static str);
}

impl<C: Carrier + ?Sized> Carrier for &C {
    fn visit_field(
        &self,
        name: &'static str,
        visit: &mut dyn FnMut(&[u8]) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        C::visit_field(self, name, visit)
    }
}

impl<C: CarrierMut + ?Sized> CarrierMut for &mut C {
    fn set_field(&mut self, name: &'static str, value: String) {
        C::set_field(self, name, value);
    }

    fn remove_field(&mut self, name: &'static str) {
        C::remove_field(self, name);
    }
}

impl Carrier for dyn Extractor + '_ {
    fn visit_field(
        &self,
        name: &'static str,
        visit: &mut dyn FnMut(&[u8]) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let values = self.get_all(name).unwrap_or_default();
        values.into_iter().map(str::as_bytes).try_for_each(visit)
    }
}

impl CarrierMut for dyn Injector + '_ {
    fn set_field(&mut self, name: &'static str, value: String) {
        self.set(name, value);
    }

    /// An injector can take nothing out.
    fn remove_field(&mut self, _name: &'static str) {}
}
