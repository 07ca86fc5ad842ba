//! Colours.

use std::ffi::OsString;

/// How a piece of text looks on a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    /// Structure, and what is not of the GenAI conventions.
    Dim,
    /// Agents and workflows.
    Agent,
    Model,
    Tool,
    Cost,
    /// Unusual, and no failure.
    Notice,
    Failure,
}

impl Style {
    fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Dim => "2",
            Self::Agent => "1",
            Self::Model => "36",
            Self::Tool => "35",
            Self::Cost => "32",
            Self::Notice => "33",
            Self::Failure => "31",
        }
    }
}

/// Writes text with or without colour.
#[derive(Clone, Copy, Debug)]
pub(super) struct Painter {
    colour: bool,
}

impl Painter {
    pub(super) fn new(colour: bool) -> Self {
        Self { colour }
    }

    pub(super) fn paint(self, out: &mut String, style: Style, text: &str) {
        if !self.colour || style == Style::Plain || text.trim().is_empty() {
            out.push_str(text);
            return;
        }
        out.push_str("\x1b[");
        out.push_str(style.code());
        out.push('m');
        out.push_str(text);
        out.push_str("\x1b[0m");
    }
}

/// Whether to use colours: `NO_COLOR` (not empty) forbids them, `CLICOLOR_FORCE` (not `0`) asks for them anywhere,
/// otherwise a terminal that is not dumb gets them.
pub(super) fn colour_wanted(terminal: bool, variable: impl Fn(&str) -> Option<OsString>) -> bool {
    let set = |name| variable(name).is_some_and(|value| !value.is_empty());
    if set("NO_COLOR") {
        return false;
    }
    if set("CLICOLOR_FORCE") && variable("CLICOLOR_FORCE").is_some_and(|value| value != "0") {
        return true;
    }
    terminal && variable("TERM").is_none_or(|value| value != "dumb")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_is_asked_before_the_terminal() {
        let wanted = |terminal, set: &[(&str, &str)]| {
            colour_wanted(terminal, |name| {
                set.iter()
                    .find(|(key, _)| *key == name)
                    .map(|(_, value)| OsString::from(value))
            })
        };

        assert!(wanted(true, &[]));
        assert!(!wanted(false, &[]));
        assert!(!wanted(true, &[("NO_COLOR", "1")]));
        assert!(wanted(true, &[("NO_COLOR", "")]));
        assert!(wanted(false, &[("CLICOLOR_FORCE", "1")]));
        assert!(!wanted(false, &[("CLICOLOR_FORCE", "0")]));
        assert!(!wanted(true, &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
        assert!(!wanted(true, &[("TERM", "dumb")]));
        assert!(wanted(true, &[("TERM", "xterm-256color")]));
    }

    #[test]
    fn only_what_can_be_seen_is_painted() {
        let mut out = String::new();
        Painter::new(true).paint(&mut out, Style::Failure, "no");
        Painter::new(true).paint(&mut out, Style::Failure, "  ");
        Painter::new(false).paint(&mut out, Style::Failure, "no");

        assert_eq!(out, "\x1b[31mno\x1b[0m  no");
    }
}
