//! The clauses of the reference, as the pages need them.

use oxrdf::{NamedOrBlankNode, Term};
use oxrdfio::{RdfFormat, RdfParser};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};
use viite_model::ns;

/// A clause of a source document.
#[derive(Default)]
pub(crate) struct Clause {
    pub(crate) labels: BTreeMap<String, String>,
    pub(crate) classes: BTreeSet<String>,
    /// Whom a duty binds: `s4:SA`.
    pub(crate) role: Option<String>,
    /// How strongly: `viite:Must`.
    pub(crate) force: Option<String>,
}

/// All clauses by their prefixed names.
pub(crate) struct Clauses(pub(crate) BTreeMap<String, Clause>);

impl Clauses {
    pub(crate) fn read(folder: &Path) -> Self {
        let mut all: BTreeMap<String, Clause> = BTreeMap::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|ending| ending != "ttl") {
                continue;
            }
            let text = fs::read(&path).unwrap();
            for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(&text) {
                let quad = quad.unwrap();
                let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { continue };
                let clause = all.entry(ns::shorten(subject.as_str())).or_default();
                match (ns::shorten(quad.predicate.as_str()).as_str(), &quad.object) {
                    ("rdfs:label", Term::Literal(label)) => {
                        clause.labels.insert(label.language().unwrap_or_default().to_owned(), label.value().to_owned());
                    }
                    ("rdf:type", Term::NamedNode(class)) => {
                        clause.classes.insert(ns::shorten(class.as_str()));
                    }
                    ("viite:role", Term::NamedNode(role)) => clause.role = Some(ns::shorten(role.as_str())),
                    ("viite:force", Term::NamedNode(force)) => clause.force = Some(ns::shorten(force.as_str())),
                    _ => {}
                }
            }
        }
        all.retain(|_, clause| clause.classes.contains("viite:Clause"));
        Self(all)
    }

    /// What a clause is called in a language.
    pub(crate) fn label(&self, clause: &str, language: &str) -> &str {
        self.0.get(clause).and_then(|clause| clause.labels.get(language)).map_or("", String::as_str)
    }
}

/// What a clause is a part of: `s4:G8` for `s4:G8-SA`.
pub(crate) fn family(clause: &str) -> &str {
    let local = clause.find(':').map_or(0, |colon| colon + 1);
    clause[local..].find(['-', '.']).map_or(clause, |end| &clause[..local + end])
}

/// Principles and guidelines first, then the rest, each in the order of its document: G2 before G10.
pub(crate) fn order(clause: &str) -> impl Ord + use<> {
    let family = family(clause);
    let letters = family.trim_end_matches(|c: char| c.is_ascii_digit());
    let rank = ["s0:P", "s4:G", "s0:M"].iter().position(|first| *first == letters).unwrap_or(3);
    let number: u32 = family[letters.len()..].parse().unwrap_or(0);
    (rank, letters.to_owned(), number, clause.to_owned())
}
