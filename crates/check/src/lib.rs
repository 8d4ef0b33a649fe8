#![doc = include_str!("../README.md")]

pub mod cases;
pub mod coverage;
pub mod decisions;
pub mod engine;
pub mod finding;
pub mod library;
mod palette;
pub mod report;
pub mod rule;
pub mod scope;
pub mod table;
mod template;

pub use coverage::{Counts, Coverage};
pub use decisions::{Answer, Deviation};
pub use engine::{CheckOptions, check};
pub use finding::Finding;
pub use library::Library;
pub use report::Report;
pub use rule::{Rule, RuleScope};
