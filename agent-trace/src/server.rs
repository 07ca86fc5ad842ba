//! `server.address` and `server.port` from a URL or `host:port`.

/// A host and its port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Server<'a> {
    pub(crate) address: &'a str,
    pub(crate) port: Option<u16>,
}

impl<'a> Server<'a> {
    /// Reads a URL (`https://host/path`) or an authority (`host:port`). User info is never kept; the
    /// port of a URL without one is its scheme's.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        if !text.is_empty() && text.bytes().all(|byte| PLAIN[usize::from(byte)]) {
            // A name and no more: most often it is one.
            return Some(Self {
                address: text,
                port: None,
            });
        }
        // All separators are ASCII, so that bytes do.
        let colon = text.bytes().position(|byte| byte == b':');
        let (default_port, rest) = match colon {
            Some(at) if text[at..].starts_with("://") => (port_of(&text[..at]), &text[at + 3..]),
            _ => (None, text),
        };
        let (mut start, mut end, mut colon, mut colons) = (0, rest.len(), 0, 0);
        for (at, byte) in rest.bytes().enumerate() {
            match byte {
                b'/' | b'?' | b'#' | b'\\' => {
                    end = at;
                    break;
                }
                // What stands before is user info.
                b'@' => (start, colons) = (at + 1, 0),
                b':' => (colon, colons) = (at, colons + 1),
                0..=b' ' | 0x7f => return None,
                _ => {}
            }
        }
        let (address, port) = match rest[start..end].strip_prefix('[') {
            Some(bracketed) => {
                let (address, port) = bracketed.split_once(']')?;
                (address, port.strip_prefix(':'))
            }
            None if colons == 1 => (&rest[start..colon], Some(&rest[colon + 1..end])),
            // A bare IPv6 address; anything else may be part of a password.
            None if colons > 1 => {
                let address = &rest[start..end];
                let without_zone = address.split('%').next().unwrap_or(address);
                without_zone.parse::<std::net::Ipv6Addr>().ok()?;
                (address, None)
            }
            None => (&rest[start..end], None),
        };
        if address.is_empty() {
            return None;
        }
        let port = match port {
            Some(port) => port.parse().ok(),
            None => default_port,
        };
        Some(Self { address, port })
    }
}

/// What stands in the names of hosts and separates nothing.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte: u8 = 0;
    while byte < 128 {
        plain[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
        byte += 1;
    }
    plain
};

fn port_of(scheme: &str) -> Option<u16> {
    if scheme.eq_ignore_ascii_case("https") {
        Some(443)
    } else if scheme.eq_ignore_ascii_case("http") {
        Some(80)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::Server;

    #[test]
    fn reads_what_people_write() {
        for (text, address, port) in [
            ("https://api.openai.com/v1", "api.openai.com", Some(443)),
            ("http://127.0.0.1:8080/v1?x=y", "127.0.0.1", Some(8080)),
            (
                "https://user:secret@host.example:99/",
                "host.example",
                Some(99),
            ),
            ("user:secret@host.example", "host.example", None),
            ("localhost:11434", "localhost", Some(11434)),
            ("http://[::1]:80", "::1", Some(80)),
            ("fe80::1", "fe80::1", None),
            ("api.openai.com", "api.openai.com", None),
            ("HTTP://EXAMPLE.com", "EXAMPLE.com", Some(80)),
            ("https://host:notaport", "host", None),
        ] {
            assert_eq!(
                Server::parse(text),
                Some(Server { address, port }),
                "{text}"
            );
        }
        for text in [
            "",
            "https://",
            "http:///path",
            "https://a b",
            "https://user:a:secret/b@host",
        ] {
            assert_eq!(Server::parse(text), None, "{text}");
        }
    }
}
