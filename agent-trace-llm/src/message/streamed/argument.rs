//! Arguments that arrive as paths and values: `$.places[0].name`.

use serde_json::{Map, Value};

/// How deep a path goes; what is deeper is left out.
const MAX_DEPTH: usize = 32;

/// Puts `value` at `path`. Text goes on with the text that is there.
pub(super) fn set(root: &mut Value, path: &str, value: &Value) {
    let Some(steps) = steps(path) else { return };
    let mut at = root;
    for step in steps {
        at = match step {
            Step::Key(key) => {
                if !at.is_object() {
                    *at = Value::Object(Map::new());
                }
                let Value::Object(fields) = at else { return };
                fields.entry(key.to_owned()).or_insert(Value::Null)
            }
            Step::Index(index) => {
                if !at.is_array() {
                    *at = Value::Array(Vec::new());
                }
                let Value::Array(items) = at else { return };
                // One beyond the end is the next one, however far beyond.
                let index = index.min(items.len());
                if index == items.len() {
                    items.push(Value::Null);
                }
                &mut items[index]
            }
        };
    }
    match (at, value) {
        (Value::String(text), Value::String(piece)) => text.push_str(piece),
        (at, value) => *at = value.clone(),
    }
}

enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

/// The steps of a path; none if it is no path.
fn steps(path: &str) -> Option<Vec<Step<'_>>> {
    let mut rest = path.strip_prefix('$').unwrap_or(path);
    let mut steps = Vec::new();
    while !rest.is_empty() {
        if steps.len() == MAX_DEPTH {
            return None;
        }
        if let Some(within) = rest.strip_prefix('[') {
            let (step, after) = within.split_once(']')?;
            let quoted = |quote| step.strip_prefix(quote)?.strip_suffix(quote);
            steps.push(match quoted('\'').or_else(|| quoted('"')) {
                Some(key) => Step::Key(key),
                None => Step::Index(step.parse().ok()?),
            });
            rest = after;
        } else {
            let key = rest.strip_prefix('.').unwrap_or(rest);
            let end = key.find(['.', '[']).unwrap_or(key.len());
            let (key, after) = key.split_at(end);
            if key.is_empty() {
                return None;
            }
            steps.push(Step::Key(key));
            rest = after;
        }
    }
    Some(steps)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn paths() {
        let mut root = json!({});
        for (path, value) in [
            ("$.city", json!("Par")),
            ("$.city", json!("is")),
            ("$.days[0].high", json!(21.5)),
            ("$.days[7]['low']", json!(null)),
            ("$..x", json!(1)),
            ("$[", json!(1)),
            ("$.a[b]", json!(1)),
        ] {
            set(&mut root, path, &value);
        }
        let expected = json!({ "city": "Paris", "days": [{ "high": 21.5 }, { "low": null }] });
        assert_eq!(root, expected);
        set(&mut root, &"[0]".repeat(100), &json!(1));
        assert_eq!(root, expected);
    }
}
