use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

/// The headers of a list, of which a later one of the same name wins; or what is wrong, without a value.
pub(super) fn headers<'a>(
    pairs: impl Iterator<Item = &'a (String, String)>,
) -> Result<HeaderMap, String> {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        let header = name.parse::<HeaderName>();
        let header =
            header.map_err(|_| format!("`{}` is no name of a header", name.escape_debug()))?;
        let value = HeaderValue::from_str(value);
        let mut value = value.map_err(|_| {
            format!("the value of header `{header}` has characters that cannot be sent")
        })?;
        // So that no `Debug` prints it, and HTTP/2 keeps it out of its tables.
        value.set_sensitive(true);
        headers.insert(header, value);
    }
    Ok(headers)
}

/// Sets them, over those of the same name.
pub(super) fn set(headers: &HeaderMap, of: &mut HeaderMap) {
    for (name, value) in headers {
        of.insert(name.clone(), value.clone());
    }
}
