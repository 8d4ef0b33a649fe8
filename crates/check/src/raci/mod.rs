//! The responsibility matrix (RACI): who is named for what, as it is told. Gaps are shown as gaps; nothing is made up.

mod gather;
mod tables;
mod words;

pub use gather::RaciError;

use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write},
};
use viite_model::Language;

/// The way in which somebody is named. The four letters of RACI are only there where they were told; the words
/// of the sources (*ansvarig*, *medverkande*), owners and duties stay what they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A: finally answers for it.
    Accountable,
    /// R: does it.
    Responsible,
    /// C: is asked.
    Consulted,
    /// I: is told.
    Informed,
    /// The source's *ansvarig*.
    Ansvarig,
    /// The source's *medverkande*.
    Medverkande,
    /// Owns it.
    Owner,
    /// Has a duty by it.
    Duty,
}

impl Kind {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 8] = [
        Self::Accountable,
        Self::Responsible,
        Self::Consulted,
        Self::Informed,
        Self::Ansvarig,
        Self::Medverkande,
        Self::Owner,
        Self::Duty,
    ];
}

/// What is missing or too much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gap {
    /// Nobody is named in any way.
    Nobody,
    /// Letters of RACI are told, and no A among them, nor an owner.
    NoAccountable,
    /// There are several A.
    SeveralAccountable,
    /// Letters or contributors are told, and nobody is named to do the work.
    NoResponsible,
    /// An actor that is named had ceased to exist.
    EndedActor,
}

impl Gap {
    /// What people call it.
    pub fn label(self, language: Language) -> &'static str {
        words::words(language).gap(self)
    }
}

/// Who can be named: an actor, or a role that actors take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Actor {
    /// Its IRI.
    pub iri: String,
    /// What people call it.
    pub label: String,
    /// The last day on which it existed, if it has ended.
    pub ended: Option<String>,
}

/// A thing that somebody answers for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Object {
    /// Its IRI.
    pub iri: String,
    /// What people call it.
    pub label: String,
    /// The local name of its class: `Service`, `Measure`.
    pub class: String,
    /// What people call the class.
    pub class_label: String,
    /// Who is named, by the actor's IRI, and in which ways.
    pub named: BTreeMap<String, BTreeSet<Kind>>,
    /// What is missing or too much.
    pub gaps: BTreeSet<Gap>,
}

impl Object {
    fn of_kind(&self, kind: Kind) -> usize {
        self.named.values().filter(|kinds| kinds.contains(&kind)).count()
    }

    fn find_gaps(&mut self, actors: &BTreeMap<String, Actor>) {
        let told = |kinds: &[Kind]| kinds.iter().any(|kind| self.of_kind(*kind) > 0);
        let letters = told(&Kind::ALL[..4]);
        // The principle's own word for the accountable is owner; who is accountable need not do the work.
        let doing = [Kind::Responsible, Kind::Ansvarig];
        let mut gaps = BTreeSet::new();
        if self.named.is_empty() {
            gaps.insert(Gap::Nobody);
        }
        if letters && !told(&[Kind::Accountable, Kind::Owner]) {
            gaps.insert(Gap::NoAccountable);
        }
        if self.of_kind(Kind::Accountable) > 1 {
            gaps.insert(Gap::SeveralAccountable);
        }
        if (letters || told(&[Kind::Medverkande])) && !told(&doing) {
            gaps.insert(Gap::NoResponsible);
        }
        if self.named.keys().any(|actor| actors.get(actor).is_some_and(|actor| actor.ended.is_some())) {
            gaps.insert(Gap::EndedActor);
        }
        self.gaps = gaps;
    }
}

/// Objects against actors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Raci {
    /// The language of its texts.
    pub language: Language,
    /// The day on which actors were looked at.
    pub today: String,
    /// Whose matrix it is: a region in a state, or none for the national reference.
    pub of: Option<String>,
    /// The columns, by name.
    pub actors: Vec<Actor>,
    /// The rows, by class and name.
    pub objects: Vec<Object>,
}

impl Raci {
    /// Writes the matrix as JSON. Keys are added, never renamed.
    ///
    /// # Errors
    /// When the writer refuses.
    pub fn write_json(&self, mut to: impl Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut to, self)?;
        writeln!(to)
    }
}

#[cfg(test)]
mod tests;
