#![doc = include_str!("../README.md")]

pub mod graphs;
pub mod label;
pub mod language;
pub mod name;
pub mod ns;
pub mod outcome;
pub mod xml;

pub use graphs::{Names, State};
pub use language::{Language, Text};
pub use outcome::{Outcome, Severity};
