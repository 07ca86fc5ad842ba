use std::borrow::Cow;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::{Json, Modality};

/// The types of the schema's own parts.
const KINDS: [&str; 10] = [
    "text",
    "reasoning",
    "tool_call",
    "tool_call_response",
    "server_tool_call",
    "server_tool_call_response",
    "blob",
    "file",
    "uri",
    "compaction",
];

/// One part of a message. The variants are those of the schema, and so are the field names.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Part<'a> {
    /// Text.
    Text {
        /// The text.
        content: Cow<'a, str>,
    },
    /// What the model thought, where the provider shows it.
    Reasoning {
        /// The thoughts, or a summary of them.
        content: Cow<'a, str>,
    },
    /// A tool that the model asks the application to call.
    ToolCall {
        /// Identifier of the call.
        #[serde(skip_serializing_if = "Option::is_none")]
        id: Option<Cow<'a, str>>,
        /// Name of the tool.
        name: Cow<'a, str>,
        /// Its arguments.
        #[serde(skip_serializing_if = "Option::is_none")]
        arguments: Option<Json<'a>>,
    },
    /// What the tool answered.
    ToolCallResponse {
        /// Identifier of the call.
        #[serde(skip_serializing_if = "Option::is_none")]
        id: Option<Cow<'a, str>>,
        /// The answer.
        response: Json<'a>,
    },
    /// A tool that the provider itself has called.
    ServerToolCall {
        /// Identifier of the call.
        #[serde(skip_serializing_if = "Option::is_none")]
        id: Option<Cow<'a, str>>,
        /// Name of the tool.
        name: Cow<'a, str>,
        /// The details, told apart by their `type`.
        server_tool_call: GenericPart<'a>,
    },
    /// What a tool of the provider answered.
    ServerToolCallResponse {
        /// Identifier of the call.
        #[serde(skip_serializing_if = "Option::is_none")]
        id: Option<Cow<'a, str>>,
        /// The details, told apart by their `type`.
        server_tool_call_response: GenericPart<'a>,
    },
    /// Data within the message.
    Blob {
        /// The IANA media type.
        #[serde(skip_serializing_if = "Option::is_none")]
        mime_type: Option<Cow<'a, str>>,
        /// What kind of data it is.
        modality: Modality<'a>,
        /// The data in base64.
        content: Cow<'a, str>,
    },
    /// A file that the provider already has.
    File {
        /// The IANA media type.
        #[serde(skip_serializing_if = "Option::is_none")]
        mime_type: Option<Cow<'a, str>>,
        /// What kind of data it is.
        modality: Modality<'a>,
        /// The provider's identifier of the file.
        file_id: Cow<'a, str>,
    },
    /// Data elsewhere.
    Uri {
        /// The IANA media type.
        #[serde(skip_serializing_if = "Option::is_none")]
        mime_type: Option<Cow<'a, str>>,
        /// What kind of data it is.
        modality: Modality<'a>,
        /// Where it is.
        uri: Cow<'a, str>,
    },
    /// A conversation that was made shorter.
    Compaction {
        /// The provider's identifier.
        #[serde(skip_serializing_if = "Option::is_none")]
        id: Option<Cow<'a, str>>,
        /// The summary, where it is not encrypted.
        #[serde(skip_serializing_if = "Option::is_none")]
        content: Option<Cow<'a, str>>,
    },
    /// Anything else.
    #[serde(untagged)]
    Generic(GenericPart<'a>),
}

impl<'a> Part<'a> {
    /// A text part.
    pub fn text(content: impl Into<Cow<'a, str>>) -> Self {
        Self::Text {
            content: content.into(),
        }
    }

    /// A reasoning part.
    pub fn reasoning(content: impl Into<Cow<'a, str>>) -> Self {
        Self::Reasoning {
            content: content.into(),
        }
    }

    /// A refusal: the schema has no part of its own for it, so a generic one with `content`.
    pub fn refusal(content: &'a str) -> Self {
        Self::Generic(GenericPart::new("refusal").with("content", content))
    }

    /// The same, borrowing from nothing.
    pub fn into_owned(self) -> Part<'static> {
        let own = |text: Cow<'a, str>| Cow::Owned(text.into_owned());
        match self {
            Self::Text { content } => Part::Text {
                content: own(content),
            },
            Self::Reasoning { content } => Part::Reasoning {
                content: own(content),
            },
            Self::ToolCall {
                id,
                name,
                arguments,
            } => Part::ToolCall {
                id: id.map(own),
                name: own(name),
                arguments: arguments.map(Json::into_owned),
            },
            Self::ToolCallResponse { id, response } => Part::ToolCallResponse {
                id: id.map(own),
                response: response.into_owned(),
            },
            Self::ServerToolCall {
                id,
                name,
                server_tool_call,
            } => Part::ServerToolCall {
                id: id.map(own),
                name: own(name),
                server_tool_call: server_tool_call.into_owned(),
            },
            Self::ServerToolCallResponse {
                id,
                server_tool_call_response,
            } => Part::ServerToolCallResponse {
                id: id.map(own),
                server_tool_call_response: server_tool_call_response.into_owned(),
            },
            Self::Blob {
                mime_type,
                modality,
                content,
            } => Part::Blob {
                mime_type: mime_type.map(own),
                modality: modality.into_owned(),
                content: own(content),
            },
            Self::File {
                mime_type,
                modality,
                file_id,
            } => Part::File {
                mime_type: mime_type.map(own),
                modality: modality.into_owned(),
                file_id: own(file_id),
            },
            Self::Uri {
                mime_type,
                modality,
                uri,
            } => Part::Uri {
                mime_type: mime_type.map(own),
                modality: modality.into_owned(),
                uri: own(uri),
            },
            Self::Compaction { id, content } => Part::Compaction {
                id: id.map(own),
                content: content.map(own),
            },
            Self::Generic(part) => Part::Generic(part.into_owned()),
        }
    }

    /// The `type` of the part.
    pub fn kind(&self) -> &str {
        match self {
            Self::Text { .. } => "text",
            Self::Reasoning { .. } => "reasoning",
            Self::ToolCall { .. } => "tool_call",
            Self::ToolCallResponse { .. } => "tool_call_response",
            Self::ServerToolCall { .. } => "server_tool_call",
            Self::ServerToolCallResponse { .. } => "server_tool_call_response",
            Self::Blob { .. } => "blob",
            Self::File { .. } => "file",
            Self::Uri { .. } => "uri",
            Self::Compaction { .. } => "compaction",
            Self::Generic(part) => &part.kind,
        }
    }

    /// Data behind `uri`: a blob if it is a base64 data URL, else a URI part. The media type that a
    /// data URL names decides the modality; `modality` is for when there is none.
    ///
    /// ```
    /// use agent_trace_llm::message::{Modality, Part};
    ///
    /// let part = Part::at("data:image/png;base64,iVBORw0=", Modality::Image);
    /// assert_eq!(
    ///     serde_json::to_string(&part)?,
    ///     r#"{"type":"blob","mime_type":"image/png","modality":"image","content":"iVBORw0="}"#
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn at(uri: &'a str, modality: Modality<'a>) -> Self {
        let is_data = uri
            .get(..5)
            .is_some_and(|s| s.eq_ignore_ascii_case("data:"));
        let data = if is_data {
            uri[5..].split_once(',')
        } else {
            None
        };
        let base64 =
            data.and_then(|(head, content)| Some((head.strip_suffix(";base64")?, content)));
        let Some((head, content)) = base64 else {
            return Self::Uri {
                mime_type: None,
                modality,
                uri: Cow::Borrowed(uri),
            };
        };
        // Without the parameters: `audio/wav;rate=8000`.
        let mime_type = head.split(';').next().filter(|mime| !mime.is_empty());
        Self::Blob {
            mime_type: mime_type.map(Cow::Borrowed),
            modality: match mime_type {
                Some(mime_type) => Modality::of_mime_type(mime_type),
                None => modality,
            },
            content: Cow::Borrowed(content),
        }
    }
}

/// A JSON object with a `type`, and whatever else: a part of a kind that the schema does not name,
/// or the details of a provider's own tool.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq)]
pub struct GenericPart<'a> {
    /// The `type`.
    pub kind: Cow<'a, str>,
    /// The other fields, in order.
    pub fields: Vec<(Cow<'a, str>, Json<'a>)>,
}

impl<'a> GenericPart<'a> {
    /// One of this type without fields.
    pub fn new(kind: impl Into<Cow<'a, str>>) -> Self {
        Self {
            kind: kind.into(),
            fields: Vec::new(),
        }
    }

    /// The same with one more field.
    #[must_use]
    pub fn with(mut self, name: impl Into<Cow<'a, str>>, value: impl Into<Json<'a>>) -> Self {
        self.fields.push((name.into(), value.into()));
        self
    }

    /// The same for a block of a body. A type that the schema has for a part with other fields would
    /// promise these, so that it is not taken over.
    pub(super) fn of_block(kind: &'a str) -> Self {
        Self::new(match kind {
            "" => "unknown",
            kind if KINDS.contains(&kind) => "unknown",
            kind => kind,
        })
    }

    /// The same, borrowing from nothing.
    pub fn into_owned(self) -> GenericPart<'static> {
        let own = |text: Cow<'a, str>| Cow::Owned(text.into_owned());
        let fields = self.fields.into_iter();
        GenericPart {
            kind: own(self.kind),
            fields: fields
                .map(|(name, value)| (own(name), value.into_owned()))
                .collect(),
        }
    }

    /// One of this type with all the fields of `object` but its own `type`.
    pub fn from_object(kind: impl Into<Cow<'a, str>>, object: &'a Map<String, Value>) -> Self {
        let fields = object.iter().filter(|(name, _)| *name != "type");
        Self {
            kind: kind.into(),
            fields: fields
                .map(|(name, value)| (Cow::Borrowed(name.as_str()), Json::Borrowed(value)))
                .collect(),
        }
    }
}

impl Serialize for GenericPart<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.fields.len() + 1))?;
        map.serialize_entry("type", &self.kind)?;
        for (name, value) in &self.fields {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn data_urls_are_blobs() {
        let blob = |mime: Option<&'static str>, modality| Part::Blob {
            mime_type: mime.map(Cow::Borrowed),
            modality,
            content: "AAAA".into(),
        };
        assert_eq!(
            Part::at("data:audio/wav;rate=8000;base64,AAAA", Modality::Image),
            blob(Some("audio/wav"), Modality::Audio)
        );
        assert_eq!(
            Part::at("DATA:;base64,AAAA", Modality::Image),
            blob(None, Modality::Image)
        );
        for uri in [
            "data:text/plain,Hi",
            "data:",
            "",
            "é",
            "https://example.com/a;base64,b",
        ] {
            let part = Part::at(uri, Modality::Document);
            assert!(matches!(part, Part::Uri { .. }), "{uri}");
        }
    }

    #[test]
    fn a_generic_part_has_one_type() {
        let object = json!({ "type": "inner", "a": 1 });
        let object = object.as_object().expect("an object");
        let part = Part::Generic(GenericPart::from_object("outer", object));
        assert_eq!(
            serde_json::to_string(&part).expect("JSON"),
            r#"{"type":"outer","a":1}"#
        );
    }
}
