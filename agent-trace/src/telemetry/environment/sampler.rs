use opentelemetry_sdk::trace::Sampler;

use super::reader::Reader;

/// `OTEL_TRACES_SAMPLER`, with its argument.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) enum SamplerName {
    AlwaysOn,
    AlwaysOff,
    Ratio(f64),
    #[default]
    ParentBasedAlwaysOn,
    ParentBasedAlwaysOff,
    ParentBasedRatio(f64),
}

impl SamplerName {
    pub(super) fn read(reader: &Reader<'_>) -> Option<Self> {
        // The argument belongs to two of them, and is 1 where it is not given.
        let named = reader.one_of(
            "OTEL_TRACES_SAMPLER",
            &[
                ("always_on", Self::AlwaysOn),
                ("always_off", Self::AlwaysOff),
                ("traceidratio", Self::Ratio(1.0)),
                ("parentbased_always_on", Self::ParentBasedAlwaysOn),
                ("parentbased_always_off", Self::ParentBasedAlwaysOff),
                ("parentbased_traceidratio", Self::ParentBasedRatio(1.0)),
            ],
        )?;
        let ratio = || reader.ratio("OTEL_TRACES_SAMPLER_ARG").unwrap_or(1.0);
        Some(match named {
            Self::Ratio(_) => Self::Ratio(ratio()),
            Self::ParentBasedRatio(_) => Self::ParentBasedRatio(ratio()),
            other => other,
        })
    }

    pub(crate) fn sampler(self) -> Sampler {
        let below_parent = |root| Sampler::ParentBased(Box::new(root));
        match self {
            Self::AlwaysOn => Sampler::AlwaysOn,
            Self::AlwaysOff => Sampler::AlwaysOff,
            Self::Ratio(ratio) => Sampler::TraceIdRatioBased(ratio),
            Self::ParentBasedAlwaysOn => below_parent(Sampler::AlwaysOn),
            Self::ParentBasedAlwaysOff => below_parent(Sampler::AlwaysOff),
            Self::ParentBasedRatio(ratio) => below_parent(Sampler::TraceIdRatioBased(ratio)),
        }
    }
}
