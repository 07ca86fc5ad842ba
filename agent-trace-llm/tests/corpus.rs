//! Recorded bodies of real providers, against what an independent script made of them.
//!
//! The bodies are not a part of the repository. They are looked for in `shared/corpus` beside it,
//! or where `AGENT_TRACE_CORPUS` says; without them there is nothing to compare, and every test here
//! says so.
#![allow(clippy::print_stderr)]

use std::path::PathBuf;
use std::{env, fs};

use agent_trace_llm::wire::{self, Api, BodyFormat, Read, Reader};
use agent_trace_llm::{Provider, Usage};
use serde_json::Value;

/// A recorded body, and what is expected of it.
struct Case {
    file: String,
    api: Api,
    format: BodyFormat,
    provider: Provider,
    body: Vec<u8>,
    status: u64,
    expected: Value,
}

impl Case {
    fn read(&self) -> Read {
        wire::read(self.api, self.format, Some(&self.provider), &self.body)
    }

    /// The body in pieces, of which `next` says how long each one is.
    fn read_in_pieces(&self, body: &[u8], mut next: impl FnMut() -> usize) -> Read {
        let mut reader = Reader::new(self.api, self.format, Some(&self.provider));
        let mut rest = body;
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(next().clamp(1, rest.len()));
            reader.push(piece);
            rest = after;
        }
        reader.finish()
    }

    /// Recordings of agents that have one reply after another in a file: each is whole by itself,
    /// and the last one is told.
    fn has_several_replies(&self) -> bool {
        let body = String::from_utf8_lossy(&self.body).replace("\": \"", "\":\"");
        let begins = [
            "\"type\":\"response.created\"",
            "\"type\":\"message_start\"",
        ];
        begins.iter().any(|begin| body.matches(begin).count() > 1)
    }

    /// Bedrock's count in the last chunk, which rules, is not always the one that the model gave
    /// before.
    fn counts_twice(&self) -> bool {
        let raw = &self.expected["usage_raw"];
        let count = |value: &Value| value.as_u64();
        let model = count(&raw["usage"]["output_tokens"]);
        let metrics = count(&raw["invocationMetrics"]["outputTokenCount"]);
        model.is_some() && metrics.is_some() && model != metrics
    }

    /// Where to cut it: after events, and anywhere, but so that something is lost.
    fn cuts(&self, numbers: &mut Numbers) -> Vec<usize> {
        let mut cuts: Vec<usize> = (0..40).map(|_| numbers.below(self.body.len())).collect();
        if self.is_stream() {
            let mut ends = self.event_ends();
            // Long streams repeat themselves in the middle.
            if ends.len() > 60 {
                ends.drain(30..ends.len() - 30);
            }
            cuts.append(&mut ends);
        }
        cuts.retain(|cut| !self.body[*cut..].trim_ascii().is_empty());
        cuts
    }

    fn is_stream(&self) -> bool {
        self.format != BodyFormat::Json
    }

    /// Where its events end.
    fn event_ends(&self) -> Vec<usize> {
        match self.format {
            BodyFormat::AwsEventStream => {
                let mut ends = vec![0];
                let mut at = 0;
                while let Some(length) = self.body[at..].first_chunk() {
                    at += u32::from_be_bytes(*length) as usize;
                    ends.push(at);
                }
                ends
            }
            BodyFormat::Sse => {
                let body = String::from_utf8_lossy(&self.body).replace("\r\n", "\n");
                assert_eq!(body.matches("\r").count(), 0, "{}", self.file);
                let blank = if self.body.windows(2).any(|two| two == b"\r\n") {
                    &b"\r\n\r\n"[..]
                } else {
                    b"\n\n"
                };
                let ends = self.body.windows(blank.len()).enumerate();
                ends.filter(|(_, bytes)| *bytes == blank)
                    .map(|(at, _)| at + blank.len())
                    .collect()
            }
            _ => {
                let ends = self.body.iter().enumerate();
                ends.filter(|(_, byte)| **byte == b'\n')
                    .map(|(at, _)| at + 1)
                    .collect()
            }
        }
    }
}

fn corpus() -> Vec<Case> {
    let folder = match env::var_os("AGENT_TRACE_CORPUS") {
        Some(folder) => PathBuf::from(folder),
        // Asked for when the test runs, as the checkout may not be where it was compiled.
        None => PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default())
            .join("../../shared/corpus"),
    };
    let Ok(index) = fs::read(folder.join("index.json")) else {
        eprintln!("NOTHING WAS COMPARED: there is no corpus of recorded bodies in {folder:?}");
        return Vec::new();
    };
    let mut index: Value = serde_json::from_slice(&index).expect("the index is JSON");
    let Value::Array(cases) = index["cases"].take() else {
        panic!("the index has cases")
    };
    assert!(!cases.is_empty(), "the index has cases");
    let text = |case: &Value, key: &str| case[key].as_str().expect(key).to_owned();
    let cases = cases.into_iter().map(|mut case| {
        let (file, api) = (text(&case, "file"), text(&case, "api"));
        let format = text(&case, "body_format");
        Case {
            api: Api::from_name(&api).expect("a known API"),
            format: BodyFormat::from_name(&format).expect("a known format"),
            provider: text(&case, "provider").into(),
            body: fs::read(folder.join(&file)).expect(&file),
            status: case["http_status"].as_u64().unwrap_or(200),
            expected: case["expected"].take(),
            file,
        }
    });
    cases.collect()
}

/// A generator of numbers that are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let number = usize::try_from(self.0 >> 16).unwrap_or_default();
        number % bound.max(1)
    }
}

/// The counts that the corpus has names for.
fn counts(usage: &Usage) -> [(&'static str, Option<u64>); 7] {
    [
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
    ]
}

/// What differs, in words.
fn differences(case: &Case, read: &Read) -> Vec<String> {
    let expected = &case.expected;
    let mut found = Vec::new();
    // The script does not look into the bodies of InvokeModel for more than their usage and, where
    // they are whole, the finish reason: what it did not find is not compared.
    let unseen = |value: &Value| {
        let nothing = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        case.api == Api::BedrockInvoke && nothing
    };
    let compare = |found: &mut Vec<String>, what: &str, got: Value| {
        if got != expected[what] && !unseen(&expected[what]) {
            found.push(format!("{what}: {got}, expected {}", expected[what]));
        }
    };
    compare(&mut found, "response_id", read.info.id.clone().into());
    compare(&mut found, "response_model", read.info.model.clone().into());
    let reasons = read
        .info
        .finish_reasons
        .iter()
        .map(|reason| reason.as_ref());
    compare(
        &mut found,
        "finish_reasons",
        reasons.collect::<Vec<&str>>().into(),
    );
    // The script looks for calls and text only where it knows the shape.
    if let Value::Array(calls) = &expected["tool_calls"] {
        // Pieces of a call without its name are calls to it.
        let named: Vec<&str> = calls.iter().filter_map(Value::as_str).collect();
        if read.tool_calls != named {
            found.push(format!(
                "tool_calls: {:?}, expected {named:?}",
                read.tool_calls
            ));
        }
    }
    if expected["text_chars"].is_u64() {
        compare(&mut found, "text_chars", read.text_chars.into());
    }
    let error = read.error.as_ref().and_then(|error| {
        let said = error.kind.as_ref().or(error.code.as_ref());
        said.or(error.message.as_ref()).cloned()
    });
    // Nor does it know the errors that are no more than a message.
    if expected["error"].is_string() || case.status < 400 {
        compare(&mut found, "error", error.into());
    } else if read.info.error_type.is_none() {
        found.push(format!("no error, with status {}", case.status));
    }

    let usage = &expected["usage"];
    if read.info.usage.is_some() != usage.is_object() {
        found.push(format!("usage: {:?}, expected {usage}", read.info.usage));
    }
    for (name, count) in counts(&read.info.usage.unwrap_or_default()) {
        // Some of its counts are written with a fraction, as the provider's were.
        if count.map(|count| count as f64) != usage[name].as_f64() {
            found.push(format!("{name}: {count:?}, expected {}", usage[name]));
        }
    }
    found
}

#[test]
fn every_body_says_what_the_script_found() {
    let cases = corpus();
    let mut wrong = Vec::new();
    for case in &cases {
        let read = case.read();
        let mut differences = differences(case, &read);
        let may_be_incomplete = case.is_stream() && read.info.error_type.is_some();
        if !read.complete && !may_be_incomplete {
            differences.push("not complete".to_owned());
        }
        if !differences.is_empty() {
            wrong.push(format!("{}: {}", case.file, differences.join("; ")));
        }
    }
    eprintln!("compared {} recorded bodies", cases.len());
    assert!(
        wrong.is_empty(),
        "{} of {} bodies differ:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_split_says_the_same() {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let mut streams = 0;
    for case in corpus() {
        let whole = case.read();
        let body = &case.body;
        assert_eq!(
            case.read_in_pieces(body, || 1),
            whole,
            "{}: bytes",
            case.file
        );
        for most in [2, 9, 64, 1024, body.len()] {
            let read = case.read_in_pieces(body, || 1 + numbers.below(most));
            assert_eq!(read, whole, "{}: pieces of up to {most}", case.file);
        }
        streams += usize::from(case.is_stream());
    }
    eprintln!("split {streams} recorded streams");
}

#[test]
fn every_cut_is_incomplete_and_counts_no_more() {
    let mut numbers = Numbers(0x2545_f491_4f6c_dd1d);
    let mut wrong = Vec::new();
    let mut cuts = 0;
    for case in corpus() {
        if case.has_several_replies() || case.counts_twice() {
            continue;
        }
        let whole = case.read();
        for cut in case.cuts(&mut numbers) {
            cuts += 1;
            let read = case.read_in_pieces(&case.body[..cut], || 4096);
            if !case.is_stream() {
                assert_eq!(read, Read::default(), "{} cut at {cut}", case.file);
                continue;
            }
            let mut say = |what: String| wrong.push(format!("{} cut at {cut}: {what}", case.file));
            if read.complete {
                say("complete".to_owned());
            }
            if read.text_chars > whole.text_chars {
                say(format!(
                    "{} of {} characters",
                    read.text_chars, whole.text_chars
                ));
            }
            let most = counts(&whole.info.usage.unwrap_or_default());
            let seen = counts(&read.info.usage.unwrap_or_default());
            for ((name, most), (_, seen)) in most.into_iter().zip(seen) {
                if seen > most {
                    say(format!("{name} is {seen:?} of {most:?}"));
                }
            }
        }
    }
    eprintln!("cut recorded bodies in {cuts} places");
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

/// The provider need not be said: what gives it away is found, or makes no difference.
#[test]
fn the_provider_makes_no_difference_where_fields_tell() {
    for case in corpus() {
        let told = case.read();
        let found = wire::read(case.api, case.format, None, &case.body);
        assert_eq!(found.info, told.info, "{}", case.file);
        assert_eq!(found.complete, told.complete, "{}", case.file);
    }
}
