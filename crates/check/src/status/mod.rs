//! The steering view: every region against every guideline and principle, and what changed since an earlier state.

mod tables;
mod words;

use crate::{
    coverage::Counts,
    finding::RegionName,
    report::{Heading, Report},
};
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write},
};
use viite_model::{Language, State};

/// How every region stands.
#[derive(Debug, Serialize)]
pub struct Status {
    /// The language of its texts.
    pub language: Language,
    /// The day on which the facts were judged; those of the earlier state too, so that only facts make a change.
    pub today: String,
    /// The earlier state that is compared with, if any.
    pub since: Option<Since>,
    /// The principles and guidelines, and what else rules rest on.
    pub guidelines: Vec<Guideline>,
    /// Every region, by code; one that nobody describes has no state.
    pub regions: Vec<RegionStatus>,
}

/// An earlier state of the repository.
#[derive(Clone, Debug, Serialize)]
pub struct Since {
    /// Its revision.
    pub revision: u64,
    /// The day of the revision, `YYYY-MM-DD`.
    pub day: String,
}

/// A guideline, and whether a rule rests on it: without one, nothing can be said.
#[derive(Debug, Serialize)]
pub struct Guideline {
    /// What it is.
    #[serde(flatten)]
    pub heading: Heading,
    /// How many rules rest on it.
    pub rules: usize,
}

/// A region in a state.
#[derive(Debug, Serialize)]
pub struct RegionStatus {
    /// The region.
    pub region: RegionName,
    /// The state; none for what was not judged by state.
    pub state: Option<State>,
    /// Whether somebody describes the region.
    pub described: bool,
    /// Over all guidelines.
    pub total: Standing,
    /// Under each of [`Status::guidelines`], in the same order.
    pub guidelines: Vec<Standing>,
}

/// How things stand, and stood.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Standing {
    /// How many things rules concerned.
    pub concerned: u64,
    /// Things by outcome.
    pub outcomes: Counts,
    /// The share that could be judged; none when nothing was concerned.
    pub assessable: Option<f64>,
    /// The same in the earlier state; none when there is none to compare with, or it did not describe the region.
    pub before: Option<Before>,
}

/// How things stood.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Before {
    /// Things by outcome.
    pub outcomes: Counts,
    /// The share that could be judged.
    pub assessable: Option<f64>,
}

impl Standing {
    fn new(now: Counts, before: Option<Counts>) -> Self {
        let before = before.map(|outcomes| Before { outcomes, assessable: outcomes.assessable() });
        Self { concerned: now.concerned(), outcomes: now, assessable: now.assessable(), before }
    }
}

/// A row of a grid that can be looked up in another.
type Key<'a> = (&'a str, Option<State>);

impl Status {
    /// Puts reports side by side: of now, and of an earlier state. `regions` are all that are to be shown, described
    /// or not. Both reports must come from the same rules.
    pub fn new(now: &Report, before: Option<(Since, &Report)>, regions: &[RegionName]) -> Self {
        let (since, before) = before.unzip();
        let guidelines: Vec<Guideline> = now
            .headings
            .iter()
            .map(|heading| Guideline {
                rules: now.coverage.iter().filter(|rule| heading.covers(&rule.clause)).count(),
                heading: heading.clone(),
            })
            .collect();
        let (rows, earlier) = (rows(now), before.map(rows));
        let described: BTreeSet<&str> =
            rows.keys().filter(|(_, state)| state.is_some()).map(|(code, _)| *code).collect();
        let nothing = BTreeMap::new();
        let mut statuses = Vec::new();
        for region in regions {
            let code = region.code.as_str();
            let mut states: Vec<Option<State>> =
                rows.keys().filter(|(other, _)| *other == code).map(|(_, state)| *state).collect();
            if states.is_empty() {
                states.push(None);
            }
            for state in states {
                let key = (code, state);
                let now = rows.get(&key).unwrap_or(&nothing);
                let then = earlier.as_ref().and_then(|rows| rows.get(&key));
                let standing = |clause: &str| {
                    let of = |row: &BTreeMap<&str, Counts>| row.get(clause).copied().unwrap_or_default();
                    Standing::new(of(now), then.map(of))
                };
                statuses.push(RegionStatus {
                    region: region.clone(),
                    state,
                    described: described.contains(code),
                    total: Standing::new(sum(now), then.map(sum)),
                    guidelines: guidelines.iter().map(|guideline| standing(&guideline.heading.clause)).collect(),
                });
            }
        }
        Self { language: now.language, today: now.today.clone(), since, guidelines, regions: statuses }
    }

    /// Writes the status as JSON. Keys are added, never renamed.
    ///
    /// # Errors
    /// When the writer refuses.
    pub fn write_json(&self, mut to: impl Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut to, self)?;
        writeln!(to)
    }
}

/// The counts of a report by region, state and clause: clauses may differ from one version of the reference to another.
fn rows(report: &Report) -> BTreeMap<Key<'_>, BTreeMap<&str, Counts>> {
    let grid = report.grid();
    let clauses = || report.headings.iter().map(|heading| heading.clause.as_str());
    grid.rows
        .into_iter()
        .map(|((region, state), counts)| ((region.code.as_str(), state), clauses().zip(counts).collect()))
        .collect()
}

fn sum(row: &BTreeMap<&str, Counts>) -> Counts {
    row.values().fold(Counts::default(), |mut sum, counts| {
        sum += *counts;
        sum
    })
}

#[cfg(test)]
mod tests;
