use std::borrow::Cow;

use crate::sse::Decoder;
use crate::text::is_code;
use crate::wire::bits::{Bits, OTHER, Reply};
use crate::wire::forms::{chunk, response, stream};
use crate::wire::lenient::{Chars, Count, List, Text, TextOrNumber, object};
use crate::wire::openai::error_body::ErrorBody;
use crate::wire::report::Report;
use crate::{InputTokens, OutputTokens};

response! {
    /// The body of a generation, or of the error that came in its place.
    ///
    /// ```
    /// use agent_trace_llm::LlmResponse;
    /// use agent_trace_llm::wire::watsonx::GenerationResponse;
    ///
    /// let body = br#"{
    ///     "model_id": "ibm/granite-3-8b-instruct",
    ///     "results": [{
    ///         "generated_text": "Hi.",
    ///         "generated_token_count": 3,
    ///         "input_token_count": 11,
    ///         "stop_reason": "eos_token"
    ///     }]
    /// }"#;
    /// let info = GenerationResponse::from_slice(body)?.info();
    /// assert_eq!(info.finish_reasons, ["eos_token"]);
    /// assert_eq!(info.usage.and_then(|usage| usage.input_tokens), Some(11));
    /// # Ok::<(), agent_trace_llm::wire::Error>(())
    /// ```
    GenerationResponse from Body
}

chunk! {
    /// The data of one event of a streamed generation.
    ///
    /// ```
    /// use agent_trace_llm::wire::watsonx::GenerationChunk;
    ///
    /// let data = br#"{ "results": [{ "generated_text": "Hi", "stop_reason": "not_finished" }] }"#;
    /// let chunk = GenerationChunk::from_slice(data)?;
    /// assert_eq!((chunk.text_chars(), chunk.is_last()), (2, false));
    /// # Ok::<(), agent_trace_llm::wire::Error>(())
    /// ```
    GenerationChunk from Body
}

stream! {
    /// A streamed generation, fed with the bytes of the response body as they arrive.
    ///
    /// ```
    /// use agent_trace_llm::wire::watsonx::GenerationStream;
    ///
    /// let event = |text: &str, input: u64, output: u64, reason: &str| {
    ///     format!(
    ///         "event: message\ndata: {{\"results\":[{{\"generated_text\":\"{text}\",\
    ///          \"input_token_count\":{input},\"generated_token_count\":{output},\
    ///          \"stop_reason\":\"{reason}\"}}]}}\n\n"
    ///     )
    /// };
    /// let mut stream = GenerationStream::new();
    /// stream.push(event("", 68, 0, "not_finished").as_bytes());
    /// stream.push(event("Hi.", 0, 2, "eos_token").as_bytes());
    /// let (reply, complete) = stream.finish();
    /// assert!(complete);
    /// let usage = reply.usage.expect("reported");
    /// assert_eq!((usage.input_tokens, usage.output_tokens), (Some(68), Some(2)));
    /// ```
    GenerationStream of GenerationChunk, Decoder, |event| (event.name, event.data.as_bytes())
}

object! {
    Body<'de> {
        model_id: Text<'de> = "model_id",
        results: List<Item<'de>> = "results",
        errors: List<Failure<'de>> = "errors",
        error: ErrorBody = "error",
        status_code: TextOrNumber<'de> = "status_code",
    }
}

object! {
    Item<'de> {
        generated_text: Chars = "generated_text",
        generated_token_count: Count = "generated_token_count",
        input_token_count: Count = "input_token_count",
        stop_reason: Text<'de> = "stop_reason",
    }
}

object! {
    Failure<'de> {
        code: TextOrNumber<'de> = "code",
    }
}

impl<'de> Body<'de> {
    fn reply(mut self) -> Reply {
        let results = std::mem::take(&mut self.results.0);
        let reasons: Vec<_> = results.iter().filter_map(Item::finish_reason).collect();
        self.results.0 = results;
        let mut reply = self.bits().reply();
        reply.info.finish_reasons = reasons;
        reply
    }

    fn bits(self) -> Bits<'de> {
        let results = &self.results.0;
        let sum = |count: fn(&Item<'_>) -> Option<u64>| {
            let counts = results.iter().filter_map(count);
            counts.reduce(u64::saturating_add)
        };
        let report = Report::new(
            InputTokens::CacheIncluded {
                total: sum(|item| item.input_token_count.0),
                cache_read: None,
                cache_write: None,
            },
            OutputTokens::ReasoningIncluded {
                total: sum(|item| item.generated_token_count.0),
                reasoning: None,
            },
            None,
        );
        let chars = results.iter().map(|item| item.generated_text.0);
        let chars = chars.fold(0, u64::saturating_add);
        let finish_reason = results.iter().find_map(Item::finish_reason);
        let failed = finish_reason
            .as_deref()
            .is_some_and(|reason| reason.eq_ignore_ascii_case("error"));
        let failure = Failure::error_type(self.errors, self.status_code);
        let error_type = match failure {
            None if failed => finish_reason.clone(),
            None => self.error.error_type(),
            failure => failure,
        };
        Bits {
            model: self.model_id.0,
            content: chars > 0,
            text_chars: chars,
            usage: report.non_empty(),
            usage_is_partial: true,
            last: finish_reason.is_some(),
            finish_reason,
            error_type,
            ..Bits::default()
        }
    }
}

impl Item<'_> {
    /// Of a result that has ended. What has not says so, in this place.
    fn finish_reason(&self) -> Option<Cow<'static, str>> {
        let reason = self.stop_reason.0.as_deref()?;
        if reason.eq_ignore_ascii_case("not_finished") {
            return None;
        }
        Some(match reason {
            "eos_token" => Cow::Borrowed("eos_token"),
            "max_tokens" => Cow::Borrowed("max_tokens"),
            "stop_sequence" => Cow::Borrowed("stop_sequence"),
            other => crate::text::finish_reason(other),
        })
    }
}

impl Failure<'_> {
    /// The code of the first error, else the HTTP status that the body repeats, else that there was
    /// one.
    pub(super) fn error_type(
        errors: List<Self>,
        status: TextOrNumber<'_>,
    ) -> Option<Cow<'static, str>> {
        let first = errors.0.into_iter().next()?;
        let other = Cow::Borrowed(OTHER);
        Some(code(first.code).or(code(status)).unwrap_or(other))
    }
}

fn code(TextOrNumber(code): TextOrNumber<'_>) -> Option<Cow<'static, str>> {
    let code = code.filter(|code| is_code(code))?;
    Some(Cow::Owned(code.into_owned()))
}
