//! Reads every body of an index in the corpus format and prints what it says, a JSON line each.
//!
//! ```text
//! cargo run --release -p agent-trace-llm --example usage -- ../shared/corpus/index.json
//! ```
//!
//! A body that cannot be read, or whose API or format is unknown, is a line with `skipped`.
//! Counts that were not reported are left out of `usage`, which is `null` when none was; `billed_units` is
//! there where a provider says what it bills. `text_chars`
//! and `tool_calls` are `null` for APIs whose replies have neither.
#![allow(clippy::print_stdout)]

use std::error::Error;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::{env, fs};

use agent_trace_llm::wire::{self, Api, BodyFormat, ErrorDetail, Read};
use agent_trace_llm::{BilledUsage, Provider, ResponseInfo};
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

/// What a case of the index says.
pub(crate) fn line(folder: &Path, case: &Value) -> Result<Value, String> {
    let field = |key: &str| case[key].as_str().ok_or(format!("the case has no {key}"));
    let (file, api, format) = (field("file")?, field("api")?, field("body_format")?);
    let api = Api::from_name(api).ok_or(format!("unknown api {api}"))?;
    let format = BodyFormat::from_name(format).ok_or(format!("unknown body_format {format}"))?;
    let provider = case["provider"].as_str().map(Provider::from);
    let body = fs::read(folder.join(file)).map_err(|error| error.to_string())?;

    let read = wire::read(api, format, provider.as_ref(), &body);
    let mut line = json!({
        "file": file,
        "usage": usage(api, &read.info),
        "finish_reasons": read.info.finish_reasons,
        "response_id": read.info.id,
        "response_model": read.info.model,
        "error": error(&read),
        "tool_calls": has_text(api).then_some(&read.tool_calls),
        "text_chars": has_text(api).then_some(read.text_chars),
        "complete": read.complete,
    });
    if let Some(billed) = &read.info.billed_usage {
        line["billed_units"] = billed_units(billed);
    }
    Ok(line)
}

/// Under the corpus's names, which are older than the conventions' in one place. `null` if nothing was
/// reported, neither of what was used nor of what is billed.
pub(crate) fn usage(api: Api, info: &ResponseInfo) -> Value {
    if info.usage.is_none() && info.provider_usage.is_none() && info.billed_usage.is_none() {
        return Value::Null;
    }
    let used = info.usage.unwrap_or_default();
    let written = info.provider_usage.unwrap_or_default();
    // The corpus has the provider's own number where it may differ in meaning, even if it does not
    // differ; of the interactions API it has none.
    let reasoning_on_top = written.reasoning_on_top && api != Api::GeminiInteractions;
    let counts = [
        ("input_tokens", used.input_tokens),
        ("output_tokens", used.output_tokens),
        ("total_tokens", written.total_tokens),
        ("cache_read_input_tokens", used.cache_read_input_tokens),
        ("cache_creation_input_tokens", used.cache_write_input_tokens),
        ("reasoning_output_tokens", used.reasoning_output_tokens),
        ("audio_input_tokens", used.audio_input_tokens),
        ("audio_output_tokens", used.audio_output_tokens),
        // Nothing of the input is no part of it worth a word, to the corpus.
        (
            "tool_use_input_tokens",
            used.tool_use_input_tokens.filter(|count| *count > 0),
        ),
        (
            "provider_input_tokens",
            written.input_tokens.filter(|_| written.cache_on_top),
        ),
        (
            "provider_output_tokens",
            written.output_tokens.filter(|_| reasoning_on_top),
        ),
    ];
    let mut usage = object(counts);
    // By Gemini's own API it always is, so that is not worth a mark.
    if written.reasoning_on_top && api.as_str().starts_with("openai.") {
        usage.insert("reasoning_outside_output".to_owned(), true.into());
    }
    Value::Object(usage)
}

/// What is billed, under Cohere's names.
fn billed_units(billed: &BilledUsage) -> Value {
    Value::Object(object([
        ("input_tokens", billed.tokens.input_tokens),
        ("output_tokens", billed.tokens.output_tokens),
        ("image_tokens", billed.tokens.image_input_tokens),
        ("images", billed.images),
        ("search_units", billed.search_units),
        ("classifications", billed.classifications),
    ]))
}

/// The counts that were reported.
fn object<const N: usize>(counts: [(&str, Option<u64>); N]) -> Map<String, Value> {
    let reported = counts
        .into_iter()
        .filter_map(|(name, count)| Some((name.to_owned(), count?.into())));
    Map::from_iter(reported)
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
