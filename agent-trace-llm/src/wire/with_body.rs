use std::borrow::Cow;
use std::fmt;

use serde_json::Value;

use crate::message::{OutputAccumulator, RequestMessages, ResponseMessages, Shape};
use crate::{LlmChunk, LlmRequest, LlmResponse, Provider, RequestInfo, ResponseInfo, StreamInfo};

/// A request, a reply or a chunk together with the JSON it was read from, so that it can be asked for
/// its messages.
///
/// The types of [`wire`](super) keep no content. Code that wants its prompts and replies to be
/// recordable wraps them in this one; it is the same request, reply or chunk in every other respect.
/// The body is parsed when messages are asked for, which is when content is captured, and not before.
///
/// ```
/// use agent_trace_llm::message::Shape;
/// use agent_trace_llm::wire::WithBody;
/// use agent_trace_llm::wire::openai::ChatResponse;
/// use agent_trace_llm::LlmResponse;
///
/// let body = br#"{ "choices": [{ "message": { "content": "Rain." }, "finish_reason": "stop" }] }"#;
/// let reply = WithBody::new(ChatResponse::from_slice(body)?, Shape::OpenAiChat, &body[..]);
/// assert_eq!(reply.info().finish_reasons, ["stop"]);
/// let messages = reply.messages().expect("JSON");
/// assert_eq!(
///     serde_json::to_string(&messages.output())?,
///     r#"[{"role":"assistant","parts":[{"type":"text","content":"Rain."}],"finish_reason":"stop"}]"#
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct WithBody<'a, T> {
    inner: T,
    shape: Shape,
    body: Body<'a>,
}

/// A body for [`WithBody`], made from bytes or a JSON value, borrowed or owned.
#[derive(Clone, PartialEq)]
pub struct Body<'a>(Form<'a>);

#[derive(Clone, PartialEq)]
enum Form<'a> {
    Bytes(Cow<'a, [u8]>),
    Value(Cow<'a, Value>),
}

impl<'a, T> WithBody<'a, T> {
    /// What was read, with what it was read from. Of a Bedrock frame the body is its payload, or what
    /// is in the `bytes` of that, decoded.
    pub fn new(inner: T, shape: Shape, body: impl Into<Body<'a>>) -> Self {
        Self {
            inner,
            shape,
            body: body.into(),
        }
    }

    /// What was read.
    pub fn inner(&self) -> &T {
        &self.inner
    }

    /// What was read, without the body.
    pub fn into_inner(self) -> T {
        self.inner
    }

    /// The same with what was read changed, say by its own `into_owned`, and a body that borrows from
    /// nothing: a chunk that outlives the bytes it came in.
    pub fn map_owned<U>(self, change: impl FnOnce(T) -> U) -> WithBody<'static, U> {
        WithBody {
            inner: change(self.inner),
            shape: self.shape,
            body: self.body.into_owned(),
        }
    }
}

impl Body<'_> {
    fn into_owned(self) -> Body<'static> {
        Body(match self.0 {
            Form::Bytes(bytes) => Form::Bytes(Cow::Owned(bytes.into_owned())),
            Form::Value(value) => Form::Value(Cow::Owned(value.into_owned())),
        })
    }

    /// The JSON; none if the bytes are none.
    fn value(&self) -> Option<Cow<'_, Value>> {
        match &self.0 {
            Form::Bytes(bytes) => serde_json::from_slice(bytes).ok().map(Cow::Owned),
            Form::Value(value) => Some(Cow::Borrowed(value)),
        }
    }
}

impl<'a> From<&'a [u8]> for Body<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self(Form::Bytes(Cow::Borrowed(bytes)))
    }
}

impl<'a> From<&'a str> for Body<'a> {
    fn from(text: &'a str) -> Self {
        text.as_bytes().into()
    }
}

impl From<Vec<u8>> for Body<'_> {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Form::Bytes(Cow::Owned(bytes)))
    }
}

impl<'a> From<&'a Value> for Body<'a> {
    fn from(value: &'a Value) -> Self {
        Self(Form::Value(Cow::Borrowed(value)))
    }
}

impl From<Value> for Body<'_> {
    fn from(value: Value) -> Self {
        Self(Form::Value(Cow::Owned(value)))
    }
}

impl<T: LlmRequest> LlmRequest for WithBody<'_, T> {
    fn provider(&self) -> Option<Provider> {
        self.inner.provider()
    }

    fn model(&self) -> Option<&str> {
        self.inner.model()
    }

    fn server(&self) -> Option<Cow<'_, str>> {
        self.inner.server()
    }

    fn info(&self) -> RequestInfo {
        self.inner.info()
    }

    fn messages(&self) -> Option<RequestMessages<'_>> {
        Some(match self.body.value()? {
            Cow::Borrowed(body) => RequestMessages::of_body(self.shape, body),
            Cow::Owned(body) => RequestMessages::of_owned_body(self.shape, body),
        })
    }
}

impl<T: LlmResponse> LlmResponse for WithBody<'_, T> {
    fn info(&self) -> ResponseInfo {
        self.inner.info()
    }

    fn messages(&self) -> Option<ResponseMessages<'_>> {
        Some(match self.body.value()? {
            Cow::Borrowed(body) => ResponseMessages::of_body(self.shape, body),
            Cow::Owned(body) => ResponseMessages::of_owned_body(self.shape, body),
        })
    }
}

impl<T: LlmChunk> LlmChunk for WithBody<'_, T> {
    fn accumulate(&self, stream: &mut StreamInfo) {
        self.inner.accumulate(stream);
    }

    fn accumulate_messages(&self, output: &mut OutputAccumulator) {
        if let Some(event) = self.body.value() {
            self.shape.accumulate(&event, output);
        }
    }
}

/// Without the body, which is content.
impl<T: fmt::Debug> fmt::Debug for WithBody<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WithBody")
            .field("inner", &self.inner)
            .field("shape", &self.shape)
            .finish_non_exhaustive()
    }
}

/// Without its content.
impl fmt::Debug for Body<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::anthropic::MessagesChunk;
    use crate::wire::openai::ChatRequest;
    use serde_json::json;

    #[test]
    fn a_request_and_its_messages() {
        let body =
            json!({ "model": "gpt-4o", "messages": [{ "role": "user", "content": "secret" }] });
        let text = body.to_string();
        let bytes = WithBody::new(ChatRequest::from_value(&body), Shape::OpenAiChat, &text[..]);
        let value = WithBody::new(ChatRequest::from_value(&body), Shape::OpenAiChat, &body);
        assert_eq!(bytes.model(), Some("gpt-4o"));
        assert_eq!(bytes.info(), value.inner().info());
        let made = |request: &WithBody<'_, ChatRequest>| {
            let messages = request.messages().expect("JSON");
            serde_json::to_value(messages.input()).expect("JSON")
        };
        assert_eq!(made(&bytes), made(&value));
        assert_eq!(made(&bytes)[0]["parts"][0]["content"], "secret");
        assert!(!format!("{bytes:?}{:?}", value.body).contains("secret"));
        let broken = WithBody::new(ChatRequest::default(), Shape::OpenAiChat, vec![b'{']);
        assert_eq!(broken.messages(), None);
    }

    #[test]
    fn chunks_that_outlive_their_bytes() {
        let chunks: Vec<WithBody<'static, MessagesChunk<'static>>> = ["Ra", "in"]
            .into_iter()
            .map(|piece| {
                let event = format!(
                    r#"{{"type":"content_block_delta","index":0,"delta":{{"type":"text_delta","text":"{piece}"}}}}"#
                );
                let chunk = MessagesChunk::from_slice(event.as_bytes()).expect("JSON");
                WithBody::new(chunk, Shape::AnthropicMessages, event.as_bytes())
                    .map_owned(MessagesChunk::into_owned)
            })
            .collect();
        let (mut info, mut output) = (StreamInfo::default(), OutputAccumulator::new());
        for chunk in &chunks {
            chunk.accumulate(&mut info);
            chunk.accumulate_messages(&mut output);
            // The bare chunk has nothing to add.
            chunk.inner().accumulate_messages(&mut output);
        }
        assert!(info.has_content());
        let messages = output.finish();
        assert_eq!(messages.len(), 1);
        assert_eq!(messages[0].parts, [crate::message::Part::text("Rain")]);
    }
}
