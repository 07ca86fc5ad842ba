//! The client's end with `reqwest`, over a real connection.

use agent_trace::agent_span;
use agent_trace::reqwest::Tracing;
use agent_trace::testing::capture_async;
use opentelemetry::trace::SpanKind;
use reqwest_middleware::{ClientBuilder, ClientWithMiddleware};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

/// Answers one request with 503 and the request's own head.
async fn echo(listener: TcpListener) {
    let (mut connection, _) = listener.accept().await.unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(connection.read_u8().await.unwrap());
    }
    let reply = format!(
        "HTTP/1.1 503 Service Unavailable\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        head.len()
    );
    connection.write_all(reply.as_bytes()).await.unwrap();
    connection.write_all(&head).await.unwrap();
}

fn client() -> ClientWithMiddleware {
    ClientBuilder::new(reqwest::Client::builder().no_proxy().build().unwrap())
        .with(Tracing::new())
        .build()
}

#[tokio::test]
async fn a_request_has_a_span_and_carries_it() {
    #[agent_span]
    async fn ask(url: String) -> String {
        client()
            .get(url)
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap()
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = tokio::spawn(echo(listener));
    let captured = capture_async(ask(format!("http://127.0.0.1:{port}/tasks?key=secret"))).await;
    server.await.unwrap();
    let span = captured.spans.find("GET");
    assert_eq!(span.kind(), SpanKind::Client);
    assert_eq!(
        span.parent(),
        Some(captured.spans.find("invoke_agent ask").id())
    );
    span.assert_attr(
        "url.full",
        format!("http://127.0.0.1:{port}/tasks").as_str(),
    )
    .assert_attr("server.address", "127.0.0.1")
    .assert_attr("server.port", i64::from(port))
    .assert_attr("http.response.status_code", 503)
    .assert_error("503");
    let sent = format!("traceparent: 00-{}-{}-01\r\n", span.trace_id(), span.id());
    assert!(captured.value.contains(&sent), "{}", captured.value);
}

#[tokio::test]
async fn a_connection_that_is_refused_is_an_error() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let captured = capture_async(async {
        client()
            .get(format!("http://127.0.0.1:{port}/"))
            .send()
            .await
            .unwrap_err();
    })
    .await;
    captured
        .spans
        .only()
        .assert_error("connect")
        .assert_no_attr("http.response.status_code");
}
