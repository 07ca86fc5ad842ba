//! The text of `/metrics`.

use crate::calls::{self, Reply, usage};
use agent_trace::metrics::{Metrics, Prometheus};
use agent_trace::testing::Capture;
use opentelemetry_sdk::metrics::SdkMeterProvider;

#[test]
fn the_page_has_every_series() {
    let (prometheus, reader) = Prometheus::new().expect("a new registry");
    let provider = SdkMeterProvider::builder().with_reader(reader).build();
    let reply = Reply {
        usage: Some(usage(10, 5)),
        ..Reply::default()
    };
    let captured = Capture::new()
        .layer(Metrics::new(&provider))
        .run(|| calls::ask("acme", Ok(reply)));
    assert_eq!(captured.spans.len(), 1);

    let page = prometheus.page().expect("text");
    let line = |start: &str| {
        let found = page.lines().find(|line| line.starts_with(start));
        found.unwrap_or_else(|| panic!("no {start} in\n{page}"))
    };
    let input = line("gen_ai_client_inference_usage_input_tokens_total{");
    assert!(input.ends_with(" 10"), "{input}");
    assert!(
        input.contains("gen_ai_token_modality=\"unknown\""),
        "{input}"
    );
    let count = line("gen_ai_client_inference_duration_seconds_count{");
    assert!(count.ends_with(" 1"), "{count}");
    assert!(page.contains("le=\"81.92\""), "{page}");
    assert!(Prometheus::CONTENT_TYPE.starts_with("text/plain"));
}
