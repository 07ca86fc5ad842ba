//! An agent's state, by keys and sizes.

use super::{LISTED, int, strings};
use crate::CallHandle;
use crate::semconv::{attribute, event};
use opentelemetry::{Array, KeyValue, StringValue, Value};

impl CallHandle {
    /// A state of the agent by its keys and the size in bytes of what is under each: the event
    /// `agent_trace.state`. Values are content and are not asked for. The keys are the program's own;
    /// where users name them, leave them out. At most 128 keys are listed; count and total size are of
    /// all. The entries are looked at only if the call is recorded.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    ///
    /// let scratchpad = BTreeMap::from([("draft", "..".to_owned()), ("sources", "..".to_owned())]);
    /// agent_trace::current().state("scratchpad", scratchpad.iter().map(|(key, text)| (*key, text.len())));
    /// ```
    pub fn state<K: AsRef<str>>(
        &self,
        name: impl Into<StringValue>,
        entries: impl IntoIterator<Item = (K, usize)>,
    ) -> &Self {
        if !self.is_recorded() {
            return self;
        }
        let (mut count, mut total) = (0, 0_usize);
        let (mut keys, mut sizes) = (Vec::new(), Vec::new());
        for (key, size) in entries {
            count += 1;
            total = total.saturating_add(size);
            if count <= LISTED {
                keys.push(StringValue::from(key.as_ref().to_owned()));
                sizes.push(int(size));
            }
        }
        self.tell(|told| told.state_size = int(total));
        self.event(
            event::AGENT_TRACE_STATE.name,
            [
                KeyValue::new(attribute::AGENT_TRACE_STATE_NAME, name.into()),
                KeyValue::new(attribute::AGENT_TRACE_STATE_KEYS, strings(keys)),
                KeyValue::new(
                    attribute::AGENT_TRACE_STATE_SIZES,
                    Value::Array(Array::I64(sizes)),
                ),
                KeyValue::new(attribute::AGENT_TRACE_STATE_COUNT, int(count)),
                KeyValue::new(attribute::AGENT_TRACE_STATE_SIZE, int(total)),
            ],
        )
    }
}
