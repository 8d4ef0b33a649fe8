//! The planner: from the algebra of a parsed query to the algebra that the evaluator runs as it is.
//!
//! Pure: it sees the data through [`Statistics`] only, and gives back `spargebra` algebra.

mod assemble;
mod estimate;
mod group;
mod halves;
mod lateral;
mod normalise;
mod order;
pub(crate) mod planned;
pub(crate) mod rebuild;
mod statistics;
mod total_order;
pub(crate) mod variables;

#[cfg(test)]
mod tests;

pub use statistics::{Place, PredicateCounts, Statistics};

use estimate::Domains;
use planned::{Leaf, Planned};
use rebuild::{map_aggregate, map_exists, map_order};
use spargebra::algebra::{Expression, GraphPattern};
use std::cell::{Cell, RefCell};

/// How many items the search may look at before it keeps the written order: bounds the time that
/// planning a hostile query takes.
const BUDGET: usize = 20_000;

/// Orders a whole query pattern by the statistics.
pub(crate) fn plan(pattern: GraphPattern, statistics: &dyn Statistics) -> Planned {
    let pattern = normalise::normalise(pattern, statistics);
    Planner { statistics, budget: Cell::new(BUDGET) }.plan(&pattern, &Domains::new())
}

struct Planner<'a> {
    statistics: &'a dyn Statistics,
    budget: Cell<usize>,
}

impl Planner<'_> {
    /// Takes from the budget; false when it is used up.
    fn spend(&self, items: usize) -> bool {
        let cost = items * items.min(24);
        let left = self.budget.get();
        self.budget.set(left.saturating_sub(cost));
        left >= cost
    }

    fn is_exhausted(&self) -> bool {
        self.budget.get() == 0
    }

    /// Plans a pattern that is evaluated with the variables of `known` bound.
    fn plan(&self, pattern: &GraphPattern, known: &Domains) -> Planned {
        match pattern {
            GraphPattern::Union { left, right } => {
                let left = self.plan(left, known);
                let right = self.plan(right, known);
                let mut distinct = left.distinct;
                distinct.retain(|variable, _| right.distinct.contains_key(variable));
                for (variable, values) in &right.distinct {
                    distinct.entry(variable.clone()).and_modify(|v| *v += values);
                }
                Planned {
                    pattern: GraphPattern::Union { left: Box::new(left.pattern), right: Box::new(right.pattern) },
                    rows: left.rows + right.rows,
                    cost: left.cost + right.cost,
                    distinct,
                    leaves: [left.leaves, right.leaves].concat(),
                }
            }
            GraphPattern::Project { inner, variables } => {
                let mut visible = known.clone();
                visible.retain(|v, _| variables.contains(v));
                let mut plan = self.plan(inner, &visible);
                plan.distinct.retain(|v, _| variables.contains(v));
                plan.wrap(|inner| GraphPattern::Project { inner, variables: variables.clone() })
            }
            GraphPattern::Distinct { inner } => self.plan(inner, known).wrap(|inner| GraphPattern::Distinct { inner }),
            GraphPattern::Reduced { inner } => self.plan(inner, known).wrap(|inner| GraphPattern::Reduced { inner }),
            GraphPattern::Slice { inner, start, length } => {
                let mut plan = self.plan(inner, known);
                if let Some(length) = length {
                    plan.rows = plan.rows.min(*length as f64);
                }
                plan.wrap(|inner| GraphPattern::Slice { inner, start: *start, length: *length })
            }
            GraphPattern::OrderBy { inner, expression } => {
                let mut plan = self.plan(inner, known);
                let expression = expression
                    .iter()
                    .map(|order| map_order(order.clone(), |e| self.in_expression(e, &mut plan)))
                    .collect();
                plan.cost += plan.rows;
                let expression = total_order::by_kind_first(expression);
                plan.wrap(|inner| GraphPattern::OrderBy { inner, expression })
            }
            GraphPattern::Group { inner, variables, aggregates } => {
                let mut plan = self.plan(inner, known);
                let aggregates = aggregates
                    .iter()
                    .map(|(v, a)| (v.clone(), map_aggregate(a.clone(), |e| self.in_expression(e, &mut plan))))
                    .collect();
                plan.cost += plan.rows * estimate::HASH;
                plan.distinct.retain(|v, _| variables.contains(v));
                let groups: f64 = plan.distinct.values().product();
                plan.rows = groups.min(plan.rows);
                plan.wrap(|inner| GraphPattern::Group { inner, variables: variables.clone(), aggregates })
            }
            GraphPattern::Service { .. } => Planned {
                pattern: pattern.clone(),
                rows: 1_000.0,
                cost: 1e6,
                distinct: Domains::new(),
                leaves: Vec::new(),
            },
            GraphPattern::Graph { name, inner } if is_subselect(inner) => {
                self.plan(inner, known).wrap(|inner| GraphPattern::Graph { name: name.clone(), inner })
            }
            _ => self.plan_group(pattern, known),
        }
    }

    /// Plans every EXISTS of an expression that is evaluated on the solutions of `on`.
    fn in_expression(&self, expression: Expression, on: &mut Planned) -> Expression {
        let known = on.distinct.clone();
        let leaves = RefCell::new(Vec::<Leaf>::new());
        let expression = map_exists(expression, &mut |pattern| {
            let plan = self.plan(&pattern, &known);
            leaves.borrow_mut().extend(plan.leaves_times(on.rows));
            plan.pattern
        });
        on.leaves.append(&mut leaves.into_inner());
        expression
    }
}

impl Planned {
    fn wrap(mut self, wrap: impl FnOnce(Box<GraphPattern>) -> GraphPattern) -> Self {
        self.pattern = wrap(Box::new(self.pattern));
        self
    }
}

fn is_subselect(pattern: &GraphPattern) -> bool {
    matches!(
        pattern,
        GraphPattern::Project { .. }
            | GraphPattern::Distinct { .. }
            | GraphPattern::Reduced { .. }
            | GraphPattern::Slice { .. }
    )
}
