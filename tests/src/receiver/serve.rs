use std::sync::Arc;

use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use hyper_util::service::TowerToHyperService;
use opentelemetry_proto::tonic::collector::logs::v1::logs_service_server::LogsServiceServer;
use opentelemetry_proto::tonic::collector::metrics::v1::metrics_service_server::MetricsServiceServer;
use opentelemetry_proto::tonic::collector::trace::v1::trace_service_server::TraceServiceServer;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tonic::codec::CompressionEncoding::Gzip;
use tonic::service::Routes;

use super::answer::Desk;
use super::grpc::Grpc;
use super::http;

/// Serves whoever connects, until it is aborted.
pub(super) async fn run(listener: TcpListener, desk: Arc<Desk>) {
    let grpc = Grpc(Arc::clone(&desk));
    // The desk has a limit of its own.
    let traces = TraceServiceServer::new(grpc.clone()).max_decoding_message_size(usize::MAX);
    let metrics = MetricsServiceServer::new(grpc.clone()).max_decoding_message_size(usize::MAX);
    let logs = LogsServiceServer::new(grpc).max_decoding_message_size(usize::MAX);
    let router = Routes::new(traces.accept_compressed(Gzip))
        .add_service(metrics.accept_compressed(Gzip))
        .add_service(logs.accept_compressed(Gzip))
        .into_axum_router()
        .merge(http::router(Arc::clone(&desk)));

    let mut connections = JoinSet::new();
    loop {
        let stream = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                Err(_) => continue,
            },
            Some(_) = connections.join_next() => continue,
        };
        let service = TowerToHyperService::new(router.clone());
        let mut cuts = desk.cuts();
        connections.spawn(async move {
            let builder = auto::Builder::new(TokioExecutor::new());
            tokio::select! {
                _ = builder.serve_connection(TokioIo::new(stream), service) => {}
                _ = cuts.changed() => {}
            }
        });
    }
}
