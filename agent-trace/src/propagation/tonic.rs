//! Metadata of gRPC, which is headers of HTTP.

use super::carrier::{Carrier, CarrierMut};
use http::HeaderMap;
use std::ops::ControlFlow;
use tonic::metadata::MetadataMap;

impl Carrier for MetadataMap {
    fn visit_field(
        &self,
        name: &'static str,
        visit: &mut dyn FnMut(&[u8]) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let headers: &HeaderMap = self.as_ref();
        headers.visit_field(name, visit)
    }
}

impl CarrierMut for MetadataMap {
    fn set_field(&mut self, name: &'static str, value: String) {
        let headers: &mut HeaderMap = self.as_mut();
        headers.set_field(name, value);
    }

    fn remove_field(&mut self, name: &'static str) {
        let headers: &mut HeaderMap = self.as_mut();
        headers.remove_field(name);
    }
}
