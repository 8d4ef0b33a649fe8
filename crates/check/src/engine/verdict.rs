//! From rows to verdicts: answers of people, recorded reasons, clusters and accepted deviations.

use super::{
    cluster::{self, Cluster},
    run::Row,
};
use crate::{
    decisions::{Answer, Basis, Decisions, Deviation},
    finding,
    rule::Rule,
};
use oxrdf::Term;
use std::collections::{BTreeMap, HashSet};
use viite_model::{Outcome, State};

/// What is said of one thing, or of a cluster of them.
#[derive(Debug)]
pub(crate) struct Verdict {
    pub(crate) id: String,
    pub(crate) focus: Term,
    pub(crate) outcome: Outcome,
    /// The values of a variable; several only in clusters.
    pub(crate) evidence: BTreeMap<String, Vec<Term>>,
    /// The things of a cluster; none where one thing is judged.
    pub(crate) members: Vec<Term>,
    pub(crate) deviation: Option<Deviation>,
    pub(crate) lapsed: Option<Deviation>,
    pub(crate) answer: Option<Answer>,
}

impl Verdict {
    /// Everything that it is about.
    pub(crate) fn things(&self) -> &[Term] {
        if self.members.is_empty() { std::slice::from_ref(&self.focus) } else { &self.members }
    }
}

/// What one run of a rule comes to.
#[derive(Debug, Default)]
pub(crate) struct Settled {
    /// What does not conform, each identity once.
    pub(crate) verdicts: Vec<Verdict>,
    /// Every thing that was judged, with each of its outcomes.
    pub(crate) things: Vec<(Term, Outcome)>,
}

/// Settles the rows of one run.
pub(crate) fn settle(rule: &Rule, rows: Vec<Row>, state: Option<State>, decisions: &Decisions, today: &str) -> Settled {
    let judged: HashSet<Term> = match rule.cluster {
        Some(_) => rows.iter().map(|row| row.focus.clone()).collect(),
        None => HashSet::new(),
    };
    let mut bench = Bench { rule, state, decisions, today, seen: HashSet::new(), settled: Settled::default() };
    let mut to_cluster = Vec::new();
    for row in rows {
        let (outcome, answer) = decisions.settle(&rule.id, &row, state, today);
        if outcome == Outcome::Conforms {
            bench.settled.things.push((row.focus, outcome));
        } else if outcome == Outcome::Violates && rule.cluster.is_some() && row.justification.is_none() {
            to_cluster.push(row);
        } else {
            bench.single(row, outcome, answer);
        }
    }
    if let Some(variable) = &rule.cluster {
        let (clusters, alone) = cluster::clusters(to_cluster, variable, &judged);
        for cluster in clusters {
            bench.cluster(cluster);
        }
        for row in alone {
            bench.single(row, Outcome::Violates, None);
        }
    }
    bench.settled
}

struct Bench<'a> {
    rule: &'a Rule,
    state: Option<State>,
    decisions: &'a Decisions,
    today: &'a str,
    seen: HashSet<String>,
    settled: Settled,
}

impl Bench<'_> {
    fn single(&mut self, row: Row, outcome: Outcome, answer: Option<Answer>) {
        let evidence = row.evidence.iter().map(|(name, term)| (name.as_str(), term));
        let verdict = Verdict {
            id: finding::identity(&self.rule.id, &row.focus, self.state, evidence),
            focus: row.focus,
            outcome,
            evidence: row.evidence.into_iter().map(|(name, term)| (name, vec![term])).collect(),
            members: Vec::new(),
            deviation: row.justification.map(|reason| Deviation {
                basis: Basis::Justification,
                reason,
                authority: String::new(), // where it stands is told when the finding is put together
                date: None,
                until: None,
            }),
            lapsed: None,
            answer,
        };
        self.push(verdict);
    }

    fn cluster(&mut self, cluster: Cluster) {
        let id = finding::cluster_identity(&self.rule.id, self.state, &cluster.members, &cluster.hubs);
        let Some(focus) = cluster.members.first().cloned() else {
            return; // a cluster is made of rows, and a row has a thing
        };
        self.push(Verdict {
            id,
            focus,
            outcome: Outcome::Violates,
            evidence: cluster.evidence,
            members: cluster.members,
            deviation: None,
            lapsed: None,
            answer: None,
        });
    }

    /// Counts the things of a verdict, and keeps it unless it was said before.
    fn push(&mut self, mut verdict: Verdict) {
        if verdict.outcome == Outcome::Violates {
            let (holding, lapsed) = self.decisions.deviation(&verdict.id, self.today);
            verdict.deviation = holding.or(verdict.deviation);
            verdict.lapsed = lapsed;
            if verdict.deviation.is_some() {
                verdict.outcome = Outcome::AcceptedDeviation;
            }
        } else {
            verdict.deviation = None; // a reason excuses what violates, and stands for no missing fact
        }
        let outcome = verdict.outcome;
        self.settled.things.extend(verdict.things().iter().map(|thing| (thing.clone(), outcome)));
        if self.seen.insert(verdict.id.clone()) {
            self.settled.verdicts.push(verdict);
        }
    }
}
