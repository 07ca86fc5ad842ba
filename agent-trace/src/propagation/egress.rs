//! What may leave, and where to.

use crate::server::Server;
use agent_trace_llm::Provider;
use std::collections::BTreeSet;

/// What of the context may leave this process, and where to. By default no baggage leaves, and model providers get nothing.
///
/// | destination | trace context | baggage |
/// | --- | --- | --- |
/// | a host that was [listed](Self::host) | yes | the [keys](Self::baggage_key) that were listed |
/// | the endpoint of a model provider, not listed | no | no |
/// | any other host | yes, unless [only listed ones](Self::only_listed_hosts) | no |
/// | not said: [`inject`](crate::inject) without a destination | yes | the keys that were listed |
///
/// ```
/// use agent_trace::propagation::{Egress, Propagator};
/// use std::collections::HashMap;
///
/// let propagator = Propagator::default().egress(
///     Egress::default().baggage_key("tenant.id").host("tools.internal").host(".svc.cluster.local"),
/// );
/// let mut headers = HashMap::new();
/// propagator.inject_to("https://search.svc.cluster.local/query", &mut headers);
/// # assert!(headers.is_empty(), "no span is current");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Egress {
    keys: BTreeSet<String>,
    hosts: BTreeSet<String>,
    only_listed_hosts: bool,
}

/// What a destination may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Permission {
    Nothing,
    TraceOnly,
    Everything,
}

impl Egress {
    /// Baggage of this key may leave. Keys are compared as they are.
    #[must_use]
    pub fn baggage_key(mut self, key: impl Into<String>) -> Self {
        self.keys.insert(key.into());
        self
    }

    /// Baggage of these keys may leave.
    #[must_use]
    pub fn baggage_keys<K: Into<String>>(mut self, keys: impl IntoIterator<Item = K>) -> Self {
        self.keys.extend(keys.into_iter().map(Into::into));
        self
    }

    /// This host is one of ours: it gets the trace context, and baggage of the listed keys. `.example.com` is
    /// `example.com` and every host beneath it. Listing a model provider's host is how to ask for it.
    #[must_use]
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.hosts.insert(normal(&host.into()));
        self
    }

    /// These hosts are ours.
    #[must_use]
    pub fn hosts<H: Into<String>>(self, hosts: impl IntoIterator<Item = H>) -> Self {
        hosts.into_iter().fold(self, Self::host)
    }

    /// Whether hosts that were not listed get nothing at all. Off by default: trace ids tell little, and a trace that ends
    /// at a service nobody thought of is a loss.
    #[must_use]
    pub fn only_listed_hosts(mut self, only: bool) -> Self {
        self.only_listed_hosts = only;
        self
    }

    pub(super) fn has_keys(&self) -> bool {
        !self.keys.is_empty()
    }

    pub(super) fn lets_key_out(&self, key: &str) -> bool {
        self.keys.contains(key)
    }

    /// What `destination`, a URL or `host:port`, may be told.
    pub(super) fn permission(&self, destination: &str) -> Permission {
        // Whoever it is, it was not listed.
        let host = Server::parse(destination).map(|server| normal(server.address));
        let host = host.unwrap_or_default();
        if self.is_listed(&host) {
            Permission::Everything
        } else if self.only_listed_hosts || is_model_provider(&host, destination) {
            Permission::Nothing
        } else {
            Permission::TraceOnly
        }
    }

    fn is_listed(&self, host: &str) -> bool {
        let above = host.match_indices('.').map(|(at, _)| &host[at..]);
        self.hosts.contains(host)
            || self.hosts.contains(&format!(".{host}"))
            || above.into_iter().any(|domain| self.hosts.contains(domain))
    }
}

/// Whether models are served there. Some hosts serve them beneath some paths only.
fn is_model_provider(host: &str, destination: &str) -> bool {
    let after_scheme = destination
        .split_once("://")
        .map_or(destination, |(_, rest)| rest);
    let path = after_scheme
        .find(['/', '?', '#'])
        .map_or("", |at| &after_scheme[at..]);
    Provider::from_url(&format!("https://{host}{path}")).is_some()
}

/// A host in lower case and without the dot that may end it.
fn normal(host: &str) -> String {
    let host = host.strip_suffix('.').unwrap_or(host);
    host.to_ascii_lowercase()
}
