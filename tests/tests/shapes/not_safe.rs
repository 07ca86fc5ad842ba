//! `unsafe fn`, and bodies that do what only such a function may.
#![allow(unsafe_code, clippy::undocumented_unsafe_blocks)]

use super::{FAMILY, call};

/// # Safety
/// `values` is not empty.
#[call(fields(len = values.len()))]
unsafe fn first(values: &[u8]) -> u8 {
    unsafe { *values.get_unchecked(0) }
}

/// # Safety
/// `values` is not empty.
#[call]
async unsafe fn first_async(values: &[u8]) -> u8 {
    tokio::task::yield_now().await;
    unsafe { first_unchecked(values) }
}

/// # Safety
/// `values` is not empty.
unsafe fn first_unchecked(values: &[u8]) -> u8 {
    unsafe { *values.get_unchecked(0) }
}

/// # Safety
/// `values` is not empty. Edition 2021 lets the whole body be unsafe, and so must the expansion.
#[call]
#[allow(unsafe_op_in_unsafe_fn)]
unsafe fn whole_body(values: &[u8]) -> u8 {
    first_unchecked(values)
}

/// # Safety
/// `values` is not empty.
#[call]
#[allow(unsafe_op_in_unsafe_fn)]
async unsafe fn whole_body_async(values: &[u8]) -> u8 {
    tokio::task::yield_now().await;
    first_unchecked(values)
}

/// # Safety
/// `value` points to a number.
#[call]
unsafe extern "C" fn pointed(value: *const u8) -> u8 {
    unsafe { *value }
}

/// # Safety
/// `values` is not empty.
#[call]
#[track_caller]
unsafe fn tracked(values: &[u8]) -> (u8, u32) {
    let line = std::panic::Location::caller().line();
    (unsafe { first_unchecked(values) }, line)
}

trait NotSafe {
    /// # Safety
    /// `self` is not empty.
    unsafe fn first(&self) -> u8;
}

impl NotSafe for Vec<u8> {
    #[call]
    unsafe fn first(&self) -> u8 {
        unsafe { first_unchecked(self) }
    }
}

#[test]
fn functions() {
    let values = vec![7];
    assert_eq!(FAMILY.once("first", || unsafe { first(&values) }), 7);
    let value = FAMILY.once("whole_body", || unsafe { whole_body(&values) });
    assert_eq!(value, 7);
    assert_eq!(
        FAMILY.once("first", || unsafe { NotSafe::first(&values) }),
        7
    );
    let pointer: unsafe extern "C" fn(*const u8) -> u8 = pointed;
    let value = FAMILY.once("pointed", || unsafe { pointer(values.as_ptr()) });
    assert_eq!(value, 7);
    let (value, line) = FAMILY.once("tracked", || (unsafe { tracked(&values) }, line!()));
    assert_eq!(value, (7, line));
}

#[test]
fn async_functions() {
    let values = [7];
    let value = FAMILY.once_async("first_async", async {
        unsafe { first_async(&values).await }
    });
    assert_eq!(value, 7);
    let value = FAMILY.once_async("whole_body_async", async {
        unsafe { whole_body_async(&values).await }
    });
    assert_eq!(value, 7);
}
