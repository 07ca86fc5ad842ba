//! Methods: `self` in every form.

use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use super::{FAMILY, call};

#[derive(Clone, Debug, PartialEq)]
struct Counter {
    count: u8,
    name: String,
}

impl Counter {
    #[call]
    fn create(count: u8) -> Self {
        Self {
            count,
            name: "counter".to_owned(),
        }
    }

    #[call]
    async fn create_async(count: u8) -> Self {
        Self {
            count,
            name: "counter".to_owned(),
        }
    }

    #[call]
    fn by_ref(&self, more: u8) -> u8 {
        self.count + more
    }

    #[call]
    async fn by_ref_async(&self, more: u8) -> u8 {
        tokio::task::yield_now().await;
        self.count + more
    }

    #[call]
    fn by_mut(&mut self, more: u8) -> u8 {
        self.count += more;
        self.count
    }

    #[call]
    async fn by_mut_async(&mut self, more: u8) -> u8 {
        self.count += more;
        tokio::task::yield_now().await;
        self.count
    }

    #[call]
    fn by_value(self) -> String {
        self.name
    }

    #[call]
    async fn by_value_async(self) -> String {
        tokio::task::yield_now().await;
        self.name
    }

    #[call]
    fn by_mut_value(mut self) -> Self {
        self.count += 1;
        self
    }

    #[call]
    async fn by_mut_value_async(mut self) -> Self {
        self.count += 1;
        tokio::task::yield_now().await;
        self
    }

    #[call]
    fn by_arc(self: Arc<Self>) -> usize {
        Arc::strong_count(&self)
    }

    #[call]
    async fn by_arc_async(self: Arc<Self>) -> usize {
        tokio::task::yield_now().await;
        Arc::strong_count(&self)
    }

    #[call]
    fn by_arc_ref(self: &Arc<Self>) -> Arc<Self> {
        Arc::clone(self)
    }

    #[call]
    async fn by_rc_async(self: Rc<Self>) -> u8 {
        tokio::task::yield_now().await;
        self.count
    }

    #[call]
    #[allow(clippy::boxed_local)]
    fn by_box(self: Box<Self>) -> String {
        self.name
    }

    #[call]
    async fn by_box_async(mut self: Box<Self>) -> Box<Self> {
        self.count += 1;
        self
    }

    #[call]
    fn by_pin(mut self: Pin<&mut Self>) -> u8 {
        self.count += 1;
        self.count
    }

    #[call]
    async fn by_pin_async(mut self: Pin<&mut Self>) -> u8 {
        tokio::task::yield_now().await;
        self.as_mut().get_mut().count += 1;
        self.count
    }

    #[call]
    fn by_typed(self: &Self) -> u8 {
        self.count
    }

    #[call]
    async fn by_typed_mut_async(self: &mut Self) -> u8 {
        self.count += 1;
        self.count
    }

    #[call]
    fn name(&self) -> &str {
        &self.name
    }

    #[call]
    async fn name_async(&self) -> &str {
        &self.name
    }

    #[call]
    fn name_mut(&mut self) -> &mut String {
        &mut self.name
    }

    #[call]
    async fn name_mut_async(&mut self) -> &mut String {
        tokio::task::yield_now().await;
        &mut self.name
    }

    #[call]
    fn itself(&mut self) -> &mut Self {
        self
    }

    #[call]
    fn captures_a_field(&self) -> impl Fn() -> u8 + use<> {
        let count = self.count;
        move || count
    }

    #[call]
    async fn moves_in_a_closure(self) -> usize {
        let length = move || self.name.len();
        length()
    }
}

fn counter() -> Counter {
    Counter {
        count: 1,
        name: "counter".to_owned(),
    }
}

#[test]
fn without_self() {
    assert_eq!(FAMILY.once("create", || Counter::create(1)), counter());
    let value = FAMILY.once_async("create_async", async { Counter::create_async(1).await });
    assert_eq!(value, counter());
}

#[test]
fn borrowed() {
    let counter = counter();
    assert_eq!(FAMILY.once("by_ref", || counter.by_ref(2)), 3);
    let value = FAMILY.once_async("by_ref_async", async { counter.by_ref_async(2).await });
    assert_eq!(value, 3);
    assert_eq!(FAMILY.once("by_typed", || counter.by_typed()), 1);
}

#[test]
fn borrowed_exclusively() {
    let mut counter = counter();
    assert_eq!(FAMILY.once("by_mut", || counter.by_mut(2)), 3);
    let value = FAMILY.once_async("by_mut_async", async { counter.by_mut_async(2).await });
    assert_eq!(value, 5);
    let value = FAMILY.once_async("by_typed_mut_async", async {
        counter.by_typed_mut_async().await
    });
    assert_eq!(value, 6);
}

#[test]
fn owned() {
    assert_eq!(FAMILY.once("by_value", || counter().by_value()), "counter");
    let value = FAMILY.once_async("by_value_async", async { counter().by_value_async().await });
    assert_eq!(value, "counter");
    let value = FAMILY.once("by_mut_value", || counter().by_mut_value());
    assert_eq!(value.count, 2);
    let value = FAMILY.once_async("by_mut_value_async", async {
        counter().by_mut_value_async().await
    });
    assert_eq!(value.count, 2);
    let value = FAMILY.once_async("moves_in_a_closure", async {
        counter().moves_in_a_closure().await
    });
    assert_eq!(value, 7);
}

#[test]
fn in_an_arc() {
    let counter = Arc::new(counter());
    let value = FAMILY.once("by_arc", || Arc::clone(&counter).by_arc());
    assert_eq!(value, 2);
    let value = FAMILY.once_async("by_arc_async", async {
        Arc::clone(&counter).by_arc_async().await
    });
    assert_eq!(value, 2);
    let other = FAMILY.once("by_arc_ref", || counter.by_arc_ref());
    assert!(Arc::ptr_eq(&counter, &other));
    drop(other);
    assert_eq!(Arc::strong_count(&counter), 1);
}

#[test]
fn in_an_rc_and_in_a_box() {
    let value = FAMILY.once_async("by_rc_async", async {
        Rc::new(counter()).by_rc_async().await
    });
    assert_eq!(value, 1);
    let value = FAMILY.once("by_box", || Box::new(counter()).by_box());
    assert_eq!(value, "counter");
    let value = FAMILY.once_async("by_box_async", async {
        Box::new(counter()).by_box_async().await
    });
    assert_eq!(value.count, 2);
}

#[test]
fn pinned() {
    let mut counter = counter();
    assert_eq!(FAMILY.once("by_pin", || Pin::new(&mut counter).by_pin()), 2);
    let value = FAMILY.once_async("by_pin_async", async {
        Pin::new(&mut counter).by_pin_async().await
    });
    assert_eq!(value, 3);
}

#[test]
fn what_is_borrowed_from_self_comes_back() {
    let mut counter = counter();
    assert_eq!(FAMILY.once("name", || counter.name().len()), 7);
    assert_eq!(FAMILY.once("name", || counter.name()), "counter");
    let value = FAMILY.once_async("name_async", async { counter.name_async().await });
    assert_eq!(value, "counter");
    FAMILY.once("name_mut", || counter.name_mut().push('1'));
    FAMILY.once_async("name_mut_async", async {
        counter.name_mut_async().await.push('2');
    });
    assert_eq!(counter.name, "counter12");
    FAMILY.once("itself", || counter.itself()).count = 9;
    let captured = FAMILY.once("captures_a_field", || counter.captures_a_field());
    counter.count = 0;
    assert_eq!(captured(), 9);
}
