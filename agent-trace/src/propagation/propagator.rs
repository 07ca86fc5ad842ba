//! The formats of a process, what may leave it, and the two directions.

use super::carried::Carried;
use super::carrier::{Carrier, CarrierMut};
use super::egress::{Egress, Permission};
use super::format::Format;
use super::outgoing::outgoing;
use super::remote::RemoteContext;
use super::{b3, baggage, traceparent, tracestate};
use crate::ambient::Scope;
use opentelemetry::Context;
use opentelemetry::baggage::BaggageExt;
use opentelemetry::propagation::text_map_propagator::FieldIter;
use opentelemetry::propagation::{Extractor, Injector, TextMapPropagator};
use opentelemetry::trace::{SpanContext, TraceContextExt};
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt;

/// Writes context into carriers and reads it from them: which formats, in which order, and what may leave.
///
/// The default is W3C Trace Context and Baggage, of which no member leaves until an [`Egress`] lists its key. It needs
/// nothing global. It is a [`TextMapPropagator`] as well, so that what is instrumented with OpenTelemetry propagates by
/// the same rules:
///
/// ```
/// use agent_trace::propagation::{Egress, Format, Propagator};
///
/// let propagator = Propagator::new([Format::TraceContext, Format::Baggage, Format::B3])
///     .egress(Egress::default().baggage_key("tenant.id"));
/// opentelemetry::global::set_text_map_propagator(propagator.clone());
/// ```
#[derive(Clone, Debug)]
pub struct Propagator {
    formats: Vec<Format>,
    egress: Egress,
    fields: Vec<String>,
}

impl Default for Propagator {
    fn default() -> Self {
        Self::new([Format::TraceContext, Format::Baggage])
    }
}

impl Propagator {
    /// One of these formats. All are written; they are read in this order, and what a later one finds replaces what an
    /// earlier one found, as OpenTelemetry's composite does. With none, nothing is written or read.
    #[must_use]
    pub fn new(formats: impl IntoIterator<Item = Format>) -> Self {
        let mut own: Vec<Format> = Vec::new();
        for format in formats {
            if !own.contains(&format) {
                own.push(format);
            }
        }
        let fields = own.iter().flat_map(|format| format.fields());
        Self {
            fields: fields.copied().map(str::to_owned).collect(),
            formats: own,
            egress: Egress::default(),
        }
    }

    /// What `OTEL_PROPAGATORS` says: `tracecontext`, `baggage`, `b3`, `b3multi` in their order, or `none`. What is not set,
    /// or names nothing that is known, is the default. An unknown name is reported by an event of level WARN and
    /// left out.
    #[must_use]
    pub fn from_env() -> Self {
        let names = std::env::var("OTEL_PROPAGATORS").unwrap_or_default();
        Self::from_names(&names)
    }

    /// As [`from_env`](Self::from_env), with the variable's value.
    ///
    /// ```
    /// use agent_trace::propagation::{Format, Propagator};
    ///
    /// assert_eq!(Propagator::from_names("b3, tracecontext").formats(), [Format::B3, Format::TraceContext]);
    /// assert_eq!(Propagator::from_names("none").formats(), []);
    /// ```
    #[must_use]
    pub fn from_names(names: &str) -> Self {
        let names = names.split(',').map(str::trim);
        let mut formats = Vec::new();
        for name in names.filter(|name| !name.is_empty()) {
            if name.eq_ignore_ascii_case("none") {
                return Self::new([]);
            }
            match name.parse::<Format>() {
                Ok(format) => formats.push(format),
                Err(unknown) => {
                    tracing::warn!(target: "agent_trace", "OTEL_PROPAGATORS: {unknown}; it is left out");
                }
            }
        }
        if formats.is_empty() {
            Self::default()
        } else {
            Self::new(formats)
        }
    }

    /// What may leave, in the place of the default.
    #[must_use]
    pub fn egress(mut self, egress: Egress) -> Self {
        self.egress = egress;
        self
    }

    /// The formats, in their order.
    #[must_use]
    pub fn formats(&self) -> &[Format] {
        &self.formats
    }

    /// Writes the current span, and the baggage that may leave, into `carrier`: what the [`Scope`] here lets
    /// [leave](Scope::propagate), and of OpenTelemetry's own baggage the keys that the [`Egress`] lists.
    ///
    /// What the fields of the propagator's formats said before is replaced or taken out, so that a forwarded request
    /// does not go on with a stranger's `tracestate` or baggage. Where no span is current the fields are taken out.
    pub fn inject<C: CarrierMut + ?Sized>(&self, carrier: &mut C) {
        self.write(
            &current_context(),
            &Scope::current(),
            Permission::Everything,
            carrier,
        );
    }

    /// As [`inject`](Self::inject), for a request to `destination`, a URL or `host:port`: what may go there is said by the
    /// [`Egress`].
    pub fn inject_to<C: CarrierMut + ?Sized>(&self, destination: &str, carrier: &mut C) {
        let permission = self.egress.permission(destination);
        self.write(&current_context(), &Scope::current(), permission, carrier);
    }

    /// As [`inject`](Self::inject), of a context that need not be current.
    pub fn inject_context<C: CarrierMut + ?Sized>(&self, context: &Context, carrier: &mut C) {
        self.write(context, &Scope::new(), Permission::Everything, carrier);
    }

    /// As [`inject_to`](Self::inject_to), of a context that need not be current.
    pub fn inject_context_to<C: CarrierMut + ?Sized>(
        &self,
        context: &Context,
        destination: &str,
        carrier: &mut C,
    ) {
        let permission = self.egress.permission(destination);
        self.write(context, &Scope::new(), permission, carrier);
    }

    fn write<C: CarrierMut + ?Sized>(
        &self,
        context: &Context,
        scope: &Scope,
        permission: Permission,
        carrier: &mut C,
    ) {
        let span = context.span();
        let span = span.span_context();
        let carried = Carried::of(context, span);
        for format in &self.formats {
            let is_said = match format {
                Format::Baggage => permission == Permission::Everything,
                _ => permission != Permission::Nothing && span.is_valid(),
            };
            if !is_said {
                format
                    .cleared_fields()
                    .for_each(|field| carrier.remove_field(field));
                continue;
            }
            match format {
                Format::TraceContext => {
                    carrier.set_field(traceparent::TRACEPARENT, traceparent::format(span, carried));
                    set_or_remove(
                        carrier,
                        tracestate::TRACESTATE,
                        tracestate::format(span, carried),
                    );
                }
                Format::Baggage => {
                    let scope = scope.baggage();
                    let members = outgoing(&scope, context, &self.egress);
                    let value = baggage::format(members.into_iter());
                    set_or_remove(carrier, baggage::BAGGAGE, value);
                }
                Format::B3 => carrier.set_field(b3::B3, b3::format(span, carried)),
                Format::B3Multi => b3::write_several(carrier, span, carried),
            }
        }
    }

    /// Reads what another process sent. Fields that are not valid count as not sent.
    #[must_use]
    pub fn extract<C: Carrier + ?Sized>(&self, carrier: &C) -> RemoteContext {
        let (mut span, mut carried, mut members) = (None, None, Vec::new());
        for format in &self.formats {
            match format {
                Format::TraceContext => {
                    if let Some((trace_id, span_id, flags)) = traceparent::read(carrier) {
                        let (state, whole) = tracestate::read(carrier);
                        carried = Carried::of_w3c(trace_id, flags, whole);
                        span = Some(SpanContext::new(trace_id, span_id, flags, true, state));
                    }
                }
                Format::Baggage => members = baggage::read(carrier),
                Format::B3 | Format::B3Multi => {
                    if let Some((found, is_debug)) = b3::read(carrier) {
                        carried = Carried::of_b3(found.trace_id(), is_debug);
                        span = Some(found);
                    }
                }
            }
        }
        RemoteContext::new(span, carried, members)
    }
}

fn set_or_remove<C: CarrierMut + ?Sized>(
    carrier: &mut C,
    field: &'static str,
    value: Option<String>,
) {
    match value {
        Some(value) => carrier.set_field(field, value),
        None => carrier.remove_field(field),
    }
}

/// The OpenTelemetry context of the current span. Without context activation only the `tracing` span knows it.
fn current_context() -> Context {
    // A copy, because a carrier may do as it likes while it is written.
    let context = Context::current();
    if context.span().span_context().is_valid() {
        return context;
    }
    let of_span = Span::current().context();
    let span = of_span.span().span_context().clone();
    if !span.is_valid() {
        context
    } else if of_span.baggage().is_empty() && !context.baggage().is_empty() {
        context.with_remote_span_context(span)
    } else {
        of_span
    }
}

impl TextMapPropagator for Propagator {
    fn inject_context(&self, context: &Context, injector: &mut dyn Injector) {
        self.write(context, &Scope::new(), Permission::Everything, injector);
    }

    fn extract_with_context(&self, context: &Context, extractor: &dyn Extractor) -> Context {
        self.extract(extractor).onto(context)
    }

    fn fields(&self) -> FieldIter<'_> {
        FieldIter::new(&self.fields)
    }
}
