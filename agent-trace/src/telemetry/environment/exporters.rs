use super::otlp::OtlpVariables;
use super::reader::Reader;

/// An exporter that the environment can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExporterName {
    Otlp,
    /// The tree on standard error; of metrics and logs their text.
    Console,
    /// Of metrics only.
    Prometheus,
}

/// What the environment says of where a signal goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Exporters {
    /// `OTEL_{signal}_EXPORTER`; empty for `none`.
    pub(crate) named: Option<Vec<ExporterName>>,
    /// `OTEL_EXPORTER_OTLP_*` with those of the signal.
    pub(crate) otlp: OtlpVariables,
}

impl Exporters {
    pub(super) fn read(reader: &Reader<'_>, signal: &str) -> Self {
        let name = format!("OTEL_{signal}_EXPORTER");
        Self {
            named: reader
                .text(&name)
                .and_then(|list| names(reader, &name, &list, signal)),
            otlp: OtlpVariables::read(reader, signal),
        }
    }

    /// Those that are to be, by their name or by an endpoint.
    pub(crate) fn wanted(&self) -> Option<Vec<ExporterName>> {
        let by_endpoint = || {
            self.otlp
                .endpoint
                .is_some()
                .then(|| vec![ExporterName::Otlp])
        };
        self.named.clone().or_else(by_endpoint)
    }
}

/// The exporters of a list; `None` where it names none that is known.
fn names(
    reader: &Reader<'_>,
    variable: &str,
    list: &str,
    signal: &str,
) -> Option<Vec<ExporterName>> {
    let mut found = Vec::new();
    let mut says_none = false;
    for name in list
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
    {
        let exporter = match name.to_ascii_lowercase().as_str() {
            "none" => {
                says_none = true;
                continue;
            }
            "otlp" => ExporterName::Otlp,
            // `logging` is its deprecated name.
            "console" | "logging" => ExporterName::Console,
            "prometheus" if signal == "METRICS" => ExporterName::Prometheus,
            _ => {
                let known = if signal == "METRICS" {
                    "otlp, console, prometheus, none"
                } else {
                    "otlp, console, none"
                };
                reader.ignored(variable, &format!("in part none of {known}"));
                continue;
            }
        };
        if !found.contains(&exporter) {
            found.push(exporter);
        }
    }
    (says_none || !found.is_empty()).then(|| if says_none { Vec::new() } else { found })
}
