/// The length to which the longest have to be cut so that `excess` goes, but no less than `shortest`.
pub(super) fn level(mut lengths: Vec<usize>, excess: usize, shortest: usize) -> usize {
    lengths.sort_unstable_by(|a, b| b.cmp(a));
    let mut sum = 0;
    for (at, length) in lengths.iter().enumerate() {
        if *length <= shortest {
            break;
        }
        sum += length;
        let cut = at + 1;
        let next = lengths.get(cut).copied().unwrap_or(0).max(shortest);
        if sum - cut * next >= excess {
            return (sum - excess) / cut;
        }
    }
    shortest
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_longest_are_cut_to_a_common_length() {
        assert_eq!(level(vec![100, 1_000, 10], 500, 8), 500);
        assert_eq!(level(vec![1_000, 900], 500, 8), 700);
        assert_eq!(level(vec![1_000, 900], 10_000, 8), 8);
        assert_eq!(level(Vec::new(), 1, 8), 8);
    }

    proptest! {
        #[test]
        fn what_is_to_go_goes_and_little_more(lengths in prop::collection::vec(0..5_000_usize, 0..20), excess in 1..20_000_usize) {
            let shortest = 64;
            let level = level(lengths.clone(), excess, shortest);
            let gone: usize = lengths.iter().map(|length| length.saturating_sub(level)).sum();
            prop_assert!(level >= shortest);
            prop_assert!(gone >= excess || level == shortest);
            prop_assert!(gone < excess + lengths.len() || level == shortest);
        }
    }
}
