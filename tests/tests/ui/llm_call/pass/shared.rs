//! The options that all three attributes share, on streams: what is said of a value is said of each item.

use agent_trace::testing::capture_async;
use agent_trace::{Verdict, llm_call};
use futures_core::Stream;
use futures_util::stream::{self, BoxStream, StreamExt as _};

fn classify(item: &Result<u32, String>) -> Verdict {
    match item {
        Ok(13) => Verdict::failure("unlucky"),
        Ok(_) => Verdict::Success,
        Err(_) => Verdict::Expected,
    }
}

#[llm_call(provider = "openai", model = "m", error = classify)]
fn opaque(items: Vec<Result<u32, String>>) -> impl Stream<Item = Result<u32, String>> {
    stream::iter(items)
}

#[llm_call(provider = "openai", model = "m", error = classify)]
async fn boxed(
    items: Vec<Result<u32, String>>,
) -> Result<BoxStream<'static, Result<u32, String>>, String> {
    Ok(stream::iter(items).boxed())
}

#[tokio::test]
async fn each_item_is_classified() {
    let spans = capture_async(opaque(vec![Ok(1), Ok(13), Ok(2)]).count())
        .await
        .spans;
    assert_eq!(spans.len(), 0, "the stream was made outside of the capture");
    let spans = capture_async(async { opaque(vec![Ok(1), Ok(13), Ok(2)]).count().await })
        .await
        .spans;
    spans.only().assert_error("unlucky");
    let spans = capture_async(async { opaque(vec![Ok(1), Err(String::new())]).count().await })
        .await
        .spans;
    spans.only().assert_unset();
    let spans = capture_async(async { boxed(vec![Ok(13)]).await.unwrap().count().await })
        .await
        .spans;
    spans.only().assert_error("unlucky");
}

#[llm_call(
    provider = "openai",
    model = "m",
    fields(last),
    result = |item, span| { span.record("last", format!("{prefix}{item}")); }
)]
fn recorded<'a>(prefix: &'a str, items: &'a [u32]) -> impl Stream<Item = &'a u32> + 'a {
    stream::iter(items)
}

#[tokio::test]
async fn each_item_is_read() {
    let spans = capture_async(async { recorded("n", &[5]).count().await })
        .await
        .spans;
    spans
        .only()
        .assert_attr("last", "n5")
        .assert_attr("gen_ai.request.stream", true);
}
