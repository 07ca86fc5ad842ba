//! The lean form of a site's spans, for calls that the sampler rejects.
//!
//! Late fields are declared for spans that only `tracing` sees. The OpenTelemetry layer makes room
//! for every declared field, which is dear, and nothing late is ever written to a rejected span. So a
//! site whose last call was rejected declares the early fields and the user's own only, until one is
//! not.

use crate::guard::lock;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use tracing_core::callsite::DefaultCallsite;
use tracing_core::dispatcher::WeakDispatch;
use tracing_core::{Dispatch, Metadata};
use tracing_subscriber::Registry;

/// The lean form of one site, and whether it is in use.
#[derive(Debug)]
pub struct Lean {
    callsite: &'static DefaultCallsite,
    metadata: &'static Metadata<'static>,
    /// The address of the registry in which the last call was rejected, or zero.
    rejecting: AtomicUsize,
    /// Keeps that address from becoming another registry's.
    kept: Mutex<Option<(usize, WeakDispatch)>>,
}

impl Lean {
    /// Called by `site!` only.
    pub const fn new(
        callsite: &'static DefaultCallsite,
        metadata: &'static Metadata<'static>,
    ) -> Self {
        Self {
            callsite,
            metadata,
            rejecting: AtomicUsize::new(0),
            kept: Mutex::new(None),
        }
    }

    /// The lean form, if the last call in this registry was rejected.
    #[inline]
    pub(crate) fn metadata(&self, dispatch: &Dispatch) -> Option<&'static Metadata<'static>> {
        let rejecting = self.rejecting.load(Ordering::Acquire);
        (rejecting != 0 && rejecting == address(dispatch)).then_some(self.metadata)
    }

    /// Takes note of whether a call was rejected.
    #[inline]
    pub(crate) fn note(&self, is_rejected: bool, dispatch: &Dispatch) {
        let rejecting = self.rejecting.load(Ordering::Acquire);
        if is_rejected {
            let address = address(dispatch);
            if rejecting != address {
                self.reject(address, dispatch);
            }
        } else if rejecting != 0 {
            self.rejecting.store(0, Ordering::Release);
        }
    }

    #[cold]
    fn reject(&self, address: usize, dispatch: &Dispatch) {
        // Registers it, so that every layer knows it before the first span.
        let _ = self.callsite.interest();
        let mut kept = lock(&self.kept);
        if kept.as_ref().is_none_or(|(kept, _)| *kept != address) {
            *kept = Some((address, dispatch.downgrade()));
        }
        self.rejecting.store(address, Ordering::Release);
    }
}

/// Where the registry lies; zero where there is none.
fn address(dispatch: &Dispatch) -> usize {
    dispatch
        .downcast_ref::<Registry>()
        .map_or(0, |registry| std::ptr::from_ref(registry).addr())
}
