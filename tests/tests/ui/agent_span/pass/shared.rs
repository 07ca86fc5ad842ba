//! The options that all three attributes share: where the span stands, and what fields it has.

use agent_trace::testing::{capture, capture_async};
use agent_trace::{agent_span, llm_call, tool_call};
use tracing::Span;

const NAME: &str = "a.const";
const TARGET: &str = "own::target";

#[derive(Debug)]
struct Point {
    x: u64,
}

#[agent_span(fields(
    plain = "text",
    user.id = point.x,
    "quoted name" = true,
    {NAME} = 1.5,
    display = %point.x,
    debug = ?point,
    type = -3,
    point.x,
    absent,
    empty = tracing::field::Empty,
    some = Some(4_u8),
    none = None::<&str>,
))]
fn fields(point: Point) {
    Span::current().record("absent", "filled later");
}

#[test]
fn fields_have_every_form_of_name_and_value() {
    let spans = capture(|| fields(Point { x: 7 })).spans;
    let span = spans.only();
    span.assert_attr("plain", "text")
        .assert_attr("user.id", 7)
        .assert_attr("quoted name", true)
        .assert_attr("a.const", 1.5)
        .assert_attr("display", "7")
        .assert_attr("debug", "Point { x: 7 }")
        .assert_attr("type", -3)
        .assert_attr("absent", "filled later")
        .assert_attr("some", 4)
        .assert_no_attr("point.x")
        .assert_no_attr("empty")
        .assert_no_attr("none");
}

#[tool_call(fields(%number, ?text))]
fn shorthand(number: u32, text: &str) {}

#[test]
fn a_mark_alone_takes_the_variable_of_that_name() {
    let spans = capture(|| shorthand(1, "x")).spans;
    spans
        .only()
        .assert_attr("number", "1")
        .assert_attr("text", "\"x\"");
}

#[agent_span(target = TARGET, level = "debug")]
fn target_and_level() -> (Option<tracing::Level>, Option<&'static str>) {
    let metadata = Span::current().metadata();
    (
        metadata.map(|it| *it.level()),
        metadata.map(tracing::Metadata::target),
    )
}

#[llm_call(model = "m", level = 4)]
fn numbered_level() -> Option<tracing::Level> {
    Span::current().metadata().map(|it| *it.level())
}

#[tool_call(level = tracing::Level::TRACE, target = "literal")]
fn path_level() -> Option<tracing::Level> {
    Span::current().metadata().map(|it| *it.level())
}

#[tool_call]
fn default_target() -> Option<(tracing::Level, &'static str)> {
    Span::current()
        .metadata()
        .map(|it| (*it.level(), it.target()))
}

#[test]
fn level_and_target_are_as_given() {
    assert_eq!(
        capture(target_and_level).value,
        (Some(tracing::Level::DEBUG), Some("own::target"))
    );
    assert_eq!(capture(numbered_level).value, Some(tracing::Level::WARN));
    assert_eq!(capture(path_level).value, Some(tracing::Level::TRACE));
    assert_eq!(
        capture(default_target).value,
        Some((tracing::Level::INFO, module_path!()))
    );
}

#[tool_call(parent = parent)]
fn parent(parent: &Span) {}

#[tool_call(parent = parent)]
async fn maybe_parent(parent: Option<tracing::Id>) {}

#[test]
fn the_parent_is_the_one_given() {
    let captured = capture(|| {
        let root = tracing::info_span!("root");
        tracing::info_span!("around").in_scope(|| parent(&root));
    });
    assert_eq!(
        captured
            .spans
            .path(captured.spans.find("execute_tool parent")),
        "root > execute_tool parent"
    );
}

#[tokio::test]
async fn without_one_it_is_the_current_span() {
    let captured = capture_async(async {
        let around = tracing::info_span!("around");
        tracing::Instrument::instrument(maybe_parent(None), around).await;
    })
    .await;
    let tool = captured.spans.find("execute_tool maybe_parent");
    assert_eq!(
        captured.spans.parent(tool).map(|span| span.name()),
        Some("around")
    );
}

#[agent_span(new_trace, links(causes[0], causes))]
fn new_trace(causes: &[Span]) {}

#[test]
fn a_new_trace_is_linked_to_what_caused_it() {
    let captured = capture(|| {
        let cause = tracing::info_span!("cause");
        cause.in_scope(|| new_trace(&[cause.clone(), tracing::info_span!("other")]));
    });
    let spans = &captured.spans;
    let agent = spans.find("invoke_agent new_trace");
    assert_eq!(agent.parent(), None);
    assert_ne!(agent.trace_id(), spans.find("cause").trace_id());
    let targets: Vec<_> = agent
        .links()
        .iter()
        .filter_map(|link| spans.target(link))
        .map(|it| it.name().to_owned())
        .collect();
    assert!(
        targets.iter().filter(|name| *name == "cause").count() >= 2,
        "{targets:?}"
    );
    assert!(targets.contains(&"other".to_owned()), "{targets:?}");
}

mod renamed {
    pub(super) use agent_trace as tracing_of_agents;

    #[tracing_of_agents::tool_call(crate = crate::agent_span::pass::shared::renamed::tracing_of_agents)]
    pub(super) fn works(one: u32) -> u32 {
        one
    }

    #[tracing_of_agents::tool_call(crate = ::agent_trace)]
    pub(super) async fn works_too(one: u32) -> u32 {
        one
    }
}

#[tokio::test]
async fn the_crate_may_be_anywhere() {
    let captured = capture_async(async { renamed::works(1) + renamed::works_too(2).await }).await;
    assert_eq!(captured.value, 3);
    assert_eq!(
        captured.spans.names(),
        ["execute_tool works", "execute_tool works_too"]
    );
}
