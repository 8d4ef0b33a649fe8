//! Building the pattern of a group from its ordered items and its modifiers.

use super::Planner;
use super::estimate::{Domains, HASH, selectivity};
use super::group::{Group, Modifier};
use super::halves;
use super::lateral::is_lateral_safe;
use super::order::{Chain, Item, Method, order};
use super::planned::{Leaf, Planned};
use super::rebuild::{barrier, join, lateral, unit};
use super::variables::{InScope, Variables, has_exists, in_scope};
use spargebra::algebra::{Expression, GraphPattern};
use std::collections::BTreeSet;

/// Islands up to this many solutions are looked up again and again instead of being kept in memory.
const FEW: f64 = 2.0;
/// And so are islands that cost no more than this for each of their solutions.
const CHEAP: f64 = 3.0;

/// Halves have to cost less than this part of the whole: estimates are rough, and a table needs memory.
const HALVES_PAY: f64 = 0.5;

impl Planner<'_> {
    /// Orders a group that is evaluated with the variables of `known` bound.
    pub(super) fn plan_group(&self, pattern: &GraphPattern, known: &Domains) -> Planned {
        let mut group = Group::of(pattern);
        // Inside EXISTS, where variables come from outside, a table would be built for every solution.
        if known.is_empty()
            && let Some(halves) = self.better_in_halves(&group.items)
        {
            group.items = halves;
        }
        let items: Vec<_> = group.items.iter().map(|p| Item::new(p, self)).collect();
        let mut waiting = Waiting::new(&group, known);
        let mut whole = Fragment::empty(known);
        let chains = order(self, &items, known);
        let alone = chains.len() == 1;
        for chain in &chains {
            let mut island = self.assemble_chain(chain, &items, known, &mut waiting);
            if alone {
                island.plan.cost = chain.cost;
                whole = island;
            } else {
                // Lookups find the rows of a product as fast as a table gives them, need no memory,
                // and the evaluator looks at the clock between them.
                let cheap = chain.steps.iter().all(|step| items[step.item].is_leaf())
                    && chain.cost <= CHEAP * (chain.rows + 1.0);
                whole.combine(island, chain, cheap);
                waiting.apply(self, &mut whole, true);
            }
        }
        waiting.apply(self, &mut whole, true);
        for position in 0..group.modifiers.len() {
            if waiting.is_done(position) {
                continue;
            }
            waiting.done(position);
            self.modify(&group.modifiers[position], &mut whole, known);
            waiting.apply(self, &mut whole, true);
        }
        whole.plan.distinct = whole.known;
        whole.plan
    }

    /// The items with one part of them as an item of its own, where that is much cheaper.
    fn better_in_halves(&self, items: &[GraphPattern]) -> Option<Vec<GraphPattern>> {
        let cost = |items: &[GraphPattern]| {
            let items: Vec<_> = items.iter().map(|pattern| Item::new(pattern, self)).collect();
            order(self, &items, &Domains::new()).iter().map(|chain| chain.cost).sum::<f64>()
        };
        let ways = halves::ways(items);
        if ways.is_empty() {
            return None;
        }
        let most = cost(items) * HALVES_PAY;
        ways.into_iter()
            .map(|way| (cost(&way), way))
            .filter(|(cost, _)| *cost < most)
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, way)| way)
    }

    fn assemble_chain(
        &self,
        chain: &Chain,
        items: &[Item<'_>],
        outside: &Domains,
        waiting: &mut Waiting<'_>,
    ) -> Fragment {
        let mut fragment = Fragment::empty(outside);
        for (position, step) in chain.steps.iter().enumerate() {
            let item = &items[step.item];
            let before = fragment.plan.rows;
            let (pattern, leaves) = if item.is_leaf() {
                let leaf = label(item.pattern).map(|label| Leaf { label, rows: step.rows });
                (item.pattern.clone(), leaf.into_iter().collect())
            } else {
                let (known, times) = match step.method {
                    Method::Hash => (outside, 1.0),
                    Method::First | Method::Lookup => (&step.known, before.max(1.0)),
                };
                let plan = item.plan(self, known);
                let leaves: Vec<_> = plan.leaves_times(times).collect();
                (plan.pattern, leaves)
            };
            let so_far = std::mem::replace(&mut fragment.plan.pattern, unit());
            fragment.plan.pattern = match step.method {
                Method::First => pattern,
                Method::Lookup => lateral(so_far, pattern),
                Method::Hash => join(barrier(so_far), barrier(pattern)),
            };
            fragment.plan.leaves.extend(leaves);
            fragment.plan.rows = step.rows;
            fragment.scope.join(item.scope.clone());
            let rest = &chain.steps[position..];
            fragment.known = rest.get(1).map_or(&chain.known, |next| &next.known).clone();
            let grows = rest.iter().all(|later| later.rows >= step.rows);
            waiting.apply(self, &mut fragment, grows);
        }
        fragment.plan.cost = chain.cost;
        fragment
    }

    fn modify(&self, modifier: &Modifier, on: &mut Fragment, outside: &Domains) {
        match modifier {
            Modifier::Filter(expression) => self.filter(expression, on),
            Modifier::Minus(right) => self.minus(right, on, outside),
            Modifier::Optional { right, expression } => {
                self.optional(right, expression.as_ref(), on, outside);
            }
            Modifier::Extend { variable, expression } => {
                let expression = self.on_fragment(expression, on);
                on.scope.extend(variable, &expression);
                if on.scope.certain.contains(variable) {
                    let values = match expression {
                        Expression::Literal(_) | Expression::NamedNode(_) => 1.0,
                        _ => on.plan.rows.max(1.0),
                    };
                    on.known.insert(variable.clone(), values);
                }
                on.wrap(|inner| GraphPattern::Extend { inner, variable: variable.clone(), expression });
            }
            Modifier::Lateral(right) => {
                let plan = self.plan(right, &on.known);
                on.plan.leaves.extend(plan.leaves_times(on.plan.rows));
                on.plan.cost += on.plan.rows * plan.cost;
                on.plan.rows *= plan.rows;
                on.scope.join(in_scope(right));
                on.know(&plan.distinct);
                on.wrap(|left| GraphPattern::Lateral { left, right: Box::new(plan.pattern) });
            }
        }
    }

    fn filter(&self, expression: &Expression, on: &mut Fragment) {
        let expr = self.on_fragment(expression, on);
        on.wrap(|inner| GraphPattern::Filter { expr, inner });
    }

    fn on_fragment(&self, expression: &Expression, on: &mut Fragment) -> Expression {
        let known = std::mem::take(&mut on.plan.distinct);
        on.plan.distinct = on.known.clone();
        let expression = self.in_expression(expression.clone(), &mut on.plan);
        on.plan.distinct = known;
        expression
    }

    /// `MINUS` becomes `NOT EXISTS` where they mean the same and looking up costs less.
    fn minus(&self, right: &GraphPattern, on: &mut Fragment, outside: &Domains) {
        let scope = in_scope(right);
        if scope.possible.is_disjoint(&on.scope.possible) {
            return; // SPARQL 1.1 §8.3.3: it removes nothing
        }
        let rows = on.plan.rows.max(1.0);
        let same = !scope.certain.is_disjoint(&on.scope.certain) && is_lateral_safe(right, &on.scope.possible);
        match self.lookup_or_table(right, same, rows, &on.known, outside) {
            Access::Lookup(plan) => {
                on.plan.cost += rows * plan.cost;
                on.plan.leaves.extend(plan.leaves_times(rows));
                on.wrap(|inner| GraphPattern::Filter {
                    expr: Expression::Not(Box::new(Expression::Exists(Box::new(plan.pattern)))),
                    inner,
                });
            }
            Access::Table(plan) => {
                on.plan.cost += HASH.mul_add(rows + plan.rows, plan.cost);
                on.plan.leaves.extend(plan.leaves_times(1.0));
                on.wrap(|left| GraphPattern::Minus { left, right: Box::new(plan.pattern) });
            }
        }
    }

    /// Whether to look the pattern up for each of `rows` solutions or to evaluate it once.
    fn lookup_or_table(
        &self,
        pattern: &GraphPattern,
        lookup_allowed: bool,
        rows: f64,
        known: &Domains,
        outside: &Domains,
    ) -> Access {
        if !lookup_allowed {
            return Access::Table(self.plan(pattern, outside));
        }
        let lookup = self.plan(pattern, known);
        if self.is_exhausted() {
            return Access::Lookup(lookup);
        }
        let table = self.plan(pattern, outside);
        if rows * lookup.cost <= HASH.mul_add(rows + table.rows, table.cost) {
            Access::Lookup(lookup)
        } else {
            Access::Table(table)
        }
    }

    fn optional(&self, right: &GraphPattern, expression: Option<&Expression>, on: &mut Fragment, outside: &Domains) {
        let scope = in_scope(right);
        let rows = on.plan.rows.max(1.0);
        let safe = is_lateral_safe(right, &on.scope.possible);
        let mut shared = on.known.clone();
        shared.retain(|v, _| scope.certain.contains(v));
        let (plan, by_lookup, times, matches) = match self.lookup_or_table(right, safe, rows, &on.known, outside) {
            Access::Lookup(plan) => {
                on.plan.cost += rows * plan.cost;
                let matches = plan.rows;
                (plan, true, rows, matches)
            }
            Access::Table(plan) => {
                on.plan.cost += HASH.mul_add(rows + plan.rows, plan.cost);
                let matches = plan.rows / selectivity(&plan.distinct, &shared);
                (plan, false, 1.0, matches)
            }
        };
        on.plan.leaves.extend(plan.leaves_times(times));
        let condition = expression.map(|expression| {
            let mut known = on.known.clone();
            known.extend(plan.distinct.clone());
            let mut both = Planned {
                pattern: unit(),
                rows: on.plan.rows * matches,
                cost: 0.0,
                distinct: known,
                leaves: Vec::new(),
            };
            let expression = self.in_expression(expression.clone(), &mut both);
            on.plan.leaves.append(&mut both.leaves);
            expression
        });
        on.plan.rows *= matches.max(1.0);
        on.scope.optional(scope);
        on.wrap(|left| {
            if by_lookup {
                GraphPattern::Lateral {
                    left,
                    right: Box::new(GraphPattern::LeftJoin {
                        left: Box::new(unit()),
                        right: Box::new(plan.pattern),
                        expression: condition,
                    }),
                }
            } else {
                GraphPattern::LeftJoin { left, right: Box::new(barrier(plan.pattern)), expression: condition }
            }
        });
    }
}

/// How the pattern of an OPTIONAL or MINUS is evaluated.
enum Access {
    /// For every solution of the group.
    Lookup(Planned),
    /// Once, into a hash table.
    Table(Planned),
}

/// A part of the group, built so far.
struct Fragment {
    plan: Planned,
    scope: InScope,
    known: Domains,
}

impl Fragment {
    fn empty(outside: &Domains) -> Self {
        Self {
            plan: Planned { pattern: unit(), rows: 1.0, cost: 0.0, distinct: Domains::new(), leaves: Vec::new() },
            scope: InScope::default(),
            known: outside.clone(),
        }
    }

    fn wrap(&mut self, wrap: impl FnOnce(Box<GraphPattern>) -> GraphPattern) {
        let pattern = std::mem::replace(&mut self.plan.pattern, unit());
        self.plan.pattern = wrap(Box::new(pattern));
    }

    fn know(&mut self, distinct: &Domains) {
        for (variable, values) in distinct {
            self.known.entry(variable.clone()).or_insert(*values);
        }
    }

    /// Joins an island that shares no variable with what is there.
    fn combine(&mut self, island: Self, chain: &Chain, cheap: bool) {
        let again = (self.plan.rows <= FEW || cheap) && is_lateral_safe(&island.plan.pattern, &self.scope.possible);
        let so_far = std::mem::replace(&mut self.plan.pattern, unit());
        let times = if again { self.plan.rows.max(1.0) } else { 1.0 };
        self.plan.pattern = if again {
            lateral(so_far, island.plan.pattern)
        } else {
            join(barrier(so_far), barrier(island.plan.pattern))
        };
        self.plan.leaves.extend(island.plan.leaves.into_iter().map(|leaf| Leaf { rows: leaf.rows * times, ..leaf }));
        self.plan.cost = chain.cost.mul_add(times, self.plan.cost);
        self.plan.rows *= island.plan.rows;
        self.scope.join(island.scope);
        self.know(&island.known);
    }
}

/// FILTER and MINUS that wait for the place where they can be applied.
struct Waiting<'a> {
    conditions: Vec<Condition<'a>>,
    applied: BTreeSet<usize>,
    outside: &'a Domains,
}

struct Condition<'a> {
    position: usize,
    modifier: &'a Modifier,
    /// What must be certain before it means what it means at its written place.
    needs: Variables,
    costly: bool,
}

impl<'a> Waiting<'a> {
    fn new(group: &'a Group, outside: &'a Domains) -> Self {
        let mut conditions = Vec::new();
        let mut below = group.items_scope();
        for (position, modifier) in group.modifiers.iter().enumerate() {
            let costly = match modifier {
                Modifier::Filter(expression) => Some(has_exists(expression)),
                Modifier::Minus(_) => Some(true),
                _ => None,
            };
            if let Some(costly) = costly {
                let mut needs = modifier.depends_on();
                needs.retain(|v| below.possible.contains(v));
                conditions.push(Condition { position, modifier, needs, costly });
            }
            modifier.bind(&mut below);
        }
        Self { conditions, applied: BTreeSet::new(), outside }
    }

    fn is_done(&self, position: usize) -> bool {
        self.applied.contains(&position)
    }

    fn done(&mut self, position: usize) {
        self.conditions.retain(|c| c.position != position);
        self.applied.insert(position);
    }

    /// Applies what can be applied now; costly conditions only where fewest solutions reach them.
    fn apply(&mut self, planner: &Planner<'_>, on: &mut Fragment, costly_too: bool) {
        let mut index = 0;
        while index < self.conditions.len() {
            let condition = &self.conditions[index];
            // MINUS compares with what this very fragment binds; a FILTER sees the outside too.
            let from_outside = !matches!(condition.modifier, Modifier::Minus(_));
            let settled = condition
                .needs
                .iter()
                .all(|v| on.scope.certain.contains(v) || from_outside && self.outside.contains_key(v));
            if settled && (costly_too || !condition.costly) {
                let condition = self.conditions.remove(index);
                self.applied.insert(condition.position);
                match condition.modifier {
                    Modifier::Filter(expression) => planner.filter(expression, on),
                    Modifier::Minus(right) => planner.minus(right, on, self.outside),
                    _ => {}
                }
            } else {
                index += 1;
            }
        }
    }
}

/// The evaluator's label of a leaf.
fn label(pattern: &GraphPattern) -> Option<String> {
    let (name, inner) = match pattern {
        GraphPattern::Graph { name, inner } => (Some(name), &**inner),
        other => (None, other),
    };
    let graph = name.map_or_else(String::new, |name| format!(" {name}"));
    match inner {
        GraphPattern::Bgp { patterns } => match &patterns[..] {
            [] => name.map(|name| format!("Graph({name})")),
            [t] => Some(format!("QuadPattern({} {} {}{graph})", t.subject, t.predicate, t.object)),
            _ => None,
        },
        GraphPattern::Path { subject, path, object } => Some(format!("Path({subject} {path} {object}{graph})")),
        _ => None,
    }
}
