//! The service that the W3C's harness calls, called by something simpler.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use agent_trace_tests::conformance::check;
use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::routing::post;
use reqwest::{Client, StatusCode};
use serde_json::json;
use tokio::net::TcpListener;

const TRACE_ID: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const SPAN_ID: &str = "00f067aa0ba902b7";

/// The program, ended with the test.
struct Service {
    child: Child,
    url: String,
    directory: PathBuf,
}

impl Service {
    fn start() -> Self {
        let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("trace_context_service");
        fs::create_dir_all(&directory).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_trace_context_service"))
            .arg("0")
            .current_dir(&directory)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut url = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut url)
            .unwrap();
        Self {
            child,
            url: url.trim().to_owned(),
            directory,
        }
    }
}

impl Service {
    /// Ends it as Ctrl-C does, which writes what has not been written.
    fn end(&mut self) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-INT", &id]).status().unwrap();
        assert!(sent.success());
        assert!(self.child.wait().unwrap().success());
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// What was called, and with which headers.
type Calls = Arc<Mutex<Vec<(String, HeaderMap)>>>;

/// A service to be called, and its URL.
async fn callee(calls: Calls) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let router = Router::new().route(
        "/",
        post(
            |State(calls): State<Calls>, headers: HeaderMap, body: String| async move {
                calls.lock().unwrap().push((body, headers));
            },
        ),
    );
    tokio::spawn(async move { axum::serve(listener, router.with_state(calls)).await });
    url
}

#[tokio::test]
async fn each_call_is_made_in_the_trace_that_came() {
    let calls = Calls::default();
    let callee = callee(Arc::clone(&calls)).await;
    let mut service = Service::start();
    let body = json!([
        { "url": callee, "arguments": [1, "two"] },
        { "url": callee, "arguments": [] },
    ]);
    let client = Client::builder().no_proxy().build().unwrap();
    let request = client
        .post(&service.url)
        .header("content-type", "application/json")
        .header("traceparent", format!("00-{TRACE_ID}-{SPAN_ID}-03"))
        .header("tracestate", "foo@@bar=1")
        .header("tracestate", "vendor=2")
        .header("baggage", "user=me");
    let response = request.body(body.to_string()).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);

    let calls = calls.lock().unwrap();
    let bodies: Vec<_> = calls.iter().map(|(body, _)| body.as_str()).collect();
    assert_eq!(bodies, ["[1,\"two\"]", "[]"]);
    let mut parents = Vec::new();
    for (_, headers) in calls.iter() {
        let parent = headers["traceparent"].to_str().unwrap();
        assert!(
            parent.starts_with(&format!("00-{TRACE_ID}-")) && parent.ends_with("-03"),
            "{parent}"
        );
        assert_eq!(headers["tracestate"], "foo@@bar=1,vendor=2");
        assert!(!headers.contains_key("baggage"));
        parents.push(parent.to_owned());
    }
    assert_ne!(parents[0], parents[1], "each call has a span of its own");

    drop(client);
    service.end();
    let written = service
        .directory
        .join("target/agent-trace/trace_context_service.jsonl");
    let written = fs::read_to_string(written).unwrap();
    assert!(written.contains(SPAN_ID), "{written}");
    let report = check(&written).unwrap();
    assert!(report.violations.is_empty(), "{report:?}");
}

#[tokio::test]
async fn a_call_that_cannot_be_made_is_reported() {
    let body = json!([{ "url": "http://127.0.0.1:1/", "arguments": [] }]);
    let router = examples::trace_context_service::router().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/test", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let client = Client::builder().no_proxy().build().unwrap();
    let request = client.post(url).header("content-type", "application/json");
    let response = request.body(body.to_string()).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::BAD_GATEWAY);
}
