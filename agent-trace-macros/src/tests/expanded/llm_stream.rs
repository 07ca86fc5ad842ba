fn stream(prompt: String) -> impl Stream<Item = Result<Event, Error>> {
    crate::telemetry::__private::site! {
        static __AGENT_TRACE_SITE : family = Llm, operation = "chat", remote = false,
        name = "chat", dynamic = true, label = "", description = "", target = crate
        ::telemetry::__private::core::module_path!(), level = crate
        ::telemetry::__private::Level::INFO, fields = []
    }
    let __agent_trace_call = crate::telemetry::__private::begin(
        &__AGENT_TRACE_SITE,
        |__agent_trace_start| {
            __agent_trace_start
                .provider(crate::telemetry::__private::text(&"anthropic"))
                .model(crate::telemetry::__private::text(&MODEL))
                .begin(&[])
        },
    );
    crate::telemetry::__private::run_stream(
        __agent_trace_call,
        move |
            __agent_trace_about: crate::telemetry::__private::Option<
                &mut crate::telemetry::__private::About,
            >|
        {
            if let crate::telemetry::__private::Option::Some(__agent_trace_about) = __agent_trace_about {
                crate::telemetry::__private::describe(
                    __agent_trace_about,
                    |__agent_trace_about| {
                        __agent_trace_about.streaming();
                    },
                );
            }
            #[allow(clippy::shadow_same)]
            let prompt = prompt;
            { events(prompt) }
        },
        |__agent_trace_value: &Result<Event, Error>, __agent_trace_seen| {
            use crate::telemetry::__private::probe::*;
            match crate::telemetry::__private::Split(__agent_trace_value)
                .__agent_trace_split()
            {
                crate::telemetry::__private::Arm::Ok(__agent_trace_value) => {
                    __agent_trace_seen
                        .chunk(|__agent_trace_stream| {
                            (&&crate::telemetry::__private::Probe(__agent_trace_value))
                                .__agent_trace_chunk(__agent_trace_stream)
                        });
                }
                crate::telemetry::__private::Arm::Err(__agent_trace_error) => {
                    __agent_trace_seen
                        .failed(
                            (&&&&&&&crate::telemetry::__private::Probe(
                                __agent_trace_error,
                            ))
                                .__agent_trace_failure(),
                        )
                }
            }
        },
    )
}
