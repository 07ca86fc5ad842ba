//! The two sides of a child process: it says where it listens, and lives as long as its standard input is open.
//!
//! Whatever becomes of the parent, that closes with it, so nothing is left behind.

use std::env;
use std::fmt::Display;
use std::io::Write as _;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::process::{Child, ChildStdin, Command};
use tokio::time::timeout;

use super::{AnyError, Role};

/// How long a process may take to be ready, and to end.
const PATIENCE: Duration = Duration::from_secs(10);

/// A process of the system that the conductor has started. Dropped, it is killed.
#[derive(Debug)]
pub(super) struct Process {
    role: Role,
    child: Child,
    stdin: ChildStdin,
    address: String,
}

impl Process {
    /// Starts a process and waits until it says where it listens.
    pub(super) async fn start(role: Role, arguments: &[&str]) -> Result<Self, AnyError> {
        let mut child = command(role)?
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let pipes = (child.stdin.take(), child.stdout.take());
        let (Some(stdin), Some(stdout)) = pipes else {
            return Err(format!("{role} has no pipes").into());
        };
        let mut line = String::new();
        let mut stdout = BufReader::new(stdout);
        timeout(PATIENCE, stdout.read_line(&mut line))
            .await
            .map_err(|_| format!("{role} is not ready after {PATIENCE:?}"))??;
        let address = line.trim().to_owned();
        if address.is_empty() {
            return Err(format!("{role} ended before it was ready").into());
        }
        Ok(Self {
            role,
            child,
            stdin,
            address,
        })
    }

    /// What it said when it was ready.
    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// Asks it to end, and waits until it has.
    pub(super) async fn stop(mut self) -> Result<(), AnyError> {
        let role = self.role;
        drop(self.stdin);
        let status = timeout(PATIENCE, self.child.wait())
            .await
            .map_err(|_| format!("{role} has not ended after {PATIENCE:?}"))??;
        if status.success() {
            Ok(())
        } else {
            Err(format!("{role}: {status}").into())
        }
    }
}

/// This program in another role.
pub(super) fn command(role: Role) -> Result<Command, AnyError> {
    let mut command = Command::new(env::current_exe()?);
    command.arg(role.service());
    Ok(command)
}

/// Tells the parent that this process is ready.
pub(super) fn ready(address: impl Display) -> Result<(), AnyError> {
    let mut stdout = std::io::stdout();
    writeln!(stdout, "{address}")?;
    stdout.flush()?;
    Ok(())
}

/// Until the parent wants this process to end, or has ended itself.
pub(super) async fn dismissed() {
    let mut stdin = tokio::io::stdin();
    let mut rest = [0; 64];
    while let Ok(1..) = stdin.read(&mut rest).await {}
}
