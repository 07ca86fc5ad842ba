//! The rules of the token metrics.

use crate::calls::{self, Chunk, Overloaded, Reply, usage};
use crate::measured::{Measured, Point};
use agent_trace::testing::Capture;

const INPUT: &str = "gen_ai.client.inference.usage.input_tokens";
const OUTPUT: &str = "gen_ai.client.inference.usage.output_tokens";

fn modality(attributes: &str) -> &str {
    let found = attributes
        .split(' ')
        .find_map(|pair| pair.strip_prefix("gen_ai.token.modality="));
    found.expect("required")
}

#[test]
fn what_is_billed_wins() {
    let reply = Reply {
        usage: Some(usage(1394, 40)),
        billed: Some(usage(8, 30)),
        ..Reply::default()
    };
    let measured = Measured::of(Capture::new(), || {
        _ = calls::ask("cohere", Ok(reply.clone()));
    });
    assert_eq!(measured.only(INPUT).1, Point::Total(8));
    assert_eq!(measured.only(OUTPUT).1, Point::Total(30));
    // The span says what was used.
    measured
        .spans
        .only()
        .assert_attr("gen_ai.usage.input_tokens", 1394);

    // The same through a retry loop, in which one call told only what it used.
    let plain = Reply {
        usage: Some(usage(100, 1)),
        ..Reply::default()
    };
    let replies = vec![Ok(reply.clone()), Ok(plain), Ok(reply)];
    let measured = Measured::of(Capture::new(), || _ = calls::ask_often(replies));
    assert_eq!(measured.only(INPUT).1, Point::Total(116));
    assert_eq!(measured.only(OUTPUT).1, Point::Total(61));
    measured
        .spans
        .only()
        .assert_attr("gen_ai.usage.input_tokens", 2888);
}

#[test]
fn what_the_body_says_is_counted() {
    let measured = Measured::of(Capture::new(), || {
        #[agent_trace::llm_call(provider = "acme", model = "small")]
        fn own() -> Reply {
            agent_trace::current().usage(usage(3, 4));
            Reply {
                billed: Some(usage(8, 30)),
                ..Reply::default()
            }
        }
        own();
    });
    assert_eq!(measured.only(INPUT).1, Point::Total(3));
    assert_eq!(measured.only(OUTPUT).1, Point::Total(4));
}

#[test]
fn a_failed_call_counts_zero_of_unknown() {
    let measured = Measured::of(Capture::new(), || _ = calls::ask("acme", Err(Overloaded)));
    for name in [
        INPUT,
        OUTPUT,
        "gen_ai.client.inference.usage.cache_read.input_tokens",
        "gen_ai.client.inference.usage.cache_write.input_tokens",
        "gen_ai.client.inference.usage.reasoning.output_tokens",
    ] {
        let (attributes, point) = measured.only(name);
        assert_eq!(
            (modality(&attributes), point),
            ("unknown", Point::Total(0)),
            "{name}"
        );
        assert!(!attributes.contains("error.type"), "{attributes}");
    }
    for name in [
        "gen_ai.client.inference.operation.input_tokens",
        "gen_ai.client.inference.operation.output_tokens",
    ] {
        let Point::Counts { sum, buckets } = measured.only(name).1 else {
            panic!("{name}")
        };
        assert_eq!((sum, buckets.iter().sum::<u64>()), (0, 1), "{name}");
    }
}

#[test]
fn a_stream_that_breaks_counts_what_it_had_told() {
    let items = vec![Ok(Chunk(Some(usage(20, 1)))), Err(Overloaded)];
    let measured = Measured::of(Capture::new(), || calls::take(calls::stream(items), 9));
    assert_eq!(measured.only(INPUT).1, Point::Total(20));
    measured.spans.only().assert_error("Overloaded");
}

#[test]
fn modalities_are_told_apart() {
    let mut counts = usage(100, 30);
    counts.text_input_tokens = Some(60);
    counts.audio_input_tokens = Some(30);
    counts.text_output_tokens = Some(30);
    counts.cache_read_input_tokens = Some(50);
    counts.text_cache_read_input_tokens = Some(50);
    counts.reasoning_output_tokens = Some(10);
    let reply = Reply {
        usage: Some(counts),
        ..Reply::default()
    };
    let measured = Measured::of(Capture::new(), || _ = calls::ask("acme", Ok(reply)));
    let split = |name| {
        let mut all: Vec<_> = measured
            .metric(name)
            .into_iter()
            .map(|(attributes, point)| match point {
                Point::Total(total) => (modality(&attributes).to_owned(), total),
                other => panic!("{name}: {other:?}"),
            })
            .collect();
        all.sort();
        all
    };
    let expected = |list: &[(&str, u64)]| {
        let owned = list
            .iter()
            .map(|(name, count)| ((*name).to_owned(), *count));
        owned.collect::<Vec<_>>()
    };
    assert_eq!(
        split(INPUT),
        expected(&[("audio", 30), ("text", 60), ("unknown", 10)])
    );
    assert_eq!(split(OUTPUT), expected(&[("text", 30)]));
    assert_eq!(
        split("gen_ai.client.inference.usage.cache_read.input_tokens"),
        expected(&[("text", 50)])
    );
    assert_eq!(
        split("gen_ai.client.inference.usage.reasoning.output_tokens"),
        expected(&[("unknown", 10)])
    );
}

#[test]
fn only_inferences_count_tokens() {
    let measured = Measured::of(Capture::new(), || {
        calls::fetch();
        calls::embed();
    });
    let names: Vec<String> = measured
        .series()
        .into_keys()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(names, ["gen_ai.client.operation.duration"; 2]);
}
