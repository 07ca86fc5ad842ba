use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use opentelemetry::trace::{
    Event, Link, SpanContext, SpanId, SpanKind, Status, TraceFlags, TraceId, TraceState,
};
use opentelemetry::{Array, InstrumentationScope, Key, KeyValue, StringValue, Value};
use opentelemetry_sdk::trace::{SpanData, SpanEvents, SpanLinks};

/// Takes values from the front of bytes. Whatever the bytes are, it neither panics nor allocates more than a fixed
/// multiple of them.
pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        if count > self.0.len() {
            return None;
        }
        let (taken, rest) = self.0.split_at(count);
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.bytes(N)?.try_into().ok()
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        self.array::<1>().map(|[byte]| byte)
    }

    fn flag(&mut self) -> Option<bool> {
        self.byte().map(|byte| byte != 0)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn count(&mut self) -> Option<u32> {
        self.number()?.try_into().ok()
    }

    /// How many items follow. Each takes a byte at least.
    pub(super) fn length(&mut self) -> Option<usize> {
        let length = usize::try_from(self.number()?).ok()?;
        (length <= self.0.len()).then_some(length)
    }

    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let length = self.length()?;
        (0..length).map(|_| item(self)).collect()
    }

    fn text(&mut self) -> Option<String> {
        let length = self.length()?;
        String::from_utf8(self.bytes(length)?.to_vec()).ok()
    }

    fn optional(&mut self) -> Option<Option<String>> {
        if self.flag()? {
            self.text().map(Some)
        } else {
            Some(None)
        }
    }

    fn time(&mut self) -> Option<SystemTime> {
        let before = self.flag()?;
        let seconds = self.number()?;
        let nanoseconds = self
            .count()
            .filter(|nanoseconds| *nanoseconds < 1_000_000_000)?;
        let distance = Duration::new(seconds, nanoseconds);
        if before {
            UNIX_EPOCH.checked_sub(distance)
        } else {
            UNIX_EPOCH.checked_add(distance)
        }
    }

    fn context(&mut self) -> Option<SpanContext> {
        let trace_id = TraceId::from_bytes(self.array()?);
        let span_id = SpanId::from_bytes(self.array()?);
        let flags = TraceFlags::new(self.byte()?);
        let is_remote = self.flag()?;
        let state = self.text()?;
        let state = if state.is_empty() {
            TraceState::NONE
        } else {
            TraceState::from_str(&state).unwrap_or(TraceState::NONE)
        };
        Some(SpanContext::new(trace_id, span_id, flags, is_remote, state))
    }

    pub(super) fn scope(&mut self) -> Option<InstrumentationScope> {
        let mut scope = InstrumentationScope::builder(self.text()?);
        if let Some(version) = self.optional()? {
            scope = scope.with_version(version);
        }
        if let Some(url) = self.optional()? {
            scope = scope.with_schema_url(url);
        }
        let (attributes, _) = self.attributes()?;
        Some(scope.with_attributes(attributes).build())
    }

    fn attributes(&mut self) -> Option<(Vec<KeyValue>, u32)> {
        let attributes = self.list(|reader| {
            let key = Key::from(reader.text()?);
            Some(KeyValue::new(key, reader.value()?))
        })?;
        Some((attributes, self.count()?))
    }

    fn value(&mut self) -> Option<Value> {
        let integer = |reader: &mut Self| reader.array().map(i64::from_le_bytes);
        let float = |reader: &mut Self| reader.array().map(f64::from_le_bytes);
        Some(match self.byte()? {
            0 => Value::Bool(self.flag()?),
            1 => Value::I64(integer(self)?),
            2 => Value::F64(float(self)?),
            3 => Value::String(self.text()?.into()),
            4 => Value::Array(Array::Bool(self.list(Self::flag)?)),
            5 => Value::Array(Array::I64(self.list(integer)?)),
            6 => Value::Array(Array::F64(self.list(float)?)),
            7 => {
                let text = |reader: &mut Self| reader.text().map(StringValue::from);
                Value::Array(Array::String(self.list(text)?))
            }
            _ => return None,
        })
    }

    fn event(&mut self) -> Option<Event> {
        let (name, timestamp) = (self.text()?, self.time()?);
        let (attributes, dropped) = self.attributes()?;
        Some(Event::new(name, timestamp, attributes, dropped))
    }

    fn link(&mut self) -> Option<Link> {
        let context = self.context()?;
        let (attributes, dropped) = self.attributes()?;
        Some(Link::new(context, attributes, dropped))
    }

    pub(super) fn span(&mut self, scope: InstrumentationScope) -> Option<SpanData> {
        let span_context = self.context()?;
        let parent_span_id = SpanId::from_bytes(self.array()?);
        let parent_span_is_remote = self.flag()?;
        let span_kind = match self.byte()? {
            0 => SpanKind::Client,
            1 => SpanKind::Server,
            2 => SpanKind::Producer,
            3 => SpanKind::Consumer,
            4 => SpanKind::Internal,
            _ => return None,
        };
        let name = self.text()?.into();
        let (start_time, end_time) = (self.time()?, self.time()?);
        let (attributes, dropped_attributes_count) = self.attributes()?;
        let mut events = SpanEvents::default();
        events.events = self.list(Self::event)?;
        events.dropped_count = self.count()?;
        let mut links = SpanLinks::default();
        links.links = self.list(Self::link)?;
        links.dropped_count = self.count()?;
        let status = match self.byte()? {
            0 => Status::Unset,
            1 => Status::Ok,
            2 => Status::error(self.text()?),
            _ => return None,
        };
        Some(SpanData {
            span_context,
            parent_span_id,
            parent_span_is_remote,
            span_kind,
            name,
            start_time,
            end_time,
            attributes,
            dropped_attributes_count,
            events,
            links,
            status,
            instrumentation_scope: scope,
        })
    }
}
