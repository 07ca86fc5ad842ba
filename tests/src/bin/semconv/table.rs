//! The registries and the overlay together, checked: what the files are generated from.

use std::collections::{BTreeMap, BTreeSet};

use crate::Error;
use crate::naming;
use crate::overlay::Overlay;
use crate::own::Own;
use crate::registry::{Entry, Registry};

/// Everything the generated files say.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) registry: Registry,
    pub(crate) own: Own,
    pub(crate) overlay: Overlay,
    /// All attributes by name; the order is that of the generated table and of the ids.
    pub(crate) attributes: BTreeMap<String, Row>,
}

/// One attribute of any of the three registries.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) origin: Origin,
    pub(crate) kind: String,
    pub(crate) stability: String,
    pub(crate) brief: Option<String>,
    pub(crate) note: Option<String>,
    /// Well-known values, each with its meaning where there is one.
    pub(crate) values: Vec<(String, Option<String>)>,
    pub(crate) schema: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    GenAi,
    Core,
    Own,
}

impl Table {
    pub(crate) fn new(registry: Registry, own: Own, overlay: Overlay) -> Result<Self, Error> {
        let mut attributes = BTreeMap::new();
        for (origin, group) in [
            (Origin::GenAi, &registry.attributes),
            (Origin::Core, &registry.core),
            (Origin::Core, &overlay.core),
        ] {
            for (name, attribute) in group {
                let values = match overlay.values.get(name) {
                    Some(values) if attribute.values.is_empty() => values,
                    Some(_) => return Err(format!("the registry has values for {name}").into()),
                    None => &attribute.values,
                };
                let row = Row {
                    origin,
                    kind: attribute.kind.clone(),
                    stability: attribute.stability.clone(),
                    brief: overlay.briefs.get(name).cloned(),
                    note: None,
                    values: values.iter().map(|value| (value.clone(), None)).collect(),
                    schema: attribute.schema.clone(),
                };
                insert(&mut attributes, name, row)?;
            }
        }
        for attribute in own.groups.iter().flat_map(|group| &group.attributes) {
            let row = Row {
                origin: Origin::Own,
                kind: attribute.kind.clone(),
                stability: attribute.stability.clone(),
                brief: Some(attribute.brief.clone()),
                note: attribute.note.clone(),
                values: attribute
                    .members
                    .iter()
                    .map(|member| (member.value.clone(), Some(member.brief.clone())))
                    .collect(),
                schema: None,
            };
            insert(&mut attributes, &attribute.name, row)?;
        }
        let table = Self {
            registry,
            own,
            overlay,
            attributes,
        };
        table.check()?;
        Ok(table)
    }

    /// The attribute list of a signal.
    pub(crate) fn list(&self, at: usize) -> Result<&[Entry], Error> {
        self.registry
            .lists
            .get(at)
            .map(Vec::as_slice)
            .ok_or_else(|| format!("genai.json has no list {at}").into())
    }

    /// The well-known values of an attribute.
    pub(crate) fn values(&self, attribute: &str) -> impl Iterator<Item = &str> {
        self.attributes
            .get(attribute)
            .into_iter()
            .flat_map(|row| row.values.iter().map(|(value, _)| value.as_str()))
    }

    /// The constants of the span types, in the order of the data.
    pub(crate) fn span_constants(&self) -> Vec<String> {
        let ids: Vec<&str> = self
            .registry
            .spans
            .iter()
            .map(|span| span.id.as_str())
            .collect();
        ids.iter()
            .map(|id| naming::span_constant(id, &ids))
            .collect()
    }

    /// What must hold before anything is generated.
    fn check(&self) -> Result<(), Error> {
        let mut constants = BTreeSet::new();
        for name in self.attributes.keys() {
            if !constants.insert(naming::constant(name)) {
                return Err(format!("two attributes share the constant of {name}").into());
            }
        }
        let own = self.own.events.iter().flat_map(|event| &event.entries);
        for entry in self.registry.lists.iter().flatten().chain(own) {
            self.known(&entry.name)?;
        }
        for name in self.overlay.briefs.keys().chain(self.overlay.values.keys()) {
            self.known(name)?;
        }
        let operations: BTreeSet<&str> = self.values("gen_ai.operation.name").collect();
        for operation in &operations {
            self.overlay.family(operation)?;
        }
        for span in &self.registry.spans {
            if let Some(unknown) = span
                .operations
                .iter()
                .find(|o| !operations.contains(o.as_str()))
            {
                return Err(format!("{} has unknown operation {unknown}", span.id).into());
            }
        }
        if let Some(gone) = self.overlay.operations().find(|o| !operations.contains(o)) {
            return Err(
                format!("overlay.json names operation {gone}, the registry does not").into(),
            );
        }
        for refinement in &self.registry.refinements {
            if !self
                .registry
                .spans
                .iter()
                .any(|span| span.id == refinement.of)
            {
                return Err(format!("{} refines no span type", refinement.id).into());
            }
        }
        for refinement in &self.registry.metric_refinements {
            if !self
                .registry
                .metrics
                .iter()
                .any(|metric| metric.name == refinement.of)
            {
                return Err(format!("{} refines no metric", refinement.id).into());
            }
        }
        Ok(())
    }

    fn known(&self, name: &str) -> Result<(), Error> {
        if self.attributes.contains_key(name) {
            return Ok(());
        }
        Err(format!("attribute {name} is used but not defined").into())
    }
}

fn insert(rows: &mut BTreeMap<String, Row>, name: &str, row: Row) -> Result<(), Error> {
    match rows.insert(name.to_owned(), row) {
        None => Ok(()),
        Some(_) => Err(format!("attribute {name} is defined twice").into()),
    }
}
