//! The tables of the conventions: current, consistent, and made from the data beside them.

mod generator;
mod table;
