//! What one node of the shapes graph says.

use crate::vocabulary as sh;
use crate::{Path, ShapesError};
use oxrdf::vocab::{rdf, xsd};
use oxrdf::{Graph, Literal, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, Term, TermRef};

/// Reads the shapes graph, and says where it is wrong.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) file: &'a str,
    pub(super) graph: &'a Graph,
}

impl Reader<'_> {
    pub(super) fn ill_formed(&self, shape: &Term, what: impl Into<String>) -> ShapesError {
        ShapesError::IllFormed { file: self.file.to_owned(), shape: self.named(shape), what: what.into() }
    }

    /// The node's IRI; a blank node goes by the named node that it is a part of.
    fn named(&self, node: &Term) -> String {
        let mut node = node.as_ref();
        for _ in 0..super::DEEPEST {
            match node {
                TermRef::BlankNode(_) => match self.graph.iter().find(|triple| triple.object == node) {
                    Some(outer) => node = outer.subject.into(),
                    None => break,
                },
                _ => break,
            }
        }
        node.to_string()
    }

    /// The objects, in the same order every time.
    pub(super) fn all(&self, node: &Term, predicate: NamedNodeRef<'_>) -> Vec<Term> {
        let Some(subject) = subject(node) else { return Vec::new() };
        let mut all: Vec<_> =
            self.graph.objects_for_subject_predicate(subject, predicate).map(TermRef::into_owned).collect();
        all.sort_by_cached_key(ToString::to_string);
        all
    }

    pub(super) fn one(&self, node: &Term, predicate: NamedNodeRef<'_>) -> Result<Option<Term>, ShapesError> {
        let mut all = self.all(node, predicate);
        match all.len() {
            0 | 1 => Ok(all.pop()),
            many => Err(self.ill_formed(node, format!("{} is given {many} times: give it once", term(predicate)))),
        }
    }

    pub(super) fn iris(&self, node: &Term, predicate: NamedNodeRef<'_>) -> Result<Vec<NamedNode>, ShapesError> {
        self.all(node, predicate).into_iter().map(|object| self.iri(node, predicate, object)).collect()
    }

    pub(super) fn one_iri(&self, node: &Term, predicate: NamedNodeRef<'_>) -> Result<Option<NamedNode>, ShapesError> {
        self.one(node, predicate)?.map(|object| self.iri(node, predicate, object)).transpose()
    }

    fn iri(&self, node: &Term, predicate: NamedNodeRef<'_>, object: Term) -> Result<NamedNode, ShapesError> {
        match object {
            Term::NamedNode(iri) => Ok(iri),
            other => Err(self.ill_formed(node, format!("{} has to be an IRI, not {other}", term(predicate)))),
        }
    }

    pub(super) fn one_count(&self, node: &Term, predicate: NamedNodeRef<'_>) -> Result<Option<u64>, ShapesError> {
        let Some(object) = self.one(node, predicate)? else { return Ok(None) };
        let number = match &object {
            Term::Literal(literal) if literal.datatype() == xsd::INTEGER => literal.value().parse().ok(),
            _ => None,
        };
        match number {
            Some(number) => Ok(Some(number)),
            None => {
                Err(self
                    .ill_formed(node, format!("{} has to be a whole number such as 1, not {object}", term(predicate))))
            }
        }
    }

    /// Strings and texts in a language.
    pub(super) fn texts(&self, node: &Term, predicate: NamedNodeRef<'_>) -> Result<Vec<Literal>, ShapesError> {
        let text = |object| match object {
            Term::Literal(literal) if literal.language().is_some() || literal.datatype() == xsd::STRING => Ok(literal),
            other => Err(self.ill_formed(node, format!("{} has to be a text, not {other}", term(predicate)))),
        };
        self.all(node, predicate).into_iter().map(text).collect()
    }

    /// Only `true` counts, not `1`: that is what the specification says.
    pub(super) fn is_true(&self, node: &Term, predicate: NamedNodeRef<'_>) -> bool {
        self.all(node, predicate).contains(&Literal::from(true).into())
    }

    pub(super) fn is_a(&self, node: &Term, class: NamedNodeRef<'_>) -> bool {
        self.all(node, rdf::TYPE).contains(&class.into_owned().into())
    }

    pub(super) fn list(&self, node: &Term, predicate: NamedNodeRef<'_>, head: Term) -> Result<Vec<Term>, ShapesError> {
        let mut items = Vec::new();
        let mut rest = head;
        // A list that runs in a circle has more members than the graph has triples.
        while items.len() <= self.graph.len() {
            if rest == Term::from(rdf::NIL) {
                return Ok(items);
            }
            match (self.all(&rest, rdf::FIRST).as_slice(), self.all(&rest, rdf::REST).as_slice()) {
                ([first], [next]) => {
                    items.push(first.clone());
                    rest = next.clone();
                }
                _ => break,
            }
        }
        Err(self.ill_formed(node, format!("{} has to be a list: ( … )", term(predicate))))
    }

    pub(super) fn path(&self, shape: &Term, node: Term, depth: usize) -> Result<Path, ShapesError> {
        if depth > super::DEEPEST {
            return Err(self.ill_formed(shape, "its path is too deep, or runs in a circle"));
        }
        if let Term::NamedNode(predicate) = node {
            return Ok(Path::Predicate(predicate));
        }
        let inner = |node| self.path(shape, node, depth + 1).map(Box::new);
        let members = |predicate, head| {
            let members = self.list(shape, predicate, head)?;
            if members.len() < 2 {
                return Err(self.ill_formed(shape, "a path of several parts needs two or more of them"));
            }
            members.into_iter().map(|member| self.path(shape, member, depth + 1)).collect::<Result<Vec<_>, _>>()
        };
        // A list is a sequence, whatever else its first node says.
        if !self.all(&node, rdf::FIRST).is_empty() {
            return Ok(Path::Sequence(members(sh::PATH, node)?));
        }
        if let Some(list) = self.one(&node, sh::ALTERNATIVE_PATH)? {
            return Ok(Path::Alternative(members(sh::ALTERNATIVE_PATH, list)?));
        }
        type Maker = fn(Box<Path>) -> Path;
        let kinds: [(NamedNodeRef<'_>, Maker); 4] = [
            (sh::INVERSE_PATH, Path::Inverse),
            (sh::ZERO_OR_MORE_PATH, Path::ZeroOrMore),
            (sh::ONE_OR_MORE_PATH, Path::OneOrMore),
            (sh::ZERO_OR_ONE_PATH, Path::ZeroOrOne),
        ];
        for (predicate, make) in kinds {
            if let Some(of) = self.one(&node, predicate)? {
                return Ok(make(inner(of)?));
            }
        }
        Err(self.ill_formed(shape, "sh:path is neither a property nor a path that SHACL has"))
    }
}

/// `sh:minCount`
fn term(predicate: NamedNodeRef<'_>) -> String {
    viite_model::ns::shorten(predicate.as_str())
}

fn subject(node: &Term) -> Option<NamedOrBlankNodeRef<'_>> {
    match node {
        Term::NamedNode(node) => Some(node.into()),
        Term::BlankNode(node) => Some(node.into()),
        Term::Literal(_) => None,
    }
}
