//! The planner's statistics, from a snapshot behind a scope.

use crate::plan::{Place, PredicateCounts, Statistics};
use oxrdf::{NamedNode, Term};
use viite_store::{GraphFilter, Pattern, Scope, Snapshot, TermId, View};

/// See the module.
pub(crate) struct SnapshotStatistics<'a> {
    snapshot: &'a Snapshot,
    default: GraphFilter,
    named: GraphFilter,
    graphs: u64,
}

impl<'a> SnapshotStatistics<'a> {
    pub(crate) fn new(snapshot: &'a Snapshot, scope: &Scope) -> Self {
        let view = View::new(snapshot, scope);
        Self {
            snapshot,
            default: view.default_filter().clone(),
            named: view.named_filter(),
            graphs: scope.named.as_ref().map_or_else(|| snapshot.graph_names().count(), Vec::len) as u64,
        }
    }

    /// The number of a term: none that is asked for, or none that there is.
    fn number(&self, term: Option<&Term>) -> Result<Option<TermId>, Absent> {
        term.map(|term| self.snapshot.term_id(term).ok_or(Absent)).transpose()
    }
}

/// A term that no quad uses.
struct Absent;

impl Statistics for SnapshotStatistics<'_> {
    fn count(
        &self,
        subject: Option<&Term>,
        predicate: Option<&NamedNode>,
        object: Option<&Term>,
        place: Place<'_>,
    ) -> u64 {
        let pattern = || -> Result<Pattern, Absent> {
            Ok(Pattern {
                subject: self.number(subject)?,
                predicate: predicate.map(|p| self.snapshot.term_id(p).ok_or(Absent)).transpose()?,
                object: self.number(object)?,
                graph: match place {
                    Place::Default => self.default.clone(),
                    Place::AnyNamed => self.named.clone(),
                    Place::Named(name) => GraphFilter::Graph(self.snapshot.term_id(name).ok_or(Absent)?),
                },
            })
        };
        pattern().map_or(0, |pattern| self.snapshot.count(&pattern))
    }

    fn predicate(&self, predicate: &NamedNode) -> Option<PredicateCounts> {
        let counts = self.snapshot.predicate_statistics(self.snapshot.term_id(predicate)?)?;
        Some(PredicateCounts { quads: counts.quads, subjects: counts.subjects, objects: counts.objects })
    }

    fn total(&self) -> PredicateCounts {
        // The snapshot counts terms, not where they stand: half and half is near enough here.
        let nodes = (self.snapshot.term_count() as u64 / 2).max(1);
        PredicateCounts { quads: self.snapshot.len() as u64, subjects: nodes, objects: nodes }
    }

    fn graphs(&self) -> u64 {
        self.graphs
    }

    fn is_node(&self, term: &Term, place: Place<'_>) -> Option<bool> {
        let found = self.count(Some(term), None, None, place) > 0 || self.count(None, None, Some(term), place) > 0;
        // Over all graphs the counts are of quads that are there; else they are upper bounds.
        let exact = place == Place::Default && self.default == GraphFilter::Union;
        (exact || !found).then_some(found)
    }
}
