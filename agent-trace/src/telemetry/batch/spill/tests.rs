use super::*;
use proptest::prelude::*;

/// A directory of its own that goes with the test.
struct Directory(PathBuf);

impl Directory {
    fn new() -> Self {
        use std::sync::atomic::{AtomicUsize, Ordering};
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("agent-trace-spill-{}-{number}", std::process::id());
        Self(std::env::temp_dir().join(name))
    }

    fn file(&self) -> PathBuf {
        self.0.join("spans.spill")
    }

    fn open(&self, limit: u64) -> (Spill, u64) {
        Spill::open(&self.file(), limit).expect("it opens")
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn all(spill: &mut Spill) -> Vec<Vec<u8>> {
    let mut records = Vec::new();
    while let Some(record) = spill.peek(0).expect("it can be read") {
        records.push(record.bytes);
        spill.advance().expect("it can be written");
    }
    records
}

#[test]
fn what_was_appended_is_read_in_order_and_once() {
    let directory = Directory::new();
    let (mut spill, spans) = directory.open(10_000);
    assert_eq!((spans, spill.is_empty()), (0, true));
    for (spans, bytes) in [(1, b"first".as_slice()), (2, b"second"), (3, b"third")] {
        assert!(spill.append(spans, bytes).unwrap());
    }
    assert_eq!(spill.peek(0).unwrap().unwrap().bytes, b"first");
    assert_eq!(spill.peek(2).unwrap().unwrap().spans, 3);
    assert_eq!(spill.peek(3).unwrap(), None);
    spill.advance().unwrap();
    drop(spill);

    let (mut spill, spans) = directory.open(10_000);
    assert_eq!(spans, 5);
    assert_eq!(all(&mut spill), [b"second".to_vec(), b"third".to_vec()]);
    assert_eq!(spill.bytes(), 0);
    drop(spill);
    assert_eq!(directory.open(10_000).1, 0);
}

#[test]
fn a_second_process_is_kept_out() {
    let directory = Directory::new();
    let _spill = directory.open(10_000);
    let error = Spill::open(&directory.file(), 10_000).expect_err("it is in use");
    assert!(
        error.to_string().contains("in use by another process"),
        "{error}"
    );
}

#[test]
fn it_stays_below_its_limit_and_room_comes_back() {
    let directory = Directory::new();
    let (mut spill, _) = directory.open(1_000);
    let mut next = 0_u8;
    let mut expected = std::collections::VecDeque::new();
    for _ in 0..200 {
        let record = vec![next; 90];
        if spill.append(1, &record).unwrap() {
            expected.push_back(record);
            next = next.wrapping_add(1);
        } else {
            let read = spill.peek(0).unwrap().unwrap().bytes;
            assert_eq!(Some(read), expected.pop_front());
            spill.advance().unwrap();
        }
        assert!(fs::metadata(directory.file()).unwrap().len() <= 1_000);
    }
    assert!(next > 50, "{next}");
    drop(spill);
    let (mut spill, spans) = directory.open(1_000);
    assert_eq!(spans, expected.len() as u64);
    assert_eq!(all(&mut spill), Vec::from(expected));
    assert!(!spill.append(1, &[0; 2_000]).unwrap());
}

#[test]
fn a_file_of_another_kind_is_begun_anew() {
    let directory = Directory::new();
    fs::create_dir_all(&directory.0).unwrap();
    fs::write(
        directory.file(),
        "something else entirely, and longer than a header",
    )
    .unwrap();
    let (mut spill, spans) = directory.open(1_000);
    assert_eq!(spans, 0);
    assert!(spill.append(1, b"first").unwrap());
    drop(spill);
    assert_eq!(directory.open(1_000).1, 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Wherever a crash cuts the file, the whole records before the cut are there, and new ones go after them.
    #[test]
    fn a_torn_tail_is_ignored(records in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..50), 1..6), acknowledged in 0..3_usize, cut in any::<prop::sample::Index>()) {
        let directory = Directory::new();
        let (mut spill, _) = directory.open(100_000);
        for record in &records {
            prop_assert!(spill.append(1, record).unwrap());
        }
        let acknowledged = acknowledged.min(records.len() - 1);
        for _ in 0..acknowledged {
            spill.advance().unwrap();
        }
        drop(spill);
        let starts: Vec<u64> = records.iter().scan(HEADER, |place, record| {
            *place += RECORD + record.len() as u64;
            Some(*place)
        }).collect();
        let length = HEADER + cut.index((starts[starts.len() - 1] - HEADER + 1) as usize) as u64;
        OpenOptions::new().write(true).open(directory.file()).unwrap().set_len(length).unwrap();
        let whole = starts.iter().filter(|end| **end <= length).count();
        let (mut spill, _) = directory.open(100_000);
        prop_assert!(spill.append(1, b"new").unwrap());
        let mut expected: Vec<Vec<u8>> = records[..whole].iter().skip(acknowledged).cloned().collect();
        expected.push(b"new".to_vec());
        prop_assert_eq!(all(&mut spill), expected);
    }

    /// A byte that changed costs what comes after it, and is not taken for a span.
    #[test]
    fn a_changed_byte_is_noticed(records in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..50), 1..6), at in any::<prop::sample::Index>(), flip in 1..=255_u8) {
        let directory = Directory::new();
        let (mut spill, _) = directory.open(100_000);
        for record in &records {
            spill.append(1, record).unwrap();
        }
        drop(spill);
        let mut bytes = fs::read(directory.file()).unwrap();
        let at = at.index(bytes.len());
        bytes[at] ^= flip;
        fs::write(directory.file(), &bytes).unwrap();
        let (mut spill, _) = directory.open(100_000);
        let read = all(&mut spill);
        prop_assert!(read.len() <= records.len());
        for (read, record) in read.iter().zip(&records) {
            prop_assert_eq!(read, record);
        }
    }
}
