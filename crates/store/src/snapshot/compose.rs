//! From a state and operations on it to the next state: dictionaries merged, quads in order.
//!
//! Everything that makes a snapshot goes through here: a commit, a bulk load, a replay of the log.

use super::{
    Snapshot,
    local::{Batch, DEFAULT_GRAPH, Operation},
};
use crate::StoreError;
use rayon::prelude::*;

/// Terms in the order of their encodings; a term's number is its place.
pub(crate) struct Terms {
    /// Where each term ends in `bytes`, after a leading 0.
    pub(crate) offsets: Vec<u64>,
    pub(crate) bytes: Vec<u8>,
}

impl Terms {
    fn with_capacity(terms: usize, bytes: usize) -> Self {
        let mut offsets = Vec::with_capacity(terms + 1);
        offsets.push(0);
        Self { offsets, bytes: Vec::with_capacity(bytes) }
    }

    fn push(&mut self, encoded: &[u8]) {
        self.bytes.extend_from_slice(encoded);
        self.offsets.push(self.bytes.len() as u64);
    }

    pub(crate) fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    pub(crate) fn get(&self, id: u32) -> &[u8] {
        let id = id as usize;
        // `bytes` is in memory, so its length fits into usize
        &self.bytes[self.offsets[id] as usize..self.offsets[id + 1] as usize]
    }
}

/// Quads as columns, sorted by subject, predicate, object and graph, each once.
#[derive(Default)]
pub(crate) struct Columns {
    pub(crate) subjects: Vec<u32>,
    pub(crate) predicates: Vec<u32>,
    pub(crate) objects: Vec<u32>,
    /// Numbers of terms, or [`DEFAULT_GRAPH`].
    pub(crate) graphs: Vec<u32>,
}

impl Columns {
    fn with_capacity(capacity: usize) -> Self {
        let column = || Vec::with_capacity(capacity);
        Self { subjects: column(), predicates: column(), objects: column(), graphs: column() }
    }

    fn push(&mut self, [subject, predicate, object, graph]: [u32; 4]) {
        self.subjects.push(subject);
        self.predicates.push(predicate);
        self.objects.push(object);
        self.graphs.push(graph);
    }

    pub(crate) fn len(&self) -> usize {
        self.subjects.len()
    }

    fn each_mut(&mut self) -> [&mut Vec<u32>; 4] {
        [&mut self.subjects, &mut self.predicates, &mut self.objects, &mut self.graphs]
    }
}

/// A state, and what made it differ from the one before.
pub(crate) struct Composed {
    pub(crate) terms: Terms,
    pub(crate) quads: Columns,
    /// Quads that were not there before. Empty when there was nothing before: then all are new.
    pub(crate) added: Vec<[u32; 4]>,
    /// Quads that were there and are not any more.
    pub(crate) removed: Vec<[u32; 4]>,
}

impl Composed {
    /// Drops the terms that no quad uses, so that a state has one dictionary however it came about.
    /// `added` and `removed` lose their meaning and are emptied.
    pub(crate) fn without_unused_terms(mut self) -> Self {
        let mut used = vec![false; self.terms.len()];
        for column in self.quads.each_mut() {
            for id in column.iter().filter(|id| **id != DEFAULT_GRAPH) {
                used[*id as usize] = true;
            }
        }
        self.added = Vec::new();
        self.removed = Vec::new();
        if used.iter().all(|used| *used) {
            return self;
        }
        let mut kept = Terms::with_capacity(self.terms.len(), self.terms.bytes.len());
        let mut numbers = vec![0; self.terms.len()];
        for (id, number) in (0..).zip(&mut numbers) {
            if used[id as usize] {
                *number = kept.len() as u32; // no more terms than before
                kept.push(self.terms.get(id));
            }
        }
        for column in self.quads.each_mut() {
            for id in column.iter_mut().filter(|id| **id != DEFAULT_GRAPH) {
                *id = numbers[*id as usize];
            }
        }
        self.terms = kept;
        self
    }
}

/// Applies the batches, one after the other, to what `base` holds.
pub(crate) fn compose(base: Option<&Snapshot>, batches: &[Batch]) -> Result<Composed, StoreError> {
    let (terms, base_numbers, batch_numbers) = merge_terms(base, batches)?;
    let operations = order_operations(batches, &batch_numbers);
    drop(batch_numbers);
    let base = base.filter(|base| !base.is_empty());
    let Some(base) = base else {
        let mut quads = Columns::with_capacity(operations.len());
        for operation in operations.iter().filter(|operation| operation.insert) {
            quads.push(operation.quad);
        }
        check_size(quads.len())?;
        return Ok(Composed { terms, quads, added: Vec::new(), removed: Vec::new() });
    };
    let (quads, added, removed) = merge_quads(base, &base_numbers, &operations);
    check_size(quads.len())?;
    Ok(Composed { terms, quads, added, removed })
}

fn check_size(quads: usize) -> Result<(), StoreError> {
    if quads < u32::MAX as usize { Ok(()) } else { Err(StoreError::TooLarge("4 294 967 294 quads")) }
}

/// Merges the sorted dictionary of the base with those of the batches.
/// Yields the merged terms, and for base and batches each old number's new one.
#[expect(clippy::type_complexity)]
fn merge_terms(base: Option<&Snapshot>, batches: &[Batch]) -> Result<(Terms, Vec<u32>, Vec<Vec<u32>>), StoreError> {
    let orders = batches
        .par_iter()
        .map(|batch| {
            let mut order = (0..batch.term_count() as u32).collect::<Vec<_>>();
            order.par_sort_unstable_by(|a, b| batch.term(*a).cmp(batch.term(*b)));
            order
        })
        .collect::<Vec<_>>();
    let base_terms = base.map_or(0, Snapshot::term_count);
    let total = base_terms + batches.iter().map(Batch::term_count).sum::<usize>();
    if total >= u32::MAX as usize {
        return Err(StoreError::TooLarge("4 294 967 294 terms"));
    }
    let base_bytes = base.map_or(0, Snapshot::term_bytes);
    let batch_bytes = batches.iter().map(Batch::byte_count).sum::<usize>();
    let mut terms = Terms::with_capacity(total, base_bytes + batch_bytes);
    let mut base_numbers = Vec::with_capacity(base_terms);
    let mut batch_numbers = batches.iter().map(|batch| vec![0; batch.term_count()]).collect::<Vec<_>>();
    let mut base_next = 0;
    let mut next = vec![0; batches.len()];
    loop {
        let base_head = base.filter(|_| base_next < base_terms).map(|base| base.encoded(base_next as u32));
        let mut least = base_head;
        for (batch, (order, next)) in batches.iter().zip(orders.iter().zip(&next)) {
            if let Some(head) = order.get(*next).map(|id| batch.term(*id))
                && least.is_none_or(|least| head < least)
            {
                least = Some(head);
            }
        }
        let Some(least) = least else { break };
        let number = terms.len() as u32; // `total` fits
        if base_head == Some(least) {
            base_numbers.push(number);
            base_next += 1;
        }
        for (index, batch) in batches.iter().enumerate() {
            if let Some(id) = orders[index].get(next[index]).filter(|id| batch.term(**id) == least) {
                batch_numbers[index][*id as usize] = number;
                next[index] += 1;
            }
        }
        terms.push(least);
    }
    Ok((terms, base_numbers, batch_numbers))
}

/// The last operation on each quad, in the order of the quads.
fn order_operations(batches: &[Batch], numbers: &[Vec<u32>]) -> Vec<Operation> {
    let mut operations = Vec::with_capacity(batches.iter().map(|batch| batch.operations.len()).sum());
    for (batch, numbers) in batches.iter().zip(numbers) {
        operations.extend(batch.operations.iter().map(|operation| Operation {
            quad: operation.quad.map(|id| if id == DEFAULT_GRAPH { id } else { numbers[id as usize] }),
            insert: operation.insert,
        }));
    }
    operations.par_sort_by_key(|operation| operation.quad); // stable: the last one stays last
    let mut kept = 0;
    for index in 0..operations.len() {
        let last_of_its_quad =
            operations.get(index + 1).is_none_or(|following| following.quad != operations[index].quad);
        if last_of_its_quad {
            operations[kept] = operations[index];
            kept += 1;
        }
    }
    operations.truncate(kept);
    operations
}

/// Walks the base and the operations side by side.
fn merge_quads(base: &Snapshot, numbers: &[u32], operations: &[Operation]) -> (Columns, Vec<[u32; 4]>, Vec<[u32; 4]>) {
    let mut quads = Columns::with_capacity(base.len() + operations.len());
    let (mut added, mut removed) = (Vec::new(), Vec::new());
    let mut operations = operations.iter().peekable();
    let number = |id: u32| if id == DEFAULT_GRAPH { id } else { numbers[id as usize] };
    for old in base.rows() {
        let old = old.map(number);
        while let Some(operation) = operations.next_if(|operation| operation.quad < old) {
            if operation.insert {
                quads.push(operation.quad);
                added.push(operation.quad);
            }
        }
        match operations.next_if(|operation| operation.quad == old) {
            Some(operation) if !operation.insert => removed.push(old),
            _ => quads.push(old),
        }
    }
    for operation in operations.filter(|operation| operation.insert) {
        quads.push(operation.quad);
        added.push(operation.quad);
    }
    (quads, added, removed)
}
