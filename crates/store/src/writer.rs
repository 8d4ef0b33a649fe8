//! One change of a repository, from taking the lock to the committed revision.

use crate::{
    Changes, CommitInfo, Digest, Repository, Revision, Snapshot, StoreError,
    digest::{DEFAULT_GRAPH_HASH, StateHash, term_hash},
    lock::WriteLock,
    log::SourceFile,
    patch::{Part, parse_nquads},
    snapshot::{
        compose::{Composed, compose},
        hash_rows,
        local::{Batch, DEFAULT_GRAPH, decode_quad},
        term::encode_iri,
    },
};
use oxrdf::{NamedNode, Quad, QuadRef, Triple};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// Collects what is to change; nothing is written before [`commit`](Self::commit).
///
/// Later changes of a quad override earlier ones. Dropping the writer drops the changes.
pub struct Writer<'r> {
    repository: &'r Repository,
    _lock: WriteLock,
    head: Option<Revision>,
    snapshot: Arc<Snapshot>,
    batches: Vec<Batch>,
    files: Vec<(SourceFile, Vec<Vec<u8>>)>,
}

/// Above this many operations it costs less to merge than to look up each.
const PROBE_AT_MOST: usize = 50_000;

impl<'r> Writer<'r> {
    pub(crate) fn new(repository: &'r Repository, lock: WriteLock) -> Result<Self, StoreError> {
        let head = repository.head()?;
        if repository.has_lost_revisions()? {
            return Err(StoreError::Lost { last: head.map_or(0, |head| head.number) });
        }
        let snapshot = repository.snapshot_of(head.as_ref())?;
        Ok(Self { repository, _lock: lock, head, snapshot, batches: vec![Batch::default()], files: Vec::new() })
    }

    /// The state that the changes apply to. It stays what it is until [`commit`](Self::commit).
    pub fn snapshot(&self) -> &Arc<Snapshot> {
        &self.snapshot
    }

    /// Puts a quad in.
    pub fn insert<'q>(&mut self, quad: impl Into<QuadRef<'q>>) {
        self.last_batch().push(quad.into(), true);
    }

    /// Takes a quad out.
    pub fn remove<'q>(&mut self, quad: impl Into<QuadRef<'q>>) {
        self.last_batch().push(quad.into(), false);
    }

    /// Makes a graph hold these triples and no others. Yields how many come to it and how many go; a triple
    /// that is given twice is counted twice.
    pub fn replace_graph(&mut self, graph: &NamedNode, triples: impl IntoIterator<Item = Triple>) -> (usize, usize) {
        let mut gone = self.triples_in(graph);
        let mut added = 0;
        for triple in triples {
            if !gone.remove(&triple) {
                added += 1;
                self.insert(triple.as_ref().in_graph(graph));
            }
        }
        for triple in &gone {
            self.remove(triple.as_ref().in_graph(graph));
        }
        (added, gone.len())
    }

    /// What a graph would hold if the changes so far were committed.
    fn triples_in(&self, graph: &NamedNode) -> FxHashSet<Triple> {
        let mut triples = self.snapshot.graph_quads(graph).into_iter().map(Triple::from).collect::<FxHashSet<_>>();
        let mut name = Vec::new();
        encode_iri(graph.as_ref(), &mut name);
        for batch in &self.batches {
            let in_graph = |id: u32| id != DEFAULT_GRAPH && batch.term(id) == name;
            for operation in batch.operations.iter().filter(|operation| in_graph(operation.quad[3])) {
                if let Some(quad) = decode_quad(operation.quad, |id| batch.term(id)) {
                    if operation.insert {
                        triples.insert(quad.into());
                    } else {
                        triples.remove(&quad.into());
                    }
                }
            }
        }
        triples
    }

    /// Puts all quads of an N-Quads text in, in parallel. Labels of blank nodes are kept as they are.
    ///
    /// # Errors
    /// The text is no N-Quads; then nothing of it is put in.
    pub fn load_nquads(&mut self, text: &[u8]) -> Result<(), StoreError> {
        self.batches.extend(parse_nquads(text)?);
        Ok(())
    }

    /// Keeps a file, byte for byte, with the revision that these changes make.
    ///
    /// # Errors
    /// The file cannot be compressed, for want of memory.
    pub fn archive(&mut self, name: impl Into<String>, bytes: &[u8]) -> Result<Digest, StoreError> {
        const PART: usize = 4 << 20;
        let parts = bytes
            .par_chunks(PART)
            .map(|part| zstd::bulk::compress(part, 1))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| StoreError::io(std::path::Path::new("archived file"), error))?;
        let file = SourceFile { name: name.into(), digest: Digest::of(bytes), bytes: bytes.len() as u64 };
        let digest = file.digest;
        self.files.push((file, parts));
        Ok(digest)
    }

    /// What [`commit`](Self::commit) would change.
    pub fn changes(&self) -> Changes {
        Changes::of(self.effective())
    }

    /// The last operation on each quad that makes a difference to the snapshot.
    fn effective(&self) -> impl Iterator<Item = (Quad, bool)> + '_ {
        let mut last = FxHashMap::<Quad, bool>::default();
        for batch in &self.batches {
            for operation in &batch.operations {
                if let Some(quad) = decode_quad(operation.quad, |id| batch.term(id)) {
                    last.insert(quad, operation.insert);
                }
            }
        }
        last.into_iter().filter(|(quad, insert)| self.snapshot.contains(quad.as_ref()) != *insert)
    }

    /// Makes the changes one revision. When this returns one, it is on the disk and every reader
    /// sees it; none means that there was nothing to change, and nothing was written.
    ///
    /// # Errors
    /// The log or the disk refused; then the repository is as it was.
    pub fn commit(mut self, info: &CommitInfo) -> Result<Option<Revision>, StoreError> {
        let operations = self.batches.iter().map(|batch| batch.operations.len()).sum::<usize>();
        if operations <= PROBE_AT_MOST && self.effective().next().is_none() {
            return Ok(None);
        }
        let batches = std::mem::take(&mut self.batches);
        let composed = compose(Some(&self.snapshot), &batches)?;
        let takes_out = batches.iter().any(|batch| batch.operations.iter().any(|operation| !operation.insert));
        drop(batches);
        let from_nothing = self.snapshot.is_empty();
        let added = if from_nothing { composed.quads.len() } else { composed.added.len() };
        if added == 0 && composed.removed.is_empty() {
            return Ok(None);
        }
        let state = self.next_state(&composed, from_nothing).digest();
        let parts = encode_parts(&composed, from_nothing)
            .map_err(|error| StoreError::io(std::path::Path::new("patch"), error))?;
        let mut revision = Revision {
            number: self.head.as_ref().map_or(1, |head| head.number + 1),
            id: Digest::default(),
            prev: self.head.as_ref().map(|head| head.id),
            state,
            patch: Part::digest(&parts),
            time: jiff::Timestamp::now().to_string(),
            author: info.author.clone(),
            message: info.message.clone(),
            added: added as u64,
            removed: composed.removed.len() as u64,
            sources: self.files.iter().map(|(file, _)| file.clone()).collect(),
        };
        revision.id = revision.compute_id();
        self.repository.append(&revision, &parts, &self.files)?;
        drop(parts);
        let composed = if takes_out { composed.without_unused_terms() } else { composed };
        // The revision is safe. Should its image fail now, the next reader builds it from the log.
        let _ = self.repository.install(composed, state);
        Ok(Some(revision))
    }

    fn next_state(&self, composed: &Composed, from_nothing: bool) -> StateHash {
        if from_nothing {
            return hash_rows(&composed.terms, &composed.quads);
        }
        let hash = |row: &[u32; 4]| {
            StateHash::quad(
                row.map(|id| if id == DEFAULT_GRAPH { DEFAULT_GRAPH_HASH } else { term_hash(composed.terms.get(id)) }),
            )
        };
        let sum = |rows: &[[u32; 4]]| rows.par_iter().map(hash).reduce(StateHash::default, StateHash::add);
        StateHash::from_digest(self.snapshot.state()).add(sum(&composed.added)).subtract(sum(&composed.removed))
    }

    fn last_batch(&mut self) -> &mut Batch {
        if self.batches.is_empty() {
            self.batches.push(Batch::default());
        }
        let last = self.batches.len() - 1;
        &mut self.batches[last]
    }
}

fn encode_parts(composed: &Composed, from_nothing: bool) -> std::io::Result<Vec<Part>> {
    let term = |id| composed.terms.get(id);
    let mut parts = Part::encode(false, composed.removed.len(), |row| composed.removed[row], term)?;
    let quads = &composed.quads;
    parts.extend(if from_nothing {
        let row = |row| [quads.subjects[row], quads.predicates[row], quads.objects[row], quads.graphs[row]];
        Part::encode(true, quads.len(), row, term)?
    } else {
        Part::encode(true, composed.added.len(), |row| composed.added[row], term)?
    });
    Ok(parts)
}
