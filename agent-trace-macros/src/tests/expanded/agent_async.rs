/// Answers a research question
/// with a team of searchers.
///
/// More.
pub async fn research(
    session: &Session,
    question: String,
    __agent_trace_argument_2: Permit,
) -> Result<Report, AgentError> {
    ::agent_trace::__private::site! {
        static __AGENT_TRACE_SITE : family = Agent, operation = "invoke_agent", remote =
        false, name = "invoke_agent researcher", dynamic = false, label = "researcher",
        description = "Answers a research question with a team of searchers.", target =
        ::agent_trace::__private::core::module_path!(), level =
        ::agent_trace::__private::Level::INFO, fields = ["user.id", "attempt"]
    }
    let __agent_trace_call = ::agent_trace::__private::begin(
        &__AGENT_TRACE_SITE,
        |__agent_trace_start| {
            __agent_trace_start
                .begin(
                    &[
                        &::agent_trace::__private::display_field(
                            ::agent_trace::__private::Display(&session.user),
                        ),
                        &::agent_trace::__private::Empty,
                    ],
                )
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
                            __agent_trace_about.conversation(&session.id);
                        },
                    );
                }
                #[allow(clippy::async_yields_async)]
                async move {
                    if false {
                        return ::agent_trace::__private::returns::<
                            Result<Report, AgentError>,
                        >();
                    }
                    #[allow(clippy::shadow_same)]
                    let mut question = question;
                    #[allow(
                        clippy::no_effect_underscore_binding,
                        clippy::used_underscore_binding
                    )]
                    #[allow(clippy::shadow_same)]
                    let __agent_trace_argument_2 = __agent_trace_argument_2;
                    #[allow(clippy::diverging_sub_expression)]
                    let __agent_trace_value: Result<Report, AgentError> = {
                        question.push('?');
                        session.run(question).await
                    };
                    #[allow(unreachable_code)] __agent_trace_value
                }
            },
            #[allow(clippy::result_large_err)]
            |__agent_trace_value, __agent_trace_call| {
                use ::agent_trace::__private::probe::*;
                ::agent_trace::__private::Returned::<
                    Result<Report, AgentError>,
                >(__agent_trace_value)
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
