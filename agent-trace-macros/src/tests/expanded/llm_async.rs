async fn ask(client: &Client, request: Request) -> Result<Reply, Error> {
    ::agent_trace::__private::site! {
        static __AGENT_TRACE_SITE : family = Llm, operation = "chat", remote = false,
        name = "chat", dynamic = true, label = "", description = "", target =
        ::agent_trace::__private::core::module_path!(), level =
        ::agent_trace::__private::Level::INFO, fields = []
    }
    let __agent_trace_call = ::agent_trace::__private::begin(
        &__AGENT_TRACE_SITE,
        |__agent_trace_start| {
            use ::agent_trace::__private::probe::*;
            __agent_trace_start
                .provider(::agent_trace::__private::text(&"openai"))
                .argument(
                    (&&&::agent_trace::__private::Probe(&client)).__agent_trace_head(),
                )
                .argument(
                    (&&&::agent_trace::__private::Probe(&request)).__agent_trace_head(),
                )
                .begin(&[])
        },
    );
    ::agent_trace::__private::run_future(
            __agent_trace_call,
            move |
                __agent_trace_about: ::agent_trace::__private::Option<
                    &mut ::agent_trace::__private::About,
                >|
            {
                if let ::agent_trace::__private::Option::Some(__agent_trace_about) = __agent_trace_about {
                    ::agent_trace::__private::describe(
                        __agent_trace_about,
                        |__agent_trace_about| {
                            use ::agent_trace::__private::probe::*;
                            __agent_trace_about.temperature(&0.2);
                            __agent_trace_about
                                .request(
                                    (&&::agent_trace::__private::Probe(&client))
                                        .__agent_trace_request(),
                                );
                            __agent_trace_about
                                .request(
                                    (&&::agent_trace::__private::Probe(&request))
                                        .__agent_trace_request(),
                                );
                        },
                    );
                }
                #[allow(clippy::async_yields_async)]
                async move {
                    if false {
                        return ::agent_trace::__private::returns::<
                            Result<Reply, Error>,
                        >();
                    }
                    #[allow(clippy::shadow_same)]
                    let request = request;
                    #[allow(clippy::diverging_sub_expression)]
                    let __agent_trace_value: Result<Reply, Error> = {
                        client.chat(request).await
                    };
                    #[allow(unreachable_code)] __agent_trace_value
                }
            },
            #[allow(clippy::result_large_err)]
            |__agent_trace_value, __agent_trace_call| {
                use ::agent_trace::__private::probe::*;
                ::agent_trace::__private::Returned::<
                    Result<Reply, Error>,
                >(__agent_trace_value)
                    .__agent_trace_settle(
                        __agent_trace_call,
                        move |__agent_trace_value, __agent_trace_seen| {
                            match ::agent_trace::__private::Split(__agent_trace_value)
                                .__agent_trace_split()
                            {
                                ::agent_trace::__private::Arm::Ok(__agent_trace_value) => {
                                    __agent_trace_seen
                                        .response(
                                            (&&::agent_trace::__private::Probe(__agent_trace_value))
                                                .__agent_trace_response(),
                                        );
                                    __agent_trace_seen
                                        .result(|__agent_trace_span| ::agent_trace::__private::observe(
                                            |reply, span| note(reply, span),
                                            __agent_trace_value,
                                            __agent_trace_span,
                                        ));
                                }
                                ::agent_trace::__private::Arm::Err(__agent_trace_error) => {
                                    __agent_trace_seen
                                        .failed(
                                            (&&&&&&&::agent_trace::__private::Probe(
                                                __agent_trace_error,
                                            ))
                                                .__agent_trace_failure(),
                                        )
                                }
                            }
                        },
                        |__agent_trace_value, __agent_trace_seen| {
                            match ::agent_trace::__private::Split(__agent_trace_value)
                                .__agent_trace_split()
                            {
                                ::agent_trace::__private::Arm::Ok(__agent_trace_value) => {
                                    __agent_trace_seen
                                        .chunk(|__agent_trace_stream| {
                                            (&&::agent_trace::__private::Probe(__agent_trace_value))
                                                .__agent_trace_chunk(__agent_trace_stream)
                                        });
                                }
                                ::agent_trace::__private::Arm::Err(__agent_trace_error) => {
                                    __agent_trace_seen
                                        .failed(
                                            (&&&&&&&::agent_trace::__private::Probe(
                                                __agent_trace_error,
                                            ))
                                                .__agent_trace_failure(),
                                        )
                                }
                            }
                        },
                    )
            },
        )
        .await
}
