//! All carriers, each empty.

use std::collections::{BTreeMap, HashMap};
use std::process::Command;

/// Runs the block with each carrier there is.
macro_rules! for_each_carrier {
    (|$make:ident| $block:expr) => {{
        macro_rules! run {
            ($carrier:expr) => {{
                let $make = $carrier;
                $block;
            }};
        }
        run!(std::collections::HashMap::<String, String>::new());
        run!(std::collections::BTreeMap::<String, String>::new());
        run!(Vec::<(String, String)>::new());
        run!(Vec::<(String, Vec<u8>)>::new());
        run!(std::process::Command::new("nothing"));
        #[cfg(feature = "http")]
        run!(http::HeaderMap::new());
        #[cfg(feature = "tonic")]
        run!(tonic::metadata::MetadataMap::new());
        #[cfg(feature = "json")]
        run!(serde_json::Map::<String, serde_json::Value>::new());
        #[cfg(feature = "amqp")]
        run!(amq_protocol_types::FieldTable::default());
    }};
}
pub(crate) use for_each_carrier;

/// Puts anything into a carrier, as far as the medium has room for it.
pub(crate) trait Put {
    fn put(&mut self, name: &str, value: &[u8]);
}

impl Put for HashMap<String, String> {
    fn put(&mut self, name: &str, value: &[u8]) {
        self.insert(name.to_owned(), String::from_utf8_lossy(value).into_owned());
    }
}

impl Put for BTreeMap<String, String> {
    fn put(&mut self, name: &str, value: &[u8]) {
        self.insert(name.to_owned(), String::from_utf8_lossy(value).into_owned());
    }
}

impl Put for Vec<(String, String)> {
    fn put(&mut self, name: &str, value: &[u8]) {
        self.push((name.to_owned(), String::from_utf8_lossy(value).into_owned()));
    }
}

impl Put for Vec<(String, Vec<u8>)> {
    fn put(&mut self, name: &str, value: &[u8]) {
        self.push((name.to_owned(), value.to_vec()));
    }
}

impl Put for Command {
    fn put(&mut self, name: &str, value: &[u8]) {
        let name = name.to_ascii_uppercase().replace('-', "_");
        self.env(name, String::from_utf8_lossy(value).into_owned());
    }
}

#[cfg(feature = "http")]
impl Put for http::HeaderMap {
    fn put(&mut self, name: &str, value: &[u8]) {
        if let Ok(value) = http::HeaderValue::from_bytes(value) {
            self.append(http::HeaderName::try_from(name).unwrap(), value);
        }
    }
}

#[cfg(feature = "tonic")]
impl Put for tonic::metadata::MetadataMap {
    fn put(&mut self, name: &str, value: &[u8]) {
        let headers: &mut http::HeaderMap = self.as_mut();
        headers.put(name, value);
    }
}

#[cfg(feature = "json")]
impl Put for serde_json::Map<String, serde_json::Value> {
    fn put(&mut self, name: &str, value: &[u8]) {
        self.insert(name.to_owned(), String::from_utf8_lossy(value).into());
    }
}

#[cfg(feature = "amqp")]
impl Put for amq_protocol_types::FieldTable {
    fn put(&mut self, name: &str, value: &[u8]) {
        use amq_protocol_types::AMQPValue;
        self.insert(name.into(), AMQPValue::LongString(value.into()));
    }
}
