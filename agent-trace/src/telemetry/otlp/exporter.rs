//! Exporters of `opentelemetry-otlp`. All that it would read from the environment by itself is given to it.

use async_trait::async_trait;
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{
    Compression, ExporterBuildError, SpanExporter, WithExportConfig, WithHttpConfig,
    WithTonicConfig,
};
use reqwest::header::HeaderMap;
use reqwest::redirect::Policy;
use tonic::metadata::MetadataMap;

use super::headers;
use super::runtime::{OnRuntime, Runtime};
use super::target::Target;
use crate::telemetry::environment::Protocol;

/// An exporter of spans.
///
/// # Errors
///
/// What cannot work, and why.
pub(in crate::telemetry) fn span_exporter(
    target: &Target,
    runtime: &Runtime,
) -> Result<impl opentelemetry_sdk::trace::SpanExporter + use<>, String> {
    // A channel starts its task where it is made.
    let _entered = runtime.enter();
    let builder = SpanExporter::builder();
    let exporter = match target.protocol {
        Protocol::Grpc => by_grpc(builder.with_tonic(), target)?.build(),
        Protocol::HttpProtobuf | Protocol::HttpJson => {
            by_http(builder.with_http(), target)?.build()
        }
    };
    let exporter = exporter.map_err(|error: ExporterBuildError| error.to_string())?;
    Ok(OnRuntime {
        exporter,
        runtime: runtime.clone(),
    })
}

/// The builder of any signal's exporter, told all that it has to know.
fn by_grpc<B: WithExportConfig + WithTonicConfig>(
    builder: B,
    target: &Target,
) -> Result<B, String> {
    let mut builder = builder
        .with_endpoint(&target.url)
        .with_timeout(target.timeout)
        .with_interceptor(metadata(target.headers.clone()));
    if target.gzip {
        builder = builder.with_compression(Compression::Gzip);
    }
    #[cfg(feature = "otlp-tls")]
    if target.is_secure() {
        builder = builder.with_tls_config(super::tls::of_grpc(target)?);
    }
    Ok(builder)
}

/// As [`by_grpc`].
fn by_http<B: WithExportConfig + WithHttpConfig>(builder: B, target: &Target) -> Result<B, String> {
    let mut builder = builder
        .with_http_client(Client::new(target)?)
        .with_protocol(of_http(target.protocol))
        .with_endpoint(&target.url)
        .with_timeout(target.timeout);
    if target.gzip {
        builder = builder.with_compression(Compression::Gzip);
    }
    Ok(builder)
}

fn of_http(protocol: Protocol) -> opentelemetry_otlp::Protocol {
    match protocol {
        Protocol::HttpJson => opentelemetry_otlp::Protocol::HttpJson,
        _ => opentelemetry_otlp::Protocol::HttpBinary,
    }
}

/// Sets our metadata over what the exporter finds in the environment by itself, where code is to win.
fn metadata(
    own: HeaderMap,
) -> impl FnMut(tonic::Request<()>) -> Result<tonic::Request<()>, tonic::Status> + Clone {
    move |mut request| {
        let mut all = std::mem::take(request.metadata_mut()).into_headers();
        headers::set(&own, &mut all);
        *request.metadata_mut() = MetadataMap::from_headers(all);
        Ok(request)
    }
}

/// The client of HTTP: always the same one, whatever features others choose of the exporter.
#[derive(Debug)]
struct Client {
    client: reqwest::Client,
    headers: HeaderMap,
}

impl Client {
    fn new(target: &Target) -> Result<Self, String> {
        // Where a receiver sends us to, our keys are not to go.
        let builder = reqwest::Client::builder()
            .timeout(target.timeout)
            .redirect(Policy::none());
        #[cfg(feature = "otlp-tls")]
        let builder = super::tls::of_http(builder, target)?;
        let client = builder
            .build()
            .map_err(|error| format!("no HTTP client: {error}"))?;
        Ok(Self {
            client,
            headers: target.headers.clone(),
        })
    }
}

#[async_trait]
impl HttpClient for Client {
    async fn send_bytes(&self, mut request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        headers::set(&self.headers, request.headers_mut());
        self.client.send_bytes(request).await
    }
}
