//! A function that nobody calls is still seen to be dead.
#![deny(unfulfilled_lint_expectations)]

use super::call;

#[expect(dead_code)]
#[call]
fn unused() {}

#[expect(dead_code)]
#[call]
async fn unused_async() {}

struct Owner;

impl Owner {
    #[expect(dead_code)]
    #[call]
    fn unused(&self) {}
}

#[test]
fn the_owner_is_used() {
    let _ = Owner;
}
