use std::borrow::Cow;

use serde::{Serialize, Serializer};

/// The `modality` of a blob, file or URI part.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Modality<'a> {
    /// A picture.
    Image,
    /// Moving pictures.
    Video,
    /// Sound.
    Audio,
    /// Text to be read as a file: PDF, office formats, plain text.
    Document,
    /// None of the schema's values.
    Other(Cow<'a, str>),
}

impl Modality<'_> {
    /// The schema's spelling.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Image => "image",
            Self::Video => "video",
            Self::Audio => "audio",
            Self::Document => "document",
            Self::Other(modality) => modality,
        }
    }

    /// The same, borrowing from nothing.
    pub fn into_owned(self) -> Modality<'static> {
        match self {
            Self::Image => Modality::Image,
            Self::Video => Modality::Video,
            Self::Audio => Modality::Audio,
            Self::Document => Modality::Document,
            Self::Other(modality) => Modality::Other(Cow::Owned(modality.into_owned())),
        }
    }

    /// What data of a media type is: a document if it is none of the others.
    ///
    /// ```
    /// use agent_trace_llm::message::Modality;
    ///
    /// assert_eq!(Modality::of_mime_type("image/png"), Modality::Image);
    /// assert_eq!(Modality::of_mime_type("application/pdf"), Modality::Document);
    /// ```
    pub fn of_mime_type(mime_type: &str) -> Modality<'static> {
        match mime_type.split('/').next() {
            Some("image") => Modality::Image,
            Some("video") => Modality::Video,
            Some("audio") => Modality::Audio,
            _ => Modality::Document,
        }
    }
}

impl Serialize for Modality<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
