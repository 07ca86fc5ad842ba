#![doc = include_str!("../docs/causality.md")]
