//! The generated files.

mod attribute;
mod list;
mod macros;
mod readme;
mod signal;
mod span;
mod table;
mod text;
mod value;

use crate::table::Table;
use crate::{Error, Output};

/// Every generated file.
pub(crate) fn all(table: &Table) -> Result<Vec<Output>, Error> {
    let semconv = |path, text| Output { path, text };
    Ok(vec![
        semconv(
            "agent-trace/src/semconv/attribute.rs",
            attribute::names(table),
        ),
        semconv("agent-trace/src/semconv/id.rs", attribute::ids(table)),
        semconv("agent-trace/src/semconv/table.rs", table::rows(table)),
        semconv(
            "agent-trace/src/semconv/operation.rs",
            value::operations(table)?,
        ),
        semconv(
            "agent-trace/src/semconv/provider.rs",
            value::providers(table),
        ),
        semconv("agent-trace/src/semconv/value.rs", value::others(table)?),
        semconv("agent-trace/src/semconv/span.rs", span::types(table)?),
        semconv("agent-trace/src/semconv/event.rs", signal::events(table)?),
        semconv("agent-trace/src/semconv/metric.rs", signal::metrics(table)?),
        semconv("agent-trace/src/semconv/entity.rs", signal::entities(table)),
        semconv(
            "agent-trace/src/semconv/deprecated.rs",
            signal::deprecated(table),
        ),
        semconv("agent-trace/semconv/README.md", readme::own(table)),
        semconv(
            "agent-trace-macros/src/semconv.rs",
            macros::operations(table)?,
        ),
    ])
}
