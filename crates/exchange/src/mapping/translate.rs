//! RDF in other words than ours: what its facts amount to in the vocabulary.

use oxrdf::Triple;
use std::fmt::Debug;

/// Says in the vocabulary of Viite what the facts of an RDF file say in another.
///
/// The reader keeps the facts of the file, and adds these. It asks no engine itself, so that whoever reads a file
/// decides what answers: the program runs the CONSTRUCT queries of `data/mappings`.
pub trait Translate: Debug {
    /// The facts that these facts amount to.
    ///
    /// # Errors
    /// Why it cannot be told, for a person.
    fn translate(&self, facts: &[Triple]) -> Result<Vec<Triple>, String>;
}
