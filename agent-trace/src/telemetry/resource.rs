//! What this process is: the attributes of all that it sends.

mod container;
mod host;
mod process;

use std::path::Path;

use opentelemetry::{KeyValue, StringValue};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::resource::TelemetryResourceDetector;

use super::environment::Environment;

/// What code says of the service.
#[derive(Debug, Clone, Default)]
pub(super) struct Service {
    pub(super) name: Option<String>,
    pub(super) version: Option<String>,
    pub(super) namespace: Option<String>,
    pub(super) attributes: Vec<KeyValue>,
}

/// The resource: what was detected, then the environment, then code; the later wins.
pub(super) fn resource(service: Service, environment: &Environment, detect: bool) -> Resource {
    let mut attributes = vec![KeyValue::new("service.name", unknown_service())];
    if detect {
        attributes.extend(detected(&System));
    }
    let pairs = environment.resource.iter();
    attributes.extend(pairs.map(|(key, value)| KeyValue::new(key.clone(), value.clone())));
    let name = environment.service.clone();
    attributes.extend(name.map(|name| KeyValue::new("service.name", name)));
    attributes.extend(service.attributes);
    let said = [
        ("service.name", service.name),
        ("service.version", service.version),
        ("service.namespace", service.namespace),
    ];
    for (key, value) in said {
        attributes.extend(value.map(|value| KeyValue::new(key, value)));
    }
    // The builder keeps the last of each key.
    Resource::builder_empty()
        .with_detector(Box::new(TelemetryResourceDetector))
        .with_attributes(attributes)
        .build()
}

/// The specification's name for a service that has none.
fn unknown_service() -> StringValue {
    match process::executable() {
        Some(name) => format!("unknown_service:{name}").into(),
        None => "unknown_service".into(),
    }
}

/// What detectors ask of the machine.
trait Machine {
    /// A small file's text.
    fn read(&self, path: &str) -> Option<String>;
    fn variable(&self, name: &str) -> Option<String>;
}

struct System;

impl Machine for System {
    fn read(&self, path: &str) -> Option<String> {
        std::fs::read_to_string(Path::new(path)).ok()
    }

    fn variable(&self, name: &str) -> Option<String> {
        std::env::var(name).ok().filter(|value| !value.is_empty())
    }
}

fn detected(machine: &dyn Machine) -> Vec<KeyValue> {
    let mut attributes = process::detect();
    attributes.extend(host::detect(machine));
    attributes.extend(container::detect(machine));
    attributes
}

#[cfg(test)]
mod tests;
