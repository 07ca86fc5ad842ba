//! Why a call failed: a type of low cardinality, and a message of bounded length.

use crate::guard::guarded;
use std::any::type_name;
use std::borrow::Cow;
use std::error::Error;
use std::fmt::{self, Debug, Display, Write};
use std::io;

/// The type of an error of which nothing of low cardinality is known.
pub(crate) const OTHER: &str = crate::semconv::value::error_type::OTHER;
/// The type of a call whose future was dropped before it was ready.
pub(crate) const CANCELLED: &str = "cancelled";
/// The type of a call that panicked.
pub(crate) const PANIC: &str = "panic";

/// How many bytes of an error's text are kept.
const MESSAGE_LIMIT: usize = 1024;
/// What stands at the end of a text that was cut.
const CUT: char = '…';
/// How many characters of a text that was cut have to be the same for it to be the same text.
const RECOGNISABLE: usize = 64;
/// How many sources of an error are looked at.
const SOURCES: usize = 8;
/// The longest name that is taken for a type's or variant's.
const NAME_LIMIT: usize = 64;

/// A failed call.
#[derive(Debug)]
pub struct Failure {
    pub(crate) error_type: Cow<'static, str>,
    /// The error's own type, for the exception record.
    pub(crate) exception_type: Option<&'static str>,
    pub(crate) message: Option<Message>,
}

/// An error's text, cut and without control characters.
#[derive(Debug)]
pub(crate) struct Message {
    pub(crate) text: String,
    pub(crate) truncated: bool,
    /// The texts of the errors behind it, likewise.
    pub(crate) causes: Vec<String>,
}

impl Failure {
    /// A failure of which only the type is known.
    pub(crate) fn of_type(error_type: impl Into<Cow<'static, str>>) -> Self {
        Self {
            error_type: error_type.into(),
            exception_type: None,
            message: None,
        }
    }

    /// From an error that says its own type, as the adapters' do.
    pub(crate) fn of_typed(
        error_type: impl FnOnce() -> Option<Cow<'static, str>>,
        derived: Self,
    ) -> Self {
        Self {
            error_type: guarded(error_type).flatten().unwrap_or(derived.error_type),
            ..derived
        }
    }

    /// From a standard error, of which the concrete type is known.
    pub(crate) fn of_error<E: Error>(error: &E) -> Self {
        let name = type_name::<E>();
        // Only what lies behind it can be asked for its type: the error itself may borrow.
        let found = guarded(|| {
            let own = variant(error).filter(|name| name != "Error");
            type_of(error.source(), own)
        });
        Self {
            error_type: found.flatten().unwrap_or_else(|| last_segment(name)),
            exception_type: Some(name),
            message: Message::of_error(error),
        }
    }

    /// From an error of the operating system or of a reader or writer.
    pub(crate) fn of_io(error: &io::Error) -> Self {
        let name = type_name::<io::Error>();
        Self {
            error_type: guarded(|| type_of(Some(error), None))
                .flatten()
                .unwrap_or_else(|| last_segment(name)),
            exception_type: Some(name),
            message: Message::of_error(error),
        }
    }

    /// From an error behind a pointer: `anyhow::Error`, `Box<dyn Error>`.
    pub(crate) fn of_dyn(error: &(dyn Error + 'static)) -> Self {
        Self {
            error_type: guarded(|| type_of(Some(error), None))
                .flatten()
                .unwrap_or(Cow::Borrowed(OTHER)),
            exception_type: None,
            message: Message::of_error(error),
        }
    }

    /// From a value that can only be displayed: its text says nothing of low cardinality.
    pub(crate) fn of_display<E: Display + ?Sized>(error: &E) -> Self {
        Self {
            message: Message::of(&error),
            ..Self::of_named::<E>()
        }
    }

    /// From a value that can only be debugged.
    pub(crate) fn of_debug<E: Debug + ?Sized>(error: &E) -> Self {
        let named = Self::of_named::<E>();
        Self {
            error_type: variant(error).map_or(named.error_type, Cow::Owned),
            ..named
        }
    }

    /// From a value of which only the type is known.
    pub(crate) fn of_named<E: ?Sized>() -> Self {
        Self {
            error_type: last_segment(type_name::<E>()),
            exception_type: Some(type_name::<E>()),
            message: None,
        }
    }
}

/// What the errors from `next` on are known as: the system's word for it, else the first name, `found`
/// being that of an error before them.
fn type_of(
    mut next: Option<&(dyn Error + 'static)>,
    mut found: Option<String>,
) -> Option<Cow<'static, str>> {
    for _ in 0..SOURCES {
        let Some(error) = next else { break };
        next = error.source();
        if let Some(io) = error.downcast_ref::<io::Error>() {
            if io.kind() != io::ErrorKind::Other {
                return Some(Cow::Owned(format!("{:?}", io.kind())));
            }
            found = found.or_else(|| io.get_ref().and_then(variant));
        } else if found.is_none() {
            found = variant(error).filter(|name| name != "Error");
        }
    }
    found.map(Cow::Owned)
}

/// The name that a derived `Debug` begins with: the variant of an enum, the name of a struct.
fn variant<E: Debug + ?Sized>(error: &E) -> Option<String> {
    let mut head = Head {
        name: String::new(),
        ended: None,
    };
    // Formatting stops by an error at the first character behind the name; a panic of the user's
    // own `Debug` is no name.
    guarded(|| _ = write!(head, "{error:?}"))?;
    let is_name = head.name.starts_with(|c: char| c.is_ascii_uppercase())
        && head.name.chars().any(|c| c.is_ascii_lowercase())
        && matches!(head.ended, None | Some(' ' | '(' | '{'));
    // A sentence begins with a word and a space too; a struct goes on with a brace.
    (is_name && !head.is_sentence()).then_some(head.name)
}

/// Takes the beginning of a text up to the first character that no name has, and one more word.
struct Head {
    name: String,
    ended: Option<char>,
}

impl Head {
    fn is_sentence(&self) -> bool {
        // " {" opens a struct and is written in one piece by the standard formatters; anything else
        // behind a space is prose. The writer below has replaced the space by the brace.
        self.ended == Some(' ')
    }
}

impl Write for Head {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for c in text.chars() {
            match self.ended {
                Some(' ') if c == '{' => {
                    self.ended = Some('{');
                    return Err(fmt::Error);
                }
                Some(_) => return Err(fmt::Error),
                None if c.is_ascii_alphanumeric() || c == '_' => self.name.push(c),
                None => self.ended = Some(c),
            }
            if self.name.len() > NAME_LIMIT {
                self.name.clear();
                return Err(fmt::Error);
            }
        }
        Ok(())
    }
}

/// A type's name without its path and parameters; `_OTHER` for types that say nothing.
fn last_segment(name: &'static str) -> Cow<'static, str> {
    let name = name.trim_start_matches('&');
    let plain = name.split(['<', '[', '(']).next().unwrap_or(name);
    let last = plain.rsplit("::").next().unwrap_or(plain);
    let says_something = last.starts_with(|c: char| c.is_ascii_uppercase())
        && !matches!(last, "String" | "Box" | "Arc" | "Rc" | "Cow" | "Infallible");
    Cow::Borrowed(if says_something { last } else { OTHER })
}

impl Message {
    fn of(error: &dyn Display) -> Option<Self> {
        let mut bounded = Bounded {
            text: String::new(),
            truncated: false,
        };
        guarded(|| _ = write!(bounded, "{error}"))?;
        (!bounded.text.is_empty()).then_some(Self {
            text: bounded.text,
            truncated: bounded.truncated,
            causes: Vec::new(),
        })
    }

    fn of_error(error: &dyn Error) -> Option<Self> {
        let mut message = Self::of(&error)?;
        guarded(|| {
            let mut next = error.source();
            for _ in 0..SOURCES {
                let Some(cause) = next else { break };
                message
                    .causes
                    .extend(Self::of(&cause).map(|cause| cause.text));
                next = cause.source();
            }
        });
        Some(message)
    }

    /// Whether the error, or one behind it, only says again what `known` says.
    pub(crate) fn repeats(&self, known: &str) -> bool {
        std::iter::once(&self.text)
            .chain(&self.causes)
            .any(|text| says_again(text, known))
    }
}

/// Whether `known` stands in `text` as words of its own. Where both were cut, what is left of it counts.
fn says_again(text: &str, known: &str) -> bool {
    let cut = |text: &str| text.len() >= MESSAGE_LIMIT && text.ends_with(CUT);
    let is_apart = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
    let whole = text.match_indices(known).any(|(at, _)| {
        is_apart(text[..at].chars().next_back())
            && is_apart(text[at + known.len()..].chars().next())
    });
    if whole || !cut(text) || !cut(known) {
        return whole;
    }
    let kept = text.trim_end_matches(CUT);
    let beginning = known
        .char_indices()
        .nth(RECOGNISABLE)
        .map_or(known, |(end, _)| &known[..end]);
    kept.match_indices(beginning)
        .any(|(at, _)| known.starts_with(&kept[at..]))
}

/// A text that stops growing, and has no control characters for a terminal to obey.
struct Bounded {
    text: String,
    truncated: bool,
}

impl Write for Bounded {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for c in text.chars() {
            if self.text.len() + c.len_utf8() > MESSAGE_LIMIT {
                self.text.push(CUT);
                self.truncated = true;
                return Err(fmt::Error);
            }
            self.text.push(if c.is_control() { ' ' } else { c });
        }
        Ok(())
    }
}
