//! In which order, and how, the items of a group are joined.
//!
//! Greedy: from a first item, always the item next that costs least and multiplies least, as long
//! as it shares a variable with what is already joined. Every item is tried as the first (the ten
//! smallest in a large group), and the cheapest whole wins. Islands that share no variable are
//! ordered by themselves.

use super::Planner;
use super::estimate::{Domains, Estimate, HASH, Profile, selectivity};
use super::lateral::is_lateral_safe;
use super::planned::Planned;
use super::variables::{InScope, Variables, in_scope};
use spargebra::algebra::GraphPattern;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Groups with more items than this keep the written order.
const LARGEST_ORDERED: usize = 300;
/// First items that are tried in a group of more than [`SMALL`] items.
const SEEDS: usize = 10;
/// Groups of up to this many items are searched from every item.
const SMALL: usize = 24;

/// How an item joins what stands before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    /// It is the first.
    First,
    /// It is looked up for every solution.
    Lookup,
    /// It is evaluated once, and joined by hashing.
    Hash,
}

/// One item in its place.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) item: usize,
    pub(super) method: Method,
    /// What is known before the step.
    pub(super) known: Domains,
    /// Solutions after the step.
    pub(super) rows: f64,
}

/// A connected part of the group, ordered.
#[derive(Clone, Debug, Default)]
pub(super) struct Chain {
    pub(super) steps: Vec<Step>,
    pub(super) rows: f64,
    pub(super) cost: f64,
    pub(super) known: Domains,
}

/// An item with what the search needs to know about it.
pub(super) struct Item<'a> {
    pub(super) pattern: &'a GraphPattern,
    pub(super) scope: InScope,
    profile: Option<Profile>,
    plans: RefCell<BTreeMap<Variables, Planned>>,
}

impl<'a> Item<'a> {
    pub(super) fn new(pattern: &'a GraphPattern, planner: &Planner<'_>) -> Self {
        Self {
            pattern,
            scope: in_scope(pattern),
            profile: Profile::of(pattern, planner.statistics),
            plans: RefCell::default(),
        }
    }

    /// Whether the item is a triple pattern, a path or a VALUES.
    pub(super) fn is_leaf(&self) -> bool {
        self.profile.is_some()
    }

    fn estimate(&self, planner: &Planner<'_>, known: &Domains) -> (Estimate, Domains) {
        match &self.profile {
            Some(profile) => (profile.estimate(known), profile.distinct().clone()),
            None => {
                let plan = self.plan(planner, known);
                (Estimate { rows: plan.rows, cost: plan.cost }, plan.distinct)
            }
        }
    }

    /// The plan of an item that is no leaf, when these variables are known.
    pub(super) fn plan(&self, planner: &Planner<'_>, known: &Domains) -> Planned {
        let relevant: Variables = known.keys().filter(|v| self.scope.possible.contains(v)).cloned().collect();
        if let Some(plan) = self.plans.borrow().get(&relevant) {
            return plan.clone();
        }
        let plan = planner.plan(self.pattern, known);
        self.plans.borrow_mut().insert(relevant, plan.clone());
        plan
    }
}

/// Orders the items; `known` are the variables that come from outside with a value.
pub(super) fn order(planner: &Planner<'_>, items: &[Item<'_>], known: &Domains) -> Vec<Chain> {
    let search = Search { planner, items, outside: known };
    let mut chains: Vec<_> = search.islands().into_iter().map(|island| search.best_chain(&island)).collect();
    chains.sort_by(|a, b| a.rows.total_cmp(&b.rows));
    chains
}

struct Search<'a> {
    planner: &'a Planner<'a>,
    items: &'a [Item<'a>],
    outside: &'a Domains,
}

impl Search<'_> {
    /// The items, parted so that only items of one part share variables.
    fn islands(&self) -> Vec<Vec<usize>> {
        let mut islands: Vec<(Variables, Vec<usize>)> = Vec::new();
        for (index, item) in self.items.iter().enumerate() {
            let mut variables: Variables = item.scope.possible.clone();
            variables.retain(|v| !self.outside.contains_key(v));
            let mut members = Vec::new();
            islands.retain_mut(|(theirs, indexes)| {
                let apart = theirs.is_disjoint(&variables);
                if !apart {
                    members.append(indexes);
                    variables.append(theirs);
                }
                apart
            });
            members.push(index);
            members.sort_unstable();
            islands.push((variables, members));
        }
        islands.into_iter().map(|(_, members)| members).collect()
    }

    fn best_chain(&self, island: &[usize]) -> Chain {
        if island.len() > LARGEST_ORDERED || !self.planner.spend(island.len()) {
            return self.as_written(island);
        }
        let mut seeds: Vec<_> = island.to_vec();
        if island.len() > SMALL {
            let size = |index: &usize| self.items[*index].estimate(self.planner, self.outside).0.rows;
            seeds.sort_by(|a, b| size(a).total_cmp(&size(b)));
            seeds.truncate(SEEDS);
        }
        seeds
            .into_iter()
            .map(|seed| self.chain_from(seed, island))
            .min_by(|a, b| a.cost.total_cmp(&b.cost))
            .unwrap_or_default()
    }

    fn chain_from(&self, seed: usize, island: &[usize]) -> Chain {
        let mut chain = Partial::new(self.outside);
        chain.take(self, seed);
        let mut left: Vec<_> = island.iter().copied().filter(|i| *i != seed).collect();
        while !left.is_empty() {
            let next = (0..left.len())
                .map(|position| {
                    let connected = chain.reaches(&self.items[left[position]]);
                    let (step, cost, _) = chain.step(self, left[position]);
                    (!connected, cost + step.rows, position)
                })
                .min_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)))
                .map_or(0, |(_, _, position)| position);
            chain.take(self, left.remove(next));
        }
        chain.chain
    }

    fn as_written(&self, island: &[usize]) -> Chain {
        let mut chain = Partial::new(self.outside);
        for item in island {
            chain.take(self, *item);
        }
        chain.chain
    }
}

/// A chain that grows.
struct Partial {
    chain: Chain,
    possible: Variables,
}

impl Partial {
    fn new(outside: &Domains) -> Self {
        Self { chain: Chain { rows: 1.0, known: outside.clone(), ..Chain::default() }, possible: Variables::new() }
    }

    fn reaches(&self, item: &Item<'_>) -> bool {
        item.scope.possible.is_empty() || item.scope.possible.iter().any(|v| self.chain.known.contains_key(v))
    }

    fn take(&mut self, search: &Search<'_>, index: usize) {
        let (step, cost, distinct) = self.step(search, index);
        let item = &search.items[index];
        for variable in &item.scope.certain {
            let here = distinct.get(variable).copied().unwrap_or(step.rows).max(1.0);
            self.chain.known.entry(variable.clone()).and_modify(|values| *values = values.min(here)).or_insert(here);
        }
        self.possible.extend(item.scope.possible.iter().cloned());
        self.chain.rows = step.rows;
        self.chain.cost += cost;
        self.chain.steps.push(step);
    }

    /// The best way to join the item now, with its cost and the item's own domains.
    fn step(&self, search: &Search<'_>, index: usize) -> (Step, f64, Domains) {
        let item = &search.items[index];
        let known = &self.chain.known;
        let step = |method, rows| Step { item: index, method, known: known.clone(), rows };
        if self.chain.steps.is_empty() {
            let (estimate, distinct) = item.estimate(search.planner, known);
            return (step(Method::First, estimate.rows), estimate.cost, distinct);
        }
        let before = self.chain.rows;
        let lookup = is_lateral_safe(item.pattern, &self.possible).then(|| {
            let (estimate, distinct) = item.estimate(search.planner, known);
            let cost = before.max(1.0) * estimate.cost;
            (step(Method::Lookup, before * estimate.rows), cost, distinct)
        });
        if (item.is_leaf() || search.planner.is_exhausted())
            && let Some(lookup) = lookup
        {
            return lookup;
        }
        let (estimate, distinct) = item.estimate(search.planner, search.outside);
        let mut joined = known.clone();
        joined.retain(|variable, _| item.scope.certain.contains(variable));
        let rows = before * estimate.rows / selectivity(&distinct, &joined);
        let cost = HASH.mul_add(before + estimate.rows, estimate.cost);
        match lookup {
            Some(lookup) if lookup.1 <= cost => lookup,
            _ => (step(Method::Hash, rows), cost, distinct),
        }
    }
}
