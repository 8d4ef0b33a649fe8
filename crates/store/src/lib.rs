#![doc = include_str!("../README.md")]

mod commit;
mod config;
mod digest;
mod error;
mod lock;
mod log;
mod patch;
mod repository;
pub mod snapshot;
mod verify;
mod view;
mod writer;

pub use commit::{CommitInfo, user};
pub use config::Config;
pub use digest::Digest;
pub use error::StoreError;
pub use log::{Revision, SourceFile};
pub use patch::{Changes, write_patch};
pub use repository::Repository;
pub use snapshot::{GraphFilter, Pattern, PredicateStatistics, Snapshot, TermId};
pub use verify::{Problem, Verification};
pub use view::{DefaultGraph, Scope, View, ViewError};
pub use writer::Writer;
