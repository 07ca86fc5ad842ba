//! Lists of `key=value`, in which values, and keys, may be percent-encoded.

/// The pairs of a list. `None` where an item has no `=` or no key, or an encoding is not one: the specification
/// leaves out the whole list then.
pub(super) fn decode(list: &str) -> Option<Vec<(String, String)>> {
    let items = list
        .split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty());
    items.map(pair).collect()
}

fn pair(item: &str) -> Option<(String, String)> {
    let (key, value) = item.split_once('=')?;
    let key = percent_decode(key.trim())?;
    let value = percent_decode(value.trim())?;
    (!key.is_empty()).then_some((key, value))
}

/// Text of which each `%` begins two hexadecimal digits, as UTF-8.
fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let high = char::from(bytes.next()?).to_digit(16)?;
            let low = char::from(bytes.next()?).to_digit(16)?;
            decoded.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            decoded.push(byte);
        }
    }
    String::from_utf8(decoded).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(list: &str) -> Option<Vec<(String, String)>> {
        decode(list)
    }

    #[test]
    fn lists() {
        let pairs = |pairs: &[(&str, &str)]| {
            let owned = pairs
                .iter()
                .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
            Some(owned.collect::<Vec<_>>())
        };
        assert_eq!(decoded("a=b"), pairs(&[("a", "b")]));
        assert_eq!(
            decoded(" a = b , c=d=e,"),
            pairs(&[("a", "b"), ("c", "d=e")])
        );
        assert_eq!(decoded("a=%C3%A9%2C%3d"), pairs(&[("a", "é,=")]));
        assert_eq!(decoded("a="), pairs(&[("a", "")]));
        assert_eq!(decoded(""), pairs(&[]));
        for bad in ["a", "=b", "a=%", "a=%4", "a=%zz", "a=%ff", "a=b,c"] {
            assert_eq!(decoded(bad), None, "{bad}");
        }
    }
}
