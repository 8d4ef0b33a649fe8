#![doc = include_str!("../README.md")]

pub mod archimate;
mod detect;
mod effort;
mod encoding;
mod error;
mod import;
mod loss;
pub mod mapping;
pub mod model;
mod place;
mod rdf;
mod skolem;
mod table;
mod text;
mod vocabulary;
mod xml;

pub use detect::Format;
pub use error::{Fault, Limits, ReadError};
pub use import::{Import, ReadOptions, read, read_tables};
pub use loss::{At, Fate, Loss, LossReport};
pub use mapping::{Mapping, MappingError};
pub use place::Place;
pub use vocabulary::Vocabulary;
