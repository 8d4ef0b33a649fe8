//! What the checks say: by guideline and principle, duplicates, accepted deviations.

use super::Thing;
use serde::Serialize;
use std::collections::BTreeMap;
use viite_check::{Counts, Finding, Report, report::severity_word};
use viite_model::{Outcome, Severity, State};

/// How every guideline and principle came out.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Conformance {
    /// Over all rules.
    pub counts: Counts,
    /// The share of judged things that could be assessed; none when nothing was concerned.
    pub assessable: Option<f64>,
    /// In the order of the sources; those that concerned nothing too.
    pub clauses: Vec<Clause>,
    /// What violates, the worst first.
    pub findings: Vec<Item>,
    /// Rules that could not be run to their end: of these nothing is known.
    pub failed_rules: Vec<String>,
}

/// A guideline or principle in one state.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Clause {
    /// `s4:G8`
    pub clause: String,
    /// What it is called.
    pub label: String,
    /// The state; none for what is judged over the whole repository, or concerned nothing.
    pub state: Option<State>,
    /// How many things were judged. None: nothing was concerned, which is no pass.
    pub concerned: u64,
    /// The same by outcome.
    pub counts: Counts,
    /// The share that could be assessed.
    pub assessable: Option<f64>,
}

/// A finding in few words.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    /// The finding's identity, for `viite explain`.
    pub id: String,
    /// The rule's identifier.
    pub rule: String,
    /// The clause that the rule rests on.
    pub clause: String,
    /// What the clause is called.
    pub clause_label: String,
    /// How much it matters.
    pub severity: Severity,
    /// The word for that.
    #[serde(skip)]
    pub severity_word: &'static str,
    /// The state that was judged.
    pub state: Option<State>,
    /// What it is about.
    pub things: Vec<Thing>,
    /// What is wrong.
    pub message: String,
}

impl Item {
    pub(super) fn of(finding: &Finding, report: &Report) -> Self {
        Self {
            id: finding.id.clone(),
            rule: finding.rule.clone(),
            clause: finding.clause.clone(),
            clause_label: finding.clause_label.clone(),
            severity: finding.severity,
            severity_word: severity_word(finding.severity, report.language),
            state: finding.state,
            things: things(finding),
            message: finding.message.clone(),
        }
    }
}

/// What a finding is about.
pub(super) fn things(finding: &Finding) -> Vec<Thing> {
    if finding.members.is_empty() {
        let place = finding.source.as_ref().map(ToString::to_string);
        return vec![Thing { label: finding.focus_label.clone(), iri: finding.focus.clone(), place }];
    }
    finding
        .members
        .iter()
        .map(|member| Thing {
            label: member.label.clone(),
            iri: member.value.clone(),
            place: member.source.as_ref().map(ToString::to_string),
        })
        .collect()
}

/// What there is twice.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Duplicates {
    /// Those that were found.
    pub found: Vec<Item>,
    /// How many things could not be assessed for want of a fact.
    pub not_assessable: u64,
}

/// What violates and was accepted.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Deviated {
    /// The finding.
    #[serde(flatten)]
    pub item: Item,
    /// Why it was accepted.
    pub reason: String,
    /// By whom; of a reason that the description gives, where it stands.
    pub authority: String,
    /// The last day on which it holds.
    pub until: Option<String>,
    /// Whether it holds today. One that has ended violates again.
    pub in_force: bool,
}

pub(super) fn gather(report: &Report) -> Conformance {
    let mut clauses: Vec<Clause> = Vec::new();
    let grid = report.grid();
    for (column, heading) in grid.headings.iter().enumerate() {
        let clause = |state, counts: Counts| Clause {
            clause: heading.clause.clone(),
            label: heading.label.clone(),
            state,
            concerned: counts.concerned(),
            counts,
            assessable: counts.assessable(),
        };
        let concerned: Vec<Clause> = grid
            .rows
            .iter()
            .filter(|(_, counts)| counts[column].concerned() > 0)
            .map(|((_, state), counts)| clause(*state, counts[column]))
            .collect();
        if concerned.is_empty() {
            clauses.push(clause(None, Counts::default()));
        }
        clauses.extend(concerned);
    }
    let mut findings: Vec<Item> = of(report, Outcome::Violates).map(|finding| Item::of(finding, report)).collect();
    findings.sort_by_key(|item| item.severity); // stable: the rest of the report's order stays
    let counts = report.counts();
    let mut failed_rules: Vec<String> = report.failures.iter().map(|failure| failure.rule.clone()).collect();
    failed_rules.dedup();
    Conformance { counts, assessable: counts.assessable(), clauses, findings, failed_rules }
}

fn of(report: &Report, outcome: Outcome) -> impl Iterator<Item = &Finding> {
    report.findings.iter().filter(move |finding| finding.outcome == outcome)
}

/// The findings of the rules on duplicates.
pub(super) fn duplicates(report: &Report) -> Duplicates {
    let families: BTreeMap<&str, &str> =
        report.coverage.iter().map(|rule| (rule.rule.as_str(), rule.family.as_str())).collect();
    let of_family = |rule: &str| families.get(rule) == Some(&"duplicates");
    let mut found: Vec<Item> = of(report, Outcome::Violates)
        .filter(|finding| of_family(&finding.rule))
        .map(|finding| Item::of(finding, report))
        .collect();
    found.sort_by_key(|item| item.severity);
    let not_assessable = report
        .coverage
        .iter()
        .filter(|rule| of_family(&rule.rule))
        .map(|rule| rule.counts.of(Outcome::NotAssessable))
        .sum();
    Duplicates { found, not_assessable }
}

/// What was accepted, and what was once and has ended.
pub(super) fn deviations(report: &Report) -> Vec<Deviated> {
    report
        .findings
        .iter()
        .filter_map(|finding| {
            let (deviation, in_force) = match (&finding.deviation, &finding.lapsed) {
                (Some(deviation), _) if finding.outcome == Outcome::AcceptedDeviation => (deviation, true),
                (_, Some(lapsed)) => (lapsed, false),
                _ => return None,
            };
            Some(Deviated {
                item: Item::of(finding, report),
                reason: deviation.reason.clone(),
                authority: deviation.authority.clone(),
                until: deviation.until.clone(),
                in_force,
            })
        })
        .collect()
}
