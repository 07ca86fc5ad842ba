use crate::text::cap;

/// Text that came in pieces, of which only the beginning is kept.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Clipped {
    text: String,
    lost: u64,
}

impl Clipped {
    /// Adds a piece, of which `room` bytes may be kept. Returns how many were. Nothing is added once
    /// something was lost, so that what is kept is always a beginning.
    pub(super) fn push(&mut self, piece: &str, room: usize) -> usize {
        let kept = if self.lost > 0 { "" } else { cap(piece, room) };
        self.text.push_str(kept);
        self.lose(piece.len() - kept.len());
        kept.len()
    }

    /// So many bytes have come and are not kept.
    pub(super) fn lose(&mut self, bytes: usize) {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        self.lost = self.lost.saturating_add(bytes);
    }

    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    pub(super) fn lost(&self) -> u64 {
        self.lost
    }

    pub(super) fn ends_with(&self, end: char) -> bool {
        self.text.ends_with(end)
    }

    /// Whether nothing has come, neither kept nor lost.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty() && self.lost == 0
    }

    /// The text, and at its end how much is not there.
    pub(super) fn finish(mut self) -> String {
        if self.lost > 0 {
            self.text.push_str(&format!("…[{} bytes cut]", self.lost));
        }
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_does_not_depend_on_the_pieces() {
        let mut whole = Clipped::default();
        whole.push("aéb", 2);
        let mut pieces = Clipped::default();
        for piece in ["a", "é", "b"] {
            let room = 2 - pieces.len();
            pieces.push(piece, room);
        }
        assert_eq!(whole, pieces);
        assert_eq!(whole.finish(), "a…[3 bytes cut]");
    }
}
