async fn nightly() {
    ::agent_trace::__private::site! {
        static __AGENT_TRACE_SITE : family = Agent, operation = "invoke_workflow", remote
        = false, name = "invoke_workflow nightly", dynamic = false, label = "nightly",
        description = "", target = ::agent_trace::__private::core::module_path!(), level
        = ::agent_trace::__private::Level::INFO, fields = []
    }
    let __agent_trace_call = ::agent_trace::__private::begin(
        &__AGENT_TRACE_SITE,
        |__agent_trace_start| __agent_trace_start.new_trace().begin(&[]),
    );
    ::agent_trace::__private::run_future(
            __agent_trace_call,
            move |
                _: ::agent_trace::__private::Option<
                    &mut ::agent_trace::__private::About,
                >|
            {
                #[allow(clippy::async_yields_async)]
                async move {
                    if false {
                        return;
                    }
                    #[allow(clippy::diverging_sub_expression)]
                    let (): () = { run().await };
                }
            },
            #[allow(clippy::result_large_err)]
            |__agent_trace_value, __agent_trace_call| {
                use ::agent_trace::__private::probe::*;
                ::agent_trace::__private::Returned::<()>(__agent_trace_value)
                    .__agent_trace_settle(
                        __agent_trace_call,
                        |__agent_trace_value, __agent_trace_seen| {
                            if let ::agent_trace::__private::Arm::Err(
                                __agent_trace_error,
                            ) = ::agent_trace::__private::Split(__agent_trace_value)
                                .__agent_trace_split()
                            {
                                __agent_trace_seen
                                    .failed(
                                        (&&&&&&&::agent_trace::__private::Probe(
                                            __agent_trace_error,
                                        ))
                                            .__agent_trace_failure(),
                                    );
                            }
                        },
                        |__agent_trace_value, __agent_trace_seen| {
                            if let ::agent_trace::__private::Arm::Err(
                                __agent_trace_error,
                            ) = ::agent_trace::__private::Split(__agent_trace_value)
                                .__agent_trace_split()
                            {
                                __agent_trace_seen
                                    .failed(
                                        (&&&&&&&::agent_trace::__private::Probe(
                                            __agent_trace_error,
                                        ))
                                            .__agent_trace_failure(),
                                    );
                            }
                        },
                    )
            },
        )
        .await
}
