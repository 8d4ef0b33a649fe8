//! A snapshot as the SPARQL evaluator sees it: graphs chosen, terms made by the query kept aside.

use crate::snapshot::{GraphFilter, GraphSet, Pattern, Snapshot, TermId, local::DEFAULT_GRAPH, scan::Scan, term};
use oxrdf::{GraphName, NamedNode, Term, TermRef};
use rustc_hash::FxHashMap;
use spareval::{CancellationToken, ExpressionTerm, InternalQuad, QueryableDataset};
use std::{cell::RefCell, sync::Arc};

/// What a query sees as its default graph.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum DefaultGraph {
    /// All graphs as one, every triple once.
    #[default]
    Union,
    /// The graph that has no name.
    Unnamed,
    /// These graphs as one, every triple once.
    Graphs(Vec<GraphName>),
}

/// Which part of a snapshot a query sees (SPARQL 1.1 Query, section 13.2).
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Scope {
    /// What patterns outside `GRAPH` match.
    pub default: DefaultGraph,
    /// What `GRAPH` can name; none means every named graph.
    pub named: Option<Vec<NamedNode>>,
}

/// Why the evaluator got no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ViewError {
    /// Somebody cancelled the query.
    #[error("the query was cancelled")]
    Cancelled,
}

/// A snapshot with a [`Scope`], for one query at a time.
pub struct View<'a> {
    snapshot: &'a Snapshot,
    default: GraphFilter,
    named: Option<Arc<GraphSet>>,
    cancellation: CancellationToken,
    made: RefCell<MadeTerms>,
}

/// Terms that the query makes, numbered on from the snapshot's own.
#[derive(Default)]
struct MadeTerms {
    numbers: FxHashMap<Arc<[u8]>, u32>,
    encoded: Vec<Arc<[u8]>>,
}

/// Rows to skip before looking whether the query is still wanted.
const PATIENCE: usize = 4096;

impl<'a> View<'a> {
    /// A view of the part that the scope names.
    pub fn new(snapshot: &'a Snapshot, scope: &Scope) -> Self {
        let default = match &scope.default {
            DefaultGraph::Union => GraphFilter::Union,
            DefaultGraph::Unnamed => GraphFilter::Default,
            DefaultGraph::Graphs(names) => {
                GraphFilter::UnionOf(Arc::new(snapshot.graph_set(names.iter().map(|name| match name {
                    GraphName::NamedNode(node) => Some(TermRef::from(node)),
                    GraphName::BlankNode(node) => Some(node.into()),
                    GraphName::DefaultGraph => None,
                }))))
            }
        };
        let named = scope
            .named
            .as_ref()
            .map(|names| Arc::new(snapshot.graph_set(names.iter().map(|name| Some(TermRef::from(name))))));
        Self { snapshot, default, named, cancellation: CancellationToken::new(), made: RefCell::default() }
    }

    /// Looks at this token also while it skips rows that do not match.
    #[must_use]
    pub fn with_cancellation_token(mut self, token: CancellationToken) -> Self {
        self.cancellation = token;
        self
    }

    /// The filter that patterns outside `GRAPH` use; for counting.
    pub fn default_filter(&self) -> &GraphFilter {
        &self.default
    }

    /// The filter that `GRAPH ?g` uses; for counting.
    pub fn named_filter(&self) -> GraphFilter {
        self.named.as_ref().map_or(GraphFilter::EachNamed, |set| GraphFilter::EachOf(Arc::clone(set)))
    }

    fn graph_filter(&self, asked: Option<Option<&TermId>>) -> Option<GraphFilter> {
        match asked {
            None => Some(self.named_filter()),
            Some(None) => Some(self.default.clone()),
            Some(Some(graph)) => self.sees_graph(*graph).then_some(GraphFilter::Graph(*graph)),
        }
    }

    fn sees_graph(&self, graph: TermId) -> bool {
        self.snapshot.graph_terms().binary_search(&graph.0).is_ok_and(|place| {
            graph.0 != DEFAULT_GRAPH && self.named.as_ref().is_none_or(|set| set.holds(place as u32))
        })
    }

    fn number(&self, encoded: &[u8]) -> TermId {
        if let Some(id) = self.snapshot.find(encoded) {
            return id;
        }
        let mut made = self.made.borrow_mut();
        if let Some(number) = made.numbers.get(encoded) {
            return TermId(*number);
        }
        // A query cannot make billions of terms: their encodings would not fit into memory.
        let number = (self.snapshot.term_count() + made.encoded.len()) as u32;
        let encoded = Arc::<[u8]>::from(encoded);
        made.numbers.insert(Arc::clone(&encoded), number);
        made.encoded.push(encoded);
        TermId(number)
    }

    fn with_encoded<T>(&self, id: TermId, use_it: impl FnOnce(&[u8]) -> T) -> T {
        let own = self.snapshot.term_count();
        match (id.0 as usize).checked_sub(own) {
            None => use_it(self.snapshot.encoded(id.0)),
            Some(made) => use_it(&self.made.borrow().encoded[made]),
        }
    }
}

/// The quads of one pattern.
struct Quads<'a> {
    scan: Scan<'a>,
    /// Whether to tell the graph, or to pass for the default graph.
    tell_graph: bool,
    cancellation: CancellationToken,
    /// Set once it was told that nobody waits any more.
    ended: bool,
}

impl Iterator for Quads<'_> {
    type Item = Result<InternalQuad<TermId>, ViewError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        // The evaluator goes on after an error, so a cancelled scan tells once and then holds nothing.
        if self.cancellation.is_cancelled() {
            return (!std::mem::replace(&mut self.ended, true)).then_some(Err(ViewError::Cancelled));
        }
        loop {
            match self.scan.next_within(PATIENCE) {
                Ok(row) => {
                    let [subject, predicate, object, graph] = row?;
                    return Some(Ok(InternalQuad {
                        subject: TermId(subject),
                        predicate: TermId(predicate),
                        object: TermId(object),
                        graph_name: self.tell_graph.then_some(TermId(graph)),
                    }));
                }
                Err(_) if self.cancellation.is_cancelled() => {
                    self.ended = true;
                    return Some(Err(ViewError::Cancelled));
                }
                Err(_) => {}
            }
        }
    }
}

impl<'a> QueryableDataset<'a> for View<'a> {
    type InternalTerm = TermId;
    type Error = ViewError;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&TermId>,
        predicate: Option<&TermId>,
        object: Option<&TermId>,
        graph_name: Option<Option<&TermId>>,
    ) -> impl Iterator<Item = Result<InternalQuad<TermId>, ViewError>> + use<'a> {
        let own = self.snapshot.term_count();
        let made = [subject, predicate, object].into_iter().flatten().any(|id| id.0 as usize >= own);
        let scan = match self.graph_filter(graph_name) {
            Some(graph) if !made => self.snapshot.scan(&Pattern {
                subject: subject.copied(),
                predicate: predicate.copied(),
                object: object.copied(),
                graph,
            }),
            _ => Scan::Empty,
        };
        Quads { scan, tell_graph: graph_name != Some(None), cancellation: self.cancellation.clone(), ended: false }
    }

    fn internal_named_graphs(&self) -> impl Iterator<Item = Result<TermId, ViewError>> + use<'a> {
        let named = self.named.clone();
        (0..)
            .zip(self.snapshot.graph_terms())
            .filter(move |(place, id)| **id != DEFAULT_GRAPH && named.as_ref().is_none_or(|set| set.holds(*place)))
            .map(|(_, id)| Ok(TermId(*id)))
    }

    fn contains_internal_graph_name(&self, graph_name: &TermId) -> Result<bool, ViewError> {
        Ok(self.sees_graph(*graph_name))
    }

    fn internalize_term(&self, term: Term) -> Result<TermId, ViewError> {
        let mut encoded = Vec::new();
        term::encode(term.as_ref(), &mut encoded);
        Ok(self.number(&encoded))
    }

    fn externalize_term(&self, id: TermId) -> Result<Term, ViewError> {
        Ok(self.with_encoded(id, term::decode))
    }

    fn externalize_expression_term(&self, id: TermId) -> Result<ExpressionTerm, ViewError> {
        Ok(self.with_encoded(id, term::decode_expression))
    }
}
