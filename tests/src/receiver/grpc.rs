use std::sync::Arc;
use std::time::Duration;

use opentelemetry_proto::tonic::collector::logs::v1::logs_service_server::LogsService;
use opentelemetry_proto::tonic::collector::logs::v1::{
    ExportLogsPartialSuccess, ExportLogsServiceRequest, ExportLogsServiceResponse,
};
use opentelemetry_proto::tonic::collector::metrics::v1::metrics_service_server::MetricsService;
use opentelemetry_proto::tonic::collector::metrics::v1::{
    ExportMetricsPartialSuccess, ExportMetricsServiceRequest, ExportMetricsServiceResponse,
};
use opentelemetry_proto::tonic::collector::trace::v1::trace_service_server::TraceService;
use opentelemetry_proto::tonic::collector::trace::v1::{
    ExportTracePartialSuccess, ExportTraceServiceRequest, ExportTraceServiceResponse,
};
use prost::Message as _;
use tonic::metadata::MetadataMap;
use tonic::{Code, Request, Response, Status};
use tonic_types::{ErrorDetails, StatusExt as _};

use super::answer::{Answer, Desk};
use super::payload::Payload;

/// The three services.
#[derive(Clone)]
pub(super) struct Grpc(pub(super) Arc<Desk>);

impl Grpc {
    /// How many were refused of what was taken.
    async fn ask(
        &self,
        payload: Payload,
        bytes: usize,
        path: &str,
        metadata: &MetadataMap,
    ) -> Result<u64, Status> {
        if !self.0.weigh(bytes, bytes) {
            // What tonic and grpc-go say; both before they have read it.
            return Err(Status::out_of_range("decoded message length too large"));
        }
        let headers = metadata.clone().into_headers();
        match self
            .0
            .ask(payload, path, super::http::pairs(&headers))
            .await
        {
            Answer::Taken { refused } => Ok(refused),
            Answer::Refused {
                status,
                retry_after,
            } => Err(refusal(status, retry_after)),
        }
    }
}

fn refusal(status: u16, retry_after: Option<Duration>) -> Status {
    let code = match status {
        400 => Code::InvalidArgument,
        401 => Code::Unauthenticated,
        403 => Code::PermissionDenied,
        404 => Code::Unimplemented,
        429 => Code::ResourceExhausted,
        502..=504 => Code::Unavailable,
        _ => Code::Internal,
    };
    let details = ErrorDetails::with_retry_info(retry_after);
    match retry_after {
        Some(_) => Status::with_error_details(code, "not now", details),
        None => Status::new(code, "refused"),
    }
}

const REASON: &str = "some were refused";

#[tonic::async_trait]
impl TraceService for Grpc {
    async fn export(
        &self,
        request: Request<ExportTraceServiceRequest>,
    ) -> Result<Response<ExportTraceServiceResponse>, Status> {
        let (metadata, _, request) = request.into_parts();
        let bytes = request.encoded_len();
        let payload = Payload::Traces(request);
        let refused = self
            .ask(payload, bytes, "TraceService/Export", &metadata)
            .await?;
        Ok(Response::new(traces(refused)))
    }
}

#[tonic::async_trait]
impl MetricsService for Grpc {
    async fn export(
        &self,
        request: Request<ExportMetricsServiceRequest>,
    ) -> Result<Response<ExportMetricsServiceResponse>, Status> {
        let (metadata, _, request) = request.into_parts();
        let bytes = request.encoded_len();
        let payload = Payload::Metrics(request);
        let refused = self
            .ask(payload, bytes, "MetricsService/Export", &metadata)
            .await?;
        Ok(Response::new(metrics(refused)))
    }
}

#[tonic::async_trait]
impl LogsService for Grpc {
    async fn export(
        &self,
        request: Request<ExportLogsServiceRequest>,
    ) -> Result<Response<ExportLogsServiceResponse>, Status> {
        let (metadata, _, request) = request.into_parts();
        let bytes = request.encoded_len();
        let payload = Payload::Logs(request);
        let refused = self
            .ask(payload, bytes, "LogsService/Export", &metadata)
            .await?;
        Ok(Response::new(logs(refused)))
    }
}

pub(super) fn traces(refused: u64) -> ExportTraceServiceResponse {
    ExportTraceServiceResponse {
        partial_success: partly(refused).map(|rejected_spans| ExportTracePartialSuccess {
            rejected_spans,
            error_message: REASON.to_owned(),
        }),
    }
}

pub(super) fn metrics(refused: u64) -> ExportMetricsServiceResponse {
    ExportMetricsServiceResponse {
        partial_success: partly(refused).map(|rejected_data_points| ExportMetricsPartialSuccess {
            rejected_data_points,
            error_message: REASON.to_owned(),
        }),
    }
}

pub(super) fn logs(refused: u64) -> ExportLogsServiceResponse {
    ExportLogsServiceResponse {
        partial_success: partly(refused).map(|rejected_log_records| ExportLogsPartialSuccess {
            rejected_log_records,
            error_message: REASON.to_owned(),
        }),
    }
}

fn partly(refused: u64) -> Option<i64> {
    (refused > 0).then(|| i64::try_from(refused).unwrap_or(i64::MAX))
}
