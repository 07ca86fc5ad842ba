//! The conventions' data in our own compact form: `genai.json`.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Error;

/// The version of the form; a reader refuses any other.
pub(crate) const FORMAT: u32 = 1;

/// What is left out of the file when a name has it.
const USUAL_STABILITY: &str = "development";

/// One revision of the conventions.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Registry {
    pub(crate) format: u32,
    pub(crate) source: Source,
    /// The attributes the GenAI conventions define.
    pub(crate) attributes: BTreeMap<String, Attribute>,
    /// The attributes they borrow from the general conventions.
    pub(crate) core: BTreeMap<String, Attribute>,
    /// Attribute lists of signals; signals name one by its place, so equal lists are kept once.
    pub(crate) lists: Vec<Vec<Entry>>,
    pub(crate) spans: Vec<Span>,
    pub(crate) refinements: Vec<Refinement>,
    pub(crate) events: Vec<Event>,
    pub(crate) metrics: Vec<Metric>,
    pub(crate) metric_refinements: Vec<MetricRefinement>,
    pub(crate) entities: Vec<Entity>,
    pub(crate) deprecated: Vec<Deprecated>,
}

/// Where the data comes from.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Source {
    pub(crate) repository: String,
    pub(crate) commit: String,
    pub(crate) date: String,
    pub(crate) schema_url: String,
    pub(crate) core_version: String,
    pub(crate) core_schema_url: String,
}

/// An attribute's own entry.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Attribute {
    /// `string`, `int`, `double`, `boolean`, `string[]`, `any` or `template`.
    #[serde(rename = "t")]
    pub(crate) kind: String,
    #[serde(rename = "s", default = "usual", skip_serializing_if = "is_usual")]
    pub(crate) stability: String,
    /// Well-known values.
    #[serde(rename = "v", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) values: Vec<String>,
    /// The JSON schema of a structured value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) schema: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Span {
    pub(crate) id: String,
    pub(crate) kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) kind_may_be: Option<String>,
    #[serde(rename = "s", default = "usual", skip_serializing_if = "is_usual")]
    pub(crate) stability: String,
    /// The attribute whose value selects the type.
    pub(crate) by: String,
    pub(crate) names: Vec<String>,
    #[serde(rename = "ops")]
    pub(crate) operations: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) entities: Vec<String>,
    pub(crate) list: usize,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Refinement {
    pub(crate) id: String,
    pub(crate) of: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) provider: Option<String>,
    pub(crate) names: Vec<String>,
    /// What it adds or asks for differently; the rest is the span type's.
    pub(crate) list: usize,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Event {
    pub(crate) name: String,
    #[serde(rename = "s", default = "usual", skip_serializing_if = "is_usual")]
    pub(crate) stability: String,
    pub(crate) level: Level,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) severity: Option<(String, u8)>,
    pub(crate) list: usize,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Metric {
    pub(crate) name: String,
    pub(crate) instrument: String,
    pub(crate) unit: String,
    #[serde(rename = "t")]
    pub(crate) kind: String,
    #[serde(rename = "s", default = "usual", skip_serializing_if = "is_usual")]
    pub(crate) stability: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) level: Option<Level>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) buckets: Vec<f64>,
    pub(crate) list: usize,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MetricRefinement {
    pub(crate) id: String,
    pub(crate) of: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) provider: Option<String>,
    pub(crate) list: usize,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entity {
    pub(crate) id: String,
    #[serde(rename = "s", default = "usual", skip_serializing_if = "is_usual")]
    pub(crate) stability: String,
    pub(crate) identity: Vec<String>,
    pub(crate) description: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Deprecated {
    pub(crate) name: String,
    pub(crate) signal: String,
    /// The names to use in its place.
    #[serde(rename = "use", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) replacements: Vec<String>,
}

/// How strongly a signal is asked for, or an attribute of a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Level {
    Required,
    #[serde(rename = "conditional", alias = "conditionally_required")]
    Conditional,
    Recommended,
    OptIn,
}

impl Level {
    pub(crate) const ALL: [Self; 4] = [
        Self::Required,
        Self::Conditional,
        Self::Recommended,
        Self::OptIn,
    ];

    /// The word in the file, which is also the constructor's name in the generated code.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Conditional => "conditional",
            Self::Recommended => "recommended",
            Self::OptIn => "opt_in",
        }
    }

    /// The variant's name in the generated code.
    pub(crate) fn variant(self) -> &'static str {
        match self {
            Self::Required => "Required",
            Self::Conditional => "ConditionallyRequired",
            Self::Recommended => "Recommended",
            Self::OptIn => "OptIn",
        }
    }
}

/// An attribute in the list of a signal.
///
/// In the file it is one string: `name level`, then `@start` when samplers may look at it, then
/// `=value` when only that value is permitted, then `: condition`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) level: Level,
    pub(crate) sampling: bool,
    pub(crate) only: Option<String>,
    pub(crate) condition: Option<String>,
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name, self.level.word())?;
        if self.sampling {
            write!(f, " @start")?;
        }
        if let Some(only) = &self.only {
            write!(f, " ={only}")?;
        }
        if let Some(condition) = &self.condition {
            write!(f, ": {condition}")?;
        }
        Ok(())
    }
}

impl FromStr for Entry {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (head, condition) = match text.split_once(": ") {
            Some((head, condition)) => (head, Some(condition.to_owned())),
            None => (text, None),
        };
        let mut words = head.split(' ');
        let name = words.next().filter(|name| !name.is_empty());
        let level = words
            .next()
            .and_then(|word| Level::ALL.into_iter().find(|l| l.word() == word));
        let (Some(name), Some(level)) = (name, level) else {
            return Err(format!("not an attribute entry: {text:?}"));
        };
        let mut entry = Self {
            name: name.to_owned(),
            level,
            sampling: false,
            only: None,
            condition,
        };
        for word in words {
            match word.strip_prefix('=') {
                Some(only) => entry.only = Some(only.to_owned()),
                None if word == "@start" => entry.sampling = true,
                None => return Err(format!("{word:?} is not known in {text:?}")),
            }
        }
        Ok(entry)
    }
}

impl From<Entry> for String {
    fn from(entry: Entry) -> Self {
        entry.to_string()
    }
}

impl TryFrom<String> for Entry {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl Registry {
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        let registry: Self = serde_json::from_str(text)?;
        if registry.format != FORMAT {
            return Err(format!("genai.json has form {}, not {FORMAT}", registry.format).into());
        }
        Ok(registry)
    }

    pub(crate) fn to_json(&self) -> Result<String, Error> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }
}

fn usual() -> String {
    USUAL_STABILITY.to_owned()
}

fn is_usual(stability: &str) -> bool {
    stability == USUAL_STABILITY
}
