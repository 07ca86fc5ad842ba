//! The second stage of a call: what is said of it once its span runs and is recorded.

use crate::attributes::Attributes;
use crate::attributes::texts;
use crate::content::{self, Content};
use crate::family::Family;
use crate::guard::{guarded, lock};
use crate::semconv::{AttributeId, AttributeSet, id};
use crate::site::Site;
use crate::state::CallState;
use crate::tool_cause;
use crate::value::{BoolValue, DoubleValue, IntValue, TextValue, TextsValue};
use agent_trace_llm::{LlmRequest, RequestInfo};
use opentelemetry::Value;
use std::borrow::Cow;
use std::sync::Arc;

/// What an expansion says of a call that is recorded. Each method is the option of its name.
#[derive(Debug)]
pub struct About {
    site: &'static Site,
    state: Arc<CallState>,
    /// Whether the state is that of a call around this one, of the same operation.
    is_nested: bool,
    draft: Attributes,
}

/// Runs the expressions of the options. They see nothing locked, and what panics is left out.
pub fn describe(about: &mut About, options: impl FnOnce(&mut About)) {
    if !about.is_nested {
        about.draft = lock(&about.state.record).attributes.take_all();
    }
    // What was said before a panic is kept.
    let _ = guarded(|| options(about));
    let draft = about.draft.take_all();
    let mut record = lock(&about.state.record);
    if about.is_nested {
        record.attributes.absorb(draft);
    } else {
        let meanwhile = std::mem::replace(&mut record.attributes, draft);
        record.attributes.absorb(meanwhile);
    }
}

impl About {
    pub(crate) fn new(
        site: &'static Site,
        state: Arc<CallState>,
        is_nested: bool,
        listed: AttributeSet,
    ) -> Self {
        let draft = Attributes::new(AttributeSet::EMPTY, listed);
        Self {
            site,
            state,
            is_nested,
            draft,
        }
    }

    fn say(&mut self, attribute: AttributeId, value: Option<impl Into<Value>>) {
        self.draft.say(attribute, value);
    }

    fn say_text<V: TextValue + ?Sized>(&mut self, attribute: AttributeId, value: &V) {
        self.say(attribute, value.text().map(Cow::into_owned));
    }

    /// `description`: of the agent or of the tool.
    pub fn description<V: TextValue + ?Sized>(&mut self, value: &V) {
        let attribute = match self.site.family {
            Family::Agent => id::GEN_AI_AGENT_DESCRIPTION,
            Family::Tool => id::GEN_AI_TOOL_DESCRIPTION,
            Family::Llm => return,
        };
        self.say_text(attribute, value);
    }

    /// `conversation`: known to everything beneath an agent.
    pub fn conversation<V: TextValue + ?Sized>(&mut self, value: &V) {
        let Some(value) = value.text() else {
            return;
        };
        if let (Family::Agent, Some(scope)) = (self.site.family, &self.state.scope) {
            scope.set_conversation(&value);
        }
        self.say_text(id::GEN_AI_CONVERSATION_ID, &value);
    }

    /// `call_id`: by it the tool call is linked to the model call that asked for it.
    pub fn call_id<V: TextValue + ?Sized>(&mut self, value: &V) {
        if let Some(id) = value.text() {
            tool_cause::link(&self.state, &mut self.draft, &id);
            self.say_text(id::GEN_AI_TOOL_CALL_ID, &id);
        }
    }

    /// `query`: content, which is not recorded unless capture is on.
    pub fn query<V: TextValue + ?Sized>(&mut self, value: &V) {
        let attribute = if self.site.span_type.lists(id::GEN_AI_MEMORY_QUERY_TEXT) {
            id::GEN_AI_MEMORY_QUERY_TEXT
        } else {
            id::GEN_AI_RETRIEVAL_QUERY_TEXT
        };
        let captured = content::capture(Content::Query, || value.text().map(Cow::into_owned));
        self.say(attribute, captured);
    }

    /// `top_k`: of a retrieval or of a model's sampling.
    pub fn top_k<V: IntValue + ?Sized>(&mut self, value: &V) {
        let attribute = match self.site.family {
            Family::Tool => id::GEN_AI_RETRIEVAL_TOP_K,
            Family::Agent | Family::Llm => id::GEN_AI_REQUEST_TOP_K,
        };
        self.say(attribute, value.int());
    }

    /// `choice_count`: recorded where it is not the 1 that everyone assumes.
    pub fn choice_count<V: IntValue + ?Sized>(&mut self, value: &V) {
        self.say(
            id::GEN_AI_REQUEST_CHOICE_COUNT,
            value.int().filter(|count| *count != 1),
        );
    }

    /// `stream`: recorded where it is true.
    pub fn stream<V: BoolValue + ?Sized>(&mut self, value: &V) {
        self.say(
            id::GEN_AI_REQUEST_STREAM,
            value.bool().filter(|stream| *stream),
        );
    }

    /// The function returns a stream.
    pub fn streaming(&mut self) {
        self.stream(&true);
    }

    /// `service_tier`: recorded where it is not `auto`.
    pub fn service_tier<V: TextValue + ?Sized>(&mut self, value: &V) {
        let tier = value
            .text()
            .filter(|tier| tier != "auto")
            .map(Cow::into_owned);
        self.say(id::OPENAI_REQUEST_SERVICE_TIER, tier);
    }

    /// `stop_sequences`.
    pub fn stop_sequences<V: TextsValue + ?Sized>(&mut self, value: &V) {
        self.say_texts(id::GEN_AI_REQUEST_STOP_SEQUENCES, value.texts());
    }

    /// `encoding_formats`.
    pub fn encoding_formats<V: TextsValue + ?Sized>(&mut self, value: &V) {
        self.say_texts(id::GEN_AI_REQUEST_ENCODING_FORMATS, value.texts());
    }

    fn say_texts(&mut self, attribute: AttributeId, value: Option<Vec<String>>) {
        self.say(attribute, value.filter(|list| !list.is_empty()).map(texts));
    }

    /// The request that `request = ..` names; it wins over what is found in other arguments.
    pub fn explicit_request<T: LlmRequest + ?Sized>(&mut self, request: &T) {
        self.request(Some(request.info()));
    }

    /// A request that was found among the arguments. What was said by options wins.
    pub fn request(&mut self, info: Option<RequestInfo>) {
        let Some(info) = info else {
            return;
        };
        fill_request(&mut self.draft, info);
    }
}

/// Fills in the parameters of a request where nothing is known yet.
pub(crate) fn fill_request(attributes: &mut Attributes, info: RequestInfo) {
    attributes.fill(id::GEN_AI_REQUEST_TEMPERATURE, info.temperature);
    attributes.fill(id::GEN_AI_REQUEST_TOP_P, info.top_p);
    attributes.fill(id::GEN_AI_REQUEST_TOP_K, info.top_k);
    attributes.fill(id::GEN_AI_REQUEST_MAX_TOKENS, info.max_tokens);
    attributes.fill(id::GEN_AI_REQUEST_SEED, info.seed);
    attributes.fill(id::GEN_AI_REQUEST_FREQUENCY_PENALTY, info.frequency_penalty);
    attributes.fill(id::GEN_AI_REQUEST_PRESENCE_PENALTY, info.presence_penalty);
    attributes.fill(
        id::GEN_AI_REQUEST_CHOICE_COUNT,
        info.choice_count.filter(|count| *count != 1),
    );
    attributes.fill(
        id::GEN_AI_REQUEST_STREAM,
        info.stream.filter(|stream| *stream),
    );
    attributes.fill(id::GEN_AI_EMBEDDINGS_DIMENSION_COUNT, info.dimensions);
    attributes.fill(id::GEN_AI_OUTPUT_TYPE, info.output_type);
    attributes.fill(id::GEN_AI_REQUEST_REASONING_LEVEL, info.reasoning_level);
    attributes.fill(
        id::OPENAI_REQUEST_SERVICE_TIER,
        info.service_tier.filter(|tier| tier != "auto"),
    );
    attributes.fill(id::OPENAI_API_TYPE, info.api_type);
    attributes.fill(
        id::GEN_AI_REQUEST_PREVIOUS_RESPONSE_ID,
        info.previous_response_id,
    );
    attributes.fill(id::GEN_AI_CONVERSATION_ID, info.conversation_id);
    attributes.fill(id::GEN_AI_PROMPT_NAME, info.prompt_name);
    attributes.fill(id::GEN_AI_PROMPT_VERSION, info.prompt_version);
    let lists = [
        (id::GEN_AI_REQUEST_STOP_SEQUENCES, info.stop_sequences),
        (id::GEN_AI_REQUEST_ENCODING_FORMATS, info.encoding_formats),
    ];
    for (attribute, list) in lists {
        attributes.fill(
            attribute,
            Some(list).filter(|list| !list.is_empty()).map(texts),
        );
    }
}

/// The options that only carry their value to their attribute.
macro_rules! plain {
    ($($(#[$doc:meta])* $name:ident: $value:ident => $attribute:ident;)*) => {
        impl About {
            $($(#[$doc])* pub fn $name<V: $value + ?Sized>(&mut self, value: &V) {
                plain!(@ $value, self, $attribute, value);
            })*
        }
    };
    (@ TextValue, $self:ident, $attribute:ident, $value:ident) => {
        $self.say_text(id::$attribute, $value)
    };
    (@ IntValue, $self:ident, $attribute:ident, $value:ident) => {
        $self.say(id::$attribute, $value.int())
    };
    (@ DoubleValue, $self:ident, $attribute:ident, $value:ident) => {
        $self.say(id::$attribute, $value.double())
    };
}

plain! {
    /// `id`.
    id: TextValue => GEN_AI_AGENT_ID;
    /// `version`.
    version: TextValue => GEN_AI_AGENT_VERSION;
    /// `store`.
    store: TextValue => GEN_AI_MEMORY_STORE_ID;
    /// `record`.
    record: TextValue => GEN_AI_MEMORY_RECORD_ID;
    /// `prompt = ..` or `prompt(name = ..)`.
    prompt_name: TextValue => GEN_AI_PROMPT_NAME;
    /// `prompt(version = ..)`.
    prompt_version: TextValue => GEN_AI_PROMPT_VERSION;
    /// `temperature`.
    temperature: DoubleValue => GEN_AI_REQUEST_TEMPERATURE;
    /// `top_p`.
    top_p: DoubleValue => GEN_AI_REQUEST_TOP_P;
    /// `max_tokens`.
    max_tokens: IntValue => GEN_AI_REQUEST_MAX_TOKENS;
    /// `seed`.
    seed: IntValue => GEN_AI_REQUEST_SEED;
    /// `frequency_penalty`.
    frequency_penalty: DoubleValue => GEN_AI_REQUEST_FREQUENCY_PENALTY;
    /// `presence_penalty`.
    presence_penalty: DoubleValue => GEN_AI_REQUEST_PRESENCE_PENALTY;
    /// `output_type`.
    output_type: TextValue => GEN_AI_OUTPUT_TYPE;
    /// `dimensions`.
    dimensions: IntValue => GEN_AI_EMBEDDINGS_DIMENSION_COUNT;
    /// `reasoning_level`.
    reasoning_level: TextValue => GEN_AI_REQUEST_REASONING_LEVEL;
    /// `previous_response_id`.
    previous_response_id: TextValue => GEN_AI_REQUEST_PREVIOUS_RESPONSE_ID;
    /// `response_id`.
    response_id: TextValue => GEN_AI_RESPONSE_ID;
    /// `stream_cursor`.
    stream_cursor: TextValue => GEN_AI_REQUEST_STREAM_CURSOR;
}
