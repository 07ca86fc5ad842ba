//! A stand-in for a model: a small HTTP server that speaks the OpenAI wire format.
//!
//! It answers `POST /chat/completions` (whole, or streamed as server-sent events) and `POST /embeddings`, both
//! also under `/v1`, on a free port of the loopback interface. What it says comes from a [`Script`], so a run is
//! the same every time; how it says it (status codes, headers, chunks, usage) is what the real service does.
//!
//! ```
//! use examples::server::{ChatRequest, ModelServer, Reply};
//!
//! # async fn start() -> std::io::Result<()> {
//! let server = ModelServer::start(|_: &ChatRequest| Reply::text("Hello.")).await?;
//! println!("OPENAI_BASE_URL={}", server.base_url());
//! # Ok(())
//! # }
//! ```

mod chat;
mod embeddings;
mod failure;
mod pace;
mod script;
mod stream;
mod wire;

use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::routing::post;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use self::pace::Pace;
pub use self::script::{Reply, Script};
pub use self::wire::{ChatRequest, Message, ToolCall};

/// A running server; it stops when this is dropped.
#[derive(Debug)]
pub struct ModelServer {
    base_url: String,
    serving: JoinHandle<io::Result<()>>,
}

impl ModelServer {
    /// Starts a server that answers as `script` says, at the default [`Pace`].
    ///
    /// # Errors
    ///
    /// When no port of the loopback interface can be bound.
    pub async fn start(script: impl Script) -> io::Result<Self> {
        Self::start_at(script, Pace::default()).await
    }

    /// Starts a server that answers as `script` says, as fast as `pace` says.
    ///
    /// # Errors
    ///
    /// When no port of the loopback interface can be bound.
    pub async fn start_at(script: impl Script, pace: Pace) -> io::Result<Self> {
        let state = Arc::new(State {
            script: Box::new(script),
            pace,
            replies: AtomicU64::new(0),
        });
        let routes = Router::new()
            .route("/chat/completions", post(chat::complete))
            .route("/embeddings", post(embeddings::embed));
        let app = Router::new()
            .nest("/v1", routes.clone())
            .merge(routes)
            .with_state(state);

        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let base_url = format!("http://{}/v1", listener.local_addr()?);
        let serving = tokio::spawn(async move { axum::serve(listener, app).await });
        Ok(Self { base_url, serving })
    }

    /// The base URL for a client, `http://127.0.0.1:{port}/v1`.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }
}

impl Drop for ModelServer {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// What every request handler shares.
struct State {
    script: Box<dyn Script>,
    pace: Pace,
    replies: AtomicU64,
}

impl State {
    /// The number of the next reply, from 1.
    fn next_reply(&self) -> u64 {
        self.replies.fetch_add(1, Ordering::Relaxed) + 1
    }
}
