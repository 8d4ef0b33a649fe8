//! Facts by the thing that they are about.

use super::WriteOptions;
use crate::model::Texts;
use oxrdf::{NamedNode, NamedOrBlankNode, Term, Triple};
use rustc_hash::FxHashMap;
use viite_model::ns;

/// What is said of every thing.
pub(super) struct Said<'f>(FxHashMap<&'f NamedNode, Vec<(&'f str, &'f Term)>>);

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

    /// Every thing that something is said of, in no order.
    pub(super) fn things(&self) -> impl Iterator<Item = &'f NamedNode> {
        self.0.keys().copied()
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

pub(super) fn viite(name: &str) -> String {
    format!("{}{name}", ns::VIITE)
}

pub(super) fn archimate(name: &str) -> String {
    format!("{}{name}", ns::ARCHIMATE)
}

impl WriteOptions<'_> {
    /// The identifier that made an IRI; of a thing from elsewhere, a hash of it.
    pub(super) fn id(&self, thing: &NamedNode) -> String {
        let base = self.names.thing(self.region, "");
        match thing.as_str().strip_prefix(base.as_str()) {
            Some(id) => decoded(id),
            None => blake3::hash(thing.as_str().as_bytes()).to_hex()[..32].to_owned(),
        }
    }
}

/// Takes percent-encoding away.
fn decoded(segment: &str) -> String {
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let hex =
            tail.get(..2).and_then(|pair| str::from_utf8(pair).ok()).and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match (first, hex) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
