//! What the pipeline delivers beside the SDK's `BatchSpanProcessor`, with the same exporter in the same run.
//!
//! ```text
//! cargo run --release -p agent-trace-tests --example throughput            # one million spans each way
//! cargo run --release -p agent-trace-tests --example throughput -- 100000  # or so many
//! ```
//!
//! Two threads make spans as fast as they can; the queue holds them all, so none may be lost. The receiver is another
//! process on this machine. Then the same number at a rate that the exporter keeps up with, for the memory; then what a
//! span costs the thread that ends it, with an exporter that does nothing.

#![expect(clippy::print_stdout, reason = "a program that reports")]

use std::error::Error;
use std::future::Future;
use std::io::{BufRead as _, BufReader, Write as _};
use std::pin::pin;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::LazyLock;
use std::thread;
use std::time::{Duration, Instant};

use agent_trace::telemetry::{BatchLimits, Telemetry};
use agent_trace_tests::receiver::Receiver;
use opentelemetry::KeyValue;
use opentelemetry::trace::{Span as _, Tracer as _, TracerProvider as _};
use opentelemetry_otlp::{WithExportConfig as _, WithHttpConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{
    BatchConfigBuilder, BatchSpanProcessor, SdkTracer, SdkTracerProvider, SpanData, SpanExporter,
};
use tokio::runtime::Runtime;

const THREADS: usize = 2;
const BATCH: usize = 512;
const LONG: Duration = Duration::from_secs(600);

fn main() -> Result<(), Box<dyn Error>> {
    let argument = std::env::args().nth(1);
    if argument.as_deref() == Some("receive") {
        return receive();
    }
    let spans: usize = argument.map_or(Ok(1_000_000), |number| number.parse())?;
    for is_grpc in [true, false] {
        println!(
            "{} spans over {}",
            spans,
            if is_grpc { "gRPC" } else { "HTTP" }
        );
        for _ in 0..2 {
            sdk(spans, is_grpc)?;
            ours(spans, is_grpc)?;
        }
    }
    memory(spans)?;
    for threads in [1, 2, 4] {
        calls(threads);
    }
    Ok(())
}

/// The receiver's process: says where it is, then answers each line with what it has counted since the last.
fn receive() -> Result<(), Box<dyn Error>> {
    let receiver = Receiver::start();
    println!("{}", receiver.endpoint());
    let mut before = 0;
    for line in std::io::stdin().lines() {
        line?;
        let spans = receiver.account().spans;
        println!("{}", spans - before);
        before = spans;
    }
    Ok(())
}

struct Other {
    child: Child,
    output: BufReader<ChildStdout>,
    endpoint: String,
}

impl Other {
    fn start() -> Result<Self, Box<dyn Error>> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg("receive")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut output = BufReader::new(child.stdout.take().ok_or("it is piped")?);
        let mut endpoint = String::new();
        output.read_line(&mut endpoint)?;
        Ok(Self {
            child,
            output,
            endpoint: endpoint.trim().to_owned(),
        })
    }

    fn taken(&mut self) -> Result<u64, Box<dyn Error>> {
        writeln!(self.child.stdin.as_mut().ok_or("it is piped")?)?;
        let mut taken = String::new();
        self.output.read_line(&mut taken)?;
        Ok(taken.trim().parse()?)
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a thread")
});

/// The same for both: `opentelemetry-otlp`, within a runtime of its own.
#[derive(Debug)]
struct Exporter(opentelemetry_otlp::SpanExporter);

impl Exporter {
    fn new(endpoint: &str, is_grpc: bool) -> Result<Self, Box<dyn Error>> {
        let _entered = RUNTIME.enter();
        let builder = opentelemetry_otlp::SpanExporter::builder();
        let exporter = if is_grpc {
            builder.with_tonic().with_endpoint(endpoint).build()
        } else {
            let client = reqwest::Client::builder().build()?;
            let builder = builder.with_http().with_http_client(client);
            builder
                .with_endpoint(format!("{endpoint}/v1/traces"))
                .build()
        };
        Ok(Self(exporter?))
    }
}

impl SpanExporter for Exporter {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let mut future = pin!(self.0.export(batch));
        let poll = move |context: &mut std::task::Context<'_>| {
            let _entered = RUNTIME.enter();
            future.as_mut().poll(context)
        };
        std::future::poll_fn(poll).await
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.0.set_resource(resource);
    }
}

/// A model call as it is recorded.
fn span(tracer: &SdkTracer) {
    let mut span = tracer.start("chat gpt-4o");
    span.set_attribute(KeyValue::new("gen_ai.operation.name", "chat"));
    span.set_attribute(KeyValue::new("gen_ai.provider.name", "openai"));
    span.set_attribute(KeyValue::new("gen_ai.request.model", "gpt-4o"));
    span.set_attribute(KeyValue::new("gen_ai.response.model", "gpt-4o-2024-08-06"));
    span.set_attribute(KeyValue::new("gen_ai.response.id", "chatcmpl-123"));
    span.set_attribute(KeyValue::new("gen_ai.usage.input_tokens", 1_200));
    span.set_attribute(KeyValue::new("gen_ai.usage.output_tokens", 340));
    span.set_attribute(KeyValue::new("server.port", 443));
    span.end();
}

fn emit(tracer: &SdkTracer, threads: usize, spans: usize) {
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| (0..spans / threads).for_each(|_| span(tracer)));
        }
    });
}

fn sdk_provider(exporter: impl SpanExporter + 'static, queue: usize) -> SdkTracerProvider {
    let config = BatchConfigBuilder::default()
        .with_max_queue_size(queue)
        .with_max_export_batch_size(BATCH)
        .build();
    let processor = BatchSpanProcessor::builder(exporter)
        .with_batch_config(config)
        .build();
    SdkTracerProvider::builder()
        .with_span_processor(processor)
        .build()
}

fn our_pipeline(
    exporter: impl SpanExporter + 'static,
    queue: usize,
) -> Result<Telemetry, Box<dyn Error>> {
    let limits = BatchLimits::default()
        .queue_spans(queue)
        .queue_bytes(usize::MAX)
        .batch_spans(BATCH);
    let builder = Telemetry::builder()
        .batch(limits)
        .exporter("otlp", exporter);
    Ok(builder.build()?)
}

/// The processor's CPU seconds so far, the receiver's not counted.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .unwrap_or("")
        .split_whitespace()
        .collect();
    let ticks = |at: usize| {
        fields
            .get(at)
            .and_then(|field| field.parse::<f64>().ok())
            .unwrap_or(0.0)
    };
    (ticks(11) + ticks(12)) / 100.0
}

/// Resident memory, in MiB.
fn resident() -> f64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = statm
        .split(' ')
        .nth(1)
        .and_then(|pages| pages.parse::<f64>().ok());
    pages.unwrap_or(0.0) * 4.0 / 1_024.0
}

fn report(who: &str, spans: usize, start: Instant, cpu_before: f64, made: Duration, taken: u64) {
    let seconds = start.elapsed().as_secs_f64();
    let rate = spans as f64 / seconds;
    let cpu = (cpu() - cpu_before) * 1e6 / spans as f64;
    let lost = spans as u64 - taken;
    println!(
        "  {who:4} {rate:9.0} spans/s, made in {made:.2?}, {cpu:.2} us CPU a span, {lost} lost"
    );
}

fn sdk(spans: usize, is_grpc: bool) -> Result<(), Box<dyn Error>> {
    let mut other = Other::start()?;
    let provider = sdk_provider(Exporter::new(&other.endpoint, is_grpc)?, spans + 1);
    let (start, before) = (Instant::now(), cpu());
    emit(&provider.tracer("throughput"), THREADS, spans);
    let made = start.elapsed();
    let _ = provider.shutdown_with_timeout(LONG);
    report("SDK", spans, start, before, made, other.taken()?);
    Ok(())
}

fn ours(spans: usize, is_grpc: bool) -> Result<(), Box<dyn Error>> {
    let mut other = Other::start()?;
    let telemetry = our_pipeline(Exporter::new(&other.endpoint, is_grpc)?, spans + 1)?;
    let (start, before) = (Instant::now(), cpu());
    emit(
        &telemetry.tracer_provider().tracer("throughput"),
        THREADS,
        spans,
    );
    let made = start.elapsed();
    telemetry.shutdown_within(LONG)?;
    report("ours", spans, start, before, made, other.taken()?);
    Ok(())
}

/// At a rate that the exporter keeps up with, memory does not grow with the number of spans.
fn memory(spans: usize) -> Result<(), Box<dyn Error>> {
    let mut other = Other::start()?;
    let queue = 65_536;
    let telemetry = our_pipeline(Exporter::new(&other.endpoint, true)?, queue)?;
    let tracer = telemetry.tracer_provider().tracer("throughput");
    let mut samples = Vec::new();
    for _ in 0..20 {
        for _ in 0..spans / 20 / 2_000 {
            emit(&tracer, THREADS, 2_000);
            while telemetry.stats().exporters[0].queued > 16_384 {
                thread::sleep(Duration::from_millis(1));
            }
        }
        samples.push(resident());
    }
    telemetry.shutdown_within(LONG)?;
    let lost = telemetry.stats().exporters[0].dropped.total();
    let warm = &samples[4..];
    let (least, most) = (
        warm.iter().copied().fold(f64::MAX, f64::min),
        warm.iter().copied().fold(0.0, f64::max),
    );
    println!("resident MiB after each 5%: {samples:.1?}");
    println!(
        "  from 25% on between {least:.1} and {most:.1} MiB; {} taken, {lost} lost",
        other.taken()?
    );
    Ok(())
}

#[derive(Debug)]
struct Nowhere;

impl SpanExporter for Nowhere {
    async fn export(&self, _: Vec<SpanData>) -> OTelSdkResult {
        Ok(())
    }
}

/// What making and ending a span costs its thread.
fn calls(threads: usize) {
    const SPANS: usize = 200_000;
    let time = |tracer: &SdkTracer| {
        let start = Instant::now();
        emit(tracer, threads, SPANS);
        start.elapsed().as_nanos() as f64 / SPANS as f64 * threads.min(2) as f64
    };
    let mut best = [f64::MAX; 3];
    for _ in 0..5 {
        let none = SdkTracerProvider::builder()
            .with_simple_exporter(Nowhere)
            .build();
        let sdk = sdk_provider(Nowhere, SPANS + 1);
        let ours = our_pipeline(Nowhere, SPANS + 1).expect("it starts");
        let providers = [&none, &sdk, ours.tracer_provider()];
        for (best, provider) in best.iter_mut().zip(providers) {
            *best = best.min(time(&provider.tracer("throughput")));
        }
        let _ = sdk.shutdown();
        let _ = ours.shutdown();
    }
    println!(
        "{threads} threads, ns of a core a span: simple processor {:.0}, SDK's batch {:.0}, ours {:.0}",
        best[0], best[1], best[2]
    );
}
