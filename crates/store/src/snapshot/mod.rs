//! The read path: an immutable, dictionary-encoded, columnar image of one state.
//!
//! It is made by [`compose`] and [`image`], lies in a file that is mapped into memory
//! ([`file`]) or, for tests and small sets, in memory alone, and is read by [`scan`].

pub(crate) mod compose;
pub(crate) mod file;
pub(crate) mod image;
pub(crate) mod local;
pub(crate) mod scan;
pub(crate) mod term;

use crate::{
    StoreError,
    digest::{DEFAULT_GRAPH_HASH, Digest, StateHash, term_hash},
};
use compose::{Composed, compose};
use image::{SECTIONS, Section, Trailer, write_image};
use local::{Batch, DEFAULT_GRAPH, decode_quad};
use oxrdf::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, QuadRef, Term, TermRef};
use rayon::prelude::*;
pub use scan::{GraphFilter, GraphSet, Pattern};

/// The number of a term in one snapshot. Numbers of different snapshots have nothing to do with each other.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct TermId(pub(crate) u32);

/// What the snapshot knows of one predicate, counted when it was built.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PredicateStatistics {
    /// Quads with this predicate.
    pub quads: u64,
    /// Different subjects among them.
    pub subjects: u64,
    /// Different objects among them.
    pub objects: u64,
}

/// The bytes of an image.
#[derive(Debug)]
enum Image {
    Mapped(memmap2::Mmap),
    /// Whole words, so that columns are aligned; the image ends at the given byte.
    Memory(Vec<u64>, usize),
}

impl Image {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Mapped(map) => map,
            Self::Memory(words, length) => &bytemuck::cast_slice(words)[..*length],
        }
    }
}

/// One state of a repository, readable from any number of threads.
///
/// ```
/// use oxrdf::{GraphName, NamedNode, Quad};
/// use viite_store::Snapshot;
/// let node = |name: &str| NamedNode::new_unchecked(format!("http://example.org/{name}"));
/// let quad = Quad::new(node("s"), node("p"), node("o"), GraphName::DefaultGraph);
/// let snapshot = Snapshot::from_quads([quad.clone(), quad.clone()])?;
/// assert_eq!(snapshot.len(), 1);
/// assert!(snapshot.contains(quad.as_ref()));
/// # Ok::<(), viite_store::StoreError>(())
/// ```
#[derive(Debug)]
pub struct Snapshot {
    image: Image,
    sections: [(u64, u64); SECTIONS],
    state: Digest,
    quads: usize,
}

impl Snapshot {
    /// The snapshot of some quads, in memory.
    ///
    /// # Errors
    /// There are more quads or terms than 32 bits can count.
    pub fn from_quads<Q: Into<Quad>>(quads: impl IntoIterator<Item = Q>) -> Result<Self, StoreError> {
        let mut batch = Batch::default();
        for quad in quads {
            batch.push(quad.into().as_ref(), true);
        }
        let composed = compose(None, &[batch])?;
        let state = hash_rows(&composed.terms, &composed.quads);
        Self::in_memory(composed, state.digest())
    }

    /// This state with some quads taken out and then some put in, in memory. Costs a copy of the whole.
    ///
    /// # Errors
    /// There are more quads or terms than 32 bits can count.
    pub fn with_changes<'q>(
        &self,
        removed: impl IntoIterator<Item = QuadRef<'q>>,
        added: impl IntoIterator<Item = QuadRef<'q>>,
    ) -> Result<Self, StoreError> {
        let mut batch = Batch::default();
        for quad in removed {
            batch.push(quad, false);
        }
        for quad in added {
            batch.push(quad, true);
        }
        let composed = compose(Some(self), &[batch])?.without_unused_terms();
        let state = hash_rows(&composed.terms, &composed.quads);
        Self::in_memory(composed, state.digest())
    }

    fn in_memory(composed: Composed, state: Digest) -> Result<Self, StoreError> {
        let mut bytes = Vec::new();
        write_image(composed, state, &mut bytes)
            .map_err(|error| StoreError::io(std::path::Path::new("memory"), error))?;
        let mut words = vec![0_u64; bytes.len().div_ceil(8)];
        bytemuck::cast_slice_mut::<u64, u8>(&mut words)[..bytes.len()].copy_from_slice(&bytes);
        let trailer = Trailer::read(&bytes).ok_or(StoreError::TooLarge("bytes"))?;
        Ok(Self::new(Image::Memory(words, bytes.len()), &trailer))
    }

    fn new(image: Image, trailer: &Trailer) -> Self {
        Self {
            image,
            sections: trailer.sections,
            state: trailer.state,
            quads: trailer.quads as usize, // counted by u32 when it was built
        }
    }

    /// The number of quads.
    pub fn len(&self) -> usize {
        self.quads
    }

    /// Whether there is no quad.
    pub fn is_empty(&self) -> bool {
        self.quads == 0
    }

    /// The hash of the state that this is an image of.
    pub fn state(&self) -> Digest {
        self.state
    }

    /// The size of the image in bytes.
    pub fn byte_len(&self) -> usize {
        self.image.bytes().len()
    }

    /// The number of different terms.
    pub fn term_count(&self) -> usize {
        (self.sections[Section::TermOffsets as usize].1 as usize / 8).saturating_sub(1)
    }

    /// The number of a term, if any quad uses it.
    pub fn term_id<'t>(&self, term: impl Into<TermRef<'t>>) -> Option<TermId> {
        let mut encoded = Vec::new();
        term::encode(term.into(), &mut encoded);
        self.find(&encoded)
    }

    /// The term of a number that this snapshot gave out.
    pub fn term(&self, id: TermId) -> Term {
        term::decode(self.encoded(id.0))
    }

    /// What follows `prefix` in the IRIs that begin with it, in order: the local names of a namespace, say.
    pub fn local_names(&self, prefix: &str) -> impl Iterator<Item = &str> {
        let mut start = Vec::new();
        term::encode_iri(NamedNodeRef::new_unchecked(prefix), &mut start);
        let first = self.first_not_below(&start);
        (first..self.term_count() as u32).map_while(move |id| {
            // A prefix of whole characters leaves whole characters.
            self.encoded(id).strip_prefix(&start[..]).and_then(|local| std::str::from_utf8(local).ok())
        })
    }

    /// The names of the graphs that hold a quad, the default graph not among them.
    pub fn graph_names(&self) -> impl Iterator<Item = NamedOrBlankNode> + '_ {
        self.graph_terms().iter().filter(|id| **id != DEFAULT_GRAPH).filter_map(|id| self.graph_node(*id))
    }

    /// Whether this very quad is there.
    pub fn contains(&self, quad: QuadRef<'_>) -> bool {
        let graph = match quad.graph_name {
            oxrdf::GraphNameRef::DefaultGraph => Some(GraphFilter::Default),
            oxrdf::GraphNameRef::NamedNode(node) => self.term_id(node).map(GraphFilter::Graph),
            oxrdf::GraphNameRef::BlankNode(node) => self.term_id(node).map(GraphFilter::Graph),
        };
        let pattern = || {
            Some(Pattern {
                subject: Some(self.term_id(quad.subject)?),
                predicate: Some(self.term_id(quad.predicate)?),
                object: Some(self.term_id(quad.object)?),
                graph: graph?,
            })
        };
        pattern().is_some_and(|pattern| self.scan(&pattern).next().is_some())
    }

    /// All quads, in the order of the snapshot, which is the same for the same state.
    pub fn quads(&self) -> impl Iterator<Item = Quad> + '_ {
        self.rows().map(|row| self.quad(row))
    }

    /// What is known of a predicate; none when no quad has it.
    pub fn predicate_statistics(&self, predicate: TermId) -> Option<PredicateStatistics> {
        let place = self.column(Section::Predicates).binary_search(&predicate.0).ok()?;
        let offsets = self.column(Section::PredicateOffsets);
        Some(PredicateStatistics {
            quads: u64::from(offsets[place + 1] - offsets[place]),
            subjects: u64::from(self.column(Section::PredicateSubjectCounts)[place]),
            objects: u64::from(self.column(Section::PredicateObjectCounts)[place]),
        })
    }

    /// Appends all quads as N-Quads lines, in the order of the snapshot.
    ///
    /// # Errors
    /// The writer's.
    pub fn write_nquads(&self, mut out: impl std::io::Write) -> std::io::Result<()> {
        let mut lines = Vec::new();
        for row in self.rows() {
            self.write_row(row, &mut lines);
            if lines.len() > 1 << 16 {
                out.write_all(&lines)?;
                lines.clear();
            }
        }
        out.write_all(&lines)
    }

    fn write_row(&self, row: [u32; 4], line: &mut Vec<u8>) {
        write_nquad(row, |id| self.encoded(id), line);
    }

    /// Adds up the quads' hashes anew; equal to [`Self::state`] unless the image is wrong.
    pub(crate) fn compute_state(&self) -> Digest {
        let hashes =
            (0..self.term_count() as u32).into_par_iter().map(|id| term_hash(self.encoded(id))).collect::<Vec<_>>();
        let rows = self.rows().collect::<Vec<_>>();
        hash_quads(&hashes, rows.par_iter().copied()).digest()
    }

    pub(crate) fn term_bytes(&self) -> usize {
        self.sections[Section::TermBytes as usize].1 as usize
    }

    pub(crate) fn encoded(&self, id: u32) -> &[u8] {
        let offsets: &[u64] = bytemuck::cast_slice(self.section(Section::TermOffsets));
        let id = id as usize;
        &self.section(Section::TermBytes)[offsets[id] as usize..offsets[id + 1] as usize]
    }

    pub(crate) fn find(&self, encoded: &[u8]) -> Option<TermId> {
        let place = self.first_not_below(encoded);
        ((place as usize) < self.term_count() && self.encoded(place) == encoded).then_some(TermId(place))
    }

    /// The first term that does not sort before `encoded`; the number of terms if there is none.
    fn first_not_below(&self, encoded: &[u8]) -> u32 {
        let (mut low, mut high) = (0, self.term_count() as u32);
        while low < high {
            let middle = low.midpoint(high);
            if self.encoded(middle) < encoded {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// Term numbers of all quads in order; the graph is [`DEFAULT_GRAPH`] or a term.
    pub(crate) fn rows(&self) -> impl Iterator<Item = [u32; 4]> + '_ {
        let offsets = self.column(Section::SpogOffsets);
        let predicates = self.column(Section::SpogPredicates);
        let objects = self.column(Section::SpogObjects);
        let graphs = self.column(Section::SpogGraphs);
        let graph_terms = self.graph_terms();
        (0..).zip(offsets.windows(2)).flat_map(move |(subject, range)| {
            (range[0] as usize..range[1] as usize)
                .map(move |row| [subject, predicates[row], objects[row], graph_terms[graphs[row] as usize]])
        })
    }

    fn quad(&self, row: [u32; 4]) -> Quad {
        // Only quads go in, and a checksum guards the file that they come from.
        decode_quad(row, |id| self.encoded(id)).expect("a snapshot holds quads")
    }

    /// The quads of one graph.
    pub fn graph_quads(&self, graph: &NamedNode) -> Vec<Quad> {
        let Some(id) = self.term_id(graph) else { return Vec::new() };
        let pattern = Pattern { subject: None, predicate: None, object: None, graph: GraphFilter::Graph(id) };
        self.scan(&pattern).map(|row| self.quad(row)).collect()
    }

    fn graph_node(&self, id: u32) -> Option<NamedOrBlankNode> {
        match self.term(TermId(id)) {
            Term::NamedNode(node) => Some(node.into()),
            Term::BlankNode(node) => Some(node.into()),
            Term::Literal(_) => None,
        }
    }

    pub(crate) fn graph_terms(&self) -> &[u32] {
        self.column(Section::Graphs)
    }

    pub(crate) fn column(&self, section: Section) -> &[u32] {
        bytemuck::cast_slice(self.section(section))
    }

    fn section(&self, section: Section) -> &[u8] {
        let (start, length) = self.sections[section as usize];
        &self.image.bytes()[start as usize..(start + length) as usize]
    }
}

/// Appends one N-Quads line.
pub(crate) fn write_nquad<'t>(
    [subject, predicate, object, graph]: [u32; 4],
    encoded: impl Fn(u32) -> &'t [u8],
    line: &mut Vec<u8>,
) {
    for id in [subject, predicate, object] {
        term::write_nquads(encoded(id), line);
        line.push(b' ');
    }
    if graph != DEFAULT_GRAPH {
        term::write_nquads(encoded(graph), line);
        line.push(b' ');
    }
    line.extend_from_slice(b".\n");
}

/// The hash of a composed state.
pub(crate) fn hash_rows(terms: &compose::Terms, quads: &compose::Columns) -> StateHash {
    let hashes = (0..terms.len() as u32).into_par_iter().map(|id| term_hash(terms.get(id))).collect::<Vec<_>>();
    let row = |row: usize| [quads.subjects[row], quads.predicates[row], quads.objects[row], quads.graphs[row]];
    hash_quads(&hashes, (0..quads.len()).into_par_iter().map(row))
}

fn hash_quads(hashes: &[[u8; 16]], rows: impl ParallelIterator<Item = [u32; 4]>) -> StateHash {
    let hash = |id: u32| hashes.get(id as usize).copied().unwrap_or(DEFAULT_GRAPH_HASH);
    rows.map(|row| StateHash::quad(row.map(hash))).reduce(StateHash::default, StateHash::add)
}
