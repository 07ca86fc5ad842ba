/// A tool call that the model asked for: which, never with what.
///
/// The id is what links a tool's span to the model call that caused it. Arguments are content and
/// have no place here.
///
/// ```
/// use agent_trace_llm::ToolCallRef;
///
/// let call = ToolCallRef::new("call_abc", "web_search");
/// assert_eq!(call.name.as_deref(), Some("web_search"));
/// ```
#[non_exhaustive]
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct ToolCallRef {
    /// `gen_ai.tool.call.id` of the call. Some providers give none.
    pub id: Option<String>,
    /// `gen_ai.tool.name`: the tool that is to be called.
    pub name: Option<String>,
}

impl ToolCallRef {
    /// A call with both its id and its tool's name. Use [`Default`] and assign where one is unknown.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            id: Some(id.into()),
            name: Some(name.into()),
        }
    }
}
