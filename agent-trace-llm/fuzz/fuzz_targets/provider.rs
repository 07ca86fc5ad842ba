//! Who answers, from a URL and from a body: no input panics, and a name that is found goes both ways.
#![no_main]

use agent_trace_llm::Provider;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let text = String::from_utf8_lossy(input);
    let by_url = Provider::from_url(&text);
    let by_body = Provider::from_openai_body(input);
    for provider in by_url.into_iter().chain(by_body) {
        assert!(!provider.as_str().is_empty());
        assert_eq!(Provider::from(provider.as_str()), provider);
    }
    let known = Provider::new(text.clone().into_owned());
    assert_eq!(known.as_str(), text);
    // User information, ports and paths do not tell who answers.
    let host = "api.openai.com";
    if text.chars().all(|c| c.is_ascii_alphanumeric()) {
        let url = format!("https://{text}@{host}:443/{text}?{text}");
        assert_eq!(Provider::from_url(&url), Some(Provider::OPENAI), "{url}");
    }
});
