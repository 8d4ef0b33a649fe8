//! What is said of every thing, for the writers.

use crate::model::Texts;
use oxrdf::{NamedNode, NamedOrBlankNode, Term, Triple};
use rustc_hash::FxHashMap;
use viite_model::ns;

/// What is said of every thing.
pub(super) struct Said<'f>(pub(super) FxHashMap<&'f NamedNode, Vec<(&'f str, &'f Term)>>);

impl<'f> Said<'f> {
    pub(super) fn of(facts: &'f [Triple]) -> Self {
        let mut said: FxHashMap<&NamedNode, Vec<(&str, &Term)>> = FxHashMap::default();
        for triple in facts {
            if let NamedOrBlankNode::NamedNode(subject) = &triple.subject {
                said.entry(subject).or_default().push((triple.predicate.as_str(), &triple.object));
            }
        }
        Self(said)
    }

    pub(super) fn all(&self, thing: &NamedNode, predicate: &str) -> impl Iterator<Item = &'f Term> {
        let facts = self.0.get(thing).map(Vec::as_slice).unwrap_or_default();
        facts.iter().filter(move |(known, _)| *known == predicate).map(|(_, object)| *object)
    }

    pub(super) fn nodes(&self, thing: &NamedNode, predicate: &str) -> impl Iterator<Item = &'f NamedNode> {
        self.all(thing, predicate).filter_map(|object| match object {
            Term::NamedNode(node) => Some(node),
            _ => None,
        })
    }

    pub(super) fn texts(&self, thing: &NamedNode, predicate: &str) -> Texts {
        let literals = self.all(thing, predicate).filter_map(|object| match object {
            Term::Literal(text) => Some((text.language().map(str::to_owned), text.value().to_owned())),
            _ => None,
        });
        Texts(literals.collect())
    }

    pub(super) fn text(&self, thing: &NamedNode, predicate: &str) -> Option<String> {
        self.texts(thing, predicate).0.into_iter().next().map(|(_, text)| text)
    }
}

/// A term of ours.
pub(super) fn viite(name: &str) -> String {
    format!("{}{name}", ns::VIITE)
}

/// A term of ArchiMate.
pub(super) fn archimate(name: &str) -> String {
    format!("{}{name}", ns::ARCHIMATE)
}
