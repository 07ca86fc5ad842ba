//! Both ends of a call over HTTP.

use std::net::Ipv4Addr;

use agent_trace::reqwest::Tracing;
use agent_trace::tower::ServerLayer;
use axum::Router;
use axum::extract::MatchedPath;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use reqwest_middleware::{ClientBuilder, ClientWithMiddleware};
use tokio::net::TcpListener;

use super::{AnyError, process};

/// A client whose requests are spans and carry the trace on.
pub(super) fn client() -> reqwest::Result<ClientWithMiddleware> {
    let client = ClientBuilder::new(plain_client()?).with(Tracing::new());
    Ok(client.build())
}

/// A client for what is no part of the trace.
pub(super) fn plain_client() -> reqwest::Result<reqwest::Client> {
    // A proxy that the environment names does not lead to our own machine.
    reqwest::Client::builder().no_proxy().build()
}

/// A free port of the loopback interface.
pub(super) async fn bind() -> Result<(TcpListener, String), AnyError> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let url = format!("http://{}", listener.local_addr()?);
    Ok((listener, url))
}

/// Serves until the parent ends this process, each request in a span beneath its caller's and in the scope that came
/// with it.
pub(super) async fn serve(router: Router) -> Result<(), AnyError> {
    let layer = ServerLayer::new().route(|parts| {
        let path = parts.extensions.get::<MatchedPath>()?;
        Some(path.as_str().to_owned())
    });
    let (listener, url) = bind().await?;
    process::ready(url)?;
    axum::serve(listener, router.layer(layer))
        .with_graceful_shutdown(process::dismissed())
        .await?;
    Ok(())
}

/// What a handler answers when it could not do its work. The text is for our own processes only.
#[derive(Debug)]
pub(super) struct Failed(AnyError);

impl<E: Into<AnyError>> From<E> for Failed {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        (StatusCode::BAD_GATEWAY, self.0.to_string()).into_response()
    }
}

/// The answer's status as an error, with what the other side says of it.
pub(super) async fn accepted(reply: reqwest::Response) -> Result<(), AnyError> {
    let status = reply.status();
    if status.is_success() {
        return Ok(());
    }
    let text = reply.text().await.unwrap_or_default();
    Err(format!("{status}: {text}").into())
}
