use super::json;

/// The longest marker: an ellipsis, and a number of up to 20 digits.
pub(super) const MARKER: usize = 36;

/// What stands where bytes were: it says how many.
pub(super) fn marker(bytes: usize) -> String {
    format!("…[{bytes} bytes cut]")
}

/// A text cut to `longest` bytes at most. JSON stays valid JSON.
pub(super) fn cut(text: &str, longest: usize) -> String {
    json::cut(text, longest).unwrap_or_else(|| plain(text, longest))
}

/// The beginning of a text, and how much is missing.
fn plain(text: &str, longest: usize) -> String {
    let mut end = longest.saturating_sub(MARKER);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut cut = text[..end].to_owned();
    cut.push_str(&marker(text.len() - end));
    cut
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_marker_says_how_many_bytes_went() {
        let text = "ä".repeat(100);
        let cut = cut(&text, 61);
        let (kept, rest) = cut.split_once('…').expect("a marker");
        assert_eq!(rest, format!("[{} bytes cut]", 200 - kept.len()));
        assert_eq!(kept, "ä".repeat(12));
        assert!(marker(usize::MAX).len() <= MARKER);
    }

    proptest! {
        #[test]
        fn a_text_is_cut_to_its_length(text in "\\PC{130,400}", longest in 64..128_usize) {
            prop_assert!(cut(&text, longest).len() <= longest);
        }
    }
}
