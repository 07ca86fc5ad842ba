//! What the registry does not say: `overlay.json`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::Error;
use crate::registry::Attribute;

/// Additions of ours to the registry's facts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Overlay {
    /// The operations each of the three attributes covers, by family.
    families: BTreeMap<String, Vec<String>>,
    /// Well-known values that the conventions give in prose or in a JSON schema only.
    pub(crate) values: BTreeMap<String, Vec<String>>,
    /// Attributes of the general conventions that the GenAI ones do not borrow, and we do.
    #[serde(default)]
    pub(crate) core: BTreeMap<String, Attribute>,
    /// What an attribute means, in a few words.
    pub(crate) briefs: BTreeMap<String, String>,
}

impl Overlay {
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        Ok(serde_json::from_str(text)?)
    }

    /// The family of an operation.
    pub(crate) fn family(&self, operation: &str) -> Result<&str, Error> {
        self.families
            .iter()
            .find(|(_, operations)| operations.iter().any(|listed| listed == operation))
            .map(|(family, _)| family.as_str())
            .ok_or_else(|| format!("overlay.json has no family for operation {operation}").into())
    }

    /// Every operation a family names.
    pub(crate) fn operations(&self) -> impl Iterator<Item = &str> {
        self.families.values().flatten().map(String::as_str)
    }
}
