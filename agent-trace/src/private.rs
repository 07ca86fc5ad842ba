//! What expansions name. Nothing here is stable: the macro crate is pinned to this very version.

pub use crate::about::{About, describe};
pub use crate::call::Call;
pub use crate::family::Family;
pub use crate::fields::{base_fields, early_fields, join_fields};
pub use crate::future::{CallFuture, run_eager_future, run_future};
pub use crate::lean::Lean;
pub use crate::parent::Parent;
pub use crate::probe::{Arm, Field, Links, Probe, Split};
pub use crate::returned::{Eager, Returned, settle_stream, settle_try_stream};
pub use crate::run::{Running, enter, run};
pub use crate::seen::{Seen, observe, verdict};
pub use crate::site::Site;
pub use crate::start::{Start, begin};
pub use crate::stream::{CallStream, run_stream};
pub use crate::value::{ByDebug as Debug, ByDisplay as Display, debug, display, text};
pub use crate::{__agent_trace_links as links, __agent_trace_site as site};
pub use ::core;
pub use core::option::Option;
pub use core::primitive::str;
pub use core::{file, line, module_path};
pub use tracing::Level;
pub use tracing::field::{Empty, debug as debug_field, display as display_field};
pub use tracing_core::callsite::{DefaultCallsite, Identifier};
pub use tracing_core::field::FieldSet;
pub use tracing_core::{Kind, Metadata};

/// The traits by which methods are found, without their names, which might be the user's own.
pub mod probe {
    pub use crate::probe::{
        ChunkFound as _, ChunkMissing as _, FailureOfDebug as _, FailureOfDisplay as _,
        FailureOfDyn as _, FailureOfError as _, FailureOfIo as _, FailureOfModel as _,
        FailureOfOther as _, FailureOfSend as _, FailureOfTyped as _, FieldInteger as _,
        FieldIntegerOption as _, FieldOther as _, HeadOfClient as _, HeadOfOther as _,
        HeadOfRequest as _, LinksToIterator as _, LinksToMany as _, LinksToOne as _,
        RequestFound as _, RequestMissing as _, ResponseFound as _, ResponseMissing as _,
        SplitOther as _,
    };
    pub use crate::returned::{FinishValue as _, SettleValue as _};
}

/// Gives an async block its return type in a branch that is never taken, so that a mistake in the
/// body is shown in the body.
pub fn returns<T>() -> T {
    unreachable!("the branch around this call is never taken")
}

/// The links that an expression names.
#[doc(hidden)]
#[macro_export]
macro_rules! __agent_trace_links {
    ($value:expr) => {{
        #[allow(unused_imports)]
        use $crate::__private::probe::*;
        (&&&$crate::__private::Links(&$value)).__agent_trace_links()
    }};
}
