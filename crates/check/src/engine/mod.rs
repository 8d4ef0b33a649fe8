//! Runs rules over a snapshot, in parallel, and judges every thing once.

mod assemble;
mod cluster;
mod gather;
mod run;
mod verdict;

pub(crate) use run::{Row, query_options, run};
pub(crate) use verdict::settle;

use crate::{
    coverage::{Counts, Coverage, RegionCoverage},
    decisions::Decisions,
    finding::{Finding, RegionName, clause_family},
    report::{Asked, Conforming, Heading, Report, words},
    rule::{Rule, RuleScope},
    scope::{self, Ground, Grounds},
};
pub(crate) use assemble::{Assembler, value_of};
use oxrdf::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term};
use rayon::prelude::*;
use run::RunError;
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
    time::{Duration, Instant},
};
use verdict::Verdict;
use viite_model::{Language, Names, Outcome, Severity, State, ns};
use viite_store::Snapshot;

/// What a check is told.
#[derive(Clone, Debug)]
pub struct CheckOptions {
    /// The language of messages and labels.
    pub language: Language,
    /// The day on which the facts are judged, `YYYY-MM-DD`.
    pub today: String,
    /// Only these regions; none means all.
    pub regions: Vec<NamedNode>,
    /// Only these states; none means all. Rules that do not run per state are not bounded by it.
    pub states: Vec<State>,
    /// How much rules matter, where that differs from what they say themselves.
    pub severities: BTreeMap<String, Severity>,
    /// The version of the reference that is judged against; none means all that the repository holds.
    pub reference: Option<String>,
    /// How long one rule may take in one region.
    pub timeout: Duration,
    /// Whether what conforms is listed too, and not only counted.
    pub list_conforming: bool,
}

impl CheckOptions {
    /// Everything in every region and state, a minute for each rule.
    pub fn new(language: Language, today: impl Into<String>) -> Self {
        Self {
            language,
            today: today.into(),
            regions: Vec::new(),
            states: Vec::new(),
            severities: BTreeMap::new(),
            reference: None,
            timeout: Duration::from_secs(60),
            list_conforming: false,
        }
    }

    pub(crate) fn severity(&self, rule: &Rule) -> Severity {
        self.severities.get(&rule.id).copied().unwrap_or(rule.severity)
    }

    fn asks(&self, region: &NamedNode, state: State) -> bool {
        (self.regions.is_empty() || self.regions.contains(region))
            && (self.states.is_empty() || self.states.contains(&state))
    }
}

/// A rule that could not be run to its end. The others still ran.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleFailure {
    /// The rule's identifier.
    pub rule: String,
    /// The region in which it failed, if it runs per region.
    pub region: Option<RegionName>,
    /// What went wrong.
    pub error: String,
}

/// A rule that was not run somewhere, because it does not hold there. That is no pass.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct NotApplicable {
    /// The rule's identifier.
    pub rule: String,
    /// The region and the state, if the rule runs per region.
    pub region: Option<RegionName>,
    /// The state.
    pub state: Option<State>,
    /// Why it does not hold: not yet, no longer, not in this state, not for regions of this kind.
    pub reason: String,
}

/// How long a rule took, and how many rows it answered with, over all regions.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Timing {
    /// The rule's identifier.
    pub rule: String,
    /// How many times it ran.
    pub runs: usize,
    /// Rows over all runs.
    pub rows: usize,
    /// Seconds over all runs; they may have run side by side.
    pub seconds: f64,
    /// Seconds of the longest run.
    pub longest: f64,
}

/// A rule on a ground.
struct Run<'a> {
    rule: &'a Rule,
    ground: Ground,
}

/// What one run came to.
struct Judged {
    verdicts: Vec<Verdict>,
    /// Things by region and outcome.
    counts: BTreeMap<Option<RegionName>, Counts>,
    /// What conforms, if it is to be listed.
    conforming: Vec<Conforming>,
    rows: usize,
    took: Duration,
    /// It judged something, and nothing of the regions that were asked about.
    elsewhere: bool,
}

/// Runs the rules and gathers what they say.
pub fn check(snapshot: &Arc<Snapshot>, names: &Names, rules: &[&Rule], options: &CheckOptions) -> Report {
    let assembler = Assembler::new(snapshot, options);
    let grounds = Grounds::of(&assembler.facts, names).with_reference(options.reference.as_deref());
    let decisions = Decisions::of(&assembler.facts, &names.decisions());
    let (runs, not_applicable) = plan(rules, &grounds, &assembler, options);
    let judged: Vec<Result<Judged, RunError>> = runs
        .par_iter()
        .map_init(
            || Assembler::new(snapshot, options),
            |assembler, job| judge(job, snapshot, &decisions, assembler, options),
        )
        .collect();

    let mut report = Report {
        language: options.language,
        today: options.today.clone(),
        asked: Asked { regions: options.regions.clone(), states: options.states.clone() },
        baseline: None,
        descriptions: grounds.described().filter(|(region, state)| options.asks(region, *state)).count(),
        headings: headings(rules, &assembler),
        findings: Vec::new(),
        conforming: Vec::new(),
        coverage: rules.iter().map(|rule| coverage(rule, &assembler, options)).collect(),
        not_applicable,
        switched_off: Vec::new(),
        failures: Vec::new(),
        timings: rules.iter().map(|rule| Timing { rule: rule.id.clone(), ..Timing::default() }).collect(),
    };
    let places: HashMap<&str, usize> =
        rules.iter().enumerate().map(|(place, rule)| (rule.id.as_str(), place)).collect();
    let mut verdicts: Vec<(&Run<'_>, Verdict)> = Vec::new();
    for (job, judged) in runs.iter().zip(judged) {
        let place = places[job.rule.id.as_str()];
        match judged {
            Ok(judged) => {
                cover(&mut report.coverage[place], &job.ground, &judged.counts);
                report.timings[place].add(judged.rows, judged.took);
                report.conforming.extend(judged.conforming);
                if judged.elsewhere && job.rule.scope == RuleScope::Reference {
                    report.not_applicable.push(NotApplicable {
                        rule: job.rule.id.clone(),
                        region: None,
                        state: None,
                        reason: words(options.language).judges_reference.to_owned(),
                    });
                }
                verdicts.extend(judged.verdicts.into_iter().map(|verdict| (job, verdict)));
            }
            Err(error) => report.failures.push(RuleFailure {
                rule: job.rule.id.clone(),
                region: job.ground.region.as_ref().map(|(region, _)| assembler.region(region)),
                error: error.to_string(),
            }),
        }
    }
    report.findings = findings(verdicts, snapshot, options);
    report.conforming.sort();
    report.not_applicable.sort();
    report.coverage.sort_by(|a, b| a.rule.cmp(&b.rule));
    report.failures.sort_by(|a, b| (&a.rule, &a.region).cmp(&(&b.rule, &b.region)));
    report
}

/// The rules with the grounds that they hold on, and where they do not hold.
fn plan<'a>(
    rules: &[&'a Rule],
    grounds: &Grounds,
    assembler: &Assembler<'_>,
    options: &CheckOptions,
) -> (Vec<Run<'a>>, Vec<NotApplicable>) {
    let mut runs = Vec::new();
    let mut not_applicable = Vec::new();
    let mut kinds: HashMap<NamedNode, Vec<NamedNode>> = HashMap::new();
    for rule in rules {
        for ground in grounds.for_scope(rule.scope, &options.regions) {
            let (region, state) = ground.region.clone().unzip();
            if state.is_some_and(|state| !options.states.is_empty() && !options.states.contains(&state)) {
                continue;
            }
            let kinds = region
                .as_ref()
                .map_or(&[][..], |region| kinds.entry(region.clone()).or_insert_with(|| assembler.kinds(region)));
            match rule.applies.exempts(&options.today, state, kinds) {
                None => runs.push(Run { rule, ground }),
                Some(exempt) => not_applicable.push(NotApplicable {
                    rule: rule.id.clone(),
                    region: region.map(|region| assembler.region(&region)),
                    state,
                    reason: exempt.text(options.language, |kind| assembler.label(kind)),
                }),
            }
        }
    }
    (runs, not_applicable)
}

/// Runs one rule on one ground, and counts what it judged.
fn judge(
    job: &Run<'_>,
    snapshot: &Arc<Snapshot>,
    decisions: &Decisions,
    assembler: &Assembler<'_>,
    options: &CheckOptions,
) -> Result<Judged, RunError> {
    let start = Instant::now();
    let rows = run(job.rule, snapshot, &job.ground, options)?;
    let took = start.elapsed();
    let row_count = rows.len();
    let ground = job.ground.region.as_ref();
    let mut settled = settle(job.rule, rows, ground.map(|(region, state)| (region, *state)), decisions, &options.today);

    let mut regions: HashMap<Term, Option<NamedNode>> = HashMap::new();
    let mut region_of = |thing: &Term| match ground {
        Some((region, _)) => Some(region.clone()),
        None => regions.entry(thing.clone()).or_insert_with(|| assembler.region_of(thing)).clone(),
    };
    if ground.is_none() && !options.regions.is_empty() {
        // A rule over everything, asked about a few regions.
        let mut asked = |thing: &Term| region_of(thing).is_some_and(|region| options.regions.contains(&region));
        settled.things.retain(|(thing, _)| asked(thing));
        settled.verdicts.retain(|verdict| verdict.things().iter().any(&mut asked));
    }
    let elsewhere = row_count > 0 && settled.things.is_empty();
    let mut worst: HashMap<Term, Outcome> = HashMap::with_capacity(settled.things.len());
    for (thing, outcome) in settled.things {
        worst.entry(thing).and_modify(|worst| *worst = (*worst).min(outcome)).or_insert(outcome);
    }
    let mut counts: BTreeMap<Option<RegionName>, Counts> = BTreeMap::new();
    if let Some((region, _)) = ground {
        counts.insert(Some(assembler.region(region)), Counts::default());
    }
    let mut conforming = Vec::new();
    for (thing, outcome) in worst {
        let region = region_of(&thing).map(|region| assembler.region(&region));
        if options.list_conforming && outcome == Outcome::Conforms {
            conforming.push(assembler.conforming(job.rule, region.clone(), ground.map(|(_, state)| *state), &thing));
        }
        counts.entry(region).or_default().add(outcome);
    }
    Ok(Judged { verdicts: settled.verdicts, counts, conforming, rows: row_count, took, elsewhere })
}

/// The findings of all verdicts, in the order of the report.
fn findings(verdicts: Vec<(&Run<'_>, Verdict)>, snapshot: &Arc<Snapshot>, options: &CheckOptions) -> Vec<Finding> {
    let mut findings: Vec<Finding> = verdicts
        .into_par_iter()
        .map_init(
            || Assembler::new(snapshot, options),
            |assembler, (job, verdict)| assembler.finding(job.rule, &job.ground, verdict),
        )
        .collect();
    findings.par_sort_by(|a, b| a.order().cmp(&b.order()));
    findings
}

/// The coverage of a rule before it ran, so that one that concerns nothing is in the report too.
fn coverage(rule: &Rule, assembler: &Assembler<'_>, options: &CheckOptions) -> Coverage {
    Coverage {
        rule: rule.id.clone(),
        family: rule.family.clone(),
        title: assembler.text(&rule.title),
        why: assembler.text(&rule.why),
        fix: assembler.text(&rule.fix),
        severity: options.severity(rule),
        clause: ns::shorten(rule.clause.as_str()),
        clause_label: assembler.label(&rule.clause),
        concerned: 0,
        counts: Counts::default(),
        regions: Vec::new(),
    }
}

/// The principles and guidelines of the reference, and what else the rules rest on.
fn headings(rules: &[&Rule], assembler: &Assembler<'_>) -> Vec<Heading> {
    let facts = &assembler.facts;
    let graphs = scope::reference_graphs(facts); // a region may have principles of its own
    let instances = |class: NamedNodeRef<'_>| -> Vec<NamedOrBlankNode> {
        graphs.iter().flat_map(|graph| facts.subjects_in(ns::rdf::TYPE, class.into(), graph.as_ref())).collect()
    };
    let clauses: BTreeSet<String> = [ns::viite::PRINCIPLE, ns::viite::GUIDELINE]
        .into_iter()
        .flat_map(instances)
        .filter_map(|clause| match clause {
            NamedOrBlankNode::NamedNode(clause) => Some(ns::shorten(clause.as_str())),
            NamedOrBlankNode::BlankNode(_) => None,
        })
        .chain(rules.iter().map(|rule| clause_family(&ns::shorten(rule.clause.as_str())).to_owned()))
        .collect();
    let mut headings: Vec<Heading> = clauses
        .into_iter()
        .map(|clause| {
            let term = ns::expand(&clause).map(NamedNode::new_unchecked);
            Heading { label: term.map_or_else(|| clause.clone(), |term| assembler.label(&term)), clause }
        })
        .collect();
    headings.sort_by(|a, b| a.order().cmp(&b.order()));
    headings
}

fn cover(coverage: &mut Coverage, ground: &Ground, counts: &BTreeMap<Option<RegionName>, Counts>) {
    for (region, counts) in counts {
        coverage.counts += *counts;
        if let Some(region) = region {
            coverage.regions.push(RegionCoverage {
                region: region.clone(),
                state: ground.region.as_ref().map(|(_, state)| *state),
                concerned: counts.concerned(),
                counts: *counts,
            });
        }
    }
    coverage.concerned = coverage.counts.concerned();
}

impl Timing {
    fn add(&mut self, rows: usize, took: Duration) {
        self.runs += 1;
        self.rows += rows;
        self.seconds += took.as_secs_f64();
        self.longest = self.longest.max(took.as_secs_f64());
    }
}

/// Whether a rule is run when nobody names it: rules about the reference itself only on request.
pub fn runs_by_default(rule: &Rule) -> bool {
    rule.scope != RuleScope::Reference
}
