//! From an architecture model to facts, by a profile that an architect can change.

mod apply;
mod facts;
mod profile;
mod relations;
mod translate;
mod value;

pub use apply::Unmapped;
pub(crate) use apply::apply;
pub(crate) use facts::{Facts, sort};
pub use profile::{Mapping, MappingError};
pub(crate) use profile::{Property, Table, Value};
pub use translate::Translate;

use oxrdf::NamedNode;
use viite_model::{Language, Names};

/// What is the same for every fact of an import.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) names: &'a Names,
    pub(crate) region: &'a str,
    pub(crate) file: &'a str,
    pub(crate) graph: &'a NamedNode,
    /// Of texts whose language the file does not say.
    pub(crate) language: Option<Language>,
    pub(crate) mapping: &'a Mapping,
    /// The day on which a relationship has to be in force to say something of its ends; none asks for no day.
    pub(crate) today: Option<&'a str>,
}

impl Context<'_> {
    pub(crate) fn thing(&self, id: &str) -> NamedNode {
        self.names.thing(self.region, id)
    }
}
