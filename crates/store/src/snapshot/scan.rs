//! Patterns to ranges of one of the orders, and ranges to rows.

use super::{Snapshot, TermId, image::Section, local::DEFAULT_GRAPH};
use oxrdf::TermRef;
use std::{ops::Range, sync::Arc};

/// Which graphs a pattern looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GraphFilter {
    /// All graphs as one: every triple once, whichever graphs it is in.
    Union,
    /// Some graphs as one.
    UnionOf(Arc<GraphSet>),
    /// Every quad of every named graph, each for itself.
    EachNamed,
    /// Every quad of some named graphs, each for itself.
    EachOf(Arc<GraphSet>),
    /// The default graph.
    Default,
    /// This named graph.
    Graph(TermId),
}

/// Some of a snapshot's graphs.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct GraphSet {
    /// Their places in the snapshot's list of graphs.
    places: Vec<u32>,
    /// For every place, whether it is among them.
    allowed: Vec<bool>,
}

impl GraphSet {
    /// Whether the graph at this place of the snapshot's list is among them.
    pub(crate) fn holds(&self, place: u32) -> bool {
        self.allowed.get(place as usize).is_some_and(|allowed| *allowed)
    }
}

/// What to look for; an absent term matches all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// The subject.
    pub subject: Option<TermId>,
    /// The predicate.
    pub predicate: Option<TermId>,
    /// The object.
    pub object: Option<TermId>,
    /// The graphs.
    pub graph: GraphFilter,
}

/// The orders of the image. In each, the first component has a range of rows that do not repeat it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    /// Columns predicate, object, graph.
    Spog,
    /// Columns predicate, subject, graph.
    Opsg,
    /// Columns subject, object, graph.
    Psog,
    /// Columns predicate, object, subject.
    Gpos,
}

/// A range of rows in one order, and what is left to test in its columns.
struct Candidate {
    order: Order,
    key: u32,
    rows: Range<usize>,
    wanted: [Option<u32>; 3],
}

/// What has to hold of the graph column.
enum GraphTest {
    Any,
    Is(u32),
    Not(u32),
    OneOf(Arc<GraphSet>),
}

impl GraphTest {
    #[inline]
    fn passes(&self, graph: u32) -> bool {
        match self {
            Self::Any => true,
            Self::Is(wanted) => graph == *wanted,
            Self::Not(unwanted) => graph != *unwanted,
            Self::OneOf(set) => set.allowed[graph as usize],
        }
    }
}

/// So many rows were looked at without a match.
pub(crate) struct StillLooking;

/// Matching quads as term numbers; the graph is a term or [`DEFAULT_GRAPH`]. Where graphs are taken
/// as one, it is some graph that holds the triple.
pub(crate) enum Scan<'a> {
    Range(RangeScan<'a>),
    Rows(std::vec::IntoIter<[u32; 4]>),
    Empty,
}

impl Scan<'_> {
    /// The next match, or a pause after `budget` rows, so that a caller can see whether it is still wanted.
    #[inline]
    pub(crate) fn next_within(&mut self, budget: usize) -> Result<Option<[u32; 4]>, StillLooking> {
        match self {
            Self::Range(range) => range.next_within(budget),
            Self::Rows(rows) => Ok(rows.next()),
            Self::Empty => Ok(None),
        }
    }
}

impl Iterator for Scan<'_> {
    type Item = [u32; 4];

    fn next(&mut self) -> Option<[u32; 4]> {
        self.next_within(usize::MAX).ok().flatten()
    }
}

pub(crate) struct RangeScan<'a> {
    order: Order,
    key: u32,
    columns: [&'a [u32]; 3],
    rows: Range<usize>,
    wanted: [Option<u32>; 3],
    graph_test: GraphTest,
    graph_terms: &'a [u32],
    /// Yield each triple once.
    distinct: bool,
    last: Option<[u32; 3]>,
    /// Keys whose ranges follow, and where these begin and end: a scan over everything.
    following: (&'a [u32], &'a [u32]),
}

impl RangeScan<'_> {
    #[inline]
    fn next_within(&mut self, budget: usize) -> Result<Option<[u32; 4]>, StillLooking> {
        let mut left = budget;
        loop {
            while let Some(row) = self.rows.next() {
                if let Some(found) = self.test(row) {
                    return Ok(Some(found));
                }
                left -= 1;
                if left == 0 {
                    return Err(StillLooking);
                }
            }
            let ([key, keys @ ..], [start, offsets @ ..]) = self.following else { return Ok(None) };
            self.key = *key;
            self.rows = *start as usize..offsets.first().map_or(0, |end| *end as usize);
            self.following = (keys, offsets);
        }
    }

    #[inline]
    fn test(&mut self, row: usize) -> Option<[u32; 4]> {
        let [a, b, c] = [self.columns[0][row], self.columns[1][row], self.columns[2][row]];
        let differs = |wanted: Option<u32>, found| wanted.is_some_and(|wanted| wanted != found);
        if differs(self.wanted[0], a) || differs(self.wanted[1], b) {
            return None;
        }
        let ([subject, predicate, object], graph) = match self.order {
            Order::Spog => ([self.key, a, b], c),
            Order::Opsg => ([b, a, self.key], c),
            Order::Psog => ([a, self.key, b], c),
            Order::Gpos => ([c, a, b], self.key),
        };
        if differs(self.wanted[2], c) || !self.graph_test.passes(graph) {
            return None;
        }
        if self.distinct {
            // Copies of a triple stand next to each other in every order but gpos, which has none.
            let triple = [subject, predicate, object];
            if self.last == Some(triple) {
                return None;
            }
            self.last = Some(triple);
        }
        Some([subject, predicate, object, self.graph_terms[graph as usize]])
    }
}

impl Snapshot {
    /// The graphs of these names, as far as they hold anything. `None` is the default graph.
    pub fn graph_set<'t>(&self, names: impl IntoIterator<Item = Option<TermRef<'t>>>) -> GraphSet {
        let mut set = GraphSet { places: Vec::new(), allowed: vec![false; self.graph_terms().len()] };
        for name in names {
            let id = name.map_or(Some(DEFAULT_GRAPH), |name| self.term_id(name).map(|id| id.0));
            if let Some(place) = id.and_then(|id| self.graph_place(id))
                && !std::mem::replace(&mut set.allowed[place as usize], true)
            {
                set.places.push(place);
            }
        }
        set
    }

    /// How many rows the best range for the pattern holds: never fewer than match, and exactly as many
    /// where it is one range of an order and the graphs do not narrow it.
    pub fn count(&self, pattern: &Pattern) -> u64 {
        if self.is_empty() {
            return 0;
        }
        let best = self.candidate(pattern).map_or_else(|| self.len(), |candidate| candidate.rows.len());
        best.min(self.count_within_graphs(pattern)) as u64
    }

    /// The matching quads.
    pub(crate) fn scan(&self, pattern: &Pattern) -> Scan<'_> {
        let Some(graph_test) = self.graph_test(&pattern.graph) else { return Scan::Empty };
        if self.is_empty() {
            return Scan::Empty;
        }
        let distinct = matches!(pattern.graph, GraphFilter::Union | GraphFilter::UnionOf(_));
        let Some(candidate) = self.candidate(pattern) else {
            return Scan::Range(self.scan_everything(graph_test, distinct));
        };
        if let GraphFilter::UnionOf(set) | GraphFilter::EachOf(set) = &pattern.graph
            && self.count_within_graphs(pattern) < candidate.rows.len() / 4
        {
            // A small part of a long range: fetch it from the graphs' own ranges instead.
            return self.gather(pattern, set, distinct);
        }
        Scan::Range(self.range_scan(candidate, graph_test, distinct))
    }

    fn range_scan(&self, candidate: Candidate, graph_test: GraphTest, distinct: bool) -> RangeScan<'_> {
        use Section::*;
        let columns = match candidate.order {
            Order::Spog => [SpogPredicates, SpogObjects, SpogGraphs],
            Order::Opsg => [OpsgPredicates, OpsgSubjects, OpsgGraphs],
            Order::Psog => [PsogSubjects, PsogObjects, PsogGraphs],
            Order::Gpos => [GposPredicates, GposObjects, GposSubjects],
        };
        RangeScan {
            order: candidate.order,
            key: candidate.key,
            columns: columns.map(|section| self.column(section)),
            rows: candidate.rows,
            wanted: candidate.wanted,
            graph_test,
            graph_terms: self.graph_terms(),
            distinct,
            last: None,
            following: (&[], &[]),
        }
    }

    fn scan_everything(&self, graph_test: GraphTest, distinct: bool) -> RangeScan<'_> {
        let nothing = Candidate { order: Order::Psog, key: 0, rows: 0..0, wanted: [None; 3] };
        let mut scan = self.range_scan(nothing, graph_test, distinct);
        scan.following = (self.column(Section::Predicates), self.column(Section::PredicateOffsets));
        scan
    }

    /// The rows of some graphs, from those graphs' own ranges.
    fn gather(&self, pattern: &Pattern, set: &GraphSet, distinct: bool) -> Scan<'_> {
        let mut rows = Vec::new();
        for place in &set.places {
            let candidate = self.graph_candidate(pattern, *place);
            rows.extend(Scan::Range(self.range_scan(candidate, GraphTest::Any, false)));
        }
        if distinct && set.places.len() > 1 {
            rows.sort_unstable();
            rows.dedup_by_key(|row| [row[0], row[1], row[2]]);
        }
        Scan::Rows(rows.into_iter())
    }

    /// The shortest range that holds all matches; none when nothing is given.
    fn candidate(&self, pattern: &Pattern) -> Option<Candidate> {
        let [subject, predicate, object] =
            [pattern.subject, pattern.predicate, pattern.object].map(|id| id.map(|id| id.0));
        let by_subject = || subject.map(|s| self.keyed(Order::Spog, s, predicate, object));
        let by_object = || object.map(|o| self.keyed(Order::Opsg, o, predicate, subject));
        let best = match (by_subject(), by_object()) {
            (Some(a), Some(b)) => Some(if a.rows.len() <= b.rows.len() { a } else { b }),
            (a, b) => a.or(b),
        };
        let best = best.or_else(|| predicate.map(|predicate| self.predicate_candidate(predicate)));
        // One graph's own range may be shorter still.
        let place = match &pattern.graph {
            GraphFilter::Graph(id) => self.graph_place(id.0),
            GraphFilter::Default => self.graph_place(DEFAULT_GRAPH),
            GraphFilter::UnionOf(set) | GraphFilter::EachOf(set) => match set.places[..] {
                [only] => Some(only),
                _ => None,
            },
            GraphFilter::Union | GraphFilter::EachNamed => None,
        };
        let Some(place) = place else { return best };
        if best.as_ref().is_some_and(|best| best.rows.len() <= 16) {
            return best;
        }
        let in_graph = self.graph_candidate(pattern, place);
        match best {
            Some(best) if best.rows.len() <= in_graph.rows.len() => Some(best),
            _ => Some(in_graph),
        }
    }

    /// The range of a subject or an object, narrowed by the predicate and then by the other end.
    fn keyed(&self, order: Order, key: u32, predicate: Option<u32>, other: Option<u32>) -> Candidate {
        use Section::*;
        let (offsets, predicates, others) = match order {
            Order::Spog => (SpogOffsets, SpogPredicates, SpogObjects),
            _ => (OpsgOffsets, OpsgPredicates, OpsgSubjects),
        };
        let offsets = self.column(offsets);
        let place = key as usize;
        let all = match (offsets.get(place), offsets.get(place + 1)) {
            (Some(start), Some(end)) => *start as usize..*end as usize,
            _ => 0..0,
        };
        match (predicate, other) {
            (None, other) => Candidate { order, key, rows: all, wanted: [None, other, None] },
            (Some(predicate), other) => {
                let mut rows = narrow(self.column(predicates), all, predicate);
                if let Some(other) = other {
                    rows = narrow(self.column(others), rows, other);
                }
                Candidate { order, key, rows, wanted: [None; 3] }
            }
        }
    }

    fn predicate_candidate(&self, predicate: u32) -> Candidate {
        let place = self.column(Section::Predicates).binary_search(&predicate);
        let offsets = self.column(Section::PredicateOffsets);
        let rows = place.map_or(0..0, |place| offsets[place] as usize..offsets[place + 1] as usize);
        Candidate { order: Order::Psog, key: predicate, rows, wanted: [None; 3] }
    }

    /// The range of a graph, narrowed by predicate and then object.
    fn graph_candidate(&self, pattern: &Pattern, place: u32) -> Candidate {
        let [subject, predicate, object] =
            [pattern.subject, pattern.predicate, pattern.object].map(|id| id.map(|id| id.0));
        let offsets = self.column(Section::GraphOffsets);
        let mut rows = offsets[place as usize] as usize..offsets[place as usize + 1] as usize;
        let mut wanted = [None, object, subject];
        if let Some(predicate) = predicate {
            rows = narrow(self.column(Section::GposPredicates), rows, predicate);
            if let Some(object) = object {
                rows = narrow(self.column(Section::GposObjects), rows, object);
                wanted[1] = None;
            }
        }
        Candidate { order: Order::Gpos, key: place, rows, wanted }
    }

    /// How many rows the ranges of the wanted graphs hold together, where it is worth the while to know.
    fn count_within_graphs(&self, pattern: &Pattern) -> usize {
        const MOST: usize = 64;
        let (GraphFilter::UnionOf(set) | GraphFilter::EachOf(set)) = &pattern.graph else { return usize::MAX };
        // A subject's own range is short already.
        if set.places.len() > MOST || pattern.subject.is_some() {
            return usize::MAX;
        }
        set.places.iter().map(|place| self.graph_candidate(pattern, *place).rows.len()).sum()
    }

    /// None when no graph can pass.
    fn graph_test(&self, filter: &GraphFilter) -> Option<GraphTest> {
        let default = self.graph_place(DEFAULT_GRAPH);
        match filter {
            GraphFilter::Union => Some(GraphTest::Any),
            GraphFilter::UnionOf(set) | GraphFilter::EachOf(set) => match set.places[..] {
                [] => None,
                [only] => Some(GraphTest::Is(only)),
                _ => Some(GraphTest::OneOf(Arc::clone(set))),
            },
            GraphFilter::EachNamed => Some(default.map_or(GraphTest::Any, GraphTest::Not)),
            GraphFilter::Default => default.map(GraphTest::Is),
            GraphFilter::Graph(id) => self.graph_place(id.0).map(GraphTest::Is),
        }
    }

    /// Where a graph stands in the image's list of graphs, which is sorted, the default graph last.
    fn graph_place(&self, id: u32) -> Option<u32> {
        self.graph_terms().binary_search(&id).ok().map(|place| place as u32)
    }
}

/// The part of a sorted range that equals a value.
fn narrow(column: &[u32], rows: Range<usize>, value: u32) -> Range<usize> {
    let slice = &column[rows.clone()];
    let start = slice.partition_point(|found| *found < value);
    let length = slice[start..].partition_point(|found| *found == value);
    rows.start + start..rows.start + start + length
}

#[cfg(test)]
mod tests;
