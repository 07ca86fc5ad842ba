//! Which exporters there are: those of code, those that the environment asks for, or else the tree.

#[cfg(feature = "file")]
use std::path::PathBuf;

use opentelemetry_sdk::trace::SpanExporter;

use super::StartError;
use super::batch::Export;
use super::environment::{Environment, ExporterName};
#[cfg(feature = "otlp")]
use super::otlp::{Otlp, Runtime, Signal, Target};
use crate::exporter::TreeExporter;

/// An exporter that code chose.
pub(super) enum Choice {
    Tree,
    #[cfg(feature = "file")]
    File(PathBuf),
    #[cfg(feature = "otlp")]
    Otlp(Box<Otlp>),
    Own(String, Box<dyn Export>),
}

impl Choice {
    pub(super) fn own(name: String, exporter: impl SpanExporter + 'static) -> Self {
        Self::Own(name, Box::new(exporter))
    }

    pub(super) fn name(&self) -> &str {
        match self {
            Self::Tree => "tree",
            #[cfg(feature = "file")]
            Self::File(_) => "file",
            #[cfg(feature = "otlp")]
            Self::Otlp(_) => "otlp",
            Self::Own(name, _) => name,
        }
    }

    fn is(&self, name: ExporterName) -> bool {
        match name {
            ExporterName::Console => matches!(self, Self::Tree),
            #[cfg(feature = "otlp")]
            ExporterName::Otlp => matches!(self, Self::Otlp(_)),
            _ => false,
        }
    }
}

/// The exporters, by their names, and what the environment asked for in vain.
pub(super) struct Chosen {
    pub(super) exporters: Vec<(String, Box<dyn Export>)>,
    pub(super) warnings: Vec<String>,
}

/// Makes them.
///
/// # Errors
///
/// What code asks for and cannot work.
pub(super) fn choose(
    choices: Vec<Choice>,
    environment: &Environment,
) -> Result<Chosen, StartError> {
    let mut chosen = Chosen {
        exporters: Vec::new(),
        warnings: Vec::new(),
    };
    let mut maker = Maker::default();
    let wanted = environment.traces.wanted();
    let is_silent = choices.is_empty() && wanted.is_none();
    let by_environment: Vec<ExporterName> = wanted
        .unwrap_or_default()
        .into_iter()
        .filter(|name| !choices.iter().any(|choice| choice.is(*name)))
        .collect();
    for choice in choices {
        let name = choice.name().to_owned();
        let exporter = maker.make(choice, environment)?;
        chosen.exporters.push((name, exporter));
    }
    for name in by_environment {
        match maker.named(name, environment) {
            Ok(exporter) => chosen.exporters.push(exporter),
            Err(warning) => chosen.warnings.push(warning),
        }
    }
    // Also where the environment asked for something, and it cannot be had.
    if is_silent || (chosen.exporters.is_empty() && !chosen.warnings.is_empty()) {
        chosen.exporters.push(tree());
    }
    Ok(chosen)
}

fn tree() -> (String, Box<dyn Export>) {
    ("tree".to_owned(), Box::new(TreeExporter::stderr()))
}

/// Makes exporters, those of OTLP on one runtime.
#[derive(Default)]
struct Maker {
    #[cfg(feature = "otlp")]
    runtime: Option<Runtime>,
}

impl Maker {
    #[cfg_attr(not(feature = "otlp"), allow(unused_variables))]
    fn make(
        &mut self,
        choice: Choice,
        environment: &Environment,
    ) -> Result<Box<dyn Export>, StartError> {
        Ok(match choice {
            Choice::Tree => tree().1,
            #[cfg(feature = "file")]
            Choice::File(path) => Box::new(
                crate::exporter::FileExporter::append(&path)
                    .map_err(|error| StartError::file(&path, error))?,
            ),
            #[cfg(feature = "otlp")]
            Choice::Otlp(otlp) => self.otlp(&otlp, environment).map_err(StartError::otlp)?,
            Choice::Own(_, exporter) => exporter,
        })
    }

    /// One that the environment names, or what is wrong with it.
    #[cfg_attr(not(feature = "otlp"), allow(unused_variables, clippy::unused_self))]
    fn named(
        &mut self,
        name: ExporterName,
        environment: &Environment,
    ) -> Result<(String, Box<dyn Export>), String> {
        match name {
            ExporterName::Console => Ok(tree()),
            #[cfg(feature = "otlp")]
            ExporterName::Otlp => {
                let exporter = self.otlp(&Otlp::default(), environment);
                exporter
                    .map(|exporter| ("otlp".to_owned(), exporter))
                    .map_err(|reason| format!("OTEL_EXPORTER_OTLP_*: {reason}; no OTLP is sent"))
            }
            #[cfg(not(feature = "otlp"))]
            ExporterName::Otlp => Err(
                "the environment asks for OTLP, which needs the feature `otlp` of agent-trace; \
                 no OTLP is sent"
                    .to_owned(),
            ),
            ExporterName::Prometheus => Err("prometheus takes no spans".to_owned()),
        }
    }

    #[cfg(feature = "otlp")]
    fn otlp(&mut self, otlp: &Otlp, environment: &Environment) -> Result<Box<dyn Export>, String> {
        let target = Target::new(otlp, &environment.traces.otlp, Signal::Traces)?;
        let runtime = match &self.runtime {
            Some(runtime) => runtime.clone(),
            None => {
                let started = Runtime::start();
                let started =
                    started.map_err(|error| format!("no thread for the exporter: {error}"))?;
                self.runtime.insert(started).clone()
            }
        };
        Ok(Box::new(super::otlp::span_exporter(&target, &runtime)?))
    }
}

#[cfg(test)]
mod tests;
