//! What the attributes accept, and what they say about mistakes.
//!
//! Every file in `<attribute>/pass/` is a module of this test: it compiles, and what each option fills is looked up in
//! the span. Every file in `<attribute>/fail/` is a program that must not compile; the text beside it is what the
//! compiler says.

mod harness;

/// The options of `#[agent_span]`.
mod agent_span {
    mod pass {
        mod items;
        mod options;
        mod shared;
    }
}

/// The options of `#[llm_call]`.
mod llm_call {
    mod pass {
        mod options;
        mod requests;
        mod shared;
    }
}

/// The options of `#[tool_call]`.
mod tool_call {
    mod pass {
        mod options;
        mod shared;
    }
}

/// Each program in the `fail` folders is refused, with the text that stands beside it.
#[test]
fn mistakes() {
    harness::check(&["agent_span", "llm_call", "tool_call"]);
}
