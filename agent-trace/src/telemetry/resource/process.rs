use opentelemetry::KeyValue;

/// Its id and the name of its executable. Never its arguments: they hold keys and prompts.
pub(super) fn detect() -> Vec<KeyValue> {
    let mut attributes = vec![KeyValue::new("process.pid", i64::from(std::process::id()))];
    attributes.extend(executable().map(|name| KeyValue::new("process.executable.name", name)));
    attributes
}

pub(super) fn executable() -> Option<String> {
    let path = std::env::current_exe().ok()?;
    Some(path.file_name()?.to_string_lossy().into_owned())
}
