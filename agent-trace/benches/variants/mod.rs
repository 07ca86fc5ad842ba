//! One model call, written four ways, with the same fourteen attributes arriving.
//!
//! Eight are known at the start (operation, provider, model, server address, conversation and three
//! numbers), six at the end (id, model, finish reasons and three token counts). An agent's span is
//! around every ten calls. What the request and the reply hold is borrowed, so each way copies what it keeps.
//!
//! No way is kept from being inlined: reading a future back that another function has just returned
//! stalls for longer than all that is measured where nobody listens.

#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "shared by two benchmarks"
)]

use agent_trace::llm::{LlmRequest, LlmResponse, RequestInfo, ResponseInfo, Usage};
use opentelemetry::trace::{SpanKind, TraceContextExt, Tracer, TracerProvider};
use opentelemetry::{Array, Context, KeyValue, StringValue, Value};
use opentelemetry_sdk::trace::{Sampler, SdkTracerProvider, SpanData, SpanProcessor};
use std::future::Future;
use std::hint::black_box;
use std::pin::pin;
use std::task::{Poll, Waker};
use std::time::Duration;
use tracing::Dispatch;
use tracing_subscriber::layer::SubscriberExt;

pub const CALLS: usize = 10;

pub struct Request {
    pub model: String,
    pub temperature: f64,
    pub top_p: f64,
    pub max_tokens: i64,
    pub conversation: String,
    pub server: String,
}

pub struct Reply {
    pub id: String,
    pub model: String,
    pub finish_reason: String,
    pub input: i64,
    pub output: i64,
    pub cached: i64,
}

pub fn request() -> Request {
    Request {
        model: "gpt-4o".into(),
        temperature: 0.2,
        top_p: 0.9,
        max_tokens: 1024,
        conversation: "conv-5j66UpCpwteGg4YSxUnt7lPY".into(),
        server: "api.openai.com".into(),
    }
}

pub fn reply() -> Reply {
    Reply {
        id: "chatcmpl-123".into(),
        model: "gpt-4o-2024-08-06".into(),
        finish_reason: "stop".into(),
        input: 1200,
        output: 340,
        cached: 512,
    }
}

impl LlmRequest for Request {
    fn model(&self) -> Option<&str> {
        Some(&self.model)
    }

    fn info(&self) -> RequestInfo {
        let mut info = RequestInfo::default();
        info.temperature = Some(self.temperature);
        info.top_p = Some(self.top_p);
        info.max_tokens = Some(self.max_tokens);
        info
    }
}

impl LlmResponse for Reply {
    fn info(&self) -> ResponseInfo {
        let mut usage = Usage::default();
        usage.input_tokens = u64::try_from(self.input).ok();
        usage.output_tokens = u64::try_from(self.output).ok();
        usage.cache_read_input_tokens = u64::try_from(self.cached).ok();
        let mut info = ResponseInfo::default();
        info.id = Some(self.id.clone());
        info.model = Some(self.model.clone());
        info.finish_reasons = vec![self.finish_reason.clone().into()];
        info.usage = Some(usage);
        info
    }
}

/// Bare.
pub mod bare {
    use super::{CALLS, Reply, Request, black_box};

    pub async fn ask<'a>(request: &Request, reply: &'a Reply) -> Result<&'a Reply, ()> {
        black_box(request);
        Ok(black_box(reply))
    }

    pub async fn agent(request: &Request, reply: &Reply) {
        for _ in 0..CALLS {
            let _ = black_box(ask(request, reply).await);
        }
    }
}

/// `#[tracing::instrument]` with fields and six late records.
pub mod instrument {
    use super::{CALLS, Reply, Request, black_box};
    use tracing::{Span, field};

    #[tracing::instrument(name = "chat", skip_all, fields(
        otel.name = format!("chat {}", request.model),
        otel.kind = "client",
        gen_ai.operation.name = "chat",
        gen_ai.provider.name = "openai",
        gen_ai.request.model = request.model.as_str(),
        server.address = request.server.as_str(),
        gen_ai.conversation.id = request.conversation.as_str(),
        gen_ai.request.temperature = request.temperature,
        gen_ai.request.top_p = request.top_p,
        gen_ai.request.max_tokens = request.max_tokens,
        gen_ai.response.id = field::Empty,
        gen_ai.response.model = field::Empty,
        gen_ai.response.finish_reasons = field::Empty,
        gen_ai.usage.input_tokens = field::Empty,
        gen_ai.usage.output_tokens = field::Empty,
        gen_ai.usage.cache_read.input_tokens = field::Empty,
    ))]
    pub async fn ask<'a>(request: &Request, reply: &'a Reply) -> Result<&'a Reply, ()> {
        black_box(request);
        let reply = black_box(reply);
        let span = Span::current();
        span.record("gen_ai.response.id", reply.id.as_str());
        span.record("gen_ai.response.model", reply.model.as_str());
        span.record(
            "gen_ai.response.finish_reasons",
            field::debug([&reply.finish_reason]),
        );
        span.record("gen_ai.usage.input_tokens", reply.input);
        span.record("gen_ai.usage.output_tokens", reply.output);
        span.record("gen_ai.usage.cache_read.input_tokens", reply.cached);
        Ok(reply)
    }

    #[tracing::instrument(name = "invoke_agent", skip_all, fields(
        otel.name = "invoke_agent researcher",
        gen_ai.operation.name = "invoke_agent",
        gen_ai.agent.name = "researcher",
        gen_ai.conversation.id = request.conversation.as_str(),
    ))]
    pub async fn agent(request: &Request, reply: &Reply) {
        for _ in 0..CALLS {
            let _ = black_box(ask(request, reply).await);
        }
    }
}

/// Ours.
pub mod attributes {
    use super::{CALLS, Reply, Request, black_box};
    use agent_trace::{agent_span, llm_call};

    #[llm_call(provider = "openai", server = request.server)]
    pub async fn ask<'a>(request: &Request, reply: &'a Reply) -> Result<&'a Reply, ()> {
        black_box(request);
        Ok(black_box(reply))
    }

    #[agent_span(name = "researcher", conversation = request.conversation)]
    pub async fn agent(request: &Request, reply: &Reply) {
        for _ in 0..CALLS {
            let _ = black_box(ask(request, reply).await);
        }
    }
}

/// The SDK by hand.
pub mod sdk {
    use super::{
        Array, CALLS, Context, KeyValue, Reply, Request, SpanKind, StringValue, TraceContextExt,
        Tracer, Value, black_box,
    };

    pub async fn ask<'a, T: Tracer>(
        tracer: &T,
        request: &Request,
        reply: &'a Reply,
    ) -> Result<&'a Reply, ()>
    where
        T::Span: Send + Sync + 'static,
    {
        let span = tracer
            .span_builder(format!("chat {}", request.model))
            .with_kind(SpanKind::Client)
            .with_attributes([
                KeyValue::new("gen_ai.operation.name", "chat"),
                KeyValue::new("gen_ai.provider.name", "openai"),
                KeyValue::new("gen_ai.request.model", request.model.clone()),
                KeyValue::new("server.address", request.server.clone()),
                KeyValue::new("gen_ai.conversation.id", request.conversation.clone()),
                KeyValue::new("gen_ai.request.temperature", request.temperature),
                KeyValue::new("gen_ai.request.top_p", request.top_p),
                KeyValue::new("gen_ai.request.max_tokens", request.max_tokens),
            ])
            .start(tracer);
        let context = Context::current_with_span(span);
        let guard = context.clone().attach();
        black_box(request);
        let reply = black_box(reply);
        context.span().set_attributes([
            KeyValue::new("gen_ai.response.id", reply.id.clone()),
            KeyValue::new("gen_ai.response.model", reply.model.clone()),
            KeyValue::new(
                "gen_ai.response.finish_reasons",
                Value::Array(Array::String(vec![StringValue::from(
                    reply.finish_reason.clone(),
                )])),
            ),
            KeyValue::new("gen_ai.usage.input_tokens", reply.input),
            KeyValue::new("gen_ai.usage.output_tokens", reply.output),
            KeyValue::new("gen_ai.usage.cache_read.input_tokens", reply.cached),
        ]);
        drop(guard);
        context.span().end();
        Ok(reply)
    }

    pub async fn agent<T: Tracer>(tracer: &T, request: &Request, reply: &Reply)
    where
        T::Span: Send + Sync + 'static,
    {
        let span = tracer
            .span_builder("invoke_agent researcher")
            .with_attributes([
                KeyValue::new("gen_ai.operation.name", "invoke_agent"),
                KeyValue::new("gen_ai.agent.name", "researcher"),
                KeyValue::new("gen_ai.conversation.id", request.conversation.clone()),
            ])
            .start(tracer);
        let context = Context::current_with_span(span);
        let guard = context.clone().attach();
        for _ in 0..CALLS {
            let _ = black_box(ask(tracer, request, reply).await);
        }
        drop(guard);
        context.span().end();
    }
}

/// A processor that drops what it gets, as the end of the road.
#[derive(Debug)]
struct Discard;

impl SpanProcessor for Discard {
    fn on_start(&self, _: &mut opentelemetry_sdk::trace::Span, _: &Context) {}

    fn on_end(&self, span: SpanData) {
        black_box(&span);
    }

    fn force_flush(&self) -> opentelemetry_sdk::error::OTelSdkResult {
        Ok(())
    }

    fn shutdown_with_timeout(&self, _: Duration) -> opentelemetry_sdk::error::OTelSdkResult {
        Ok(())
    }
}

pub fn provider(sampler: Sampler) -> SdkTracerProvider {
    SdkTracerProvider::builder()
        .with_sampler(sampler)
        .with_span_processor(Discard)
        .build()
}

/// Anyone's stock layer.
pub fn stock(sampler: Sampler) -> Dispatch {
    let tracer = provider(sampler).tracer("bench");
    Dispatch::new(
        tracing_subscriber::registry().with(tracing_opentelemetry::layer().with_tracer(tracer)),
    )
}

/// Polls a future that is ready at once.
pub fn now<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut context = std::task::Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}
