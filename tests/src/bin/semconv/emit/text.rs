//! Rust source, line by line, in the form that rustfmt leaves alone.

use std::fmt;

/// The widest line rustfmt allows.
const WIDTH: usize = 100;

/// A file as it is written.
pub(super) struct Source(String);

impl Source {
    /// A file that starts with the note of its origin and this description.
    pub(super) fn new(about: &str) -> Self {
        let mut source = Self(String::new());
        source.line("// Generated from agent-trace/semconv by `cargo run -p agent-trace-tests --bin semconv`.");
        source.line("// Do not edit: change the data and run it again.");
        source.blank();
        source.comment("//!", about);
        source
    }

    pub(super) fn line(&mut self, line: impl fmt::Display) {
        self.0.push_str(&line.to_string());
        self.0.push('\n');
    }

    pub(super) fn blank(&mut self) {
        self.0.push('\n');
    }

    /// `use super::{..};`, broken where rustfmt breaks it.
    pub(super) fn import(&mut self, names: &[&str]) {
        let flat = format!("use super::{{{}}};", names.join(", "));
        if flat.len() <= WIDTH {
            self.line(flat);
            return;
        }
        self.line("use super::{");
        let mut line = "   ".to_owned();
        for name in names {
            // rustfmt keeps one column for what could follow.
            if line.len() + name.len() + 2 >= WIDTH {
                self.line(&line);
                line = "   ".to_owned();
            }
            line.push_str(&format!(" {name},"));
        }
        self.line(&line);
        self.line("};");
    }

    /// A doc comment, wrapped; paragraphs are lines of `text`.
    pub(super) fn doc(&mut self, indent: &str, text: &str) {
        self.comment(&format!("{indent}///"), text);
    }

    fn comment(&mut self, lead: &str, text: &str) {
        let mut before = "";
        for (at, paragraph) in text.split('\n').enumerate() {
            // The items of a list stand together.
            if at > 0 && !(before.starts_with("- ") && paragraph.starts_with("- ")) {
                self.line(lead);
            }
            before = paragraph;
            let mut line = lead.to_owned();
            for word in paragraph.split(' ') {
                if line.len() + 1 + word.len() > WIDTH && line.len() > lead.len() {
                    self.line(&line);
                    line = lead.to_owned();
                }
                line.push(' ');
                line.push_str(word);
            }
            self.line(&line);
        }
    }

    /// A constant of text, broken where rustfmt breaks it.
    pub(super) fn text_constant(&mut self, indent: &str, name: &str, value: &str) {
        let head = format!("{indent}pub const {name}: &str =");
        let tail = format!("{value:?};");
        if head.len() + 1 + tail.len() > WIDTH {
            self.line(head);
            self.line(format!("{indent}    {tail}"));
        } else {
            self.line(format!("{head} {tail}"));
        }
    }

    pub(super) fn finish(self) -> String {
        self.0
    }
}

/// A list of values in prose: "`a`, `b`, `c`".
pub(super) fn listed<'v>(values: impl IntoIterator<Item = &'v str>) -> String {
    let values: Vec<String> = values
        .into_iter()
        .map(|value| format!("`{value}`"))
        .collect();
    values.join(", ")
}

/// A list of values as an array's elements: `"a", "b"`.
pub(super) fn elements<'v>(values: impl IntoIterator<Item = &'v str>) -> String {
    let values: Vec<String> = values
        .into_iter()
        .map(|value| format!("{value:?}"))
        .collect();
    values.join(", ")
}
