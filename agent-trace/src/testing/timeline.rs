//! Fixed times: one millisecond for each recorded moment, in the order in which the moments happened.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use opentelemetry_sdk::trace::SpanData;

/// The fixed time of the first moment of a capture: 2026-01-01T00:00:00Z.
pub(super) const START: Duration = Duration::from_secs(1_767_225_600);

/// A finished span, and when the processor saw it start and end in relation to the others.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) data: SpanData,
    pub(super) started: u64,
    pub(super) ended: u64,
}

/// Which time of which span a moment is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Start,
    Event(usize),
    End,
}

/// Replaces every start, event and end time by its place in the order of them all.
///
/// Real times decide the order, so that a span's fixed end is before or after its children's exactly as its real end
/// was (the layer ends a span at its last exit, not when it is closed). Where a coarse clock gives one time to several
/// moments, the order in which the processor saw them decides.
pub(super) fn fix_times(entries: &mut [Entry]) {
    let mut moments = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let data = &entry.data;
        moments.push((data.start_time, entry.started, Part::Start, index));
        for (number, event) in data.events.iter().enumerate() {
            moments.push((event.timestamp, entry.ended, Part::Event(number), index));
        }
        moments.push((data.end_time, entry.ended, Part::End, index));
    }
    moments.sort();

    for (tick, (_, _, part, index)) in (0..).zip(moments) {
        let data = &mut entries[index].data;
        let time = UNIX_EPOCH + START + Duration::from_millis(tick);
        match part {
            Part::Start => data.start_time = time,
            Part::Event(number) => data.events.events[number].timestamp = time,
            Part::End => data.end_time = time,
        }
    }
}

/// The time from the earliest start of a capture to `time`; zero where the clock went back.
pub(super) fn since(start: SystemTime, time: SystemTime) -> Duration {
    time.duration_since(start).unwrap_or_default()
}
