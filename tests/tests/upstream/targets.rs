//! Targets: the module's, or the one that is given.

use super::call;
use crate::record::record_async;

#[call]
fn default_target() {}

#[call(target = "my_target")]
async fn custom_target() {}

mod inner {
    use super::call;

    pub(super) const PATH: &str = module_path!();

    #[call]
    pub(super) async fn default_target() {}

    #[call(target = "my_other_target")]
    pub(super) fn custom_target() {}
}

#[test]
fn the_module_s() {
    let (recording, captured) = record_async(async {
        default_target();
        inner::default_target().await;
    });
    let targets: Vec<_> = recording
        .spans()
        .iter()
        .map(|seen| seen.metadata.target())
        .collect();
    assert_eq!(targets, [module_path!(), inner::PATH]);
    captured.spans[0].assert_attr("target", module_path!());
}

#[test]
fn another() {
    let (recording, captured) = record_async(async {
        custom_target().await;
        inner::custom_target();
    });
    let targets: Vec<_> = recording
        .spans()
        .iter()
        .map(|seen| seen.metadata.target())
        .collect();
    assert_eq!(targets, ["my_target", "my_other_target"]);
    captured.spans[0].assert_attr("target", "my_target");
}
