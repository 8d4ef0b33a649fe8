#![doc = include_str!("../README.md")]

mod bind;
mod error;
pub mod explain;
pub mod facts;
pub mod format;
mod functions;
mod lexical;
pub mod library;
mod options;
mod parse;
pub mod plan;
mod run;
mod snapshot;
pub mod spelling;
mod stack;
mod syntax;
mod unbound;
mod update;

pub use error::{QueryError, SyntaxError};
pub use explain::{Explanation, Step};
pub use format::{Format, Written};
pub use options::QueryOptions;
pub use parse::{Prepared, QueryForm, prepare};
pub use run::{Answer, Solutions, Triples};
pub use update::{UpdateOptions, update};
