//! What a kill costs: of the receiver, and of the process that is traced.

use std::collections::HashSet;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use agent_trace_tests::receiver::{Behaviour, Receiver};
use opentelemetry_otlp::Protocol;

use crate::support::{PROTOCOLS, assert_balances, emit, limits, pipeline, pipeline_to, taken};

/// What a child is to be: `receiver {address} {journal}`, `sender {endpoint} {directory}` or `signalled {protocol} {endpoint}`.
const ROLE: &str = "AGENT_TRACE_TEST_CHILD";

struct Directory(PathBuf);

impl Directory {
    fn new(name: &str) -> Self {
        let name = format!("agent-trace-killed-{}-{name}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).expect("it can be made");
        Self(path)
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// This program again, as [`child`].
struct Process(Child);

impl Process {
    fn start(role: &str) -> Self {
        let program = std::env::current_exe().expect("it has a path");
        let mut child = Command::new(program)
            .args([
                "--exact",
                "killed::child",
                "--nocapture",
                "--test-threads=1",
            ])
            .env(ROLE, role)
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
        let mut lines = lines.map_while(Result::ok);
        assert!(
            lines.any(|line| line.ends_with("ready")),
            "the child did not get ready"
        );
        // Read on, so that it can write.
        thread::spawn(move || lines.count());
        Self(child)
    }

    /// `kill -TERM`. Gives the number of the signal that ended it.
    #[cfg(unix)]
    fn terminate(mut self) -> Option<i32> {
        use std::os::unix::process::ExitStatusExt as _;
        let id = self.0.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &id]).status();
        assert!(sent.expect("it runs").success());
        self.0.wait().expect("it ran").signal()
    }

    /// `kill -9`.
    fn kill(mut self) {
        self.0.kill().expect("it runs");
        let _ = self.0.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Not a test of its own: what [`Process`] runs. Does nothing where nobody asked for it.
#[test]
fn child() {
    let Ok(role) = std::env::var(ROLE) else {
        return;
    };
    let role: Vec<&str> = role.split(' ').collect();
    match role[..] {
        ["receiver", address, journal] => {
            let address: SocketAddr = address.parse().expect("an address");
            let receiver = Receiver::journalling(address, Path::new(journal)).expect("it listens");
            receiver.behave(Behaviour::Delay(Duration::from_millis(1)));
            say("ready");
            thread::sleep(Duration::from_secs(60));
        }
        ["sender", endpoint, directory] => {
            let limits = limits().spill(directory, 100 << 20);
            let telemetry = pipeline_to(Protocol::HttpBinary, endpoint, limits);
            emit(&telemetry, 500);
            let _ = telemetry.flush(Duration::from_secs(20));
            assert_eq!(telemetry.stats().exporters[0].spilled, 500);
            say("ready");
            thread::sleep(Duration::from_secs(60));
        }
        ["signalled", protocol, endpoint] => {
            let protocol = PROTOCOLS[protocol.parse::<usize>().expect("a number")];
            let telemetry = pipeline_to(protocol, endpoint, limits());
            telemetry.shutdown_on_signals().expect("it listens");
            emit(&telemetry, 3_000);
            say("ready");
            thread::sleep(Duration::from_secs(60));
        }
        _ => panic!("no such role: {role:?}"),
    }
}

#[expect(clippy::print_stdout, reason = "the parent reads it")]
fn say(line: &str) {
    println!("{line}");
}

fn journal(path: &Path) -> (HashSet<String>, usize) {
    let text = fs::read_to_string(path).expect("it can be read");
    let lines = text.lines().count();
    (text.lines().map(str::to_owned).collect(), lines)
}

/// An address that nobody listens on just now.
fn free_address() -> SocketAddr {
    let receiver = Receiver::start();
    receiver.die();
    receiver.address()
}

#[test]
fn of_the_receiver_loses_nothing_with_a_spill_file() {
    for protocol in PROTOCOLS {
        let directory = Directory::new(&format!("receiver-{protocol:?}"));
        let path = directory.0.join("journal");
        let address = free_address();
        let role = format!("receiver {address} {}", path.display());
        let limits = limits().spill(directory.0.join("spill"), 100 << 20);
        let receiver = Process::start(&role);
        let telemetry = pipeline_to(protocol, &format!("http://{address}"), limits);
        for _ in 0..5 {
            emit(&telemetry, 200);
            thread::sleep(Duration::from_millis(20));
        }
        receiver.kill();
        for _ in 0..5 {
            emit(&telemetry, 200);
            thread::sleep(Duration::from_millis(20));
        }
        let _ = telemetry.flush(Duration::from_secs(20));
        let stats = assert_balances(&telemetry);
        assert!(stats.exporters[0].spilled > 0, "{protocol:?}: {stats:?}");
        let _receiver = Process::start(&role);
        let start = Instant::now();
        while telemetry.flush(Duration::from_secs(20)).is_err() {
            assert!(
                start.elapsed() < Duration::from_secs(30),
                "{:?}",
                telemetry.stats()
            );
        }
        emit(&telemetry, 100);
        telemetry.shutdown().expect("the receiver is back");
        let stats = assert_balances(&telemetry);
        assert_eq!(
            stats.exporters[0].exported, 2_100,
            "{protocol:?}: {stats:?}"
        );
        let (different, all) = journal(&path);
        assert_eq!(different.len(), 2_100, "{protocol:?}");
        // At least once: the batch that was under way at the kill may be there twice.
        assert!(all - different.len() <= 20, "{protocol:?}: {all}");
    }
}

#[test]
fn of_the_process_loses_nothing_that_was_spilled() {
    let directory = Directory::new("process");
    let receiver = Receiver::keeping();
    receiver.die();
    let role = format!("sender {} {}", receiver.endpoint(), directory.0.display());
    Process::start(&role).kill();

    receiver.come_back().expect("the port is free");
    let limits = limits().spill(&directory.0, 100 << 20);
    let telemetry = pipeline(Protocol::HttpBinary, &receiver, limits);
    emit(&telemetry, 10);
    telemetry.shutdown().expect("all arrive");
    let stats = assert_balances(&telemetry);
    assert_eq!(
        (
            stats.ended,
            stats.exporters[0].recovered,
            stats.exporters[0].exported
        ),
        (10, 500, 510)
    );
    assert_eq!(taken(&receiver), (510, 510));
}

/// With the signal helper, what has ended by then arrives, and the process ends as the signal says.
#[cfg(unix)]
#[test]
fn by_sigterm_loses_nothing_that_has_ended() {
    for (at, protocol) in PROTOCOLS.into_iter().enumerate() {
        let receiver = Receiver::keeping();
        receiver.behave(Behaviour::Delay(Duration::from_millis(3)));
        let process = Process::start(&format!("signalled {at} {}", receiver.endpoint()));
        assert_eq!(process.terminate(), Some(15), "{protocol:?}");
        assert_eq!(taken(&receiver), (3_000, 3_000), "{protocol:?}");
    }
}
