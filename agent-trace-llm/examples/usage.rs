//! Reads every body of an index in the corpus format and prints what it says, a JSON line each.
//!
//! ```text
//! cargo run --release -p agent-trace-llm --example usage -- ../shared/corpus/index.json
//! ```
//!
//! A body that cannot be read, or whose API or format is unknown, is a line with `skipped`.
//! Counts that were not reported are left out of `usage`, which is `null` when none was. `text_chars`
//! and `tool_calls` are `null` for APIs whose replies have neither.
#![allow(clippy::print_stdout)]

use std::error::Error;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::{env, fs};

use agent_trace_llm::wire::{self, Api, BodyFormat, ErrorDetail, Read};
use agent_trace_llm::{Provider, Usage};
use serde_json::{Map, Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let Some(index) = env::args_os().nth(1).map(PathBuf::from) else {
        return Err("usage: usage INDEX.json".into());
    };
    let folder = index.parent().unwrap_or(Path::new(""));
    let text = fs::read(&index).map_err(|error| format!("{}: {error}", index.display()))?;
    let index: Value = serde_json::from_slice(&text)?;
    let cases = index["cases"].as_array().ok_or("the index has no cases")?;
    let mut out = BufWriter::new(io::stdout().lock());
    for case in cases {
        let line = line(folder, case)
            .unwrap_or_else(|reason| json!({ "file": case["file"], "skipped": reason }));
        writeln!(out, "{line}")?;
    }
    out.flush()?;
    Ok(())
}

fn line(folder: &Path, case: &Value) -> Result<Value, String> {
    let field = |key: &str| case[key].as_str().ok_or(format!("the case has no {key}"));
    let (file, api, format) = (field("file")?, field("api")?, field("body_format")?);
    let api = Api::from_name(api).ok_or(format!("unknown api {api}"))?;
    let format = BodyFormat::from_name(format).ok_or(format!("unknown body_format {format}"))?;
    let provider = case["provider"].as_str().map(Provider::from);
    let body = fs::read(folder.join(file)).map_err(|error| error.to_string())?;

    let read = wire::read(api, format, provider.as_ref(), &body);
    Ok(json!({
        "file": file,
        "usage": read.info.usage.as_ref().map(usage),
        "finish_reasons": read.info.finish_reasons,
        "response_id": read.info.id,
        "response_model": read.info.model,
        "error": error(&read),
        "tool_calls": has_text(api).then_some(&read.tool_calls),
        "text_chars": has_text(api).then_some(read.text_chars),
        "complete": read.complete,
    }))
}

/// Under the corpus's names, which are older than the conventions' in one place.
fn usage(usage: &Usage) -> Value {
    let counts = [
        ("input_tokens", usage.input_tokens),
        ("output_tokens", usage.output_tokens),
        ("cache_read_input_tokens", usage.cache_read_input_tokens),
        (
            "cache_creation_input_tokens",
            usage.cache_write_input_tokens,
        ),
        ("reasoning_output_tokens", usage.reasoning_output_tokens),
        ("audio_input_tokens", usage.audio_input_tokens),
        ("audio_output_tokens", usage.audio_output_tokens),
    ];
    let reported = counts
        .into_iter()
        .filter_map(|(name, count)| Some((name.to_owned(), count?.into())));
    Value::Object(Map::from_iter(reported))
}

/// The provider's class of the failure, else its code, else its words.
fn error(read: &Read) -> Option<String> {
    let error_type = read.info.error_type.as_deref()?;
    let said = |error: &ErrorDetail| {
        let ErrorDetail {
            kind,
            code,
            message,
            ..
        } = error;
        kind.clone().or(code.clone()).or(message.clone())
    };
    let said = read.error.as_ref().and_then(said);
    Some(said.unwrap_or_else(|| error_type.to_owned()))
}

/// Whether replies of an API have text, and calls of tools, at all.
fn has_text(api: Api) -> bool {
    let name = api.as_str();
    !["embed", "rerank"].iter().any(|part| name.contains(part))
}
