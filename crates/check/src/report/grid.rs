//! Every region against every guideline and principle.

use super::Report;
use crate::{
    coverage::Counts,
    finding::{RegionName, clause_family, clause_order},
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use viite_model::{Outcome, State};

/// A guideline, a principle, or another part of a source that rules rest on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Heading {
    /// `s4:G8`
    pub clause: String,
    /// What it is called.
    pub label: String,
}

impl Heading {
    /// The identifier without the document: `G8`. The letters differ between the documents.
    pub fn short(&self) -> &str {
        self.clause.rsplit(':').next().unwrap_or(&self.clause)
    }

    /// Whether a clause is this one or a part of it.
    pub fn covers(&self, clause: &str) -> bool {
        clause_family(clause) == self.clause
    }

    /// Principles and guidelines first, then what else rules rest on, each in the order of its document.
    pub(crate) fn order(&self) -> impl Ord + '_ {
        let order = clause_order(&self.clause);
        let rank = match order.0 {
            "s0:P" => 0,
            "s4:G" => 1,
            _ => 2,
        };
        (rank, order)
    }
}

/// A region and a state; no state where the rules did not run by state.
pub type Ground<'a> = (&'a RegionName, Option<State>);

/// Things by region and state, and in them by guideline.
#[derive(Debug)]
pub struct Grid<'a> {
    /// What there is a column for.
    pub headings: &'a [Heading],
    /// For each region and state the counts under every heading.
    pub rows: BTreeMap<Ground<'a>, Vec<Counts>>,
}

impl<'a> Grid<'a> {
    pub(super) fn of(report: &'a Report) -> Self {
        let columns: BTreeMap<&str, usize> = report.headings.iter().map(|h| h.clause.as_str()).zip(0..).collect();
        let mut rows: BTreeMap<Ground<'a>, Vec<Counts>> = BTreeMap::new();
        for rule in &report.coverage {
            let Some(column) = columns.get(clause_family(&rule.clause)) else { continue };
            for part in &rule.regions {
                let counts = rows
                    .entry((&part.region, part.state))
                    .or_insert_with(|| vec![Counts::default(); report.headings.len()]);
                counts[*column] += part.counts;
            }
        }
        Self { headings: &report.headings, rows }
    }

    /// The rows that tell something: not a region that nobody describes, and of which the reference is complete.
    pub fn telling(&self) -> impl Iterator<Item = (&Ground<'a>, &Vec<Counts>)> {
        self.rows.iter().filter(|((_, state), counts)| {
            state.is_some()
                || counts.iter().any(|counts| counts.worst().is_some_and(|worst| worst != Outcome::Conforms))
        })
    }

    /// The headings under which something was concerned somewhere.
    pub fn concerned(&self) -> BTreeSet<usize> {
        (0..self.headings.len())
            .filter(|column| self.rows.values().any(|counts| counts[*column].concerned() > 0))
            .collect()
    }
}
