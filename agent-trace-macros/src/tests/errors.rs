//! What is said about mistakes, without a compiler.

use super::run;
use crate::family::Family;

/// The messages of the errors that follow the item.
fn messages(family: Family, arguments: &str, item: &str) -> Vec<String> {
    let expanded = run(family, arguments, item).to_string();
    let mut messages = Vec::new();
    let mut rest = expanded.as_str();
    while let Some(start) = rest.find("compile_error") {
        rest = &rest[start..];
        let open = rest.find('"').expect("the message is a literal");
        let close = rest.find('}').map_or(rest.len(), |end| {
            // A brace may stand in the message itself.
            rest[..].find("\" }").map_or(end, |end| end + 1)
        });
        let literal: syn::LitStr =
            syn::parse_str(&rest[open..close]).expect("the message is a literal");
        messages.push(literal.value());
        rest = &rest[close..];
    }
    messages
}

const FUNCTION: &str =
    "async fn work(&self, first: u8, (second, _): (A, B)) -> Result<(), E> { body }";

#[track_caller]
fn one(family: Family, arguments: &str, expected: &str) {
    assert_eq!(messages(family, arguments, FUNCTION), [expected]);
}

#[track_caller]
fn none(family: Family, arguments: &str) {
    assert_eq!(messages(family, arguments, FUNCTION), [""; 0]);
}

#[test]
fn three_mistakes_are_three_errors() {
    let found = messages(
        Family::Llm,
        "modle = 1, temperature = \"hot\", skip(third)",
        FUNCTION,
    );
    assert_eq!(
        found,
        [
            "`#[llm_call]` has no option `modle`: did you mean `model`?",
            "`temperature` takes a number",
            "there is no argument `third`: they are `self`, `first`, `second`",
        ]
    );
}

#[test]
fn the_item_is_always_there() {
    for arguments in [
        "",
        "nmae = 1",
        "name = ",
        "=, (",
        "name = \"a\" name = \"b\"",
    ] {
        let Ok(arguments) = arguments.parse::<proc_macro2::TokenStream>() else {
            continue;
        };
        let arguments = arguments.to_string();
        assert!(
            run(Family::Agent, &arguments, FUNCTION)
                .to_string()
                .contains("async fn work"),
            "{arguments}"
        );
    }
    // A broken body is the compiler's to report; the function around it stays.
    let broken = run(Family::Tool, "", "fn broken(x: u8) -> u8 { let = ; x. }");
    assert!(broken.to_string().contains("fn broken (x : u8) -> u8"));
    for item in ["struct S;", "impl S { fn f() {} }", "|x| x", "fn f(;"] {
        let Ok(tokens) = item.parse::<proc_macro2::TokenStream>() else {
            continue;
        };
        let expanded = run(Family::Tool, "", item).to_string();
        assert!(expanded.starts_with(&tokens.to_string()), "{expanded}");
        assert_eq!(messages(Family::Tool, "", item).len(), 1, "{item}");
    }
}

#[test]
fn what_cannot_be_instrumented_is_said_once() {
    for item in [
        "const fn f() {}",
        "fn f(&self);",
        "unsafe extern \"C\" fn f(x: u8, ...) {}",
        "pub struct S { x: u8 }",
        "enum E {}",
        "impl S {}",
        "trait T {}",
        "mod m {}",
        "static S: u8 = 1;",
        "let x = 1;",
        "move || 1",
    ] {
        assert_eq!(messages(Family::Agent, "", item).len(), 1, "{item}");
    }
}

#[test]
fn each_option_once() {
    one(
        Family::Agent,
        r#"name = "a", name = "b""#,
        "`name` is given twice: keep one of the two",
    );
    one(
        Family::Agent,
        "parent = a, target = \"t\", parent = b",
        "`parent` is given twice: keep one of the two",
    );
    none(Family::Agent, "target = \"t\", parent = p");
    one(
        Family::Tool,
        "skip_all, skip_all",
        "`skip_all` is given twice: keep one of the two",
    );
}

#[test]
fn options_of_other_attributes() {
    one(
        Family::Llm,
        r#"name = "gpt""#,
        "`#[llm_call]` has no `name`: its span is named after `operation` and `model`",
    );
    one(
        Family::Agent,
        "temperature = 1",
        "`temperature` is an option of `#[llm_call]`, not of `#[agent_span]`",
    );
    one(
        Family::Tool,
        "remote",
        "`remote` is an option of `#[agent_span]`, not of `#[tool_call]`",
    );
    one(
        Family::Tool,
        "err",
        "`#[tool_call]` has no option `err`: an `Err` is always recorded; to classify it write `error = path`",
    );
}

#[test]
fn options_of_other_operations() {
    one(
        Family::Tool,
        r#"operation = "retrieval", call_id = id"#,
        "`call_id` does not belong on `retrieval` spans: it is for `execute_tool`",
    );
    one(
        Family::Agent,
        "id = agent",
        "`id` belongs on `invoke_agent` spans of agents that run elsewhere: add `remote`, or remove `id`",
    );
    none(Family::Agent, "id = agent, remote");
    none(
        Family::Tool,
        r#"operation = "rerank", model = "m", top_k = 3"#,
    );
    none(
        Family::Llm,
        r#"operation = "embeddings", dimensions = 3, model = "m""#,
    );
    one(
        Family::Llm,
        r#"operation = "embeddings", temperature = 1"#,
        "`temperature` does not belong on `embeddings` spans: it is for `chat`, `generate_content`, `text_completion`",
    );
    one(
        Family::Agent,
        r#"operation = "plan", remote"#,
        "`remote` is for `invoke_agent`; `plan` spans are always INTERNAL",
    );
}

#[test]
fn operations_are_unmistakable() {
    one(
        Family::Tool,
        r#"operation = "chat""#,
        "`chat` is an operation of `#[llm_call]`: use that attribute",
    );
    one(
        Family::Llm,
        r#"operation = "embedding""#,
        "`embedding` could be mistaken for the conventions' `embeddings`: write \"embeddings\", or another name",
    );
    one(
        Family::Agent,
        r#"operation = "a b""#,
        "an operation is one word, such as \"rerank\" or \"run_guardrail\"",
    );
    one(
        Family::Agent,
        "operation = OPERATION",
        "an operation is a string literal, because the span's type depends on it",
    );
    none(Family::Agent, r#"operation = "reflect""#);
}

#[test]
fn fields_are_new() {
    one(
        Family::Llm,
        "fields(gen_ai.request.temperature = 1)",
        "`gen_ai.request.temperature` has an option: write `temperature = ..`",
    );
    one(
        Family::Agent,
        "fields(a = 1, a = 2)",
        "the field `a` is given twice: keep one of the two",
    );
    none(
        Family::Agent,
        r#"fields(a, %first, ?self.x, b.c = 1, "d e" = %first, {NAME} = ?first, type = 1)"#,
    );
    one(
        Family::Llm,
        "fields(gen_ai.usage.input_tokens = 1)",
        "`gen_ai.usage.input_tokens` is known only afterwards: record it with `result = |value, span| ..`, or in the \
         body with `agent_trace::current()`",
    );
    one(
        Family::Tool,
        "fields(%a = 1)",
        "the mark stands before the value: write `a = %..`",
    );
}

#[test]
fn values_are_what_the_option_takes() {
    one(
        Family::Llm,
        "seed = \"7\"",
        "`seed` takes an integer: write `seed = 7` without quotes",
    );
    one(
        Family::Llm,
        "stop_sequences = \"x\"",
        "`stop_sequences` takes a list of texts: write `stop_sequences = [\"x\"]`",
    );
    one(
        Family::Llm,
        "seed = %first",
        "`seed` takes no text: remove the mark before the value",
    );
    one(
        Family::Llm,
        "model = \"\"",
        "`model` is empty: say something, or leave it out",
    );
    one(
        Family::Agent,
        "version = 2, remote",
        "`version` takes text: write `version = \"2\"`",
    );
    none(
        Family::Llm,
        "temperature = 1, frequency_penalty = -0.5, model = ?first, stop_sequences = [\"a\"]",
    );
}

#[test]
fn grammar() {
    one(
        Family::Agent,
        r#"name"#,
        "`name` needs a value: write `name = \"..\"`",
    );
    one(Family::Agent, r#"name = "a" level = 3"#, "expected `,`");
    one(
        Family::Agent,
        r#"name = "a",, level = 3"#,
        "nothing stands before this comma: remove it",
    );
    one(
        Family::Agent,
        r#""researcher""#,
        "an option has a name: write `name = ..`",
    );
    one(
        Family::Agent,
        "user.id = 1",
        "`user.id` is a field of your own: write `fields(user.id = ..)`",
    );
    one(
        Family::Agent,
        "skip_all = true",
        "`skip_all` takes no value: write `skip_all` alone, or leave it out",
    );
    one(
        Family::Agent,
        "links = a",
        "`links` takes a list: write `links(..)`",
    );
    one(
        Family::Agent,
        "crate = \"x\"",
        "a path stands without quotes: write `crate = x`",
    );
    one(
        Family::Agent,
        "crate = x::y",
        "a relative path means something else in every module: write `::x::y` or `crate::x::y`",
    );
    one(
        Family::Agent,
        "skip(first), skip_all",
        "`skip_all` and `skip(..)` exclude each other: keep one of the two",
    );
    one(
        Family::Agent,
        "parent = p, new_trace",
        "the root of a new trace has no parent: write `links(..)` in place of `parent`",
    );
    none(
        Family::Agent,
        "level = \"Warn\", target = TARGET, links(a, b), skip(self, second),",
    );
    none(
        Family::Llm,
        "prompt(name = \"p\", version = 1.0.to_string()), request = first, level = Level::DEBUG",
    );
}
