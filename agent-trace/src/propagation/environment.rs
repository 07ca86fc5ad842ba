//! Environment variables: `TRACEPARENT`, `TRACESTATE` and `BAGGAGE`, from a process to its children.

use super::carrier::{Carrier, CarrierMut};
use std::ops::ControlFlow;
use std::process::Command;

/// The environment of this process, as it was started: what its parent put into it.
///
/// ```
/// use agent_trace::agent_span;
/// use agent_trace::propagation::Environment;
///
/// #[agent_span(parent = agent_trace::extract(&Environment))]
/// fn run() {}
///
/// run();
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Environment;

impl Carrier for Environment {
    fn visit_field(
        &self,
        name: &'static str,
        visit: &mut dyn FnMut(&[u8]) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        match std::env::var_os(variable(name)) {
            Some(value) => visit(value.as_encoded_bytes()),
            None => ControlFlow::Continue(()),
        }
    }
}

/// What the command was given; what its process would inherit is not looked at.
impl Carrier for Command {
    fn visit_field(
        &self,
        name: &'static str,
        visit: &mut dyn FnMut(&[u8]) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let variable = variable(name);
        let mut given = self.get_envs();
        match given.find(|(name, _)| name.to_str() == Some(&variable)) {
            Some((_, Some(value))) => visit(value.as_encoded_bytes()),
            _ => ControlFlow::Continue(()),
        }
    }
}

/// What is taken out is not inherited from this process either.
impl CarrierMut for Command {
    fn set_field(&mut self, name: &'static str, value: String) {
        self.env(variable(name), value);
    }

    fn remove_field(&mut self, name: &'static str) {
        self.env_remove(variable(name));
    }
}

/// The variable of a field.
fn variable(name: &str) -> String {
    name.to_ascii_uppercase().replace('-', "_")
}
