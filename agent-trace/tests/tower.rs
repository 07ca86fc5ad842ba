//! The two ends of a call over HTTP and gRPC, on the spans that come out.

use agent_trace::propagation::TrustMode;
use agent_trace::testing::{Captured, FinishedSpan, capture_async};
use agent_trace::tower::{ClientLayer, ServerLayer};
use agent_trace::{agent_span, tool_call};
use http::{HeaderMap, Request, Response, StatusCode};
use http_body::{Body, Frame};
use opentelemetry::trace::SpanKind;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tower_layer::Layer;
use tower_service::Service;

const TRACEPARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

/// A body of these frames, which says nothing of its end before it.
#[derive(Debug, Default)]
struct Frames(VecDeque<Result<Frame<&'static [u8]>, Broken>>);

#[derive(Debug, PartialEq)]
struct Broken;

impl Frames {
    fn of(parts: &[&'static str]) -> Self {
        Self(
            parts
                .iter()
                .map(|part| Ok(Frame::data(part.as_bytes())))
                .collect(),
        )
    }

    fn then(mut self, frame: Result<Frame<&'static [u8]>, Broken>) -> Self {
        self.0.push_back(frame);
        self
    }
}

impl Body for Frames {
    type Data = &'static [u8];
    type Error = Broken;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Broken>>> {
        tracing::info_span!("frame").in_scope(|| ());
        Poll::Ready(self.0.pop_front())
    }
}

/// A service that answers with a function.
#[derive(Clone)]
struct Answer<F>(F);

impl<F, T, R, E> Service<Request<T>> for Answer<F>
where
    F: FnMut(Request<T>) -> R,
    R: Future<Output = Result<Response<Frames>, E>>,
{
    type Response = Response<Frames>;
    type Error = E;
    type Future = R;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), E>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<T>) -> R {
        (self.0)(request)
    }
}

fn get(uri: &str) -> Request<()> {
    Request::get(uri)
        .header("traceparent", TRACEPARENT)
        .body(())
        .unwrap()
}

fn reply(status: u16, body: Frames) -> Result<Response<Frames>, Infallible> {
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    Ok(response)
}

async fn drain<B: Body>(body: B) -> Vec<Result<Frame<B::Data>, B::Error>> {
    let mut body = std::pin::pin!(body);
    let mut frames = Vec::new();
    while let Some(frame) = std::future::poll_fn(|context| body.as_mut().poll_frame(context)).await
    {
        frames.push(frame);
    }
    frames
}

fn exchange<T>(captured: &Captured<T>) -> &FinishedSpan {
    let mut spans = captured
        .spans
        .iter()
        .filter(|span| span.kind() != SpanKind::Internal);
    let span = spans.next().expect("there is an exchange");
    assert!(spans.next().is_none(), "and only one");
    assert_eq!(captured.unfinished(), 0);
    span
}

#[tokio::test]
async fn a_request_runs_beneath_its_caller_until_the_last_byte() {
    #[agent_span]
    async fn answer() {}

    let layer = ServerLayer::new().route(|_| Some("/tasks/{id}".to_owned()));
    let mut service = layer.layer(Answer(|_: Request<()>| async {
        answer().await;
        reply(200, Frames::of(&["one", "two"]))
    }));
    let captured = capture_async(async {
        let request = get("http://user:secret@agents.example:8080/tasks/7?key=secret");
        let response = service.call(request).await.unwrap();
        drain(response.into_body()).await.len()
    })
    .await;
    assert_eq!(captured.value, 2);
    let span = exchange(&captured);
    assert_eq!(
        (span.name(), span.kind()),
        ("GET /tasks/{id}", SpanKind::Server)
    );
    assert!(span.has_remote_parent());
    assert_eq!(
        span.trace_id().to_string(),
        "4bf92f3577b34da6a3ce929d0e0e4736"
    );
    span.assert_attr("http.request.method", "GET")
        .assert_attr("http.route", "/tasks/{id}")
        .assert_attr("url.path", "/tasks/7")
        .assert_attr("url.scheme", "http")
        .assert_attr("server.address", "agents.example")
        .assert_attr("server.port", 8080)
        .assert_attr("http.response.status_code", 200)
        .assert_no_attr("error.type")
        .assert_no_attr("agent_trace.outcome")
        .assert_unset();
    assert!(!format!("{captured:?}").contains("secret"));
    let agent = captured.spans.find("invoke_agent answer");
    assert_eq!(agent.parent(), Some(span.id()));
    let frames: Vec<_> = captured
        .spans
        .iter()
        .filter(|span| span.name() == "frame")
        .collect();
    assert_eq!(frames.len(), 3);
    for frame in frames {
        assert_eq!(frame.parent(), Some(span.id()));
        assert!(
            frame.end() < span.end(),
            "the span ends with the body, not with its head"
        );
    }
}

#[tokio::test]
async fn a_stranger_is_linked_and_not_continued() {
    let layer = ServerLayer::new().trust(TrustMode::Link);
    let mut service = layer.layer(Answer(|_: Request<()>| async {
        reply(204, Frames::default())
    }));
    let captured = capture_async(async {
        // Not even where the server itself is inside a span.
        let around = tracing::info_span!("around");
        let call = around.in_scope(|| service.call(get("/tasks/7")));
        drain(call.await.unwrap().into_body()).await;
    })
    .await;
    let span = exchange(&captured);
    assert_eq!((span.name(), span.parent()), ("GET", None));
    assert_ne!(
        span.trace_id().to_string(),
        "4bf92f3577b34da6a3ce929d0e0e4736"
    );
    let links = span.links_of("triggered_by");
    assert_eq!(links.len(), 1);
    assert_eq!(links[0].span_id().to_string(), "00f067aa0ba902b7");
}

#[tokio::test]
async fn a_request_runs_in_the_scope_that_its_caller_sent() {
    #[agent_span]
    async fn answer() {}

    for (trust, tenant) in [
        (TrustMode::Trust, Some("acme")),
        (TrustMode::Link, None),
        (TrustMode::Ignore, None),
    ] {
        let mut service = ServerLayer::new()
            .trust(trust)
            .layer(Answer(|_: Request<()>| async {
                answer().await;
                reply(200, Frames::default())
            }));
        let captured = capture_async(async {
            let mut request = get("/");
            let baggage = "agent_trace.tenant.id=acme".parse().unwrap();
            request.headers_mut().insert("baggage", baggage);
            drain(service.call(request).await.unwrap().into_body()).await;
        })
        .await;
        let agent = captured.spans.find("invoke_agent answer");
        assert_eq!(agent.str("agent_trace.tenant.id"), tenant, "{trust:?}");
    }
}

#[tokio::test]
async fn a_stranger_that_is_ignored_leaves_nothing() {
    let layer = ServerLayer::new().trust(TrustMode::Ignore);
    let mut service = layer.layer(Answer(|_: Request<()>| async {
        reply(200, Frames::default())
    }));
    let captured = capture_async(async {
        drain(service.call(get("/")).await.unwrap().into_body()).await;
    })
    .await;
    let span = exchange(&captured);
    assert_eq!((span.parent(), span.links().len()), (None, 0));
    assert_ne!(
        span.trace_id().to_string(),
        "4bf92f3577b34da6a3ce929d0e0e4736"
    );
}

#[tokio::test]
async fn a_server_is_to_blame_for_its_own_failures_only() {
    for (status, error) in [
        (200, None),
        (404, None),
        (500, Some("500")),
        (503, Some("503")),
    ] {
        let mut service = ServerLayer::new().layer(Answer(|_: Request<()>| async move {
            reply(status, Frames::default())
        }));
        let captured = capture_async(async {
            drain(service.call(get("/")).await.unwrap().into_body()).await;
        })
        .await;
        let span = exchange(&captured);
        span.assert_attr("http.response.status_code", i64::from(status));
        match error {
            Some(error) => _ = span.assert_error(error),
            None => _ = span.assert_unset(),
        }
    }
}

#[tokio::test]
async fn a_client_that_goes_away_is_seen() {
    // Before the head of the reply.
    let mut service = ServerLayer::new().layer(Answer(|_: Request<()>| async {
        tokio::time::sleep(Duration::from_secs(3_600)).await;
        reply(200, Frames::default())
    }));
    let captured = capture_async(async {
        let call = service.call(get("/"));
        tokio::time::timeout(Duration::from_millis(5), call)
            .await
            .unwrap_err();
    })
    .await;
    exchange(&captured)
        .assert_error("cancelled")
        .assert_attr("agent_trace.outcome", "cancelled")
        .assert_no_attr("http.response.status_code");

    // In the middle of the body.
    let mut service = ServerLayer::new().layer(Answer(|_: Request<()>| async {
        reply(200, Frames::of(&["one", "two"]))
    }));
    let captured = capture_async(async {
        let mut body = Box::pin(service.call(get("/")).await.unwrap().into_body());
        std::future::poll_fn(|context| body.as_mut().poll_frame(context))
            .await
            .unwrap()
            .unwrap();
    })
    .await;
    exchange(&captured)
        .assert_unset()
        .assert_attr("agent_trace.outcome", "abandoned")
        .assert_attr("http.response.status_code", 200);
}

#[tokio::test]
async fn a_body_that_breaks_fails_the_span() {
    let mut service = ServerLayer::new().layer(Answer(|_: Request<()>| async {
        reply(200, Frames::of(&["one"]).then(Err(Broken)))
    }));
    let captured = capture_async(async {
        drain(service.call(get("/")).await.unwrap().into_body()).await;
    })
    .await;
    exchange(&captured)
        .assert_error("Broken")
        .assert_no_attr("agent_trace.outcome");
}

#[tokio::test]
async fn methods_that_nobody_knows_are_folded() {
    let mut service = ServerLayer::new().layer(Answer(|_: Request<()>| async {
        reply(200, Frames::default())
    }));
    let captured = capture_async(async {
        let request = Request::builder()
            .method("BREW")
            .uri("/pot")
            .body(())
            .unwrap();
        drain(service.call(request).await.unwrap().into_body()).await;
    })
    .await;
    let span = exchange(&captured);
    assert_eq!(span.name(), "HTTP");
    span.assert_attr("http.request.method", "_OTHER")
        .assert_attr("http.request.method_original", "BREW");
}

#[tokio::test]
async fn grpc_tells_its_status_in_trailers() {
    let trailers = |code: &'static str| {
        let mut trailers = HeaderMap::new();
        trailers.insert("grpc-status", code.parse().unwrap());
        Ok(Frame::trailers(trailers))
    };
    for (code, name, error) in [
        ("0", "OK", None),
        ("5", "NOT_FOUND", None),
        ("14", "UNAVAILABLE", Some("UNAVAILABLE")),
    ] {
        let mut service = ServerLayer::new().layer(Answer(|_: Request<()>| async move {
            reply(200, Frames::of(&["message"]).then(trailers(code)))
        }));
        let captured = capture_async(async {
            let request = Request::post("http://tools.example/agents.v1.Tools/Call")
                .header("content-type", "application/grpc+proto")
                .body(())
                .unwrap();
            drain(service.call(request).await.unwrap().into_body()).await;
        })
        .await;
        let span = exchange(&captured);
        assert_eq!(span.name(), "agents.v1.Tools/Call");
        span.assert_attr("rpc.system.name", "grpc")
            .assert_attr("rpc.method", "agents.v1.Tools/Call")
            .assert_attr("rpc.response.status_code", name)
            .assert_no_attr("http.response.status_code");
        match error {
            Some(error) => _ = span.assert_error(error),
            None => _ = span.assert_unset(),
        }
    }
}

#[tokio::test]
async fn a_client_sends_its_own_span_along() {
    #[tool_call]
    async fn look_up<S, E>(service: &mut S) -> HeaderMap
    where
        S: Service<
                Request<()>,
                Response = Response<agent_trace::tower::TracedBody<Frames>>,
                Error = E,
            >,
        E: std::fmt::Debug,
    {
        let request = Request::get("https://user:secret@search.example/v1?key=secret")
            .body(())
            .unwrap();
        let response = service.call(request).await.unwrap();
        let (parts, body) = response.into_parts();
        drain(body).await;
        parts.headers
    }
    let mut service = ClientLayer::new().layer(Answer(|request: Request<()>| async move {
        let mut response = reply(404, Frames::of(&["no"])).unwrap();
        *response.headers_mut() = request.headers().clone();
        Ok::<_, Infallible>(response)
    }));
    let captured = capture_async(look_up(&mut service)).await;
    let span = exchange(&captured);
    assert_eq!((span.name(), span.kind()), ("GET", SpanKind::Client));
    span.assert_attr("url.full", "https://search.example/v1")
        .assert_attr("server.address", "search.example")
        .assert_attr("server.port", 443)
        .assert_no_attr("url.path")
        .assert_error("404");
    assert_eq!(
        span.parent(),
        Some(captured.spans.find("execute_tool look_up").id())
    );
    assert_eq!(
        captured.value["traceparent"],
        format!("00-{}-{}-01", span.trace_id(), span.id())
    );
    assert!(!format!("{:?}", captured.spans).contains("secret"));
}

#[tokio::test]
async fn no_context_goes_to_a_model_provider() {
    let mut service = ClientLayer::new().layer(Answer(|request: Request<()>| async move {
        let mut response = reply(200, Frames::default()).unwrap();
        *response.headers_mut() = request.headers().clone();
        Ok::<_, Infallible>(response)
    }));
    let captured = capture_async(async {
        let request = Request::post("https://api.openai.com/v1/chat/completions")
            .body(())
            .unwrap();
        service.call(request).await.unwrap().into_parts().0.headers
    })
    .await;
    assert!(captured.value.is_empty());
}

#[tokio::test]
async fn a_connection_that_fails_is_an_error() {
    let mut service = ClientLayer::new().layer(Answer(|_: Request<()>| async { Err(Broken) }));
    let captured = capture_async(async {
        let request = Request::get("http://search.example/").body(()).unwrap();
        assert!(service.call(request).await.is_err());
    })
    .await;
    exchange(&captured).assert_error("Broken");
}
