//! The attribute list of a signal.

use super::text::Source;
use crate::naming::constant;
use crate::registry::Entry;

/// A constant that holds the list.
pub(super) fn constant_list(source: &mut Source, name: &str, entries: &[Entry]) {
    source.blank();
    source.line("#[rustfmt::skip]");
    source.line(format!("const {name}: &[SignalAttribute] = &["));
    for entry in entries {
        source.line(format!("    {},", expression(entry)));
    }
    source.line("];");
}

fn expression(entry: &Entry) -> String {
    let mut text = format!("{}(id::{})", entry.level.word(), constant(&entry.name));
    if let Some(condition) = &entry.condition {
        text.push_str(&format!(".when({condition:?})"));
    }
    if entry.sampling {
        text.push_str(".sampling()");
    }
    text
}

/// The `use` lines that lists need: only the constructors that occur.
pub(super) fn imports<'e>(
    source: &mut Source,
    names: &[&str],
    entries: impl Iterator<Item = &'e Entry>,
) {
    let mut constructors: Vec<&str> = entries.map(|entry| entry.level.word()).collect();
    constructors.sort_unstable();
    constructors.dedup();
    source.blank();
    source.line(format!(
        "use super::requirement::{{{}}};",
        constructors.join(", ")
    ));
    source.import(names);
}
