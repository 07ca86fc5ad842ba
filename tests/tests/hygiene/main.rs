//! The expansion relies on nothing that a user can take away: no prelude, no name, no import.

#![no_implicit_prelude]
#![allow(dead_code, non_camel_case_types, unused_macros)]

/// Names of the prelude that mean something else here.
mod shadowed {
    pub(crate) struct Ok;
    pub(crate) struct Err;
    pub(crate) struct Some;
    pub(crate) struct None;
    pub(crate) struct Option;
    pub(crate) struct Result;
    pub(crate) struct Box;
    pub(crate) struct String;
    pub(crate) struct Vec;
    pub(crate) trait Send {}
    pub(crate) trait Future {}
    pub(crate) trait Iterator {}
    pub(crate) trait Into {}
    pub(crate) type u8 = ();
    pub(crate) type bool = ();
    pub(crate) type str = ();

    ::core::include!("functions.rs");
}

/// Modules and crates of names that an expansion might begin a path with.
mod modules {
    pub(crate) mod core {}
    pub(crate) mod std {}
    pub(crate) mod alloc {}
    pub(crate) mod tracing {}
    pub(crate) mod agent_trace {}
    pub(crate) mod opentelemetry {}

    ::core::include!("functions.rs");
}

/// Macros of names that an expansion might call.
mod macros {
    macro_rules! module_path {
        () => {
            ::core::compile_error!("the user's own macro was called")
        };
    }
    macro_rules! concat {
        ($($tokens:tt)*) => {
            ::core::compile_error!("the user's own macro was called")
        };
    }
    macro_rules! matches {
        ($($tokens:tt)*) => {
            ::core::compile_error!("the user's own macro was called")
        };
    }
    macro_rules! file {
        () => {
            ::core::compile_error!("the user's own macro was called")
        };
    }
    macro_rules! line {
        () => {
            ::core::compile_error!("the user's own macro was called")
        };
    }

    ::core::include!("functions.rs");
}

/// Traits whose methods have the names that an expansion calls, for every type.
mod methods {
    pub(crate) trait Everything {
        fn begin(&self) {}
        fn name(&self) {}
        fn model(&self) {}
        fn head(&self) {}
        fn value(&self) {}
        fn request(&self) {}
        fn response(&self) {}
        fn failure(&self) {}
        fn chunk(&self) {}
        fn split(&self) {}
        fn settle(&self) {}
        fn finish(&self) {}
        fn links(&self) {}
    }
    impl<T: ?::core::marker::Sized> Everything for T {}

    mod inner {
        #[allow(unused_imports)]
        use super::Everything as _;

        ::core::include!("functions.rs");
    }
}

/// Types with the names of the function's own types: what tracing's `type_shadowing` records.
mod types {
    struct Shadow;

    #[::agent_trace::tool_call]
    async fn shadowing() -> Shadow {
        struct Shadow;
        let _ = Shadow;
        self::Shadow
    }

    #[::agent_trace::tool_call]
    fn shadowing_at_once() -> Shadow {
        struct Shadow;
        let _ = Shadow;
        self::Shadow
    }
}

/// Where the library has another name.
mod renamed {
    use ::agent_trace as telemetry;

    pub(crate) mod facade {
        pub(crate) use ::agent_trace as traces;
    }

    #[telemetry::agent_span(crate = crate::renamed::facade::traces)]
    async fn agent(question: &::std::primitive::str) -> ::std::primitive::usize {
        question.len()
    }

    #[telemetry::llm_call(crate = crate::renamed::facade::traces, provider = "p", model = "m")]
    fn model(prompt: &::std::primitive::str) -> ::std::primitive::usize {
        prompt.len()
    }
}

#[::core::prelude::v1::test]
fn it_compiles_and_runs() {
    let captured = ::agent_trace::testing::capture(|| {
        ::core::assert_eq!(
            (shadowed::tool(1), modules::tool(1), macros::tool(1)),
            (1, 1, 1)
        );
    });
    ::core::assert_eq!(captured.spans.len(), 3);
}
