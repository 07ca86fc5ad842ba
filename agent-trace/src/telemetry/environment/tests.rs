//! Each variable, what it may say, and what becomes of it.

use std::path::PathBuf;

use super::otlp::Protocol;
use super::*;

fn read(set: &[(&str, &str)]) -> Environment {
    Environment::read(|name| {
        let found = set.iter().find(|(key, _)| *key == name);
        found.map(|(_, value)| (*value).to_owned())
    })
}

/// What a single variable gives, and whether it was warned about.
fn one(name: &str, value: &str) -> (Environment, bool) {
    let environment = read(&[(name, value)]);
    let warned = match &environment.warnings[..] {
        [] => false,
        [warning] => {
            assert!(warning.starts_with(name), "{warning}");
            true
        }
        more => panic!("one at most: {more:?}"),
    };
    (environment, warned)
}

#[test]
fn nothing_set_and_everything_empty_are_the_same() {
    assert_eq!(Environment::read(|_| None), Environment::default());
    assert_eq!(
        Environment::read(|_| Some(String::new())),
        Environment::default()
    );
    assert_eq!(
        Environment::read(|_| Some("  ".to_owned())),
        Environment::default()
    );
}

#[test]
fn booleans() {
    for (value, expected, warns) in [
        ("true", true, false),
        ("TRUE", true, false),
        ("false", false, false),
        ("False", false, false),
        ("1", false, true),
        ("yes", false, true),
    ] {
        let (environment, warned) = one("OTEL_SDK_DISABLED", value);
        assert_eq!((environment.disabled, warned), (expected, warns), "{value}");
    }
}

#[test]
fn exporters_by_name() {
    use ExporterName::{Console, Otlp, Prometheus};
    type Of = fn(&Environment) -> &Exporters;
    type Case = (
        &'static str,
        Of,
        &'static str,
        Option<&'static [ExporterName]>,
        bool,
    );
    let cases: &[Case] = &[
        (
            "OTEL_TRACES_EXPORTER",
            |all| &all.traces,
            "otlp",
            Some(&[Otlp]),
            false,
        ),
        (
            "OTEL_TRACES_EXPORTER",
            |all| &all.traces,
            "OTLP , console,otlp",
            Some(&[Otlp, Console]),
            false,
        ),
        (
            "OTEL_TRACES_EXPORTER",
            |all| &all.traces,
            "none",
            Some(&[]),
            false,
        ),
        (
            "OTEL_TRACES_EXPORTER",
            |all| &all.traces,
            "otlp,none",
            Some(&[]),
            false,
        ),
        (
            "OTEL_TRACES_EXPORTER",
            |all| &all.traces,
            "zipkin",
            None,
            true,
        ),
        (
            "OTEL_TRACES_EXPORTER",
            |all| &all.traces,
            "zipkin,otlp",
            Some(&[Otlp]),
            true,
        ),
        (
            "OTEL_TRACES_EXPORTER",
            |all| &all.traces,
            "prometheus",
            None,
            true,
        ),
        ("OTEL_TRACES_EXPORTER", |all| &all.traces, ",", None, false),
        (
            "OTEL_METRICS_EXPORTER",
            |all| &all.metrics,
            "prometheus,otlp",
            Some(&[Prometheus, Otlp]),
            false,
        ),
        (
            "OTEL_LOGS_EXPORTER",
            |all| &all.logs,
            "logging",
            Some(&[Console]),
            false,
        ),
        (
            "OTEL_LOGS_EXPORTER",
            |all| &all.logs,
            "prometheus",
            None,
            true,
        ),
    ];
    for (name, of, value, expected, warns) in cases {
        let (environment, warned) = one(name, value);
        assert_eq!(
            of(&environment).named.as_deref(),
            *expected,
            "{name}={value}"
        );
        assert_eq!(warned, *warns, "{name}={value}");
    }
}

#[test]
fn an_endpoint_asks_for_otlp_where_no_exporter_is_named() {
    let endpoint = ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4318");
    let environment = read(&[endpoint, ("OTEL_METRICS_EXPORTER", "none")]);
    assert_eq!(environment.traces.wanted(), Some(vec![ExporterName::Otlp]));
    assert_eq!(environment.metrics.wanted(), Some(Vec::new()));
    let own = read(&[("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "http://c:4318/v1/logs")]);
    assert_eq!(own.logs.wanted(), Some(vec![ExporterName::Otlp]));
    assert_eq!(own.traces.wanted(), None);
}

#[test]
fn samplers_in_any_case() {
    use SamplerName::*;
    for (value, expected) in [
        ("always_on", Some(AlwaysOn)),
        ("ALWAYS_OFF", Some(AlwaysOff)),
        ("TraceIdRatio", Some(Ratio(1.0))),
        ("parentbased_always_on", Some(ParentBasedAlwaysOn)),
        ("ParentBased_Always_Off", Some(ParentBasedAlwaysOff)),
        ("parentbased_traceidratio", Some(ParentBasedRatio(1.0))),
        ("jaeger_remote", None),
    ] {
        let (environment, warned) = one("OTEL_TRACES_SAMPLER", value);
        assert_eq!(environment.sampler, expected, "{value}");
        assert_eq!(warned, expected.is_none(), "{value}");
    }
    for (arg, expected, warnings) in [
        ("0.25", 0.25, 0),
        ("0", 0.0, 0),
        ("1.5", 1.0, 1),
        ("-1", 1.0, 1),
        ("NaN", 1.0, 1),
        ("half", 1.0, 1),
    ] {
        let set = [
            ("OTEL_TRACES_SAMPLER", "traceidratio"),
            ("OTEL_TRACES_SAMPLER_ARG", arg),
        ];
        let environment = read(&set);
        assert_eq!(environment.sampler, Some(Ratio(expected)), "{arg}");
        assert_eq!(environment.warnings.len(), warnings, "{arg}");
    }
    // An argument that no sampler asks for says nothing.
    assert_eq!(
        read(&[("OTEL_TRACES_SAMPLER_ARG", "half")]),
        Environment::default()
    );
}

#[test]
fn batches() {
    let set = [
        ("OTEL_BSP_MAX_QUEUE_SIZE", "100"),
        ("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", " 10 "),
        ("OTEL_BSP_SCHEDULE_DELAY", "0"),
        ("OTEL_BSP_EXPORT_TIMEOUT", "1500"),
    ];
    let limits = read(&set).batch.limits();
    assert_eq!((limits.queue_spans, limits.batch_spans), (100, 10));
    assert_eq!(
        (limits.delay, limits.export_timeout),
        (Duration::ZERO, Duration::from_millis(1_500))
    );
    assert_eq!(
        read(&[("OTEL_BSP_EXPORT_TIMEOUT", "0")])
            .batch
            .limits()
            .export_timeout,
        Duration::from_secs(3_600)
    );
    for (name, _) in set {
        for value in ["-1", "many", "1e3", "99999999999999999999999"] {
            let (environment, warned) = one(name, value);
            assert!(warned, "{name}={value}");
            assert_eq!(environment.batch.limits(), BatchLimits::default());
        }
    }
    for name in ["OTEL_BSP_MAX_QUEUE_SIZE", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE"] {
        assert!(one(name, "0").1, "{name}");
    }
}

#[test]
fn limits() {
    type Of = fn(&SpanLimitVariables) -> Option<u32>;
    let cases: &[(&str, &[Of])] = &[
        ("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", &[|all| all.attributes]),
        ("OTEL_SPAN_EVENT_COUNT_LIMIT", &[|all| all.events]),
        ("OTEL_SPAN_LINK_COUNT_LIMIT", &[|all| all.links]),
        (
            "OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT",
            &[|all| all.event_attributes],
        ),
        (
            "OTEL_LINK_ATTRIBUTE_COUNT_LIMIT",
            &[|all| all.link_attributes],
        ),
        (
            "OTEL_ATTRIBUTE_COUNT_LIMIT",
            &[
                |all| all.attributes,
                |all| all.event_attributes,
                |all| all.link_attributes,
            ],
        ),
        (
            "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT",
            &[|all| all.value_length],
        ),
        (
            "OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT",
            &[|all| all.value_length],
        ),
    ];
    for (name, of) in cases {
        let (environment, warned) = one(name, "7");
        assert!(!warned, "{name}");
        assert!(
            of.iter().all(|of| of(&environment.limits) == Some(7)),
            "{name}"
        );
        for value in ["-1", "seven", "4294967296"] {
            let (environment, warned) = one(name, value);
            assert!(
                warned && environment.limits == SpanLimitVariables::default(),
                "{name}={value}"
            );
        }
    }
    let both = read(&[
        ("OTEL_ATTRIBUTE_COUNT_LIMIT", "9"),
        ("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "7"),
    ]);
    let sdk = both.limits.of_sdk();
    assert_eq!(
        (sdk.max_attributes_per_span, sdk.max_attributes_per_event),
        (7, 9)
    );
    assert_eq!(sdk.max_events_per_span, 128);
}

#[test]
fn the_service_and_its_resource() {
    let set = [
        ("OTEL_SERVICE_NAME", "desk"),
        ("OTEL_RESOURCE_ATTRIBUTES", "team=blue,note=a%2Cb"),
    ];
    let environment = read(&set);
    assert_eq!(environment.service.as_deref(), Some("desk"));
    let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    assert_eq!(
        environment.resource,
        [pair("team", "blue"), pair("note", "a,b")]
    );
    // The whole of it is left out.
    let (environment, warned) = one("OTEL_RESOURCE_ATTRIBUTES", "team=blue,token=%zz-secret");
    assert!(warned && environment.resource.is_empty());
}

#[test]
fn otlp_by_signal_then_for_all() {
    let environment = read(&[
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://all:4318"),
        ("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "http://metrics:1/x"),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "HTTP/JSON"),
        ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "grpc"),
        ("OTEL_EXPORTER_OTLP_HEADERS", "a=1,b=2"),
        ("OTEL_EXPORTER_OTLP_LOGS_HEADERS", "c=3"),
        ("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip"),
        ("OTEL_EXPORTER_OTLP_LOGS_COMPRESSION", "none"),
        ("OTEL_EXPORTER_OTLP_TIMEOUT", "2000"),
        ("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "0"),
        ("OTEL_EXPORTER_OTLP_INSECURE", "true"),
        ("OTEL_EXPORTER_OTLP_TRACES_INSECURE", "false"),
        ("OTEL_EXPORTER_OTLP_CERTIFICATE", "/etc/ca.pem"),
        ("OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", "/etc/own.pem"),
        ("OTEL_EXPORTER_OTLP_CLIENT_KEY", "/etc/key.pem"),
    ]);
    assert_eq!(environment.warnings, [""; 0]);
    let (traces, metrics, logs) = (
        &environment.traces.otlp,
        &environment.metrics.otlp,
        &environment.logs.otlp,
    );
    assert_eq!(traces.endpoint, Some(("http://all:4318".to_owned(), false)));
    assert_eq!(
        metrics.endpoint,
        Some(("http://metrics:1/x".to_owned(), true))
    );
    assert_eq!(traces.protocol, Some(Protocol::Grpc));
    assert_eq!(metrics.protocol, Some(Protocol::HttpJson));
    assert_eq!((traces.headers.len(), logs.headers.len()), (2, 1));
    assert_eq!((traces.gzip, logs.gzip), (Some(true), Some(false)));
    assert_eq!(traces.timeout, Some(Duration::from_secs(3_600)));
    assert_eq!(logs.timeout, Some(Duration::from_secs(2)));
    assert_eq!((traces.insecure, logs.insecure), (false, true));
    assert_eq!(traces.certificate, Some(PathBuf::from("/etc/ca.pem")));
    assert_eq!(
        traces.client_certificate,
        Some(PathBuf::from("/etc/own.pem"))
    );
    assert_eq!(traces.client_key, Some(PathBuf::from("/etc/key.pem")));
}

#[test]
fn what_is_wrong_with_otlp_is_said_without_its_value() {
    for (name, value) in [
        ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "ftp://hunter2"),
        (
            "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
            "http://user:hunter2@host",
        ),
        ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://"),
        ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://ho st hunter2"),
        ("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "api-key hunter2"),
        ("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "api-key=%hunter2"),
        ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "thrift-hunter2"),
        ("OTEL_EXPORTER_OTLP_TRACES_COMPRESSION", "hunter2"),
        ("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "hunter2"),
        ("OTEL_EXPORTER_OTLP_TRACES_INSECURE", "hunter2"),
    ] {
        let (environment, warned) = one(name, value);
        assert!(warned, "{name}={value}");
        assert_eq!(environment.traces, Exporters::default(), "{name}={value}");
        assert!(
            !environment.warnings[0].contains("hunter2"),
            "{:?}",
            environment.warnings
        );
    }
    let headers = read(&[("OTEL_EXPORTER_OTLP_HEADERS", "api-key=hunter2")]);
    assert!(!format!("{headers:?}").contains("hunter2"));
}
