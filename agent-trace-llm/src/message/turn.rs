use std::borrow::Cow;

use serde::Serialize;

use super::{FinishReason, Part, Role};

/// One entry of `gen_ai.input.messages`.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct InputMessage<'a> {
    /// Who speaks.
    pub role: Role<'a>,
    /// What is said.
    pub parts: Vec<Part<'a>>,
    /// The name of the participant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Cow<'a, str>>,
}

impl<'a> InputMessage<'a> {
    /// A message of somebody without a name.
    pub fn new(role: Role<'a>, parts: Vec<Part<'a>>) -> Self {
        Self {
            role,
            parts,
            name: None,
        }
    }
}

/// One entry of `gen_ai.output.messages`: one choice or candidate of the reply.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutputMessage<'a> {
    /// Who speaks: the assistant.
    pub role: Role<'a>,
    /// What is said.
    pub parts: Vec<Part<'a>>,
    /// The name of the participant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Cow<'a, str>>,
    /// Why the model stopped. The conventions have deprecated it in favour of
    /// `gen_ai.response.finish_reasons`, but older ones demand it and backends show it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finish_reason: Option<FinishReason<'a>>,
}

impl<'a> OutputMessage<'a> {
    /// A reply of the assistant.
    pub fn new(parts: Vec<Part<'a>>, finish_reason: Option<FinishReason<'a>>) -> Self {
        Self {
            role: Role::Assistant,
            parts,
            name: None,
            finish_reason,
        }
    }
}
