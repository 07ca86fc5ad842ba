//! What a request is about.

use ::rmcp::model::{ClientRequest, RequestId};

/// A request, as a span names it.
#[derive(Debug, Default)]
pub(super) struct About<'a> {
    /// `mcp.method.name`.
    pub(super) method: &'a str,
    /// `gen_ai.tool.name`.
    pub(super) tool: Option<&'a str>,
    /// `gen_ai.prompt.name`.
    pub(super) prompt: Option<&'a str>,
    /// `mcp.resource.uri`.
    pub(super) resource: Option<&'a str>,
}

impl<'a> About<'a> {
    pub(super) fn of(request: &'a ClientRequest) -> Self {
        let mut about = Self {
            method: request.method(),
            ..Self::default()
        };
        match request {
            ClientRequest::CallToolRequest(request) => about.tool = Some(&request.params.name),
            ClientRequest::GetPromptRequest(request) => about.prompt = Some(&request.params.name),
            ClientRequest::ReadResourceRequest(request) => {
                about.resource = Some(&request.params.uri);
            }
            _ => {}
        }
        about
    }

    /// `tools/call get_weather`; a resource is no part of the name, because there is no end of them.
    pub(super) fn span_name(&self) -> String {
        match self.tool.or(self.prompt) {
            Some(target) => format!("{} {target}", self.method),
            None => self.method.to_owned(),
        }
    }
}

/// `jsonrpc.request.id`.
pub(super) fn id_text(id: &RequestId) -> String {
    match id {
        RequestId::Number(number) => number.to_string(),
        RequestId::String(text) => text.to_string(),
    }
}
