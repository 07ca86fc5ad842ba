//! `#[llm_call]` around functions of each SDK, over real HTTP against a server that the test starts: everything is
//! found by type, the provider is the only option. The SDKs but `async-openai` are heavy and have features, which
//! `.ci/run adapters` turns on.

mod async_openai;
#[cfg(feature = "aws-sdk-bedrockruntime")]
mod bedrock;
#[cfg(feature = "genai")]
mod genai;
#[cfg(feature = "ollama-rs")]
mod ollama_rs;
mod raw_bodies;
#[cfg(feature = "rig-core")]
mod rig_core;
mod server;

use std::future::Future;

use agent_trace::testing::{Capture, Captured, FinishedSpan};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::filter_fn;

use self::server::Server;

/// What stands in prompts and replies, and must stay there.
const CANARY: &str = "canary-77d0";

/// What the functions under test record. The SDKs have spans and events of their own, some with bodies in them.
async fn captured<F: Future>(future: F) -> Captured<F::Output> {
    let own = filter_fn(|metadata| metadata.target().starts_with("sdk"));
    let capture = Capture::new().otel_layer(|layer| layer.with_filter(own));
    let captured = capture.run_async(future).await;
    for span in captured.spans.iter() {
        assert!(
            !format!("{:?}", span.data()).contains(CANARY),
            "content leaks: {span:?}"
        );
        assert_eq!(span.keys_duplicated(), [""; 0]);
    }
    captured
}

/// The call went to that server.
fn assert_server(span: &FinishedSpan, server: &Server) {
    span.assert_attr("server.address", "127.0.0.1")
        .assert_attr("server.port", i64::from(server.address.port()));
}

/// The span is of a stream whose content began to come.
fn assert_streamed(span: &FinishedSpan) {
    span.assert_attr("gen_ai.request.stream", true);
    let first = span.double("gen_ai.response.time_to_first_chunk");
    assert!(first.expect("a first chunk") > 0.0);
}
