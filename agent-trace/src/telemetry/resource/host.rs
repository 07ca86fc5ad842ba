use std::env::consts;

use opentelemetry::KeyValue;

use super::Machine;

/// The host's name and architecture, the operating system's type, name and version.
pub(super) fn detect(machine: &dyn Machine) -> Vec<KeyValue> {
    let mut attributes = vec![
        KeyValue::new("host.arch", arch(consts::ARCH)),
        KeyValue::new("os.type", os(consts::OS)),
    ];
    attributes.extend(name(machine).map(|name| KeyValue::new("host.name", name)));
    if let Some(release) = machine.read("/etc/os-release") {
        for (key, field) in [("os.name", "NAME"), ("os.version", "VERSION_ID")] {
            attributes.extend(of_release(&release, field).map(|value| KeyValue::new(key, value)));
        }
    }
    attributes
}

fn name(machine: &dyn Machine) -> Option<String> {
    let kernel = machine.read("/proc/sys/kernel/hostname");
    let name = kernel.or_else(|| machine.read("/etc/hostname"));
    name.map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .or_else(|| machine.variable("HOSTNAME"))
        .or_else(|| machine.variable("COMPUTERNAME"))
}

/// The registry's name for an architecture.
fn arch(arch: &'static str) -> &'static str {
    match arch {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        "arm" => "arm32",
        "powerpc" => "ppc32",
        "powerpc64" => "ppc64",
        other => other,
    }
}

/// The registry's name for an operating system.
fn os(os: &'static str) -> &'static str {
    match os {
        "macos" | "ios" => "darwin",
        "dragonfly" => "dragonflybsd",
        other => other,
    }
}

/// A field of `/etc/os-release`, which quotes as shells do.
fn of_release(release: &str, field: &str) -> Option<String> {
    let line = release
        .lines()
        .find_map(|line| line.strip_prefix(field)?.strip_prefix('='))?;
    let value = line.trim().trim_matches(['"', '\'']);
    (!value.is_empty()).then(|| value.to_owned())
}
