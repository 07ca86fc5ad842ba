//! The user's own fields keep their types; unsigned ones are integers, not text.

use agent_trace::testing::Capture;
use agent_trace::tool_call;

use super::cases::Shown;

#[tool_call(fields(
    shop.literal = 3,
    shop.negative = -3,
    shop.unsigned = unsigned,
    shop.wide = u128::MAX,
    shop.some = Some(4_u64),
    shop.none = None::<u64>,
    shop.reference = &unsigned,
    shop.float = 0.5,
    shop.flag = true,
    shop.text = "text",
    shop.owned = owned,
    shop.shown = %Shown,
    shop.printed = ?Shown,
    "shop.quoted key" = 1_u8,
    shop.empty,
))]
fn work(unsigned: u64, owned: String) {
    tracing::Span::current().record("shop.empty", 9);
}

/// More than fit on the stack.
#[tool_call(fields(shop.f00 = 0, shop.f01 = 1, shop.f02 = 2, shop.f03 = 3, shop.f04 = 4, shop.f05 = 5, shop.f06 = 6, shop.f07 = 7, shop.f08 = 8, shop.f09 = 9, shop.f10 = 10, shop.f11 = 11, shop.f12 = 12, shop.f13 = 13, shop.f14 = 14, shop.f15 = 15, shop.f16 = 16, shop.f17 = 17, shop.f18 = 18, shop.f19 = 19, shop.f20 = 20, shop.f21 = 21, shop.f22 = 22, shop.f23 = 23, shop.f24 = 24, shop.f25 = 25, shop.f26 = 26, shop.f27 = 27, shop.f28 = 28, shop.f29 = 29, shop.f30 = 30, shop.f31 = 31, shop.f32 = 32, shop.f33 = 33, shop.f34 = 34, shop.f35 = 35, shop.f36 = 36, shop.f37 = 37, shop.f38 = 38, shop.f39 = 39, shop.f40 = 40, shop.f41 = 41, shop.f42 = 42, shop.f43 = 43, shop.f44 = 44, shop.f45 = 45, shop.f46 = 46, shop.f47 = 47, shop.f48 = 48, shop.f49 = 49, shop.f50 = 50, shop.f51 = 51, shop.f52 = 52, shop.f53 = 53, shop.f54 = 54, shop.f55 = 55, shop.f56 = 56, shop.f57 = 57, shop.f58 = 58, shop.f59 = 59, shop.f60 = 60, shop.f61 = 61, shop.f62 = 62, shop.f63 = 63, shop.f64 = 64, shop.f65 = 65, shop.f66 = 66, shop.f67 = 67, shop.f68 = 68, shop.f69 = 69))]
fn many() {}

#[test]
fn many_fields_of_ones_own() {
    let spans = Capture::new().run(many).spans;
    for n in 0..70 {
        spans.only().assert_attr(&format!("shop.f{n:02}"), n);
    }
    spans.only().assert_attr("gen_ai.tool.name", "many");
}

#[test]
fn fields_of_ones_own() {
    let spans = Capture::new().run(|| work(7, "owned".to_owned())).spans;
    spans
        .only()
        .assert_attr("shop.literal", 3)
        .assert_attr("shop.negative", -3)
        .assert_attr("shop.unsigned", 7)
        .assert_attr("shop.wide", i64::MAX)
        .assert_attr("shop.some", 4)
        .assert_no_attr("shop.none")
        .assert_attr("shop.reference", 7)
        .assert_attr("shop.float", 0.5)
        .assert_attr("shop.flag", true)
        .assert_attr("shop.text", "text")
        .assert_attr("shop.owned", "owned")
        .assert_attr("shop.shown", "shown")
        .assert_attr("shop.printed", "Shown")
        .assert_attr("shop.quoted key", 1)
        .assert_attr("shop.empty", 9);
}
