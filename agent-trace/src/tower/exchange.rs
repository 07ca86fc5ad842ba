//! One request and its reply, as a span.

use super::protocol::{GrpcStatus, Side, grpc_status, is_failure, is_grpc, known_method};
use crate::ambient::{Scope, ScopeGuard};
use crate::failure::Failure;
use crate::server::Server;
use http::request::Parts;
use http::{HeaderMap, Method, StatusCode, Uri, header};
use tracing::span::Entered;
use tracing::{Span, field};

/// The span of an exchange. Dropped before the reply ended, it says so.
#[derive(Debug)]
pub(crate) struct Exchange {
    span: Span,
    /// What the caller's baggage says of the work here.
    scope: Scope,
    side: Side,
    grpc: bool,
    phase: Phase,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Nothing has come back.
    Waiting,
    /// The reply's head has come.
    Replying,
    Ended,
}

/// Makes the span of one side, with `parent: None` or where it is.
macro_rules! span {
    ($kind:literal, $given:expr $(, $parent:ident: $none:expr)?) => {{
        let given: &Given<'_> = $given;
        tracing::info_span!(
            target: "agent_trace::tower",
            $($parent: $none,)?
            "exchange",
            otel.name = given.name(),
            otel.kind = $kind,
            http.request.method = given.http_method,
            http.request.method_original = given.other_method,
            http.route = given.route,
            url.path = given.path,
            url.full = given.full,
            url.scheme = given.scheme,
            rpc.system.name = given.grpc_method.map(|_| "grpc"),
            rpc.method = given.grpc_method,
            server.address = given.server.as_ref().map(|server| server.address),
            server.port = given.server.as_ref().and_then(|server| server.port).map(i64::from),
            http.response.status_code = field::Empty,
            rpc.response.status_code = field::Empty,
            error.type = field::Empty,
            otel.status_code = field::Empty,
            agent_trace.outcome = field::Empty,
        )
    }};
}

/// What a request says of itself.
#[derive(Debug, Default)]
struct Given<'a> {
    http_method: Option<&'static str>,
    other_method: Option<&'a str>,
    route: Option<&'a str>,
    path: Option<&'a str>,
    full: Option<&'a str>,
    scheme: Option<&'a str>,
    grpc_method: Option<&'a str>,
    server: Option<Server<'a>>,
}

impl<'a> Given<'a> {
    fn of(method: &'a Method, uri: &'a Uri, headers: &'a HeaderMap) -> Self {
        let authority = uri.authority().map(http::uri::Authority::as_str);
        let host = || headers.get(header::HOST)?.to_str().ok();
        let server = authority
            .or_else(host)
            .and_then(Server::parse)
            .map(|server| Server {
                port: server.port.or_else(|| default_port(uri.scheme_str()?)),
                ..server
            });
        let mut given = Self {
            scheme: uri.scheme_str(),
            server,
            ..Self::default()
        };
        if is_grpc(headers) {
            given.grpc_method = uri.path().strip_prefix('/');
        } else {
            let known = known_method(method);
            given.http_method = Some(known.unwrap_or("_OTHER"));
            given.other_method = known.is_none().then(|| method.as_str());
            given.path = Some(uri.path());
        }
        given
    }

    /// `GET /tasks/{id}`, `GET`, or `package.Service/Method`: never a path, of which there is no end.
    fn name(&self) -> String {
        if let Some(method) = self.grpc_method {
            return method.to_owned();
        }
        let method = match self.http_method {
            Some("_OTHER") | None => "HTTP",
            Some(method) => method,
        };
        match self.route {
            Some(route) => format!("{method} {route}"),
            None => method.to_owned(),
        }
    }
}

fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" => Some(80),
        "https" => Some(443),
        _ => None,
    }
}

impl Exchange {
    /// On the server, where `new_root` keeps the span out of the trace that is current here.
    pub(crate) fn served(parts: &Parts, route: Option<&str>, scope: Scope, new_root: bool) -> Self {
        let mut given = Given::of(&parts.method, &parts.uri, &parts.headers);
        given.route = route;
        let span = if new_root {
            span!("server", &given, parent: None)
        } else {
            span!("server", &given)
        };
        let mut exchange = Self::new(span, Side::Server, given.grpc_method.is_some());
        exchange.scope = scope;
        exchange
    }

    /// On the client.
    pub(crate) fn sent(method: &Method, uri: &Uri, headers: &HeaderMap) -> Self {
        let mut given = Given::of(method, uri, headers);
        let full = full(uri);
        if given.grpc_method.is_none() {
            given.path = None;
            given.full = full.as_deref();
        }
        Self::new(
            span!("client", &given),
            Side::Client,
            given.grpc_method.is_some(),
        )
    }

    fn new(span: Span, side: Side, grpc: bool) -> Self {
        Self {
            span,
            scope: Scope::new(),
            side,
            grpc,
            phase: Phase::Waiting,
        }
    }

    pub(crate) fn span(&self) -> &Span {
        &self.span
    }

    /// Enters the span and the scope, while what belongs to the exchange runs.
    pub(crate) fn enter(&self) -> (Entered<'_>, ScopeGuard) {
        (self.span.enter(), self.scope.enter())
    }

    /// The reply's head has come.
    pub(crate) fn head(&mut self, status: StatusCode, headers: &HeaderMap) {
        self.phase = Phase::Replying;
        if self.grpc {
            self.trailers(headers);
            return;
        }
        self.span
            .record("http.response.status_code", i64::from(status.as_u16()));
        if is_failure(self.side, status) {
            self.failed(status.as_str());
        }
    }

    /// The trailers have come. Those of HTTP say nothing about the status.
    pub(crate) fn trailers(&mut self, fields: &HeaderMap) {
        let Some(status) = grpc_status(fields).filter(|_| self.grpc) else {
            return;
        };
        self.span.record("rpc.response.status_code", status.name);
        self.judge(status);
    }

    fn judge(&self, status: GrpcStatus) {
        if status.is_failure(self.side) {
            self.failed(status.name);
        }
    }

    /// The exchange failed before its reply ended.
    pub(crate) fn broke<E>(&mut self) {
        self.broke_with(&Failure::of_named::<E>().error_type);
    }

    /// The same, for a reason that has a better name than its type.
    pub(crate) fn broke_with(&mut self, error_type: &str) {
        if self.phase != Phase::Ended {
            self.failed(error_type);
            self.end();
        }
    }

    /// The last byte has come or gone. The span ends now, whoever holds it.
    pub(crate) fn end(&mut self) {
        if self.phase != Phase::Ended {
            self.phase = Phase::Ended;
            // The layer takes the last exit for the end.
            self.span.in_scope(|| ());
        }
    }

    fn failed(&self, error_type: &str) {
        self.span.record("error.type", error_type);
        self.span.record("otel.status_code", "error");
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        match self.phase {
            Phase::Ended => return,
            Phase::Waiting => {
                self.span.record("agent_trace.outcome", "cancelled");
                self.failed("cancelled");
            }
            Phase::Replying => _ = self.span.record("agent_trace.outcome", "abandoned"),
        }
        self.end();
    }
}

/// A URL without user info and query, which hold keys.
fn full(uri: &Uri) -> Option<String> {
    let (scheme, authority) = (uri.scheme_str()?, uri.authority()?.as_str());
    let host = authority.rsplit('@').next().unwrap_or(authority);
    Some(format!("{scheme}://{host}{}", uri.path()))
}
