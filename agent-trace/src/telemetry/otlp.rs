//! OTLP, spoken by `opentelemetry-otlp` on a runtime of its own.

mod exporter;
mod headers;
mod runtime;
mod target;
#[cfg(feature = "otlp-tls")]
mod tls;

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use super::environment::Protocol;

pub(super) use exporter::span_exporter;
pub(super) use runtime::Runtime;
pub(super) use target::{Signal, Target};

/// Where and how to send OTLP. What is not said here is taken from `OTEL_EXPORTER_OTLP_*`, and what is not said there
/// either is the specification's default: `http/protobuf`, to `localhost`, port 4318, or 4317 for gRPC.
///
/// The exporter runs on a thread and a runtime of its own: flushing and shutting down work on any runtime of the
/// application, within `block_on`, and without a runtime. What its HTTP stack traces is never exported.
///
/// ```
/// use std::time::Duration;
/// use agent_trace::telemetry::Otlp;
///
/// let otlp = Otlp::http_protobuf()
///     .endpoint("http://collector:4318")
///     .header("api-key", "secret")
///     .timeout(Duration::from_secs(5))
///     .gzip();
/// // Keys are not printed.
/// assert!(!format!("{otlp:?}").contains("secret"));
/// ```
///
/// An endpoint of `https` needs the feature `otlp-tls`.
#[derive(Clone, Default)]
pub struct Otlp {
    protocol: Option<Protocol>,
    endpoint: Option<String>,
    headers: Vec<(String, String)>,
    gzip: Option<bool>,
    timeout: Option<Duration>,
    certificate: Option<PathBuf>,
    identity: Option<(PathBuf, PathBuf)>,
}

impl Otlp {
    /// gRPC.
    #[must_use]
    pub fn grpc() -> Self {
        Self {
            protocol: Some(Protocol::Grpc),
            ..Self::default()
        }
    }

    /// HTTP with protobuf.
    #[must_use]
    pub fn http_protobuf() -> Self {
        Self {
            protocol: Some(Protocol::HttpProtobuf),
            ..Self::default()
        }
    }

    /// HTTP with JSON.
    #[must_use]
    pub fn http_json() -> Self {
        Self {
            protocol: Some(Protocol::HttpJson),
            ..Self::default()
        }
    }

    /// The URL of the receiver: `http://collector:4317`. Over HTTP the path of the signal is added to it, `/v1/traces` for
    /// spans.
    #[must_use]
    pub fn endpoint(mut self, url: impl Into<String>) -> Self {
        self.endpoint = Some(url.into());
        self
    }

    /// A header, or for gRPC an item of metadata, of each request; it wins over one of the environment.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// How long a request may take, retries included. 10 seconds.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Packs what is sent.
    #[must_use]
    pub fn gzip(mut self) -> Self {
        self.gzip = Some(true);
        self
    }

    /// A PEM file with the certificates that may have signed the server's, in place of the system's.
    #[must_use]
    pub fn certificate(mut self, path: impl Into<PathBuf>) -> Self {
        self.certificate = Some(path.into());
        self
    }

    /// PEM files with the certificate by which the client shows who it is, and its key.
    #[must_use]
    pub fn client_certificate(
        mut self,
        certificate: impl Into<PathBuf>,
        key: impl Into<PathBuf>,
    ) -> Self {
        self.identity = Some((certificate.into(), key.into()));
        self
    }
}

impl fmt::Debug for Otlp {
    /// Leaves out the values of headers: they hold keys.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<&str> = self.headers.iter().map(|(name, _)| &**name).collect();
        f.debug_struct("Otlp")
            .field("protocol", &self.protocol)
            .field("endpoint", &self.endpoint)
            .field("headers", &headers)
            .field("gzip", &self.gzip)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}
