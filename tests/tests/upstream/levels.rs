//! Levels: by name, by number, by constant.

use tracing::Level;

use super::call;
use crate::record::record;

const ALL: [Level; 5] = [
    Level::TRACE,
    Level::DEBUG,
    Level::INFO,
    Level::WARN,
    Level::ERROR,
];

const MINE: Level = Level::WARN;

fn levels(block: impl FnOnce()) -> Vec<Level> {
    let (recording, captured) = record(block);
    assert_eq!(captured.spans.len(), recording.spans().len());
    recording.spans().iter().map(|seen| seen.level()).collect()
}

#[test]
fn by_name() {
    #[call(level = "trace")]
    fn trace() {}
    #[call(level = "Debug")]
    fn debug() {}
    #[call(level = "INFO")]
    fn info() {}
    #[call(level = "WARn")]
    fn warn() {}
    #[call(level = "eRrOr")]
    fn error() {}
    let found = levels(|| {
        trace();
        debug();
        info();
        warn();
        error();
    });
    assert_eq!(found, ALL);
}

#[test]
fn by_number() {
    #[call(level = 1)]
    fn trace() {}
    #[call(level = 2)]
    fn debug() {}
    #[call(level = 3)]
    fn info() {}
    #[call(level = 4)]
    fn warn() {}
    #[call(level = 5)]
    async fn error() {}
    let found = levels(|| {
        trace();
        debug();
        info();
        warn();
        crate::family::block_on(error());
    });
    assert_eq!(found, ALL);
}

#[test]
fn by_constant() {
    #[call(level = Level::TRACE)]
    fn trace() {}
    #[call(level = Level::DEBUG)]
    fn debug() {}
    #[call(level = ::tracing::Level::INFO)]
    fn info() {}
    #[call(level = MINE)]
    fn warn() {}
    #[call(level = Level::ERROR)]
    fn error() {}
    let found = levels(|| {
        trace();
        debug();
        info();
        warn();
        error();
    });
    assert_eq!(found, ALL);
}

#[test]
fn info_if_nothing_is_said() {
    #[call]
    fn plain() {}
    assert_eq!(levels(plain), [Level::INFO]);
}
