//! What the planner asks of the data.

use oxrdf::{NamedNode, Term};

/// Where a pattern is matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place<'a> {
    /// In the default graph of the query.
    Default,
    /// In this named graph.
    Named(&'a NamedNode),
    /// In any named graph: `GRAPH ?g`.
    AnyNamed,
}

/// How often a predicate is used.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PredicateCounts {
    /// Quads with the predicate.
    pub quads: u64,
    /// Distinct subjects among them.
    pub subjects: u64,
    /// Distinct objects among them.
    pub objects: u64,
}

/// Counts over the data, exact where they are cheap and upper bounds elsewhere.
///
/// The planner needs nothing else of a store; `viite-query` implements it for
/// [`viite_store::Snapshot`] behind a scope, and tests implement it with a table.
pub trait Statistics {
    /// How many quads match; `None` matches every term.
    fn count(
        &self,
        subject: Option<&Term>,
        predicate: Option<&NamedNode>,
        object: Option<&Term>,
        place: Place<'_>,
    ) -> u64;

    /// How often the predicate is used, over all graphs; none when it is not used.
    fn predicate(&self, predicate: &NamedNode) -> Option<PredicateCounts>;

    /// The same over all predicates together.
    fn total(&self) -> PredicateCounts;

    /// The number of named graphs.
    fn graphs(&self) -> u64;

    /// Whether any quad there has the term as subject or object; none when only a look can tell.
    fn is_node(&self, term: &Term, place: Place<'_>) -> Option<bool> {
        let absent = self.count(Some(term), None, None, place) == 0 && self.count(None, None, Some(term), place) == 0;
        absent.then_some(false)
    }
}
