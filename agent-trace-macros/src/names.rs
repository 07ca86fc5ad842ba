//! The span's name, as far as it is known when the program is compiled.

use syn::{Expr, ExprLit, Lit};

use crate::family::Family;
use crate::options::{Options, Sigil, Value};

/// What the site says about names.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Names {
    /// The span's name, or only the operation where the rest is known later.
    pub(crate) span: String,
    /// Whether the rest of the name is known later.
    pub(crate) dynamic: bool,
    /// The name of the agent, tool or workflow if nothing else names it.
    pub(crate) label: String,
}

/// What follows the operation in a span's name.
enum Subject<'a> {
    Nothing,
    /// The name of the agent, tool or workflow, which the function's name stands in for.
    Name(Option<&'a Value>),
    /// The name of the agent around it, unless one is given.
    Inherited(Option<&'a Value>),
    /// The data source or nothing.
    DataSource(Option<&'a Value>),
    /// The model, which may be found in a request.
    Model(Option<&'a Value>),
}

impl Names {
    pub(crate) fn of(options: &Options, function: &str) -> Self {
        let operation = options.operation_name();
        let family = options.family;
        let (subject, dynamic) = match subject(options, &operation) {
            Subject::Nothing | Subject::DataSource(None) => (None, false),
            Subject::Name(None) => (Some(function.to_owned()), false),
            Subject::Inherited(None) | Subject::Model(None) => (None, true),
            Subject::Name(Some(value))
            | Subject::Inherited(Some(value))
            | Subject::DataSource(Some(value))
            | Subject::Model(Some(value)) => {
                let literal = text(value);
                let dynamic = literal.is_none();
                (literal, dynamic)
            }
        };
        let label = match family {
            Family::Llm => String::new(),
            Family::Agent | Family::Tool => options
                .value("name")
                .and_then(text)
                .unwrap_or_else(|| function.to_owned()),
        };
        let span = match subject {
            Some(subject) => format!("{operation} {subject}"),
            None => operation,
        };
        Self {
            span,
            dynamic,
            label,
        }
    }
}

fn subject<'a>(options: &'a Options, operation: &str) -> Subject<'a> {
    let family = options.family;
    let name = options.value("name");
    if family == Family::Agent && operation == "plan" {
        return Subject::Inherited(name);
    }
    let Some(known) = family.operation(operation, options.remote.is_given()) else {
        return match family {
            Family::Agent | Family::Tool => Subject::Name(name),
            Family::Llm => Subject::Model(options.value("model")),
        };
    };
    match known.subject {
        Some("gen_ai.request.model") => Subject::Model(options.value("model")),
        Some("gen_ai.data_source.id") => Subject::DataSource(options.value("data_source")),
        Some(_) => Subject::Name(name),
        None => Subject::Nothing,
    }
}

/// The text of a string literal.
pub(crate) fn text(value: &Value) -> Option<String> {
    match &value.expr {
        Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) if value.sigil != Sigil::Debug => Some(text.value()),
        _ => None,
    }
}
