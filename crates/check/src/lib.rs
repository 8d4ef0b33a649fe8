#![doc = include_str!("../README.md")]

pub mod baseline;
pub mod cases;
pub mod coverage;
pub mod decisions;
pub mod engine;
pub mod explain;
pub mod finding;
pub mod library;
pub mod lint;
mod palette;
pub mod profile;
pub mod raci;
pub mod report;
pub mod rule;
pub mod scope;
pub mod shapes;
pub mod status;
pub mod table;
mod template;

pub use coverage::{Counts, Coverage};
pub use decisions::{Answer, Deviation};
pub use engine::{CheckOptions, check};
pub use finding::Finding;
pub use library::Library;
pub use raci::Raci;
pub use report::Report;
pub use rule::{Rule, RuleScope};
pub use status::Status;
