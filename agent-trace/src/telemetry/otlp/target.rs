use std::path::PathBuf;
use std::time::Duration;

use reqwest::header::HeaderMap;

use super::Otlp;
use super::headers::headers;
use crate::telemetry::environment::{OtlpVariables, Protocol, is_endpoint};

/// What is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::telemetry) enum Signal {
    Traces,
}

impl Signal {
    fn path(self) -> &'static str {
        match self {
            Self::Traces => "/v1/traces",
        }
    }
}

/// All that an exporter of one signal has to know.
#[derive(Debug, Clone)]
pub(in crate::telemetry) struct Target {
    pub(super) protocol: Protocol,
    /// With the path, over HTTP.
    pub(super) url: String,
    pub(super) headers: HeaderMap,
    pub(super) gzip: bool,
    pub(super) timeout: Duration,
    pub(super) certificate: Option<PathBuf>,
    pub(super) identity: Option<(PathBuf, PathBuf)>,
}

impl Target {
    /// Code, then the environment, then the defaults.
    ///
    /// # Errors
    ///
    /// What cannot work, and what to write instead.
    pub(in crate::telemetry) fn new(
        otlp: &Otlp,
        variables: &OtlpVariables,
        signal: Signal,
    ) -> Result<Self, String> {
        let protocol = otlp
            .protocol
            .or(variables.protocol)
            .unwrap_or(Protocol::HttpProtobuf);
        let url = url(otlp, variables, protocol, signal)?;
        let identity = variables
            .client_certificate
            .clone()
            .zip(variables.client_key.clone());
        let target = Self {
            protocol,
            url,
            headers: headers(variables.headers.iter().chain(&otlp.headers))?,
            gzip: otlp.gzip.or(variables.gzip).unwrap_or(false),
            timeout: otlp
                .timeout
                .or(variables.timeout)
                .unwrap_or(Duration::from_secs(10)),
            certificate: otlp
                .certificate
                .clone()
                .or_else(|| variables.certificate.clone()),
            identity: otlp.identity.clone().or(identity),
        };
        let needs_tls =
            target.is_secure() || target.certificate.is_some() || target.identity.is_some();
        if needs_tls && !cfg!(feature = "otlp-tls") {
            return Err("an endpoint of https, and certificates, need the feature `otlp-tls` of agent-trace: \
                 add it, or write http:// for a receiver without TLS"
                .to_owned());
        }
        Ok(target)
    }

    pub(super) fn is_secure(&self) -> bool {
        self.url
            .get(..8)
            .is_some_and(|scheme| scheme.eq_ignore_ascii_case("https://"))
    }
}

fn url(
    otlp: &Otlp,
    variables: &OtlpVariables,
    protocol: Protocol,
    signal: Signal,
) -> Result<String, String> {
    let (endpoint, is_own) = match (&otlp.endpoint, &variables.endpoint) {
        (Some(endpoint), _) => (endpoint.as_str(), false),
        (None, Some((endpoint, is_own))) => (endpoint.as_str(), *is_own),
        (None, None) if protocol == Protocol::Grpc => ("http://localhost:4317", false),
        (None, None) => ("http://localhost:4318", false),
    };
    if !is_endpoint(endpoint) {
        return Err(
            "the endpoint is no URL of http or https with a host and without credentials: \
             write http://host:port, and credentials as headers"
                .to_owned(),
        );
    }
    let has_scheme = endpoint.contains("://");
    match protocol {
        Protocol::Grpc if has_scheme => Ok(endpoint.to_owned()),
        Protocol::Grpc if variables.insecure => Ok(format!("http://{endpoint}")),
        Protocol::Grpc => Ok(format!("https://{endpoint}")),
        _ if !has_scheme => {
            Err("the endpoint has no scheme: write http:// or https:// before it".to_owned())
        }
        _ if is_own => Ok(endpoint.to_owned()),
        _ => Ok(format!(
            "{}{}",
            endpoint.trim_end_matches('/'),
            signal.path()
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telemetry::environment::Environment;

    fn target(otlp: &Otlp, set: &[(&str, &str)]) -> Result<Target, String> {
        let lookup = |name: &str| {
            let found = set.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        Target::new(otlp, &Environment::read(lookup).traces.otlp, Signal::Traces)
    }

    fn url_of(otlp: &Otlp, set: &[(&str, &str)]) -> String {
        target(otlp, set).expect("it is one").url
    }

    const ENDPOINT: &str = "OTEL_EXPORTER_OTLP_ENDPOINT";
    const OWN: &str = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";

    #[test]
    fn urls() {
        let (http, grpc) = (Otlp::default(), Otlp::grpc());
        assert_eq!(url_of(&http, &[]), "http://localhost:4318/v1/traces");
        assert_eq!(url_of(&grpc, &[]), "http://localhost:4317");
        assert_eq!(
            url_of(&http, &[(ENDPOINT, "http://c:1/x/")]),
            "http://c:1/x/v1/traces"
        );
        assert_eq!(
            url_of(&http, &[(ENDPOINT, "http://c:1"), (OWN, "http://d:2")]),
            "http://d:2"
        );
        assert_eq!(url_of(&grpc, &[(ENDPOINT, "http://c:1")]), "http://c:1");
        assert_eq!(
            url_of(
                &grpc,
                &[(ENDPOINT, "c:1"), ("OTEL_EXPORTER_OTLP_INSECURE", "true")]
            ),
            "http://c:1"
        );
        let code = Otlp::http_json().endpoint("http://code:3");
        assert_eq!(
            url_of(&code, &[(OWN, "http://d:2")]),
            "http://code:3/v1/traces"
        );
    }

    #[test]
    fn what_cannot_work_says_what_to_write() {
        for (endpoint, fix) in [
            ("collector:4318", "http://"),
            ("ftp://collector", "http://host:port"),
            ("http://key:secret@collector", "headers"),
        ] {
            let error = target(&Otlp::http_protobuf().endpoint(endpoint), &[]).expect_err(endpoint);
            assert!(error.contains(fix), "{error}");
            assert!(!error.contains("secret"), "{error}");
        }
        let error =
            target(&Otlp::grpc().header("api-key", "se\ncret"), &[]).expect_err("a line break");
        assert!(
            error.contains("api-key") && !error.contains("cret"),
            "{error}"
        );
        #[cfg(not(feature = "otlp-tls"))]
        {
            let error = target(&Otlp::grpc().endpoint("https://c"), &[]).expect_err("no TLS");
            assert!(error.contains("otlp-tls"), "{error}");
        }
    }

    #[test]
    fn code_wins_and_keys_are_not_printed() {
        let set = [
            (
                "OTEL_EXPORTER_OTLP_HEADERS",
                "api-key=of%20environment,team=blue",
            ),
            ("OTEL_EXPORTER_OTLP_TIMEOUT", "1500"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
            ("OTEL_EXPORTER_OTLP_TRACES_COMPRESSION", "gzip"),
        ];
        let by_environment = target(&Otlp::default(), &set).expect("it is one");
        assert_eq!(by_environment.headers["api-key"], "of environment");
        assert_eq!(by_environment.protocol, Protocol::Grpc);
        assert_eq!(by_environment.timeout, Duration::from_millis(1_500));
        assert!(by_environment.gzip);
        let code = Otlp::http_json()
            .header("API-Key", "of code")
            .timeout(Duration::from_secs(2));
        let by_code = target(&code, &set).expect("it is one");
        assert_eq!(by_code.headers["api-key"], "of code");
        assert_eq!(by_code.headers["team"], "blue");
        assert_eq!(by_code.protocol, Protocol::HttpJson);
        assert_eq!(by_code.timeout, Duration::from_secs(2));
        assert!(!format!("{by_code:?} {by_environment:?}").contains("of "));
    }
}
