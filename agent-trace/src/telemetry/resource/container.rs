use opentelemetry::KeyValue;

use super::Machine;

const NAMESPACE: &str = "/var/run/secrets/kubernetes.io/serviceaccount/namespace";

/// The container's id, and where Kubernetes runs it.
pub(super) fn detect(machine: &dyn Machine) -> Vec<KeyValue> {
    let cgroup = machine.read("/proc/self/cgroup").unwrap_or_default();
    let mounts = machine.read("/proc/self/mountinfo").unwrap_or_default();
    let id = container_in_cgroup(&cgroup).or_else(|| container_in_mounts(&mounts));
    let mut attributes = Vec::new();
    attributes.extend(id.map(|id| KeyValue::new("container.id", id.to_owned())));
    if machine.variable("KUBERNETES_SERVICE_HOST").is_none() {
        return attributes;
    }
    // What the downward API is told to set has no settled names; these are the usual ones.
    let first = |names: &[&str]| names.iter().find_map(|name| machine.variable(name));
    let namespace = machine
        .read(NAMESPACE)
        .map(|namespace| namespace.trim().to_owned());
    let pod = pod_uid(&cgroup).or_else(|| pod_uid(&mounts));
    let said = [
        (
            "k8s.pod.name",
            first(&["K8S_POD_NAME", "POD_NAME", "HOSTNAME"]),
        ),
        (
            "k8s.namespace.name",
            first(&["K8S_NAMESPACE_NAME", "POD_NAMESPACE"])
                .or(namespace.filter(|name| !name.is_empty())),
        ),
        ("k8s.pod.uid", first(&["K8S_POD_UID", "POD_UID"]).or(pod)),
        ("k8s.node.name", first(&["K8S_NODE_NAME", "NODE_NAME"])),
        (
            "k8s.container.name",
            first(&["K8S_CONTAINER_NAME", "CONTAINER_NAME"]),
        ),
    ];
    for (key, value) in said {
        attributes.extend(value.map(|value| KeyValue::new(key, value)));
    }
    attributes
}

/// The id at the end of a line of cgroup v1: `12:cpu:/docker/{id}`, `../cri-containerd-{id}.scope`.
fn container_in_cgroup(cgroup: &str) -> Option<&str> {
    cgroup.lines().find_map(|line| {
        let last = line.rsplit('/').next()?;
        let last = last.strip_suffix(".scope").unwrap_or(last);
        let last = last.rsplit([':', '-']).next()?;
        is_id(last).then_some(last)
    })
}

/// The id in the path of a file that the runtime mounts into the container, with cgroup v2.
fn container_in_mounts(mounts: &str) -> Option<&str> {
    let lines = mounts.lines().filter(|line| {
        line.contains("/containers/")
            || line.contains("/overlay-containers/")
            || line.contains("/sandboxes/")
    });
    let own = lines.filter(|line| line.contains("hostname") || line.contains("resolv.conf"));
    own.flat_map(|line| line.split(['/', ' ']))
        .find(|part| is_id(part))
}

fn is_id(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The UUID in `kubepods/../pod{uid}` and `kubepods-..-pod{uid, with underscores}.slice`.
fn pod_uid(text: &str) -> Option<String> {
    let line = text
        .lines()
        .find(|line| line.contains("kubepods") || line.contains("/pods/"))?;
    let mut candidates = line
        .split("pod")
        .skip(1)
        .chain(line.split("/pods/").skip(1));
    candidates.find_map(|rest| {
        let uid: String = rest
            .chars()
            .take(36)
            .map(|c| if c == '_' { '-' } else { c })
            .collect();
        let dashes = [8, 13, 18, 23];
        let fits = uid.len() == 36
            && uid.bytes().enumerate().all(|(at, byte)| {
                if dashes.contains(&at) {
                    byte == b'-'
                } else {
                    byte.is_ascii_hexdigit()
                }
            });
        fits.then_some(uid)
    })
}
