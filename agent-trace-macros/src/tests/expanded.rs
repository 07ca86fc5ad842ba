//! Snapshots of what the attributes expand to, one for each attribute and shape.
//!
//! They are compared with the files in `expanded/`; `AGENT_TRACE_BLESS=1` writes them.

use std::env;
use std::fs;
use std::path::Path;

use super::run;
use crate::family::Family;

fn check(name: &str, family: Family, arguments: &str, item: &str) {
    let file = syn::parse2(run(family, arguments, item)).expect("the expansion is Rust");
    let found = prettyplease::unparse(&file);
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src/tests/expanded")
        .join(name);
    if env::var_os("AGENT_TRACE_BLESS").is_some() {
        fs::write(&path, &found).expect("the snapshot can be written");
        return;
    }
    let stored = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        found, stored,
        "{name} differs; AGENT_TRACE_BLESS=1 writes it anew"
    );
}

#[test]
fn agent_async() {
    check(
        "agent_async.rs",
        Family::Agent,
        r#"name = "researcher", conversation = session.id, fields(user.id = %session.user, attempt)"#,
        r#"
            /// Answers a research question
            /// with a team of searchers.
            ///
            /// More.
            pub async fn research(session: &Session, mut question: String, _: Permit) -> Result<Report, AgentError> {
                question.push('?');
                session.run(question).await
            }
        "#,
    );
}

#[test]
fn tool_method() {
    check(
        "tool_method.rs",
        Family::Tool,
        "call_id = call.id, error = classify",
        r#"
            fn web_search(&self, call: &ToolCall, query: &str) -> Result<Vec<Hit>, SearchError> {
                self.index.search(query)
            }
        "#,
    );
}

#[test]
fn llm_async() {
    check(
        "llm_async.rs",
        Family::Llm,
        r#"provider = "openai", temperature = 0.2, result = |reply, span| note(reply, span)"#,
        r#"
            async fn ask(client: &Client, request: Request) -> Result<Reply, Error> {
                client.chat(request).await
            }
        "#,
    );
}

#[test]
fn llm_stream() {
    check(
        "llm_stream.rs",
        Family::Llm,
        r#"provider = "anthropic", model = MODEL, crate = crate::telemetry"#,
        r#"
            fn stream(prompt: String) -> impl Stream<Item = Result<Event, Error>> {
                events(prompt)
            }
        "#,
    );
}

#[test]
fn tool_future() {
    check(
        "tool_future.rs",
        Family::Tool,
        "",
        r#"
            fn fetch(&self) -> impl Future<Output = Page> + use<'_> {
                self.client.get()
            }
        "#,
    );
}

#[test]
fn agent_unit() {
    check(
        "agent_unit.rs",
        Family::Agent,
        r#"operation = "invoke_workflow", new_trace"#,
        "async fn nightly() { run().await }",
    );
}

#[test]
fn tool_never() {
    check(
        "tool_never.rs",
        Family::Tool,
        "",
        "fn serve(port: u16) -> ! { loop { accept(port) } }",
    );
}

#[test]
fn tool_track_caller() {
    check(
        "tool_track_caller.rs",
        Family::Tool,
        "",
        "#[track_caller] fn first<T: Clone, const N: usize>((items, _): ([T; N], u8)) -> T { items[0].clone() }",
    );
}
