//! Triples as they are gathered, and the order in which they are given.

use oxrdf::{NamedNode, Term, Triple};
use std::cmp::Ordering;

/// Gathers triples up to a limit.
pub(crate) struct Facts {
    triples: Vec<Triple>,
    limit: usize,
    full: bool,
}

impl Facts {
    pub(crate) fn new(limit: usize) -> Self {
        Self { triples: Vec::new(), limit, full: false }
    }

    pub(crate) fn add(&mut self, subject: &NamedNode, predicate: impl Into<NamedNode>, object: impl Into<Term>) {
        self.push(Triple::new(subject.clone(), predicate, object));
    }

    pub(crate) fn push(&mut self, triple: Triple) {
        if self.triples.len() < self.limit {
            self.triples.push(triple);
        } else {
            self.full = true;
        }
    }

    /// The triples sorted, every one once; none when there were more than the limit.
    pub(crate) fn finish(self) -> Option<Vec<Triple>> {
        let mut triples = self.triples;
        sort(&mut triples);
        (!self.full).then_some(triples)
    }
}

/// Sorts triples by subject, predicate and object, and leaves every one once.
pub(crate) fn sort(triples: &mut Vec<Triple>) {
    triples.sort_unstable_by(order);
    triples.dedup();
}

fn order(left: &Triple, right: &Triple) -> Ordering {
    let subject = |triple: &Triple| match &triple.subject {
        oxrdf::NamedOrBlankNode::NamedNode(node) => (0, node.as_str().to_owned()),
        oxrdf::NamedOrBlankNode::BlankNode(node) => (1, node.as_str().to_owned()),
    };
    // most comparisons are between named subjects, which need no copy
    match (&left.subject, &right.subject) {
        (oxrdf::NamedOrBlankNode::NamedNode(left), oxrdf::NamedOrBlankNode::NamedNode(right)) => left.cmp(right),
        _ => subject(left).cmp(&subject(right)),
    }
    .then_with(|| left.predicate.cmp(&right.predicate))
    .then_with(|| object(&left.object).cmp(&object(&right.object)))
}

fn object(term: &Term) -> (u8, &str, &str, &str) {
    match term {
        Term::NamedNode(node) => (0, node.as_str(), "", ""),
        Term::BlankNode(node) => (1, node.as_str(), "", ""),
        Term::Literal(literal) => {
            (2, literal.value(), literal.datatype().as_str(), literal.language().unwrap_or_default())
        }
    }
}
