//! What to write instead of an option that does not exist.

use crate::family::Family;

/// The nearest of `known` to a misspelt `word`, if any is near.
pub(crate) fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let reach = (word.chars().count() / 3).clamp(1, 3);
    known
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= reach)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// What people write who come from `#[instrument]`, an SDK or another toolkit.
pub(crate) fn habit(word: &str, family: Family) -> Option<&'static str> {
    let llm = family == Family::Llm;
    Some(match word {
        "err" => "an `Err` is always recorded; to classify it write `error = path`",
        "ret" => {
            "a returned value is never recorded whole; write `result = |value, span| ..` to record from it"
        }
        "follows_from" => "write `links(..)`",
        "root" => "write `new_trace`",
        "span_name" | "otel" => {
            "the conventions name the span; write `name = ..`, `model = ..` or `operation = \"..\"`"
        }
        "input" | "output" | "arguments" | "messages" | "capture" => {
            "content is captured by configuration, never by an option"
        }
        "usage" | "input_tokens" | "output_tokens" | "finish_reasons" => {
            "what the reply says is recorded with `result = |value, span| ..`, or in the body with `agent_trace::current()`"
        }
        "session" | "session_id" | "conversation_id" | "thread_id" => "write `conversation = ..`",
        "user" | "user_id" => "write `fields(user.id = ..)`",
        "tags" | "attributes" | "metadata" => "write `fields(..)`",
        "agent_name" | "tool_name" if !llm => "write `name = ..`",
        "system" | "vendor" if llm => "write `provider = ..`",
        "max_completion_tokens" | "max_output_tokens" if llm => "write `max_tokens = ..`",
        "stop" if llm => "write `stop_sequences = ..`",
        "n" if llm => "write `choice_count = ..`",
        "base_url" | "url" | "endpoint" if llm => "write `server = ..`",
        "tool_call_id" | "id" if family == Family::Tool => "write `call_id = ..`",
        "tool_type" | "type" if family == Family::Tool => "write `kind = ..`",
        _ => return None,
    })
}

/// The distance of two words: insertions, deletions, replacements and swapped neighbours.
pub(crate) fn distance(left: &str, right: &str) -> usize {
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    for (row, a) in left.iter().enumerate() {
        let mut line = vec![row + 1];
        for (column, b) in right.iter().enumerate() {
            let replaced = above[column] + usize::from(a != b);
            let mut least = replaced.min(above[column + 1] + 1).min(line[column] + 1);
            if row > 0 && column > 0 && *a == right[column - 1] && left[row - 1] == *b {
                least = least.min(before[column - 1] + 1);
            }
            line.push(least);
        }
        before = above;
        above = line;
    }
    above[right.len()]
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

    #[test]
    fn counts_edits() {
        assert_eq!(distance("model", "model"), 0);
        assert_eq!(distance("modle", "model"), 1);
        assert_eq!(distance("temprature", "temperature"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", ""), 3);
    }

    #[test]
    fn suggests_only_what_is_near() {
        let known = ["name", "model", "max_tokens"];
        assert_eq!(nearest("modle", known.into_iter()), Some("model"));
        assert_eq!(nearest("maxtokens", known.into_iter()), Some("max_tokens"));
        assert_eq!(nearest("colour", known.into_iter()), None);
    }
}
