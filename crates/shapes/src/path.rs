//! Property paths (SHACL, section 2.3.1).

use crate::vocabulary as sh;
use oxrdf::vocab::rdf;
use oxrdf::{BlankNode, NamedNode, NamedOrBlankNode, Term, Triple};
use std::fmt;

/// How to get from a focus node to its value nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Path {
    /// Along a property.
    Predicate(NamedNode),
    /// The other way round.
    Inverse(Box<Path>),
    /// One after the other.
    Sequence(Vec<Path>),
    /// Along any of them.
    Alternative(Vec<Path>),
    /// Any number of times.
    ZeroOrMore(Box<Path>),
    /// At least once.
    OneOrMore(Box<Path>),
    /// Once or not at all.
    ZeroOrOne(Box<Path>),
}

impl Path {
    /// The property, when the path is nothing more.
    pub fn predicate(&self) -> Option<&NamedNode> {
        match self {
            Self::Predicate(node) => Some(node),
            _ => None,
        }
    }

    /// The path in the RDF of SHACL: the node that stands for it, after the triples that describe it.
    pub(crate) fn to_rdf(&self, triples: &mut Vec<Triple>) -> Term {
        let (predicate, inner) = match self {
            Self::Predicate(node) => return node.clone().into(),
            Self::Sequence(steps) => return list(steps, triples),
            Self::Alternative(paths) => (sh::ALTERNATIVE_PATH, list(paths, triples)),
            Self::Inverse(inner) => (sh::INVERSE_PATH, inner.to_rdf(triples)),
            Self::ZeroOrMore(inner) => (sh::ZERO_OR_MORE_PATH, inner.to_rdf(triples)),
            Self::OneOrMore(inner) => (sh::ONE_OR_MORE_PATH, inner.to_rdf(triples)),
            Self::ZeroOrOne(inner) => (sh::ZERO_OR_ONE_PATH, inner.to_rdf(triples)),
        };
        let node = BlankNode::default();
        triples.push(Triple::new(node.clone(), predicate, inner));
        node.into()
    }
}

fn list(paths: &[Path], triples: &mut Vec<Triple>) -> Term {
    let mut head = NamedOrBlankNode::from(rdf::NIL.into_owned());
    for path in paths.iter().rev() {
        let first = path.to_rdf(triples);
        let node = BlankNode::default();
        triples.push(Triple::new(node.clone(), rdf::FIRST, first));
        triples.push(Triple::new(node.clone(), rdf::REST, head));
        head = node.into();
    }
    head.into()
}

/// As SPARQL writes it.
impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined = |f: &mut fmt::Formatter<'_>, paths: &[Self], with: &str| {
            f.write_str("(")?;
            for (place, path) in paths.iter().enumerate() {
                if place > 0 {
                    f.write_str(with)?;
                }
                write!(f, "{path}")?;
            }
            f.write_str(")")
        };
        match self {
            Self::Predicate(node) => write!(f, "{}", viite_model::ns::shorten(node.as_str())),
            Self::Inverse(inner) => write!(f, "^{inner}"),
            Self::Sequence(steps) => joined(f, steps, "/"),
            Self::Alternative(paths) => joined(f, paths, "|"),
            Self::ZeroOrMore(inner) => write!(f, "{inner}*"),
            Self::OneOrMore(inner) => write!(f, "{inner}+"),
            Self::ZeroOrOne(inner) => write!(f, "{inner}?"),
        }
    }
}
