//! Recorded bodies of real providers, against what an independent script made of them.
//!
//! The bodies are not a part of the repository. They are looked for in `shared/corpus` beside it,
//! or where `AGENT_TRACE_CORPUS` says; without them there is nothing to compare, and every test here
//! says so.
#![allow(clippy::print_stderr)]

use std::path::PathBuf;
use std::{env, fs};

use agent_trace_llm::Provider;
use agent_trace_llm::wire::{self, Api, BodyFormat, Read, Reader};
use serde_json::Value;

/// What is compared is what the example prints.
#[allow(dead_code)]
#[path = "../examples/usage.rs"]
mod example;

/// A recorded body, and what is expected of it.
struct Case {
    folder: PathBuf,
    /// As the index has it.
    index: Value,
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
    let cases = cases.into_iter().map(|case| {
        let (file, api) = (text(&case, "file"), text(&case, "api"));
        let format = text(&case, "body_format");
        Case {
            api: Api::from_name(&api).expect("a known API"),
            format: BodyFormat::from_name(&format).expect("a known format"),
            provider: text(&case, "provider").into(),
            body: fs::read(folder.join(&file)).expect(&file),
            status: case["http_status"].as_u64().unwrap_or(200),
            expected: case["expected"].clone(),
            folder: folder.clone(),
            index: case,
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

/// Where the script finds less than there is, each with what it does not look for. All the rest of such a
/// body is compared.
const MORE: [(&str, &str, &str); 5] = [
    (
        "bedrock/converse.once.test-converse-stream-with-invalid-model.0cafb6a2.json",
        "error",
        "errors that are no more than a message",
    ),
    (
        "cohere/embed.once.testcohere-test-embed-error.4f2bbe9c.json",
        "error",
        "errors that are no more than a message",
    ),
    (
        "bedrock/invoke.once.testclaudeinvokemodelmessageapi-test-invoke-model-with-image.7bd0e7c3.json",
        "response_id response_model",
        "in a body of InvokeModel, who answered",
    ),
    (
        "bedrock/invoke.stream.testinvokemodelwithstreamresponse-test-invoke.0cc80a9b.eventstream",
        "response_id response_model finish_reasons",
        "in a stream of Claude's events, `message_start` and `message_delta`",
    ),
    (
        "bedrock/invoke.stream.test-invoke-model-with-response-stream-close-before-consumpt.5c8f5c0c.eventstream",
        "response_id response_model finish_reasons",
        "in a stream of Claude's events, `message_start` and `message_delta`",
    ),
];

/// What a line of the example has to have, key by key.
const KEYS: [&str; 8] = [
    "usage",
    "finish_reasons",
    "response_id",
    "response_model",
    "error",
    "billed_units",
    "tool_calls",
    "text_chars",
];

/// What differs, in words.
fn differences(case: &Case) -> Vec<String> {
    let line = example::line(&case.folder, &case.index).expect(&case.file);
    let more = MORE.iter().find(|(file, ..)| *file == case.file);
    let compare = |key: &&str| {
        let expected = match (*key, &case.expected[*key]) {
            // It looks for calls and text only where it knows the shape.
            ("tool_calls" | "text_chars", Value::Null) => return None,
            // To it, a piece of a call without its name is another call without a name.
            ("tool_calls", Value::Array(calls)) => calls
                .iter()
                .filter(|name| !name.is_null())
                .cloned()
                .collect(),
            (_, expected) => expected.clone(),
        };
        let got = &line[*key];
        if more.is_some_and(|(_, keys, _)| keys.split(' ').any(|more| more == *key)) {
            // If it once finds it too, the entry has to go.
            let nothing = expected.is_null() || expected == Value::Array(Vec::new());
            let told = !got.is_null() && *got != Value::Array(Vec::new());
            return (!nothing || !told).then(|| format!("{key}: {got}, {expected}: no exception"));
        }
        (!same(got, &expected)).then(|| format!("{key}: {got}, expected {expected}"))
    };
    KEYS.iter().filter_map(compare).collect()
}

/// Some of its counts are written with a fraction, as the provider's were.
fn same(got: &Value, expected: &Value) -> bool {
    match (got, expected) {
        (Value::Number(got), Value::Number(expected)) => got.as_f64() == expected.as_f64(),
        (Value::Object(got), Value::Object(expected)) => {
            let has = |(key, value)| got.get(key).is_some_and(|got| same(got, value));
            got.len() == expected.len() && expected.iter().all(has)
        }
        (got, expected) => got == expected,
    }
}

#[test]
fn every_body_says_what_the_script_found() {
    let cases = corpus();
    let mut wrong = Vec::new();
    for case in &cases {
        let read = case.read();
        let mut differences = differences(case);
        let may_be_incomplete = case.is_stream() && read.info.error_type.is_some();
        if !read.complete && !may_be_incomplete {
            differences.push("not complete".to_owned());
        }
        if case.status >= 400 && read.info.error_type.is_none() {
            differences.push(format!("no error, with status {}", case.status));
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
        let whole = case.read();
        for cut in case.cuts(&mut numbers) {
            cuts += 1;
            let read = case.read_in_pieces(&case.body[..cut], || 4096);
            if !case.is_stream() {
                assert_eq!(read, Read::default(), "{} cut at {cut}", case.file);
                continue;
            }
            // What came before the cut may be whole by itself, and about another reply.
            if case.has_several_replies() {
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
            let most = example::usage(case.api, &whole.info);
            let seen = example::usage(case.api, &read.info);
            for (name, seen) in seen.as_object().into_iter().flatten() {
                let corrected = case.counts_twice() && name == "output_tokens";
                if seen.as_u64() > most[name].as_u64() && !corrected {
                    // The model's own count is one that AWS's, which rules, has no word on.
                    let ruled_out = case.api == Api::BedrockInvoke && most[name].is_null();
                    if !ruled_out {
                        say(format!("{name} is {seen} of {}", most[name]));
                    }
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
