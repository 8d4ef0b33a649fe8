//! From rows to verdicts: answers of people, recorded reasons, clusters and accepted deviations.

use super::{
    cluster::{self, Cluster},
    gather::{self, Ruling},
    run::Row,
};
use crate::{
    decisions::{Answer, Basis, Decisions, Deviation},
    finding,
    rule::Rule,
};
use oxrdf::{NamedNode, Term};
use std::collections::{BTreeMap, HashSet};
use viite_model::{Outcome, State};

/// What is said of one thing, or of a cluster of them.
#[derive(Debug)]
pub(crate) struct Verdict {
    pub(crate) id: String,
    pub(crate) focus: Term,
    pub(crate) outcome: Outcome,
    /// The values of a variable; several where rows were gathered into one.
    pub(crate) evidence: BTreeMap<String, Vec<Term>>,
    /// The things of a cluster, or of a delivery that lacks a fact altogether; none where one thing is judged.
    pub(crate) members: Vec<Term>,
    pub(crate) deviation: Option<Deviation>,
    pub(crate) lapsed: Option<Deviation>,
    pub(crate) reopened: Option<Deviation>,
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

/// Settles the rows of one run. `ground` is the region and state of a rule that runs per region.
pub(crate) fn settle(
    rule: &Rule,
    rows: Vec<Row>,
    ground: Option<(&NamedNode, State)>,
    decisions: &Decisions,
    today: &str,
) -> Settled {
    let judged: HashSet<Term> = match rule.cluster {
        Some(_) => rows.iter().map(|row| row.focus.clone()).collect(),
        None => HashSet::new(),
    };
    let state = ground.map(|(_, state)| state);
    let mut bench = Bench { rule, state, decisions, today, seen: HashSet::new(), settled: Settled::default() };
    let mut to_cluster = Vec::new();
    let mut rulings = Vec::new();
    for row in rows {
        let (outcome, answer) = decisions.settle(&rule.id, &row, state, today);
        if outcome == Outcome::Conforms {
            bench.settled.things.push((row.focus, outcome));
        } else if outcome == Outcome::Violates && rule.cluster.is_some() && row.justification.is_none() {
            to_cluster.push(row);
        } else {
            rulings.push(Ruling::of(row, outcome, answer));
        }
    }
    if let Some(variable) = &rule.cluster {
        let (clusters, alone) = cluster::clusters(to_cluster, variable, &judged);
        for cluster in clusters {
            bench.cluster(cluster);
        }
        rulings.extend(alone.into_iter().map(|row| Ruling::of(row, Outcome::Violates, None)));
    }
    if let Some(variable) = &rule.gather {
        rulings = gather::by_variable(rulings, variable);
    }
    // A question is answered about one thing at a time.
    if let (Some((region, state)), None, true) = (ground, &rule.question, bench.settled.things.is_empty()) {
        rulings = match gather::of_the_delivery(rulings) {
            Ok((members, ruling)) => {
                let id = finding::delivery_identity(&rule.id, region, state);
                bench.push(Verdict::new(id, ruling, members));
                Vec::new()
            }
            Err(rulings) => rulings,
        };
    }
    for ruling in rulings {
        let id = finding::identity(&rule.id, &ruling.focus, state, &ruling.evidence);
        bench.push(Verdict::new(id, ruling, Vec::new()));
    }
    bench.reopen();
    bench.settled
}

impl Verdict {
    fn new(id: String, ruling: Ruling, members: Vec<Term>) -> Self {
        Self {
            id,
            focus: ruling.focus,
            outcome: ruling.outcome,
            evidence: ruling.evidence,
            members,
            deviation: ruling.justification.map(|justification| Deviation {
                basis: Basis::Justification,
                reason: justification.reason,
                authority: String::new(), // where it stands is told when the finding is put together
                date: None,
                until: justification.until,
            }),
            lapsed: None,
            reopened: None,
            answer: ruling.answer,
        }
    }
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
            reopened: None,
            answer: None,
        });
    }

    /// What was accepted on other facts than those of today is told beside what violates.
    fn reopen(&mut self) {
        for verdict in &mut self.settled.verdicts {
            if verdict.outcome == Outcome::Violates && verdict.lapsed.is_none() {
                let is_there = |finding: &str| self.seen.contains(finding);
                verdict.reopened =
                    self.decisions.reopened(&self.rule.id, verdict.things(), self.state, self.today, is_there);
            }
        }
    }

    /// Counts the things of a verdict, and keeps it unless it was said before.
    fn push(&mut self, mut verdict: Verdict) {
        if verdict.outcome == Outcome::Violates {
            let (holding, lapsed) = self.decisions.deviation(&verdict.id, self.today);
            let recorded = verdict.deviation.filter(|recorded| recorded.holds(self.today));
            verdict.deviation = holding.or(recorded);
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
