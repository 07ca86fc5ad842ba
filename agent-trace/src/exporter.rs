//! Two exporters, small and real: OTLP JSON lines in a file, and a tree that a person reads.
//!
//! Both are plain `opentelemetry_sdk` span exporters. They work beside any other exporter and layer, under the simple
//! and the batch processor, and know nothing of this crate's runtime: spans of any library come out.
//!
//! ```
//! # #[cfg(not(all(feature = "file", feature = "tree")))]
//! # fn main() {}
//! # #[cfg(all(feature = "file", feature = "tree"))]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let directory = std::env::temp_dir().join("agent-trace-doc-exporter");
//! use agent_trace::exporter::{FileExporter, TreeExporter};
//! use opentelemetry::trace::TracerProvider as _;
//! use opentelemetry_sdk::trace::SdkTracerProvider;
//! use tracing_subscriber::layer::SubscriberExt as _;
//!
//! let provider = SdkTracerProvider::builder()
//!     .with_simple_exporter(TreeExporter::stderr())
//!     .with_batch_exporter(FileExporter::create(directory.join("traces.jsonl"))?)
//!     .build();
//! let subscriber = tracing_subscriber::registry()
//!     .with(tracing_opentelemetry::layer().with_tracer(provider.tracer("my-application")));
//!
//! tracing::subscriber::with_default(subscriber, || {
//!     tracing::info_span!("work").in_scope(|| ());
//! });
//!
//! // Writes what is buffered, and says what went wrong.
//! provider.shutdown()?;
//! # std::fs::remove_dir_all(directory)?;
//! # Ok(())
//! # }
//! ```

#[cfg(feature = "file")]
mod file;
#[cfg(feature = "tree")]
mod tree;

#[cfg(feature = "file")]
pub use file::FileExporter;
#[cfg(feature = "tree")]
pub use tree::TreeExporter;
