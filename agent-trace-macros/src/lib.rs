//! The attributes of `agent-trace`: [`macro@agent_span`], [`macro@tool_call`] and [`macro@llm_call`].
//!
//! Use them through `agent_trace`, which re-exports them: what they expand to names hidden items of that crate, in
//! exactly this version.
//!
//! An attribute goes through stages, each in a file of its own: `parse` reads the options, `item` the function and
//! `arguments` its arguments; `valid` holds the rules; `expand` writes the tokens and cannot fail. Mistakes are collected
//! on the way and shown together, behind the function as the user wrote it.

mod arguments;
mod errors;
mod expand;
mod family;
mod fields;
mod grammar;
mod item;
mod names;
mod options;
mod parse;
mod semconv;
mod shape;
mod slot;
mod specs;
mod suggest;
mod valid;

#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;

use arguments::Binding;
use errors::Errors;
use family::Family;
use item::Function;

/// Traces a function as an agent: one `invoke_agent` span for each call.
///
/// ```
/// use agent_trace::agent_span;
/// # struct Session { id: String }
/// # struct Report;
/// # struct AgentError;
///
/// /// Answers a research question with a team of searchers.
/// #[agent_span(name = "researcher", conversation = session.id)]
/// async fn research(session: &Session, question: &str) -> Result<Report, AgentError> {
///     // What happens in here, model calls, tools and other agents, stands beneath the span.
///     # let _ = question;
///     Ok(Report)
/// }
/// # let session = Session { id: "c-1".to_owned() };
/// # drop(research(&session, "why?"));
/// ```
///
/// # Operations
///
/// | `operation` | Span name | Kind | For |
/// | --- | --- | --- | --- |
/// | `"invoke_agent"` (default) | `invoke_agent {name}` | INTERNAL, with `remote` CLIENT | one run of an agent |
/// | `"create_agent"` | `create_agent {name}` | CLIENT | making an agent at a service |
/// | `"invoke_workflow"` | `invoke_workflow {name}` | INTERNAL | the coordination of several agents |
/// | `"plan"` | `plan {name of the agent around it}` | INTERNAL | planning that can be told from the rest |
/// | a word of your own, `"reflect"` | `reflect {name}` | INTERNAL, with `remote` CLIENT | anything else an agent does |
///
/// # Options of its own
///
/// | Option | Meaning | Default | Fills |
/// | --- | --- | --- | --- |
/// | `name = text` | The agent's, or the workflow's, name. | the function's name; of a `plan`, the agent around it | `gen_ai.agent.name` or `gen_ai.workflow.name`, the span's name |
/// | `description = text` | What the agent does. | the first paragraph of the doc comment | `gen_ai.agent.description` |
/// | `conversation = text` | The conversation's id, which everything beneath the span inherits. | that of the agent around it | `gen_ai.conversation.id` |
/// | `model = text` | The model it was asked to use. | none | `gen_ai.request.model` |
/// | `data_source = text` | The data source it draws on. | none | `gen_ai.data_source.id` |
/// | `remote` | The agent runs elsewhere: the span is a CLIENT's. | here | the span's kind |
/// | `id = text` | The stable id that a service gave it. With `remote`, or on `create_agent`. | none | `gen_ai.agent.id` |
/// | `version = text` | Its version. With `remote`, or on `create_agent`. | none | `gen_ai.agent.version` |
/// | `provider = text` | The service it runs at. With `remote`, or on `create_agent`. | none | `gen_ai.provider.name` |
/// | `server = text` | The service's URL or `host:port`; user info in it is not recorded. With `remote`, or on `create_agent`. | none | `server.address`, `server.port` |
///
/// # What it adds up
///
/// The span has the tokens and the finish reasons of the agent's own model calls (`gen_ai.usage.input_tokens`,
/// `gen_ai.usage.output_tokens`, `gen_ai.response.finish_reasons`), and the totals of everything beneath it under
/// `agent_trace.subtree.*`.
///
/// # By hand
///
/// The function above, without the attribute, the totals and what follows a failed or dropped call:
///
/// ```
/// use tracing::{Instrument as _, field::Empty};
/// # struct Session { id: String }
/// # struct Report;
/// # #[derive(Debug)] struct AgentError;
///
/// async fn research(session: &Session, question: &str) -> Result<Report, AgentError> {
///     let span = tracing::info_span!(
///         "invoke_agent",
///         otel.name = "invoke_agent researcher",
///         otel.kind = "internal",
///         otel.status_code = Empty,
///         gen_ai.operation.name = "invoke_agent",
///         gen_ai.agent.name = "researcher",
///         gen_ai.agent.description = "Answers a research question with a team of searchers.",
///         gen_ai.conversation.id = session.id,
///         error.type = Empty,
///     );
///     # let _ = question;
///     let result = async { /* the body */ Ok(Report) }.instrument(span.clone()).await;
///     if let Err(AgentError { .. }) = &result {
///         span.record("otel.status_code", "error");
///         span.record("error.type", "AgentError");
///     }
///     result
/// }
/// # let session = Session { id: "c-1".to_owned() };
/// # drop(research(&session, "why?"));
/// ```
///
#[doc = include_str!("docs/shared.md")]
#[proc_macro_attribute]
pub fn agent_span(
    arguments: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    instrument(Family::Agent, arguments.into(), item.into()).into()
}

/// Traces a function as a tool: one `execute_tool` span for each call.
///
/// ```
/// use agent_trace::{Verdict, tool_call};
/// # struct ToolCall { id: String }
/// # struct Output { is_error: bool }
///
/// /// Searches the web.
/// #[tool_call(call_id = call.id, error = classify)]
/// fn web_search(call: &ToolCall, query: &str) -> Output {
///     # let _ = query;
///     Output { is_error: false }
/// }
///
/// /// A tool that reports its failure in what it returns.
/// fn classify(output: &Output) -> Verdict {
///     if output.is_error { Verdict::failure("tool_error") } else { Verdict::Success }
/// }
/// # web_search(&ToolCall { id: "call_1".to_owned() }, "traces");
/// ```
///
/// # Operations
///
/// | `operation` | Span name | Kind | For |
/// | --- | --- | --- | --- |
/// | `"execute_tool"` (default) | `execute_tool {name}` | INTERNAL | one call of a tool |
/// | `"retrieval"` | `retrieval {data_source}` | CLIENT | a search in a knowledge base or a vector store |
/// | `"search_memory"`, `"create_memory"`, `"update_memory"`, `"upsert_memory"`, `"delete_memory"`, `"create_memory_store"`, `"delete_memory_store"` | the operation | CLIENT | an agent's memory |
/// | a word of your own, `"rerank"`, `"run_guardrail"` | `rerank {name}` | INTERNAL | anything else a tool does |
///
/// # Options of its own
///
/// | Option | Meaning | Default | Fills |
/// | --- | --- | --- | --- |
/// | `name = text` | The tool's name. | the function's name | `gen_ai.tool.name`, the span's name |
/// | `description = text` | What the tool does. | the first paragraph of the doc comment | `gen_ai.tool.description` |
/// | `kind = text` | Its type: `"function"`, `"extension"` or `"datastore"`. | none | `gen_ai.tool.type` |
/// | `call_id = text` | The id that the model gave the call. | none | `gen_ai.tool.call.id` |
/// | `conversation = text` | The conversation's id. | that of the agent around it | `gen_ai.conversation.id` |
/// | `data_source = text` | What is searched. On `retrieval`. | none | `gen_ai.data_source.id`, the span's name |
/// | `query = text` | What is searched for: content, recorded only where content is captured. On `retrieval` and memories. | none | `gen_ai.retrieval.query.text`, `gen_ai.memory.query.text` |
/// | `top_k = integer` | How many results are asked for. On `retrieval`. | none | `gen_ai.retrieval.top_k` |
/// | `store = text` | The memory store's id. On memories. | none | `gen_ai.memory.store.id` |
/// | `record = text` | The memory record's id. On memories. | none | `gen_ai.memory.record.id` |
/// | `model = text` | The model behind it. On `retrieval`. | none | `gen_ai.request.model` |
/// | `provider = text` | The service behind it. On `retrieval` and memories. | none | `gen_ai.provider.name` |
/// | `server = text` | The service's URL or `host:port`; user info in it is not recorded. On `retrieval` and memories. | none | `server.address`, `server.port` |
///
/// The name of the agent around it is inherited: `gen_ai.agent.name`.
///
/// # By hand
///
/// The function above, without the attribute:
///
/// ```
/// use tracing::field::Empty;
/// # struct ToolCall { id: String }
/// # struct Output { is_error: bool }
///
/// fn web_search(call: &ToolCall, query: &str) -> Output {
///     let span = tracing::info_span!(
///         "execute_tool",
///         otel.name = "execute_tool web_search",
///         otel.kind = "internal",
///         otel.status_code = Empty,
///         gen_ai.operation.name = "execute_tool",
///         gen_ai.tool.name = "web_search",
///         gen_ai.tool.description = "Searches the web.",
///         gen_ai.tool.call.id = call.id,
///         error.type = Empty,
///     );
///     # let _ = query;
///     let output = span.in_scope(|| { /* the body */ Output { is_error: false } });
///     if output.is_error {
///         span.record("otel.status_code", "error");
///         span.record("error.type", "tool_error");
///     }
///     output
/// }
/// # web_search(&ToolCall { id: "call_1".to_owned() }, "traces");
/// ```
///
#[doc = include_str!("docs/shared.md")]
#[proc_macro_attribute]
pub fn tool_call(
    arguments: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    instrument(Family::Tool, arguments.into(), item.into()).into()
}

/// Traces a function as a call of a model: one `chat` span for each call.
///
/// Model, parameters, reply and usage are found by the types of the arguments and of the value, without a bound on the
/// function: an argument that implements `agent_trace::llm::LlmRequest` or `LlmClient`, a value that implements
/// `LlmResponse`, a stream whose items implement `LlmChunk`, an error that implements `LlmError`. What an option says
/// overrules what is found.
///
/// ```
/// use agent_trace::llm::{LlmRequest, LlmResponse, RequestInfo, ResponseInfo};
/// use agent_trace::llm_call;
/// # struct Request { model: String, temperature: f64 }
/// # struct Reply { id: String }
/// # struct Error;
///
/// impl LlmRequest for Request {
///     fn model(&self) -> Option<&str> {
///         Some(&self.model)
///     }
///
///     fn info(&self) -> RequestInfo {
///         let mut info = RequestInfo::default();
///         info.temperature = Some(self.temperature);
///         info
///     }
/// }
///
/// impl LlmResponse for Reply {
///     fn info(&self) -> ResponseInfo {
///         let mut info = ResponseInfo::default();
///         info.id = Some(self.id.clone());
///         info
///     }
/// }
///
/// #[llm_call(provider = "openai")]                                  // found by type
/// async fn ask(request: Request) -> Result<Reply, Error> {
///     # drop(request);
///     Ok(Reply { id: "resp_1".to_owned() })
/// }
///
/// #[llm_call(provider = "anthropic", model = "claude-sonnet-4-5", temperature = 0.2)]   // or said by hand
/// async fn complete(prompt: &str) -> Result<String, Error> {
///     Ok(prompt.to_owned())
/// }
/// # drop(ask(Request { model: String::new(), temperature: 0.0 }));
/// # drop(complete(""));
/// ```
///
/// # Operations
///
/// | `operation` | Span name | Kind | For |
/// | --- | --- | --- | --- |
/// | `"chat"` (default), `"text_completion"`, `"generate_content"` | `chat {model}` | CLIENT | a generation |
/// | `"embeddings"` | `embeddings {model}` | CLIENT | embeddings |
/// | `"fetch_response"` | `fetch_response` | CLIENT | fetching a response that was made in the background |
/// | a word of your own, `"transcribe"` | `transcribe {model}` | CLIENT | anything else a model does |
///
/// # Options of its own
///
/// | Option | Meaning | Default | Fills |
/// | --- | --- | --- | --- |
/// | `provider = text` | Who serves the model: `"openai"`, `"anthropic"`, `"aws.bedrock"` .. | found | `gen_ai.provider.name` |
/// | `model = text` | The model asked for. | found | `gen_ai.request.model`, the span's name |
/// | `server = text` | The service's URL or `host:port`; user info in it is not recorded. | found | `server.address`, `server.port` |
/// | `request = expr` | The request, where it is no argument itself (`request = context.request`). Its type must implement `LlmRequest`. | the arguments | what it knows |
/// | `temperature = number` | | found | `gen_ai.request.temperature` |
/// | `top_p = number` | | found | `gen_ai.request.top_p` |
/// | `top_k = integer` | | found | `gen_ai.request.top_k` |
/// | `max_tokens = integer` | The most tokens the reply may have. | found | `gen_ai.request.max_tokens` |
/// | `seed = integer` | | found | `gen_ai.request.seed` |
/// | `frequency_penalty = number` | | found | `gen_ai.request.frequency_penalty` |
/// | `presence_penalty = number` | | found | `gen_ai.request.presence_penalty` |
/// | `stop_sequences = texts` | | found | `gen_ai.request.stop_sequences` |
/// | `choice_count = integer` | How many replies are asked for; recorded unless 1. | found | `gen_ai.request.choice.count` |
/// | `stream = bool` | Whether the reply is streamed; recorded if so. | `true` on a function that returns a stream, else found | `gen_ai.request.stream` |
/// | `output_type = text` | `"text"`, `"json"`, `"image"` or `"speech"`. | found | `gen_ai.output.type` |
/// | `reasoning_level = text` | | found | `gen_ai.request.reasoning.level` |
/// | `service_tier = text` | | found | `openai.request.service_tier` |
/// | `previous_response_id = text` | The response that this one continues. | found | `gen_ai.request.previous_response.id` |
/// | `conversation = text` | The conversation's id. | that of the agent around it | `gen_ai.conversation.id` |
/// | `prompt = text`, `prompt(name = text, version = text)` | The name, and version, of the prompt's template; never its content. | found | `gen_ai.prompt.name`, `gen_ai.prompt.version` |
/// | `encoding_formats = texts` | On `embeddings`. | found | `gen_ai.request.encoding_formats` |
/// | `dimensions = integer` | On `embeddings`. | found | `gen_ai.embeddings.dimension.count` |
/// | `response_id = text` | The response to fetch. On `fetch_response`. | none | `gen_ai.response.id` |
/// | `stream_cursor = text` | Where in its stream to go on. On `fetch_response`. | none | `gen_ai.request.stream_cursor` |
///
/// Usage, finish reasons, response id and model are found in the reply, or recorded with `result = ..`, or in the body
/// with `agent_trace::current()`. A model call directly inside another one makes no second span: what it learns
/// enriches the outer one.
///
/// # By hand
///
/// `complete` above, without the attribute:
///
/// ```
/// use tracing::{Instrument as _, field::Empty};
/// # #[derive(Debug)] struct Error;
///
/// async fn complete(prompt: &str) -> Result<String, Error> {
///     let span = tracing::info_span!(
///         "chat",
///         otel.name = "chat claude-sonnet-4-5",
///         otel.kind = "client",
///         otel.status_code = Empty,
///         gen_ai.operation.name = "chat",
///         gen_ai.provider.name = "anthropic",
///         gen_ai.request.model = "claude-sonnet-4-5",
///         gen_ai.request.temperature = 0.2,
///         error.type = Empty,
///     );
///     let result = async { /* the body */ Ok(prompt.to_owned()) }.instrument(span.clone()).await;
///     if let Err(Error) = &result {
///         span.record("otel.status_code", "error");
///         span.record("error.type", "Error");
///     }
///     result
/// }
/// # drop(complete(""));
/// ```
///
#[doc = include_str!("docs/shared.md")]
#[proc_macro_attribute]
pub fn llm_call(
    arguments: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    instrument(Family::Llm, arguments.into(), item.into()).into()
}

/// Parse, check, expand; on any mistake the item comes back as it was, with all mistakes behind it.
fn instrument(family: Family, arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let options = parse::parse(family, arguments, &mut errors);
    valid::check_options(&options, &mut errors);
    let mut function: Function = match syn::parse2(item.clone()) {
        Ok(function) => function,
        Err(error) => {
            errors.push(error);
            return with_errors(item, errors);
        }
    };
    valid::check_function(&function, &mut errors);
    let original = function.signature.clone();
    let mut bindings = arguments::take(&mut function.signature);
    Binding::mark_used(&mut bindings, &options.expressions());
    valid::check_arguments(&options, &function, &bindings, &mut errors);
    match errors.finish() {
        Some(error) => [item, error.into_compile_error()].into_iter().collect(),
        None => expand::expand(&function, &options, &bindings, &original),
    }
}

fn with_errors(mut item: TokenStream, errors: Errors) -> TokenStream {
    item.extend(errors.finish().map(syn::Error::into_compile_error));
    item
}
