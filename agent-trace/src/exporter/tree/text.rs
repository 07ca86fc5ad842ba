//! Numbers, durations and names as a person reads them.

use std::borrow::Cow;
use std::time::Duration;

/// `850µs`, `310ms`, `2.41s`, `2m05s`, `1h02m`: at most six columns below 100 hours.
pub(super) fn duration(duration: Duration) -> String {
    let nanos = duration.as_nanos();
    let seconds = duration.as_secs();
    if nanos < 1_000 {
        format!("{nanos}ns")
    } else if nanos < 1_000_000 {
        format!("{}µs", nanos / 1_000)
    } else if nanos < 10_000_000 {
        format!("{:.1}ms", floor(duration.as_secs_f64() * 1_000.0, 10.0))
    } else if seconds < 1 {
        format!("{}ms", nanos / 1_000_000)
    } else if seconds < 10 {
        format!("{:.2}s", floor(duration.as_secs_f64(), 100.0))
    } else if seconds < 60 {
        format!("{:.1}s", floor(duration.as_secs_f64(), 10.0))
    } else if seconds < 3_600 {
        format!("{}m{:02}s", seconds / 60, seconds % 60)
    } else {
        format!("{}h{:02}m", seconds / 3_600, seconds / 60 % 60)
    }
}

/// Rounded down, so that 59.99 s are not printed as 60.0s.
fn floor(value: f64, unit: f64) -> f64 {
    (value * unit + 1e-6).floor() / unit
}

/// `812`, `9,999`, `12.3k`, `1.2M`.
pub(super) fn count(count: i64) -> String {
    let tenths = |unit: i64| format!("{}.{}", count / unit, count % unit / (unit / 10));
    match count {
        1_000..10_000 => format!("{},{:03}", count / 1_000, count % 1_000),
        10_000..1_000_000 => tenths(1_000) + "k",
        1_000_000.. => tenths(1_000_000) + "M",
        _ => count.to_string(),
    }
}

/// `$0.0042`, `$1.35`.
pub(super) fn cost(dollars: f64) -> String {
    if dollars.abs() < 0.1 {
        format!("${dollars:.4}")
    } else {
        format!("${dollars:.2}")
    }
}

/// The text with what would move the cursor, change colours or turn the line around made visible.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if is_unsafe(character) {
            out.extend(character.escape_default());
        } else {
            out.push(character);
        }
    }
    Cow::Owned(out)
}

fn is_unsafe(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text cut to `width` columns, with an ellipsis where something was cut.
pub(super) fn fitted(text: &str, width: usize) -> Cow<'_, str> {
    if columns(text) <= width {
        return Cow::Borrowed(text);
    }
    let mut used = 1;
    let mut out = String::new();
    for character in text.chars() {
        used += column_count(character);
        if used > width {
            break;
        }
        out.push(character);
    }
    out.push('…');
    Cow::Owned(out)
}

/// How many columns of a terminal the text takes, near enough for alignment.
pub(super) fn columns(text: &str) -> usize {
    text.chars().map(column_count).sum()
}

fn column_count(character: char) -> usize {
    match character {
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}' | '\u{fe00}'..='\u{fe0f}' => 0,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1faff}'
        | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_one_unit_and_are_not_rounded_up() {
        let cases = [
            (0, "0ns"),
            (999, "999ns"),
            (1_000, "1µs"),
            (999_999, "999µs"),
            (1_000_000, "1.0ms"),
            (9_999_999, "9.9ms"),
            (10_000_000, "10ms"),
            (999_999_999, "999ms"),
            (1_000_000_000, "1.00s"),
            (1_250_000_000, "1.25s"),
            (9_999_000_000, "9.99s"),
            (59_990_000_000, "59.9s"),
            (60_000_000_000, "1m00s"),
            (3_599_000_000_000, "59m59s"),
            (3_720_000_000_000, "1h02m"),
        ];
        for (nanos, text) in cases {
            assert_eq!(duration(Duration::from_nanos(nanos)), text);
        }
    }

    #[test]
    fn counts_stay_short() {
        let cases = [
            (0, "0"),
            (999, "999"),
            (1_204, "1,204"),
            (9_999, "9,999"),
            (12_345, "12.3k"),
        ];
        for (number, text) in cases {
            assert_eq!(count(number), text);
        }
        assert_eq!(
            (count(999_999), count(1_250_000), count(-5)),
            ("999.9k".into(), "1.2M".into(), "-5".into())
        );
        assert_eq!(
            (cost(0.00421), cost(1.349)),
            ("$0.0042".into(), "$1.35".into())
        );
    }

    #[test]
    fn what_would_move_the_cursor_is_made_visible() {
        assert_eq!(escaped("chat gpt-4o é 名"), "chat gpt-4o é 名");
        assert_eq!(
            escaped("a\x1b[2Jb\r\n\u{202e}c\u{9b}"),
            "a\\u{1b}[2Jb\\r\\n\\u{202e}c\\u{9b}"
        );
    }

    #[test]
    fn names_are_cut_at_columns_not_bytes() {
        assert_eq!(fitted("search", 6), "search");
        assert_eq!(fitted("searcher", 6), "searc…");
        assert_eq!(fitted("検索する人", 6), "検索…");
        assert_eq!(
            (columns("検索"), columns("e\u{301}"), columns("📚")),
            (4, 1, 2)
        );
    }
}
