//! A pattern in its final order, with what the planner expects of it.

use super::estimate::Domains;
use spargebra::algebra::GraphPattern;

/// One index lookup or walk in the plan, named as the evaluator's explanation names it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Leaf {
    /// The evaluator's label.
    pub(crate) label: String,
    /// Solutions expected after it, over the whole evaluation.
    pub(crate) rows: f64,
}

/// See the module.
#[derive(Clone, Debug)]
pub(crate) struct Planned {
    pub(crate) pattern: GraphPattern,
    /// Solutions of one evaluation.
    pub(crate) rows: f64,
    /// Cost of one evaluation.
    pub(crate) cost: f64,
    /// How many values each variable takes.
    pub(crate) distinct: Domains,
    /// In the order in which the evaluator's explanation lists them.
    pub(crate) leaves: Vec<Leaf>,
}

impl Planned {
    /// The leaves as they count when the plan is evaluated `times` times.
    pub(crate) fn leaves_times(&self, times: f64) -> impl Iterator<Item = Leaf> + '_ {
        self.leaves.iter().map(move |leaf| Leaf { label: leaf.label.clone(), rows: leaf.rows * times })
    }
}
