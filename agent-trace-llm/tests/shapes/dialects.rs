//! The servers that speak OpenAI's chat API: a body and a stream of each, with what is its own.

use agent_trace_llm::Provider;
use agent_trace_llm::wire::{Api, BodyFormat, Read};
use serde_json::{Value, json};

use crate::framing::sse;
use crate::said;

struct Dialect {
    /// Its name in the conventions, or ours.
    name: &'static str,
    /// A host of it.
    url: &'static str,
    /// Whether its bodies give it away.
    told: bool,
    usage: Value,
    /// Fields beside the usual ones.
    besides: Value,
    /// Where usage comes in a stream.
    place: Place,
    marked: bool,
    /// Input, output, cache reads, reasoning, the provider's total.
    counts: [Option<u64>; 5],
}

#[derive(Clone, Copy)]
enum Place {
    /// A last chunk without choices.
    Alone,
    /// The chunk that ends the choice.
    WithChoice,
    /// Every chunk, a running total.
    Everywhere,
    /// `x_groq`, and the usual place.
    XGroq,
    /// Within the choice.
    InChoice,
}

fn all() -> Vec<Dialect> {
    use Place::*;
    let plain = json!({ "prompt_tokens": 12, "completion_tokens": 26, "total_tokens": 38 });
    let with = |more: Value| {
        let mut usage = plain.clone();
        for (key, value) in more.as_object().expect("an object") {
            usage[key] = value.clone();
        }
        usage
    };
    let told = |name, url, usage, besides, place, marked, counts| Dialect {
        name,
        url,
        told: true,
        usage,
        besides,
        place,
        marked,
        counts,
    };
    let plainly = |name, url, usage, place, counts| Dialect {
        name,
        url,
        told: false,
        usage,
        besides: json!({}),
        place,
        marked: true,
        counts,
    };
    let base = [Some(12), Some(26), None, None, Some(38)];
    let cached = [Some(12), Some(26), Some(8), None, Some(38)];
    let full = [Some(12), Some(26), Some(8), Some(20), Some(38)];
    let details = json!({ "prompt_tokens_details": { "cached_tokens": 8 }, "completion_tokens_details": { "reasoning_tokens": 20 } });
    vec![
        told(
            "mistral_ai",
            "https://api.mistral.ai/v1",
            with(json!({ "num_cached_tokens": 8 })),
            json!({}),
            WithChoice,
            true,
            cached,
        ),
        told(
            "groq",
            "https://api.groq.com/openai/v1",
            with(json!({ "queue_time": 0.1, "prompt_time": 0.1 })),
            json!({ "x_groq": { "id": "req_1" } }),
            XGroq,
            true,
            base,
        ),
        told(
            "x_ai",
            "https://api.x.ai/v1",
            json!({ "prompt_tokens": 12, "completion_tokens": 1, "total_tokens": 303, "num_sources_used": 0,
            "completion_tokens_details": { "reasoning_tokens": 290 } }),
            json!({}),
            Alone,
            true,
            [Some(12), Some(291), None, Some(290), Some(303)],
        ),
        told(
            "deepseek",
            "https://api.deepseek.com",
            with(json!({ "prompt_cache_hit_tokens": 8, "prompt_cache_miss_tokens": 4 })),
            json!({}),
            WithChoice,
            true,
            cached,
        ),
        told(
            "together",
            "https://api.together.xyz/v1",
            with(json!({ "cached_tokens": 8 })),
            json!({ "prompt": [] }),
            WithChoice,
            true,
            cached,
        ),
        told(
            "cerebras",
            "https://api.cerebras.ai/v1",
            with(details.clone()),
            json!({ "time_info": { "queue_time": 0.1 } }),
            Everywhere,
            true,
            full,
        ),
        told(
            "perplexity",
            "https://api.perplexity.ai",
            with(json!({ "search_context_size": "low", "cost": { "total_cost": 0.1 } })),
            json!({ "citations": ["https://example.com"] }),
            Everywhere,
            false,
            base,
        ),
        told(
            "openrouter",
            "https://openrouter.ai/api/v1",
            with(
                json!({ "is_byok": false, "cost": 0.1, "prompt_tokens_details": { "cached_tokens": 8 } }),
            ),
            json!({ "provider": "Minimax" }),
            WithChoice,
            true,
            cached,
        ),
        told(
            "azure.ai.openai",
            "https://contoso.openai.azure.com",
            with(details.clone()),
            json!({ "prompt_filter_results": [] }),
            Alone,
            true,
            full,
        ),
        told(
            "huggingface",
            "https://router.huggingface.co/v1",
            plain.clone(),
            json!({ "system_fingerprint": "3.3.4-sha-e5d8c5a" }),
            Alone,
            true,
            base,
        ),
        told(
            "writer",
            "https://api.writer.com/v1",
            with(json!({ "prompt_token_details": null, "completion_tokens_details": null })),
            json!({}),
            Alone,
            false,
            base,
        ),
        told(
            "z_ai",
            "https://api.z.ai/api/paas/v4",
            with(details.clone()),
            json!({ "model": "glm-4.6", "request_id": "1" }),
            WithChoice,
            true,
            full,
        ),
        plainly(
            "moonshot_ai",
            "https://api.moonshot.ai/v1",
            with(json!({ "cached_tokens": 8 })),
            InChoice,
            cached,
        ),
        plainly(
            "fireworks",
            "https://api.fireworks.ai/inference/v1",
            with(details.clone()),
            WithChoice,
            full,
        ),
        plainly(
            "crusoe",
            "https://api.crusoe.ai/v1",
            with(json!({ "prompt_tokens_details": null })),
            Alone,
            base,
        ),
        // Reasoning is in the total alone, and a difference is no count.
        plainly(
            "gcp.gemini",
            "https://generativelanguage.googleapis.com/v1beta/openai",
            json!({ "prompt_tokens": 35, "completion_tokens": 12, "total_tokens": 109 }),
            WithChoice,
            [Some(35), Some(12), None, None, Some(109)],
        ),
        plainly(
            "openai",
            "https://api.openai.com/v1",
            with(details),
            Alone,
            full,
        ),
    ]
}

impl Dialect {
    fn body(&self, choices: Value, usage: Option<&Value>) -> Value {
        let mut body = json!({ "id": "gen-1", "model": "m", "choices": choices });
        for (key, value) in self.besides.as_object().expect("an object") {
            body[key] = value.clone();
        }
        if let Some(usage) = usage {
            body["usage"] = usage.clone();
        }
        body
    }

    fn document(&self) -> String {
        let choices =
            json!([{ "index": 0, "finish_reason": "stop", "message": { "content": "Hi" } }]);
        self.body(choices, Some(&self.usage)).to_string()
    }

    fn stream(&self) -> String {
        let text = |text: &str| json!([{ "index": 0, "delta": { "content": text } }]);
        let mut stop = json!([{ "index": 0, "delta": {}, "finish_reason": "stop" }]);
        // Counts that grow.
        let mut less = self.usage.clone();
        less["completion_tokens"] = json!(0);
        let first = matches!(self.place, Place::Everywhere).then_some(&less);
        let mut events = vec![self.body(text("H"), first), self.body(text("i"), first)];
        match self.place {
            Place::Alone => {
                events.push(self.body(stop, None));
                events.push(self.body(json!([]), Some(&self.usage)));
            }
            Place::WithChoice | Place::Everywhere => {
                events.push(self.body(stop, Some(&self.usage)));
            }
            Place::XGroq => {
                let mut last = self.body(stop, Some(&self.usage));
                last["x_groq"]["usage"] = self.usage.clone();
                events.push(last);
            }
            Place::InChoice => {
                stop[0]["usage"] = self.usage.clone();
                events.push(self.body(stop, None));
            }
        }
        let mut body = sse(&events);
        if self.marked {
            body.push_str("data: [DONE]\n\n");
        }
        body
    }

    fn check(&self, seen: &Read, what: &str) {
        let name = self.name;
        let usage = seen.info.usage.unwrap_or_default();
        let written = seen.info.provider_usage.unwrap_or_default();
        let counts = [
            usage.input_tokens,
            usage.output_tokens,
            usage.cache_read_input_tokens,
            usage.reasoning_output_tokens,
            written.total_tokens,
        ];
        assert_eq!(counts, self.counts, "{what} of {name}");
        assert_eq!(
            written.input_tokens,
            self.usage["prompt_tokens"].as_u64(),
            "{what} of {name}"
        );
        assert_eq!(
            written.output_tokens,
            self.usage["completion_tokens"].as_u64(),
            "{what} of {name}"
        );
        assert_eq!(written.reasoning_on_top, name == "x_ai", "{what} of {name}");
        assert_eq!(seen.info.finish_reasons, ["stop"], "{what} of {name}");
        assert_eq!(
            (seen.text_chars, seen.complete),
            (2, true),
            "{what} of {name}"
        );
        assert_eq!(seen.info.error_type, None, "{what} of {name}");
    }
}

#[test]
fn each_by_its_name() {
    for dialect in all() {
        let provider = Provider::new(dialect.name);
        let document = dialect.document();
        let seen = said(
            Api::OpenAiChat,
            BodyFormat::Json,
            Some(&provider),
            document.as_bytes(),
        );
        dialect.check(&seen, "a body");
        let stream = dialect.stream();
        let seen = said(
            Api::OpenAiChat,
            BodyFormat::Sse,
            Some(&provider),
            stream.as_bytes(),
        );
        dialect.check(&seen, "a stream");
    }
}

/// The provider need not be said: what is its own in a body gives it away, or makes no difference.
#[test]
fn each_by_its_body() {
    for dialect in all() {
        let document = dialect.document();
        let seen = said(Api::OpenAiChat, BodyFormat::Json, None, document.as_bytes());
        dialect.check(&seen, "a body");
        let stream = dialect.stream();
        let seen = said(Api::OpenAiChat, BodyFormat::Sse, None, stream.as_bytes());
        dialect.check(&seen, "a stream");
        let told = Provider::from_openai_body(document.as_bytes());
        let name = dialect.told.then_some(dialect.name);
        assert_eq!(told.as_ref().map(Provider::as_str), name, "{document}");
    }
}

#[test]
fn each_by_its_host() {
    for dialect in all() {
        let found = Provider::from_url(dialect.url);
        assert_eq!(found.as_ref().map(Provider::as_str), Some(dialect.name));
    }
}
