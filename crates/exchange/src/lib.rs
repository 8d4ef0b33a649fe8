#![doc = include_str!("../README.md")]

pub mod archimate;
mod archive;
mod detect;
mod effort;
mod encoding;
mod error;
mod guard;
mod import;
mod loss;
pub mod mapping;
pub mod model;
mod notes;
mod place;
mod rdf;
mod skolem;
mod table;
mod text;
mod vocabulary;
pub mod workbook;
mod write;
mod xml;

pub use detect::Format;
pub use error::{Fault, Limits, ReadError};
pub use import::{Import, ReadOptions, is_model_file, read, read_as, read_description, read_files, read_tables};
pub use loss::{At, Fate, Loss, LossReport, Told};
pub use mapping::{Mapping, MappingError, Translate, Unmapped};
pub use place::Place;
pub use table::guess;
pub use table::sheets::{Sheet, sheets};
pub use vocabulary::Vocabulary;
pub use write::{CsvFile, WriteOptions, write_open_exchange, write_tables, write_workbook};
