use super::*;

fn environment(set: &[(&str, &str)]) -> Environment {
    Environment::read(|name| {
        let found = set.iter().find(|(key, _)| *key == name);
        found.map(|(_, value)| (*value).to_owned())
    })
}

fn names(choices: Vec<Choice>, set: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
    let chosen = choose(choices, &environment(set)).expect("it starts");
    (
        chosen.exporters.into_iter().map(|(name, _)| name).collect(),
        chosen.warnings,
    )
}

#[test]
fn the_tree_is_for_when_nobody_asks_for_anything() {
    assert_eq!(names(Vec::new(), &[]).0, ["tree"]);
    assert_eq!(
        names(Vec::new(), &[("OTEL_TRACES_EXPORTER", "")]).0,
        ["tree"]
    );
    assert_eq!(
        names(Vec::new(), &[("OTEL_TRACES_EXPORTER", "none")]).0,
        [""; 0]
    );
    assert_eq!(
        names(Vec::new(), &[("OTEL_TRACES_EXPORTER", "zipkin")]).0,
        ["tree"]
    );
    let own = Choice::own("mine".to_owned(), TreeExporter::new(std::io::sink()));
    assert_eq!(names(vec![own], &[]).0, ["mine"]);
}

#[test]
fn code_and_environment_add_up_and_none_is_made_twice() {
    assert_eq!(
        names(vec![Choice::Tree], &[("OTEL_TRACES_EXPORTER", "Console")]).0,
        ["tree"]
    );
    assert_eq!(
        names(vec![Choice::Tree], &[("OTEL_TRACES_EXPORTER", "none")]).0,
        ["tree"]
    );
}

#[cfg(feature = "otlp")]
#[test]
fn an_endpoint_or_the_name_asks_for_otlp() {
    const ENDPOINT: (&str, &str) = ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1");
    assert_eq!(names(Vec::new(), &[ENDPOINT]).0, ["otlp"]);
    assert_eq!(
        names(Vec::new(), &[("OTEL_TRACES_EXPORTER", "otlp,console")]).0,
        ["otlp", "tree"]
    );
    assert_eq!(
        names(Vec::new(), &[ENDPOINT, ("OTEL_TRACES_EXPORTER", "console")]).0,
        ["tree"]
    );
    assert_eq!(names(vec![Choice::Tree], &[ENDPOINT]).0, ["tree", "otlp"]);
    assert_eq!(
        names(vec![Choice::Otlp(Box::default())], &[ENDPOINT]).0,
        ["otlp"]
    );
}

#[cfg(feature = "otlp")]
#[test]
fn what_the_environment_gets_wrong_is_a_warning_and_what_code_gets_wrong_an_error() {
    let set = [("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318")];
    let (exporters, warnings) = names(Vec::new(), &set);
    assert_eq!(exporters, ["tree"]);
    assert!(warnings[0].contains("http://"), "{warnings:?}");
    let otlp = Otlp::http_json().endpoint("collector:4318");
    let error = choose(vec![Choice::Otlp(Box::new(otlp))], &environment(&[]));
    let error = error.err().expect("it has no scheme").to_string();
    assert!(error.contains("http://"), "{error}");
}

#[cfg(not(feature = "otlp"))]
#[test]
fn otlp_without_its_feature_is_a_warning() {
    let (exporters, warnings) = names(Vec::new(), &[("OTEL_TRACES_EXPORTER", "otlp")]);
    assert_eq!(exporters, ["tree"]);
    assert!(warnings[0].contains("feature `otlp`"), "{warnings:?}");
}
