//! Terms and quads as they come in: numbered in the order of arrival, sorted later.

use super::term;
use hashbrown::HashTable;
use oxrdf::{GraphName, GraphNameRef, NamedOrBlankNode, Quad, QuadRef, Term};
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// The number of the default graph, which no term has.
pub(crate) const DEFAULT_GRAPH: u32 = u32::MAX;

/// One quad put in or taken out, by the numbers of a [`Batch`]'s terms.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Operation {
    /// Subject, predicate, object, graph.
    pub(crate) quad: [u32; 4],
    /// Put in, or else taken out.
    pub(crate) insert: bool,
}

/// Operations in the order in which they came, with the terms that they speak of.
#[derive(Default)]
pub(crate) struct Batch {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    table: HashTable<u32>,
    pub(crate) operations: Vec<Operation>,
    scratch: Vec<u8>,
}

impl Batch {
    /// The number of different terms.
    pub(crate) fn term_count(&self) -> usize {
        self.ends.len()
    }

    /// The length of all terms' encodings together.
    pub(crate) fn byte_count(&self) -> usize {
        self.bytes.len()
    }

    /// A term's encoding.
    pub(crate) fn term(&self, id: u32) -> &[u8] {
        let id = id as usize;
        let start = if id == 0 { 0 } else { self.ends[id - 1] };
        &self.bytes[start..self.ends[id]]
    }

    /// Notes that a quad is put in or taken out. A later operation on a quad overrides an earlier one.
    pub(crate) fn push(&mut self, quad: QuadRef<'_>, insert: bool) {
        let graph = match quad.graph_name {
            GraphNameRef::DefaultGraph => DEFAULT_GRAPH,
            GraphNameRef::NamedNode(node) => self.intern(node.into(), 3),
            GraphNameRef::BlankNode(node) => self.intern(node.into(), 3),
        };
        let subject = self.intern(quad.subject.into(), 0);
        let predicate = self.intern(quad.predicate.into(), 1);
        let object = self.intern(quad.object, 2);
        self.operations.push(Operation { quad: [subject, predicate, object, graph], insert });
    }

    /// The quads of all operations.
    pub(crate) fn quads(&self) -> impl Iterator<Item = Quad> + '_ {
        self.operations.iter().filter_map(|operation| decode_quad(operation.quad, |id| self.term(id)))
    }

    /// The term's number; neighbours often share subject, predicate or graph, so the last quad's is tried first.
    fn intern(&mut self, new: oxrdf::TermRef<'_>, position: usize) -> u32 {
        let mut scratch = std::mem::take(&mut self.scratch);
        scratch.clear();
        term::encode(new, &mut scratch);
        let last = self.operations.last().map(|operation| operation.quad[position]);
        let id = match last {
            Some(last) if last != DEFAULT_GRAPH && self.term(last) == scratch => last,
            _ => self.number(&scratch),
        };
        self.scratch = scratch;
        id
    }

    fn number(&mut self, encoded: &[u8]) -> u32 {
        let Self { bytes, ends, table, .. } = self;
        let term = |id: u32| {
            let id = id as usize;
            let start = if id == 0 { 0 } else { ends[id - 1] };
            &bytes[start..ends[id]]
        };
        let hash_of = hash(encoded);
        if let Some(id) = table.find(hash_of, |id| term(*id) == encoded) {
            return *id;
        }
        let id = ends.len() as u32; // `compose` refuses more terms than u32 can count
        table.insert_unique(hash_of, id, |id| hash(term(*id)));
        bytes.extend_from_slice(encoded);
        ends.push(bytes.len());
        id
    }
}

fn hash(encoded: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(encoded);
    hasher.finish()
}

/// The quad of a row; none for a row that no quad can have made.
pub(crate) fn decode_quad<'t>(
    [subject, predicate, object, graph]: [u32; 4],
    encoded: impl Fn(u32) -> &'t [u8],
) -> Option<Quad> {
    let node = |id| match term::decode(encoded(id)) {
        Term::NamedNode(node) => Some(NamedOrBlankNode::from(node)),
        Term::BlankNode(node) => Some(node.into()),
        Term::Literal(_) => None,
    };
    let Term::NamedNode(predicate) = term::decode(encoded(predicate)) else { return None };
    let graph_name = if graph == DEFAULT_GRAPH { GraphName::DefaultGraph } else { node(graph)?.into() };
    Some(Quad { subject: node(subject)?, predicate, object: term::decode(encoded(object)), graph_name })
}
