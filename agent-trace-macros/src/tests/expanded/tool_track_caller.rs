#[track_caller]
fn first<T: Clone, const N: usize>(__agent_trace_argument_0: ([T; N], u8)) -> T {
    ::agent_trace::__private::site! {
        static __AGENT_TRACE_SITE : family = Tool, operation = "execute_tool", remote =
        false, name = "execute_tool first", dynamic = false, label = "first", description
        = "", target = ::agent_trace::__private::core::module_path!(), level =
        ::agent_trace::__private::Level::INFO, fields = []
    }
    #[track_caller]
    fn __agent_trace_body<T: Clone, const N: usize>((items, _): ([T; N], u8)) -> T {
        items[0].clone()
    }
    let __agent_trace_call = ::agent_trace::__private::begin(
        &__AGENT_TRACE_SITE,
        |__agent_trace_start| __agent_trace_start.begin(&[]),
    );
    let __agent_trace_entered = ::agent_trace::__private::enter(__agent_trace_call);
    let __agent_trace_value = __agent_trace_body::<T, N>(__agent_trace_argument_0);
    __agent_trace_entered
        .settle(
            __agent_trace_value,
            |__agent_trace_value, __agent_trace_call| {
                use ::agent_trace::__private::probe::*;
                ::agent_trace::__private::Eager::<T>(__agent_trace_value)
                    .__agent_trace_finish(
                        __agent_trace_call,
                        |__agent_trace_value, __agent_trace_call| {
                            ::agent_trace::__private::Returned(__agent_trace_value)
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
            },
        )
}
