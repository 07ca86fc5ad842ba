//! One annotated function: what is static of it.

use crate::family::Family;
use crate::lean::Lean;
use crate::semconv::{self, AttributeId, SpanType, operation};
use tracing_core::callsite::DefaultCallsite;
use tracing_core::{Dispatch, Metadata};

/// What an expansion says about its function, all of it static.
#[derive(Debug)]
pub struct Site {
    pub(crate) callsite: &'static DefaultCallsite,
    pub(crate) metadata: &'static Metadata<'static>,
    pub(crate) lean: Lean,
    pub(crate) family: Family,
    pub(crate) operation: &'static str,
    pub(crate) span_type: &'static SpanType,
    /// Whether the operation is one that the registry knows.
    pub(crate) known: bool,
    /// Whether the span's name depends on values of the call.
    pub(crate) dynamic: bool,
    pub(crate) label: &'static str,
    pub(crate) description: &'static str,
}

impl Site {
    /// Called by `site!` only.
    #[expect(
        clippy::too_many_arguments,
        reason = "one caller, a macro that names each of them"
    )]
    pub const fn new(
        callsite: &'static DefaultCallsite,
        metadata: &'static Metadata<'static>,
        lean: Lean,
        family: Family,
        operation: &'static str,
        remote: bool,
        dynamic: bool,
        label: &'static str,
        description: &'static str,
    ) -> Self {
        let (span_type, known) = match semconv::span_type(operation, remote) {
            Some(span_type) => (span_type, true),
            None => (family.base(), false),
        };
        Self {
            callsite,
            metadata,
            lean,
            family,
            operation,
            span_type,
            known,
            dynamic,
            label,
            description,
        }
    }

    /// What a span made now is made of. Where a filter decides call by call, it may as well be one
    /// that hides the span from the OpenTelemetry layer, so that its fields are needed.
    pub(crate) fn metadata(&'static self, dispatch: &Dispatch) -> &'static Metadata<'static> {
        match self.lean.metadata(dispatch) {
            Some(lean) if self.callsite.interest().is_always() => lean,
            _ => self.metadata,
        }
    }

    pub(crate) fn is_workflow(&self) -> bool {
        self.operation == operation::INVOKE_WORKFLOW
    }

    /// Whether calls of this function are agents, to which model calls are counted.
    pub(crate) fn is_agent(&self) -> bool {
        self.operation == operation::INVOKE_AGENT
    }

    /// Whether spans of this function carry the attribute.
    pub(crate) fn takes(&self, attribute: AttributeId) -> bool {
        !self.known || self.span_type.lists(attribute)
    }
}

/// Declares the static [`Site`] of an annotated function. Named by expansions only.
#[doc(hidden)]
#[macro_export]
macro_rules! __agent_trace_site {
    (
        static $site:ident: family = $family:ident, operation = $operation:expr,
        remote = $remote:expr, name = $name:expr, dynamic = $dynamic:expr, label = $label:expr,
        description = $description:expr, target = $target:expr, level = $level:expr,
        fields = [$($field:expr),* $(,)?] $(,)?
    ) => {
        static $site: $crate::__private::Site = {
            const __AGENT_TRACE_OWN: &[&$crate::__private::str] = &[$($field),*];
            const __AGENT_TRACE_BASE: &[&$crate::__private::str] =
                $crate::__private::base_fields($crate::__private::Family::$family);
            static __AGENT_TRACE_NAMES: [&$crate::__private::str;
                __AGENT_TRACE_BASE.len() + __AGENT_TRACE_OWN.len()] =
                $crate::__private::join_fields(__AGENT_TRACE_BASE, __AGENT_TRACE_OWN);
            static __AGENT_TRACE_CALLSITE: $crate::__private::DefaultCallsite =
                $crate::__private::DefaultCallsite::new(&__AGENT_TRACE_METADATA);
            static __AGENT_TRACE_METADATA: $crate::__private::Metadata<'static> = $crate::__private::Metadata::new(
                $name,
                $target,
                $level,
                $crate::__private::Option::Some($crate::__private::file!()),
                $crate::__private::Option::Some($crate::__private::line!()),
                $crate::__private::Option::Some($crate::__private::module_path!()),
                $crate::__private::FieldSet::new(
                    &__AGENT_TRACE_NAMES,
                    $crate::__private::Identifier(&__AGENT_TRACE_CALLSITE),
                ),
                $crate::__private::Kind::SPAN,
            );
            const __AGENT_TRACE_EARLY: &[&$crate::__private::str] =
                $crate::__private::early_fields($crate::__private::Family::$family);
            static __AGENT_TRACE_LEAN_NAMES: [&$crate::__private::str;
                __AGENT_TRACE_EARLY.len() + __AGENT_TRACE_OWN.len()] =
                $crate::__private::join_fields(__AGENT_TRACE_EARLY, __AGENT_TRACE_OWN);
            static __AGENT_TRACE_LEAN_CALLSITE: $crate::__private::DefaultCallsite =
                $crate::__private::DefaultCallsite::new(&__AGENT_TRACE_LEAN_METADATA);
            static __AGENT_TRACE_LEAN_METADATA: $crate::__private::Metadata<'static> =
                $crate::__private::Metadata::new(
                    $name,
                    $target,
                    $level,
                    $crate::__private::Option::Some($crate::__private::file!()),
                    $crate::__private::Option::Some($crate::__private::line!()),
                    $crate::__private::Option::Some($crate::__private::module_path!()),
                    $crate::__private::FieldSet::new(
                        &__AGENT_TRACE_LEAN_NAMES,
                        $crate::__private::Identifier(&__AGENT_TRACE_LEAN_CALLSITE),
                    ),
                    $crate::__private::Kind::SPAN,
                );
            $crate::__private::Site::new(
                &__AGENT_TRACE_CALLSITE,
                &__AGENT_TRACE_METADATA,
                $crate::__private::Lean::new(
                    &__AGENT_TRACE_LEAN_CALLSITE,
                    &__AGENT_TRACE_LEAN_METADATA,
                ),
                $crate::__private::Family::$family,
                $operation,
                $remote,
                $dynamic,
                $label,
                $description,
            )
        };
    };
}
