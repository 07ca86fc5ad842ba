use std::borrow::Cow;

use crate::text::{MAX_ID, MAX_NAME, cap, cap_owned};
use crate::wire::anthropic;
use crate::wire::bedrock::converse_chunk::Payload;
use crate::wire::bedrock::error_type;
use crate::wire::bedrock::message::{Output, stop_reason};
use crate::wire::bedrock::usage::{FamilyUsage, InvocationMetrics};
use crate::wire::counts::Counts;
use crate::wire::fold::{Content, Fold, Folded};
use crate::wire::lenient::{Chars, Count, Parts, Text, TextOrNumber, object};
use crate::wire::openai::error_body::ErrorBody;
use crate::{StreamInfo, ToolCallRef};

/// Finish reasons and tool calls of one body that are kept.
const MAX_ITEMS: usize = 128;

object! {
    /// What the model families say, whole or in a chunk. The fields of one do not collide with those
    /// of another, so which family it is need not be known.
    Body<'de> {
        id: TextOrNumber<'de> = "id",
        model: Text<'de> = "model",
        usage: FamilyUsage<'de> = "usage",
        error: ErrorBody = "error",
        exception: Text<'de> = "__type",
        // Anthropic, whose streams are told by the kind of their events; `stop_reason` is Llama's too.
        kind: Text<'de> = "type",
        content: Folded<anthropic::Blocks> = "content",
        completion: Chars = "completion",
        stop_reason: Text<'de> = "stop_reason",
        // Nova: as Converse, but for the streams, where the key is the name of the event.
        output: Output<'de> = "output",
        stop_reason_camel: Text<'de> = "stopReason",
        message_start: Option<Payload<'de>> = "messageStart",
        block_start: Option<Payload<'de>> = "contentBlockStart",
        block_delta: Option<Payload<'de>> = "contentBlockDelta",
        block_stop: Option<Payload<'de>> = "contentBlockStop",
        message_stop: Option<Payload<'de>> = "messageStop",
        metadata: Option<Payload<'de>> = "metadata",
        // Titan.
        titan_input: Count = "inputTextTokenCount",
        titan_output: Count = "totalOutputTextTokenCount",
        output_text: Chars = "outputText",
        completion_reason: Text<'de> = "completionReason",
        results: Folded<Results> = "results",
        // Llama.
        generation: Chars = "generation",
        llama_input: Count = "prompt_token_count",
        llama_output: Count = "generation_token_count",
        // Mistral.
        outputs: Folded<Texts> = "outputs",
        // Those that speak as OpenAI does.
        choices: Folded<Choices> = "choices",
        // Cohere.
        response_id: Text<'de> = "response_id",
        generation_id: Text<'de> = "generation_id",
        text: Chars = "text",
        finish_reason: Text<'de> = "finish_reason",
        generations: Folded<Texts> = "generations",
        tool_calls: Folded<Calls> = "tool_calls",
        // AI21 Jurassic.
        completions: Folded<Completions> = "completions",
        // AWS.
        metrics: InvocationMetrics<'de> = "amazon-bedrock-invocationMetrics",
        guardrail_action: Text<'de> = "amazon-bedrock-guardrailAction",
    }
}

object! {
    /// One of Titan's results.
    TitanResult<'de> {
        text: Chars = "outputText",
        tokens: Count = "tokenCount",
        reason: Text<'de> = "completionReason",
    }
}

object! {
    /// One of Mistral's outputs or of Cohere's generations.
    TextResult<'de> {
        text: Chars = "text",
        stop_reason: Text<'de> = "stop_reason",
        finish_reason: Text<'de> = "finish_reason",
    }
}

object! {
    Choice<'de> {
        index: Count = "index",
        text: Chars = "text",
        message: ChoiceMessage<'de> = "message",
        delta: ChoiceMessage<'de> = "delta",
        finish_reason: Text<'de> = "finish_reason",
        stop_reason: Text<'de> = "stop_reason",
    }
}

object! {
    ChoiceMessage<'de> {
        content: Parts = "content",
        tool_calls: Folded<Calls> = "tool_calls",
    }
}

object! {
    Call<'de> {
        index: Count = "index",
        id: Text<'de> = "id",
        // Cohere.
        name: Text<'de> = "name",
        function: Function<'de> = "function",
    }
}

object! {
    Function<'de> {
        name: Text<'de> = "name",
    }
}

object! {
    Completion<'de> {
        data: TextResult<'de> = "data",
        finish_reason: Reason<'de> = "finishReason",
    }
}

object! {
    Reason<'de> {
        reason: Text<'de> = "reason",
    }
}

/// What a list of results amounts to.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    text_chars: u64,
    tokens: Option<u64>,
    /// By choice.
    reasons: Vec<(u32, Cow<'static, str>)>,
    calls: Calls,
}

impl Tally {
    fn text(&mut self, chars: u64) {
        self.text_chars = self.text_chars.saturating_add(chars);
    }

    fn reason(&mut self, choice: u32, Text(reason): Text<'_>) {
        if let Some(reason) = reason {
            if self.reasons.len() < MAX_ITEMS {
                self.reasons.push((choice, stop_reason(&reason)));
            }
        }
    }

    /// The place of an item that does not say its own.
    fn next(&self) -> u32 {
        u32::try_from(self.reasons.len()).unwrap_or(u32::MAX)
    }
}

#[derive(Debug, Default)]
pub(crate) struct Results(Tally);

impl<'de> Fold<'de> for Results {
    type Item = TitanResult<'de>;

    fn item(&mut self, item: TitanResult<'de>) {
        let Self(tally) = self;
        tally.text(item.text.0);
        tally.tokens = match (tally.tokens, item.tokens.0) {
            (Some(sum), Some(tokens)) => Some(sum.saturating_add(tokens)),
            (one, other) => one.or(other),
        };
        tally.reason(tally.next(), item.reason);
    }
}

#[derive(Debug, Default)]
pub(crate) struct Texts(Tally);

impl<'de> Fold<'de> for Texts {
    type Item = TextResult<'de>;

    fn item(&mut self, item: TextResult<'de>) {
        let Self(tally) = self;
        tally.text(item.text.0);
        tally.reason(
            tally.next(),
            Text(item.stop_reason.0.or(item.finish_reason.0)),
        );
    }
}

#[derive(Debug, Default)]
pub(crate) struct Completions(Tally);

impl<'de> Fold<'de> for Completions {
    type Item = Completion<'de>;

    fn item(&mut self, item: Completion<'de>) {
        let Self(tally) = self;
        tally.text(item.data.text.0);
        tally.reason(tally.next(), item.finish_reason.reason);
    }
}

#[derive(Debug, Default)]
pub(crate) struct Choices(Tally);

impl<'de> Fold<'de> for Choices {
    type Item = Choice<'de>;

    fn item(&mut self, item: Choice<'de>) {
        let Self(tally) = self;
        for chars in [
            item.text.0,
            item.message.content.chars,
            item.delta.content.chars,
        ] {
            tally.text(chars);
        }
        let choice = item.index.0.and_then(|index| u32::try_from(index).ok());
        let choice = choice.unwrap_or(tally.next());
        tally.reason(choice, Text(item.finish_reason.0.or(item.stop_reason.0)));
        for Folded(calls) in [item.message.tool_calls, item.delta.tool_calls] {
            tally.calls.0.extend(calls.0);
            tally.calls.0.truncate(MAX_ITEMS);
        }
    }
}

/// Tool calls, or pieces of them, each with its place if it says it.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Calls(Vec<(Option<u32>, ToolCallRef)>);

impl<'de> Fold<'de> for Calls {
    type Item = Call<'de>;

    fn item(&mut self, item: Call<'de>) {
        if self.0.len() < MAX_ITEMS {
            let name = item.function.name.0.or(item.name.0);
            let call = ToolCallRef {
                id: item.id.0.map(|id| cap_owned(id, MAX_ID)),
                name: name.map(|name| cap_owned(name, MAX_NAME)),
            };
            let index = item.index.0.and_then(|index| u32::try_from(index).ok());
            self.0.push((index, call));
        }
    }
}

/// What a body, or a chunk, of any family says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Family {
    id: Option<String>,
    model: Option<String>,
    counts: Counts,
    reasons: Vec<(u32, Cow<'static, str>)>,
    content: Content,
    calls: Calls,
    error_type: Option<Cow<'static, str>>,
}

impl Family {
    pub(crate) fn new(body: Body<'_>) -> Self {
        let mut content = body.content.0.0;
        content.append(body.output.message.content.0.0);
        for Chars(chars) in [
            body.completion,
            body.output_text,
            body.generation,
            body.text,
        ] {
            content.text(chars);
        }
        let (results, choices) = (body.results.0.0, body.choices.0.0);
        let lists = [
            results,
            choices,
            body.outputs.0.0,
            body.generations.0.0,
            body.completions.0.0,
        ];
        let mut calls = body.tool_calls.0;
        let mut reasons = Vec::new();
        let mut result_tokens = None;
        for list in lists {
            content.text(list.text_chars);
            reasons.extend(list.reasons);
            calls.0.extend(list.calls.0);
            result_tokens = result_tokens.or(list.tokens);
        }
        let top = [
            body.stop_reason,
            body.stop_reason_camel,
            body.completion_reason,
            body.finish_reason,
        ];
        let top = top.into_iter().find_map(|Text(reason)| reason);
        reasons.extend(top.map(|reason| (0, stop_reason(&reason))));
        content.any |= !calls.0.is_empty();
        let flat_input = body.titan_input.0.or(body.llama_input.0);
        let flat = Counts {
            uncached: flat_input,
            plain_input: flat_input,
            output: body
                .titan_output
                .0
                .or(body.llama_output.0)
                .or(result_tokens),
            ..Counts::default()
        };
        let id = body.id.0.or(body.response_id.0).or(body.generation_id.0);
        Self {
            id: id.map(|id| cap(&id, MAX_ID).to_owned()),
            model: body.model.0.map(|model| cap_owned(model, MAX_NAME)),
            counts: flat.then(body.usage.counts()),
            reasons,
            content,
            calls,
            error_type: body
                .error
                .error_type()
                .or(body.exception.0.and_then(|name| error_type(&name))),
        }
    }

    pub(crate) fn text_chars(&self) -> u64 {
        self.content.text_chars
    }

    /// Whether a choice ends here.
    pub(crate) fn has_reason(&self) -> bool {
        !self.reasons.is_empty()
    }

    pub(crate) fn accumulate(&self, stream: &mut StreamInfo) {
        if self.content.any {
            stream.content();
        }
        if let Some(id) = &self.id {
            stream.response_id(id);
        }
        if let Some(model) = &self.model {
            stream.model(model);
        }
        for (choice, reason) in &self.reasons {
            stream.finish_reason(*choice, reason.clone());
        }
        if let Some(error_type) = &self.error_type {
            stream.error(error_type.clone());
        }
        self.counts.accumulate(stream);
        for call in &self.content.tool_calls {
            tool_call(None, call, stream);
        }
        for (index, call) in &self.calls.0 {
            tool_call(*index, call, stream);
        }
    }
}

/// A call that does not say its place is one of its own if it has a name, else a piece of nothing.
fn tool_call(index: Option<u32>, call: &ToolCallRef, stream: &mut StreamInfo) {
    let next = u32::try_from(stream.tool_call_count()).unwrap_or(u32::MAX);
    let index = match (index, &call.name) {
        (Some(index), _) => index,
        (None, Some(_)) => next,
        (None, None) => return,
    };
    stream.tool_call(index, call.id.as_deref(), call.name.as_deref());
}
