// A function of each shape, with every kind of option; nothing in here is named without its path.

/// Documented.
#[::agent_trace::tool_call(
    name = "named",
    call_id = "call_1",
    fields(value = one, display = %one, debug = ?one, empty, "quoted" = true)
)]
pub(crate) fn tool(one: ::core::primitive::u32) -> ::core::primitive::u32 {
    one
}

#[::agent_trace::tool_call(error = classify, result = |value, span| {
    span.record("length", *value);
})]
pub(crate) async fn fallible(
    mut one: ::std::string::String,
    _: ::std::string::String,
) -> ::core::result::Result<::core::primitive::usize, ::core::fmt::Error> {
    ::core::fmt::Write::write_char(&mut one, 'x')?;
    ::core::result::Result::Ok(one.len())
}

fn classify(
    value: &::core::result::Result<::core::primitive::usize, ::core::fmt::Error>,
) -> ::agent_trace::Verdict {
    if value.is_ok() {
        ::agent_trace::Verdict::Success
    } else {
        ::agent_trace::Verdict::failure("own")
    }
}

#[::agent_trace::agent_span(
    new_trace,
    links(::tracing::Span::none()),
    conversation = %question,
    level = "debug",
    target = "own"
)]
pub(crate) async fn agent(question: &::core::primitive::str) {
    let _ = question;
}

#[::agent_trace::agent_span(parent = ::tracing::Span::none())]
pub(crate) fn eager(
    question: &::core::primitive::str,
) -> impl ::core::future::Future<Output = ::core::primitive::usize> + '_ {
    async move { question.len() }
}

#[::agent_trace::agent_span]
pub(crate) fn boxed<'a>(
    question: &'a ::core::primitive::str,
) -> ::core::pin::Pin<
    ::std::boxed::Box<
        dyn ::core::future::Future<Output = ::core::primitive::usize> + ::core::marker::Send + 'a,
    >,
> {
    ::std::boxed::Box::pin(async move { question.len() })
}

#[::agent_trace::llm_call(
    provider = "openai",
    model = model,
    temperature = 1,
    stop_sequences = ["END"],
    prompt(name = "greeting", version = ?model),
    server = "localhost:80"
)]
pub(crate) fn stream(
    model: ::std::string::String,
) -> impl ::futures_core::Stream<Item = ::core::result::Result<::std::string::String, ::core::fmt::Error>>
{
    ::futures_util::stream::once(async move { ::core::result::Result::Ok(model) })
}

#[::agent_trace::llm_call(provider = "openai", model = "m")]
pub(crate) async fn try_stream<T: ::core::clone::Clone>(
    item: &T,
) -> ::core::result::Result<impl ::futures_core::Stream<Item = T>, ::core::fmt::Error> {
    let item = ::core::clone::Clone::clone(item);
    ::core::result::Result::Ok(::futures_util::stream::once(async move { item }))
}

#[::agent_trace::tool_call]
pub(crate) fn never() -> ! {
    loop {
        ::std::thread::park();
    }
}

#[track_caller]
#[::agent_trace::tool_call]
pub(crate) fn caller(one: ::core::primitive::u32) -> ::core::primitive::u32 {
    one
}

pub(crate) struct Owner;

impl Owner {
    #[::agent_trace::tool_call(fields(value = %one))]
    pub(crate) async fn method(self: ::std::sync::Arc<Self>, one: &::core::primitive::u32) {
        let _ = (self, one);
    }
}
