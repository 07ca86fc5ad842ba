//! An OTLP receiver that counts, and that can be as bad as a real one on its worst day.

mod account;
mod answer;
mod behaviour;
mod grpc;
mod http;
mod payload;
mod serve;

use std::fmt;
use std::fs::OpenOptions;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use tokio::runtime::Runtime;
use tokio::task::JoinHandle;

pub use account::{Account, Kept};
use answer::Desk;
pub use behaviour::Behaviour;

/// A receiver on a loopback port of its own, which speaks gRPC, HTTP with protobuf and HTTP with JSON on that one port,
/// with and without gzip. It runs on a thread of its own and stops when it is dropped.
///
/// ```no_run
/// use std::time::Duration;
/// use agent_trace_tests::receiver::{Behaviour, Receiver};
///
/// let receiver = Receiver::start();
/// receiver.next([Behaviour::Busy { retry_after: Duration::from_secs(1) }, Behaviour::Cut]);
/// // .. send spans to receiver.endpoint() ..
/// assert_eq!(receiver.account().spans, 10);
/// ```
pub struct Receiver {
    desk: Arc<Desk>,
    address: SocketAddr,
    runtime: Option<Runtime>,
    serving: Mutex<Option<JoinHandle<()>>>,
}

impl Receiver {
    /// A receiver that counts and keeps nothing else.
    ///
    /// # Panics
    ///
    /// Where this machine has no port or thread left.
    #[must_use]
    pub fn start() -> Self {
        Self::new(false)
    }

    /// A receiver that keeps what it takes: see [`kept`](Self::kept).
    ///
    /// # Panics
    ///
    /// As [`start`](Self::start).
    #[must_use]
    pub fn keeping() -> Self {
        Self::new(true)
    }

    /// A receiver that writes the id of each span that it takes into a file, one a line, before it says so: what it told
    /// a sender is known even if it is killed.
    ///
    /// # Errors
    ///
    /// Where the address or the file cannot be had.
    pub fn journalling(address: SocketAddr, journal: &Path) -> io::Result<Self> {
        let journal = OpenOptions::new().create(true).append(true).open(journal)?;
        let desk = Desk::new(false).journalling(journal);
        Ok(Self::with(desk, TcpListener::bind(address)?))
    }

    fn new(keeps: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        Self::with(Desk::new(keeps), listener)
    }

    fn with(desk: Desk, listener: TcpListener) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("otlp-receiver")
            // Its own spans are not to come to it.
            .on_thread_start(|| {
                std::mem::forget(tracing::dispatcher::set_default(&tracing::Dispatch::none()));
            })
            .enable_all()
            .build()
            .expect("a thread");
        let address = listener.local_addr().expect("it has an address");
        let receiver = Self {
            desk: Arc::new(desk),
            address,
            runtime: Some(runtime),
            serving: Mutex::default(),
        };
        receiver.serve(listener).expect("it listens");
        receiver
    }

    fn serve(&self, listener: TcpListener) -> io::Result<()> {
        listener.set_nonblocking(true)?;
        let runtime = self.runtime.as_ref().expect("it runs until it is dropped");
        let _entered = runtime.enter();
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let serving = runtime.spawn(serve::run(listener, Arc::clone(&self.desk)));
        *self.serving.lock().expect("no panic") = Some(serving);
        Ok(())
    }

    /// `http://127.0.0.1:{port}`, for gRPC and, with the signals' paths, for HTTP.
    #[must_use]
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How it treats requests from now on.
    pub fn behave(&self, behaviour: Behaviour) {
        self.desk.behave(behaviour);
    }

    /// How it treats the next requests, one after the other; then it behaves as before.
    pub fn next(&self, behaviours: impl IntoIterator<Item = Behaviour>) {
        self.desk.next(behaviours);
    }

    /// The bytes, unpacked, that it takes in a request. 4 MiB; more is refused as gRPC servers and HTTP servers do.
    pub fn limit(&self, bytes: usize) {
        self.desk.limit(bytes);
    }

    /// What it has counted.
    #[must_use]
    pub fn account(&self) -> Account {
        self.desk.account()
    }

    /// Takes out what it has kept.
    #[must_use]
    pub fn kept(&self) -> Kept {
        self.desk.kept()
    }

    /// Waits until it has taken so many spans in all, and says whether it did.
    #[must_use]
    pub fn wait_for_spans(&self, spans: u64, timeout: Duration) -> bool {
        let start = Instant::now();
        while self.account().spans < spans {
            if start.elapsed() > timeout {
                return false;
            }
            thread::sleep(Duration::from_millis(2));
        }
        true
    }

    /// Dies: connections are cut, what is under way is not answered, and nobody listens on the port.
    pub fn die(&self) {
        let serving = self.serving.lock().expect("no panic").take();
        let Some(serving) = serving else { return };
        self.desk.cut();
        serving.abort();
        while !serving.is_finished() {
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// Comes back on the same port, with its account.
    ///
    /// # Errors
    ///
    /// When somebody else took the port.
    pub fn come_back(&self) -> io::Result<()> {
        self.serve(TcpListener::bind(self.address)?)
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        // Not by dropping it, which may not be done within a runtime.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl fmt::Debug for Receiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver")
            .field("address", &self.address)
            .field("account", &self.account())
            .finish_non_exhaustive()
    }
}
