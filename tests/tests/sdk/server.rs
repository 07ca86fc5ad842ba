//! A server that speaks just enough HTTP to answer one request the way a provider does.

use std::io;
use std::net::SocketAddr;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A reply as the server writes it.
pub(crate) struct Reply {
    pub(crate) status: &'static str,
    pub(crate) content_type: &'static str,
    pub(crate) body: Vec<u8>,
    /// Promises this many bytes more than come.
    pub(crate) missing: usize,
}

impl Reply {
    pub(crate) fn json(status: &'static str, body: &Value) -> Self {
        Self {
            status,
            content_type: "application/json",
            body: body.to_string().into_bytes(),
            missing: 0,
        }
    }

    pub(crate) fn events(events: &[Value]) -> Self {
        let events: String = events
            .iter()
            .map(|event| format!("data: {event}\n\n"))
            .collect();
        Self {
            status: "200 OK",
            content_type: "text/event-stream",
            body: format!("{events}data: [DONE]\n\n").into_bytes(),
            missing: 0,
        }
    }

    /// Events that have names, as Anthropic sends them: each has its own in `type`.
    pub(crate) fn named_events(events: &[Value]) -> Self {
        let named = |event: &Value| {
            let name = event["type"].as_str().expect("a type");
            format!("event: {name}\ndata: {event}\n\n")
        };
        Self {
            body: events.iter().map(named).collect::<String>().into_bytes(),
            ..Self::events(&[])
        }
    }

    /// One document a line.
    #[cfg(feature = "ollama-rs")]
    pub(crate) fn lines(lines: &[Value]) -> Self {
        let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
        Self {
            content_type: "application/x-ndjson",
            body: lines.into_bytes(),
            ..Self::events(&[])
        }
    }

    /// The connection breaks after these events, before the body is whole.
    pub(crate) fn cut(mut self) -> Self {
        let whole = self.body.len();
        let events = self.body.strip_suffix(b"data: [DONE]\n\n").map(<[u8]>::len);
        self.body.truncate(events.unwrap_or(whole));
        self.missing = 100;
        self
    }
}

/// A server that answers every request of one test the same.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    pub(crate) serving: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Server {
    pub(crate) async fn start(reply: Reply) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let serving = tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                // A client that has gone away is its own business.
                let _ = answer(connection, &reply).await;
            }
        });
        Self { address, serving }
    }
}

async fn answer(mut connection: TcpStream, reply: &Reply) -> io::Result<()> {
    let mut reader = BufReader::new(&mut connection);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).await?;
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().map_err(io::Error::other)?;
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).await?;
    let head = format!(
        "HTTP/1.1 {}\r\ncontent-type: {}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        reply.status,
        reply.content_type,
        reply.body.len() + reply.missing
    );
    connection.write_all(head.as_bytes()).await?;
    connection.write_all(&reply.body).await?;
    connection.shutdown().await
}
