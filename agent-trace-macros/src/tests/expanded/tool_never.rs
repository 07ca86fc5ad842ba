fn serve(port: u16) -> ! {
    ::agent_trace::__private::site! {
        static __AGENT_TRACE_SITE : family = Tool, operation = "execute_tool", remote =
        false, name = "execute_tool serve", dynamic = false, label = "serve", description
        = "", target = ::agent_trace::__private::core::module_path!(), level =
        ::agent_trace::__private::Level::INFO, fields = []
    }
    let __agent_trace_call = ::agent_trace::__private::begin(
        &__AGENT_TRACE_SITE,
        |__agent_trace_start| __agent_trace_start.begin(&[]),
    );
    ::agent_trace::__private::run(
        __agent_trace_call,
        move |
            _: ::agent_trace::__private::Option<&mut ::agent_trace::__private::About>,
        | -> ! {
            {
                loop {
                    accept(port)
                }
            }
        },
        |__agent_trace_value, _| __agent_trace_value,
    )
}
