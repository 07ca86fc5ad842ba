fn web_search(&self, call: &ToolCall, query: &str) -> Result<Vec<Hit>, SearchError> {
    ::agent_trace::__private::site! {
        static __AGENT_TRACE_SITE : family = Tool, operation = "execute_tool", remote =
        false, name = "execute_tool web_search", dynamic = false, label = "web_search",
        description = "", target = ::agent_trace::__private::core::module_path!(), level
        = ::agent_trace::__private::Level::INFO, fields = []
    }
    let __agent_trace_call = ::agent_trace::__private::begin(
        &__AGENT_TRACE_SITE,
        |__agent_trace_start| __agent_trace_start.begin(&[]),
    );
    ::agent_trace::__private::run(
        __agent_trace_call,
        move |
            __agent_trace_about: ::agent_trace::__private::Option<
                &mut ::agent_trace::__private::About,
            >,
        | -> Result<Vec<Hit>, SearchError> {
            if let ::agent_trace::__private::Option::Some(__agent_trace_about) = __agent_trace_about {
                ::agent_trace::__private::describe(
                    __agent_trace_about,
                    |__agent_trace_about| {
                        __agent_trace_about.call_id(&call.id);
                    },
                );
            }
            #[allow(clippy::diverging_sub_expression)]
            let __agent_trace_value: Result<Vec<Hit>, SearchError> = {
                self.index.search(query)
            };
            #[allow(unreachable_code)] __agent_trace_value
        },
        |__agent_trace_value, __agent_trace_call| {
            use ::agent_trace::__private::probe::*;
            ::agent_trace::__private::Eager::<
                Result<Vec<Hit>, SearchError>,
            >(__agent_trace_value)
                .__agent_trace_finish(
                    __agent_trace_call,
                    |__agent_trace_value, __agent_trace_call| {
                        ::agent_trace::__private::Returned(__agent_trace_value)
                            .__agent_trace_settle(
                                __agent_trace_call,
                                move |__agent_trace_value, __agent_trace_seen| {
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
                                    __agent_trace_seen
                                        .verdict(|| ::agent_trace::__private::verdict(
                                            classify,
                                            __agent_trace_value,
                                        ));
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
        },
    )
}
