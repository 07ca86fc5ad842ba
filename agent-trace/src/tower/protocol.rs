//! What HTTP and gRPC say in a status.

use http::{HeaderMap, StatusCode, header};

/// The two sides of an exchange: they differ in what is a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Client,
    Server,
}

/// Whether a request or a reply speaks gRPC.
pub(super) fn is_grpc(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|value| value.as_bytes().starts_with(b"application/grpc"))
}

/// A method that is known by its name; the conventions fold all others into one.
pub(super) fn known_method(method: &http::Method) -> Option<&'static str> {
    [
        "GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "CONNECT", "QUERY",
    ]
    .into_iter()
    .find(|known| *known == method.as_str())
}

/// Whether a status is a failure of the span on this side: a server is not to blame for a bad request.
pub(super) fn is_failure(side: Side, status: StatusCode) -> bool {
    status.is_server_error() || (side == Side::Client && status.is_client_error())
}

/// The status of a gRPC call, from the trailers, or from the headers of a reply without a body.
pub(super) fn grpc_status(fields: &HeaderMap) -> Option<GrpcStatus> {
    let code = fields.get("grpc-status")?.to_str().ok()?.trim();
    GRPC.iter().find(|status| status.code == code).copied()
}

/// A status code of gRPC.
#[derive(Clone, Copy, Debug)]
pub(super) struct GrpcStatus {
    code: &'static str,
    pub(super) name: &'static str,
    /// Whether the server is to blame.
    server: bool,
}

impl GrpcStatus {
    pub(super) fn is_failure(self, side: Side) -> bool {
        match side {
            Side::Client => self.name != "OK",
            Side::Server => self.server,
        }
    }
}

const fn status(code: &'static str, name: &'static str, server: bool) -> GrpcStatus {
    GrpcStatus { code, name, server }
}

const GRPC: [GrpcStatus; 17] = [
    status("0", "OK", false),
    status("1", "CANCELLED", false),
    status("2", "UNKNOWN", true),
    status("3", "INVALID_ARGUMENT", false),
    status("4", "DEADLINE_EXCEEDED", true),
    status("5", "NOT_FOUND", false),
    status("6", "ALREADY_EXISTS", false),
    status("7", "PERMISSION_DENIED", false),
    status("8", "RESOURCE_EXHAUSTED", false),
    status("9", "FAILED_PRECONDITION", false),
    status("10", "ABORTED", false),
    status("11", "OUT_OF_RANGE", false),
    status("12", "UNIMPLEMENTED", true),
    status("13", "INTERNAL", true),
    status("14", "UNAVAILABLE", true),
    status("15", "DATA_LOSS", true),
    status("16", "UNAUTHENTICATED", false),
];
