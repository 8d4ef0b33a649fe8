#![doc = include_str!("../README.md")]

mod data;
mod error;
mod literal;
mod message;
mod parse;
mod path;
mod report;
mod shape;
mod validate;
mod vocabulary;

pub use error::ShapesError;
pub use path::Path;
pub use report::{Concerned, Validation, Violation};
pub use shape::Shapes;
pub use validate::validate;
