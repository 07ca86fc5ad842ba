//! Every wire shape in every framing says the same however a body is split. The first line of an
//! input says which: the names of an API and a format.
#![no_main]

use agent_trace_llm::wire::{Api, BodyFormat, ErrorDetail, Reader, read};
use agent_trace_llm_fuzz::{frame, split};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let end = input.iter().position(|byte| *byte == b'\n');
    let (line, body) = input.split_at(end.unwrap_or_default());
    let line = String::from_utf8_lossy(line);
    let (api, format) = line.split_once(' ').unwrap_or_default();
    let any = input.first().copied().map_or(0, usize::from);
    let api = Api::from_name(api).unwrap_or(Api::ALL[any % Api::ALL.len()]);
    let format =
        BodyFormat::from_name(format).unwrap_or(BodyFormat::ALL[any % BodyFormat::ALL.len()]);
    let frames;
    let body = match format {
        BodyFormat::AwsEventStream => {
            frames = frame::messages(&String::from_utf8_lossy(body));
            &frames
        }
        _ => body,
    };
    let mut reader = Reader::new(api, format, None);
    let (step, _) = split(body);
    body.chunks(step).for_each(|bytes| reader.push(bytes));
    assert_eq!(reader.finish(), read(api, format, None, body));
    let _ = ErrorDetail::from_slice(body);
});
