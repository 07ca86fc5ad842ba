use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use super::pairs;
use super::reader::Reader;

/// How OTLP is spoken.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protocol {
    Grpc,
    HttpProtobuf,
    HttpJson,
}

/// Where to send a signal, by `OTEL_EXPORTER_OTLP_*` and, before these, `OTEL_EXPORTER_OTLP_{signal}_*`.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct OtlpVariables {
    /// A URL, or for gRPC `host:port`, and whether it is the signal's own, to which no path is added.
    pub(crate) endpoint: Option<(String, bool)>,
    pub(crate) protocol: Option<Protocol>,
    pub(crate) headers: Vec<(String, String)>,
    /// Whether bodies are gzip.
    pub(crate) gzip: Option<bool>,
    pub(crate) timeout: Option<Duration>,
    /// Of an endpoint without a scheme.
    pub(crate) insecure: bool,
    /// PEM files: who may have signed the server's certificate; the client's own, and its key.
    pub(crate) certificate: Option<PathBuf>,
    pub(crate) client_certificate: Option<PathBuf>,
    pub(crate) client_key: Option<PathBuf>,
}

impl OtlpVariables {
    pub(super) fn read(reader: &Reader<'_>, signal: &str) -> Self {
        let own = |name: &str| format!("OTEL_EXPORTER_OTLP_{signal}_{name}");
        let common = |name: &str| format!("OTEL_EXPORTER_OTLP_{name}");
        let first = |name: &str| {
            let names = [own(name), common(name)];
            names.into_iter().find(|name| reader.text(name).is_some())
        };
        let path = |name: &str| {
            first(name)
                .and_then(|name| reader.text(&name))
                .map(PathBuf::from)
        };

        let endpoint = |name: String, is_own| {
            let endpoint = reader.text(&name)?;
            let usable = is_endpoint(&endpoint);
            if !usable {
                reader.ignored(&name, "no URL of http or https with a host and without credentials, which belong in headers");
            }
            usable.then_some((endpoint, is_own))
        };
        let headers = first("HEADERS").and_then(|name| {
            let headers = pairs::decode(&reader.text(&name)?);
            if headers.is_none() {
                reader.ignored(&name, "no list of key=value with percent-encoded values");
            }
            headers
        });
        Self {
            endpoint: endpoint(own("ENDPOINT"), true)
                .or_else(|| endpoint(common("ENDPOINT"), false)),
            protocol: first("PROTOCOL").and_then(|name| {
                reader.one_of(
                    &name,
                    &[
                        ("grpc", Protocol::Grpc),
                        ("http/protobuf", Protocol::HttpProtobuf),
                        ("http/json", Protocol::HttpJson),
                    ],
                )
            }),
            headers: headers.unwrap_or_default(),
            gzip: first("COMPRESSION")
                .and_then(|name| reader.one_of(&name, &[("gzip", true), ("none", false)])),
            timeout: first("TIMEOUT")
                .and_then(|name| reader.milliseconds(&name))
                .map(unlimited_is_long),
            insecure: first("INSECURE").is_some_and(|name| reader.boolean(&name)),
            certificate: path("CERTIFICATE"),
            client_certificate: path("CLIENT_CERTIFICATE"),
            client_key: path("CLIENT_KEY"),
        }
    }
}

/// 0 is no limit, and nothing here waits for ever.
pub(super) fn unlimited_is_long(timeout: Duration) -> Duration {
    if timeout.is_zero() {
        Duration::from_secs(3_600)
    } else {
        timeout
    }
}

/// Whether something can be an endpoint: `http` or `https`, or no scheme at all, and a host.
pub(crate) fn is_endpoint(endpoint: &str) -> bool {
    let rest = match endpoint.split_once("://") {
        Some((scheme, rest)) => {
            if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
                return false;
            }
            rest
        }
        None => endpoint,
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let bad = |c: char| c.is_whitespace() || c.is_control();
    !host.is_empty() && !host.starts_with(':') && !host.contains('@') && !rest.contains(bad)
}

impl fmt::Debug for OtlpVariables {
    /// Leaves out the values of headers: they hold keys.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<&str> = self.headers.iter().map(|(name, _)| &**name).collect();
        f.debug_struct("OtlpVariables")
            .field("endpoint", &self.endpoint)
            .field("protocol", &self.protocol)
            .field("headers", &headers)
            .field("gzip", &self.gzip)
            .field("timeout", &self.timeout)
            .field("insecure", &self.insecure)
            .field("certificate", &self.certificate)
            .finish_non_exhaustive()
    }
}
