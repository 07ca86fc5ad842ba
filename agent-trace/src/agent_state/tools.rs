//! What an agent may use.

use super::{LISTED, int, strings};
use crate::CallHandle;
use crate::semconv::{attribute, event};
use opentelemetry::{KeyValue, StringValue};

impl CallHandle {
    /// The tools that the agent may use from now on, by name: the event `agent_trace.tools`. At most
    /// 128 names are listed; `agent_trace.tools.count` counts all.
    ///
    /// ```
    /// agent_trace::current().tools(["web_search", "calculator"]);
    /// ```
    pub fn tools<N: AsRef<str>>(&self, names: impl IntoIterator<Item = N>) -> &Self {
        if !self.is_recorded() {
            return self;
        }
        let mut count = 0;
        let mut listed = Vec::new();
        for name in names {
            count += 1;
            if count <= LISTED {
                listed.push(StringValue::from(name.as_ref().to_owned()));
            }
        }
        self.event(
            event::AGENT_TRACE_TOOLS.name,
            [
                KeyValue::new(attribute::AGENT_TRACE_TOOLS_NAMES, strings(listed)),
                KeyValue::new(attribute::AGENT_TRACE_TOOLS_COUNT, int(count)),
            ],
        )
    }
}
