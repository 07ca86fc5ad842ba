use std::collections::HashMap;

use opentelemetry::Key;

use super::*;

/// A machine that has these files and variables.
#[derive(Default)]
struct Fake(HashMap<&'static str, &'static str>);

impl Fake {
    fn with(mut self, name: &'static str, text: &'static str) -> Self {
        self.0.insert(name, text);
        self
    }
}

impl Machine for Fake {
    fn read(&self, path: &str) -> Option<String> {
        self.0.get(path).map(|&text| text.to_owned())
    }

    fn variable(&self, name: &str) -> Option<String> {
        self.0.get(name).map(|&text| text.to_owned())
    }
}

fn found(machine: &Fake, key: &str) -> Option<String> {
    let attributes = detected(machine);
    let attribute = attributes
        .iter()
        .rev()
        .find(|attribute| attribute.key.as_str() == key)?;
    Some(attribute.value.to_string())
}

const ID: &str = "4f1e0d2c3b4a59687786950413223140ffeeddccbbaa99887766554433221100";

#[test]
fn containers_of_cgroup_v1_and_v2() {
    for cgroup in [
        "12:cpu:/docker/4f1e0d2c3b4a59687786950413223140ffeeddccbbaa99887766554433221100\n",
        "1:name=systemd:/kubepods/besteffort/pod0c3b4a59-6877-8695-0413-223140ffeedd/4f1e0d2c3b4a59687786950413223140ffeeddccbbaa99887766554433221100",
        "0::/system.slice/docker-4f1e0d2c3b4a59687786950413223140ffeeddccbbaa99887766554433221100.scope",
        "0::/kubepods.slice/x.slice/cri-containerd:4f1e0d2c3b4a59687786950413223140ffeeddccbbaa99887766554433221100",
    ] {
        let machine = Fake::default().with("/proc/self/cgroup", cgroup);
        assert_eq!(
            found(&machine, "container.id").as_deref(),
            Some(ID),
            "{cgroup}"
        );
    }
    let machine = Fake::default().with("/proc/self/cgroup", "0::/\n").with(
        "/proc/self/mountinfo",
        "1 2 0:1 / / rw - overlay overlay rw\n\
         473 456 254:1 /docker/containers/4f1e0d2c3b4a59687786950413223140ffeeddccbbaa99887766554433221100/hostname /etc/hostname rw - ext4 /dev/vda1 rw\n",
    );
    assert_eq!(found(&machine, "container.id").as_deref(), Some(ID));
    let machine = Fake::default().with("/proc/self/cgroup", "0::/user.slice/session-2.scope\n");
    assert_eq!(found(&machine, "container.id"), None);
}

#[test]
fn kubernetes_only_where_it_is() {
    let pod = Fake::default()
        .with("HOSTNAME", "desk-7d9f-abcde")
        .with("NODE_NAME", "node-3")
        .with(container_namespace(), "agents\n")
        .with(
            "/proc/self/cgroup",
            "0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod0c3b4a59_6877_8695_0413_223140ffeedd.slice/x",
        );
    assert_eq!(found(&pod, "k8s.pod.name"), None);
    let pod = pod.with("KUBERNETES_SERVICE_HOST", "10.0.0.1");
    assert_eq!(
        found(&pod, "k8s.pod.name").as_deref(),
        Some("desk-7d9f-abcde")
    );
    assert_eq!(found(&pod, "k8s.namespace.name").as_deref(), Some("agents"));
    assert_eq!(found(&pod, "k8s.node.name").as_deref(), Some("node-3"));
    assert_eq!(
        found(&pod, "k8s.pod.uid").as_deref(),
        Some("0c3b4a59-6877-8695-0413-223140ffeedd")
    );
}

fn container_namespace() -> &'static str {
    "/var/run/secrets/kubernetes.io/serviceaccount/namespace"
}

#[test]
fn the_host() {
    let machine = Fake::default()
        .with("/proc/sys/kernel/hostname", "desk\n")
        .with(
            "/etc/os-release",
            "PRETTY_NAME=\"Debian\"\nNAME=\"Debian GNU/Linux\"\nVERSION_ID=\"13\"\n",
        );
    assert_eq!(found(&machine, "host.name").as_deref(), Some("desk"));
    assert_eq!(
        found(&machine, "os.name").as_deref(),
        Some("Debian GNU/Linux")
    );
    assert_eq!(found(&machine, "os.version").as_deref(), Some("13"));
    assert_eq!(
        found(&Fake::default().with("HOSTNAME", "h"), "host.name").as_deref(),
        Some("h")
    );
}

#[test]
fn code_wins_over_the_environment_and_that_over_what_was_detected() {
    let get = |resource: &Resource, key: &'static str| {
        resource
            .get(&Key::from_static_str(key))
            .map(|value| value.to_string())
    };
    let variables = |name: &str| match name {
        "OTEL_RESOURCE_ATTRIBUTES" => {
            Some("service.name=listed,team=blue,host.name=said".to_owned())
        }
        "OTEL_SERVICE_NAME" => Some("named".to_owned()),
        _ => None,
    };
    let environment = Environment::read(variables);
    let with_environment = resource(Service::default(), &environment, true);
    assert_eq!(
        get(&with_environment, "service.name").as_deref(),
        Some("named")
    );
    assert_eq!(get(&with_environment, "team").as_deref(), Some("blue"));
    assert_eq!(get(&with_environment, "host.name").as_deref(), Some("said"));
    assert_eq!(
        get(&with_environment, "telemetry.sdk.language").as_deref(),
        Some("rust")
    );
    assert!(get(&with_environment, "process.pid").is_some());

    let code = Service {
        name: Some("coded".to_owned()),
        version: Some("1.2".to_owned()),
        namespace: Some("desk".to_owned()),
        attributes: vec![KeyValue::new("team", "red")],
    };
    let with_code = resource(code, &environment, false);
    assert_eq!(get(&with_code, "service.name").as_deref(), Some("coded"));
    assert_eq!(get(&with_code, "service.version").as_deref(), Some("1.2"));
    assert_eq!(
        get(&with_code, "service.namespace").as_deref(),
        Some("desk")
    );
    assert_eq!(get(&with_code, "team").as_deref(), Some("red"));
    assert_eq!(get(&with_code, "process.pid"), None);

    let bare = resource(Service::default(), &Environment::default(), false);
    let name = get(&bare, "service.name").expect("there is always one");
    assert!(name.starts_with("unknown_service:"), "{name}");
}
