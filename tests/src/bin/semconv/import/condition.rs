//! The condition under which an attribute is asked for.

/// The bare condition: without "if", without what explains it, in a form that continues "when ..".
pub(super) fn bare(text: &str) -> String {
    const LEADS: [&str; 6] = [
        "If and only if ",
        "Required if ",
        "If ",
        "When ",
        "when ",
        "it's ",
    ];
    const ENDS: [&str; 5] = [". ", ", or ", ", recommended", " and SHOULD", " and is "];
    const SAME: [(&str, &str); 11] = [
        ("the operation ended in an error", "the operation failed"),
        ("the operation fails", "the operation failed"),
        ("session ends with an error", "the session failed"),
        (
            "the request was a streaming request",
            "the request is streaming",
        ),
        (
            "the instrumented library has one readily available",
            "the library or the application knows it",
        ),
        (
            "available and if the request references a previous response",
            "the request references a previous response",
        ),
        (
            "operation is related to a specific prompt",
            "the operation is about one prompt",
        ),
        (
            "operation is related to a specific tool",
            "the operation is about one tool",
        ),
        (
            "available, in the request, and !=1",
            "in the request and not 1",
        ),
        (
            "applicable and if the request includes a seed",
            "the request includes a seed",
        ),
        (
            "applicable and if the request includes an output format",
            "the request includes an output format",
        ),
    ];
    let mut rest = text.trim().trim_end_matches('.');
    if let Some((_, after)) = rest
        .strip_prefix("SHOULD be set")
        .and_then(|r| r.split_once(" when "))
    {
        rest = after;
    }
    for lead in LEADS {
        rest = rest.strip_prefix(lead).unwrap_or(rest);
    }
    let end = ENDS
        .iter()
        .filter_map(|end| rest.find(end))
        .min()
        .unwrap_or(rest.len());
    let bare = &rest[..end];
    let ours = SAME.iter().find(|(upstream, _)| *upstream == bare);
    ours.map_or(bare, |(_, ours)| ours).to_owned()
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn conditions_are_bare() {
        for (upstream, ours) in [
            (
                "If the operation ended in an error.",
                "the operation failed",
            ),
            (
                "If and only if the operation fails.",
                "the operation failed",
            ),
            ("If `server.address` is set.", "`server.address` is set"),
            ("when available", "available"),
            (
                "If available, in the request, and !=1.",
                "in the request and not 1",
            ),
            ("When it's not `2.0`.", "not `2.0`"),
            (
                "If and only if the request is streaming. If unset, it is assumed not to be.",
                "the request is streaming",
            ),
        ] {
            assert_eq!(bare(upstream), ours);
        }
    }
}
