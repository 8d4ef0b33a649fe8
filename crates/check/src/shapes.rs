//! SHACL shapes as checks: every result becomes a finding, with the same identity, deviations and formats.
//!
//! Shapes judge every region and state that was asked about. They see what a rule of scope `region` sees, and
//! choose the things that they judge from the region's own descriptions. A shape has two outcomes and no row for
//! a missing fact, so what it asks for and does not find is a violation.

use crate::{
    coverage::{Counts, Coverage, RegionCoverage},
    decisions::Decisions,
    engine::{Assembler, CheckOptions, value_of},
    finding::{self, Evidence, Finding, RegionName},
    report::{Heading, Report},
    rule::RuleScope,
    scope::{Ground, Grounds},
};
use oxrdf::{GraphName, Literal, Term};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};
use viite_model::{Names, Outcome, Severity, State, graphs};
use viite_shapes::{Concerned, Shapes, Violation, validate};
use viite_store::{DefaultGraph, Scope, Snapshot};

/// The family of findings that come from shapes.
pub const FAMILY: &str = "shapes";

/// Judges by shapes, and adds what they find to a report of the same options.
pub fn check_shapes(
    report: &mut Report,
    shapes: &Shapes,
    snapshot: &Arc<Snapshot>,
    names: &Names,
    options: &CheckOptions,
) {
    let assembler = Assembler::new(snapshot, options);
    let grounds = Grounds::of(&assembler.facts, names).with_reference(options.reference.as_deref());
    let decisions = Decisions::of(&assembler.facts, &names.decisions());
    let judge = Judge { assembler, decisions, options };
    let mut coverage: BTreeMap<String, Coverage> = BTreeMap::new();
    for ground in grounds.for_scope(RuleScope::Region, &options.regions) {
        let Some((region, state)) = ground.region.clone() else { continue };
        if !options.states.is_empty() && !options.states.contains(&state) {
            continue;
        }
        let found = validate(shapes, snapshot, &ground.graphs, &own(&ground, names));
        let region = judge.assembler.region(&region);
        let mut worst: HashMap<(Term, Term), Outcome> = HashMap::new();
        for violation in &found.violations {
            let finding = judge.finding(violation, &found.coverage, &region, state);
            worst
                .entry((violation.target_shape.clone(), violation.focus.clone()))
                .and_modify(|worst| *worst = (*worst).min(finding.outcome))
                .or_insert(finding.outcome);
            if !report.findings.iter().any(|known| known.id == finding.id) {
                report.findings.push(finding);
            }
        }
        for concerned in &found.coverage {
            let outcomes =
                worst.iter().filter(|((shape, _), _)| *shape == concerned.shape).map(|(_, outcome)| *outcome);
            let counts = counts(concerned.nodes, outcomes);
            let coverage = coverage
                .entry(judge.rule(&concerned.shape, &found.coverage))
                .or_insert_with_key(|rule| judge.coverage(rule, concerned));
            coverage.counts += counts;
            coverage.concerned = coverage.counts.concerned();
            let region = region.clone();
            coverage.regions.push(RegionCoverage { region, state: Some(state), concerned: counts.concerned(), counts });
        }
    }
    report.findings.sort_by(|a, b| a.order().cmp(&b.order()));
    report.headings.extend(
        coverage.values().map(|shape| Heading {
            clause: finding::clause_family(&shape.clause).to_owned(),
            label: shape.title.clone(),
        }),
    );
    report.coverage.extend(coverage.into_values());
    report.coverage.sort_by(|a, b| a.rule.cmp(&b.rule));
}

/// The graphs of a ground that the region itself wrote.
fn own(ground: &Ground, names: &Names) -> Scope {
    let mut scope = ground.graphs.clone();
    if let DefaultGraph::Graphs(all) = &mut scope.default {
        all.retain(|graph| match graph {
            GraphName::NamedNode(graph) => {
                !graph.as_str().starts_with(graphs::REFERENCE_GRAPHS) && *graph != names.decisions()
            }
            _ => true,
        });
    }
    scope
}

/// Things by outcome: those that no result names conform.
fn counts(nodes: usize, outcomes: impl Iterator<Item = Outcome>) -> Counts {
    let mut counts = Counts::default();
    let mut left = nodes;
    for outcome in outcomes {
        counts.add(outcome);
        left = left.saturating_sub(1);
    }
    for _ in 0..left {
        counts.add(Outcome::Conforms);
    }
    counts
}

struct Judge<'a> {
    assembler: Assembler<'a>,
    decisions: Decisions,
    options: &'a CheckOptions,
}

impl Judge<'_> {
    /// `shape:` and the local name of the shape; a shape without a name goes by its place in the file.
    fn rule(&self, shape: &Term, all: &[Concerned]) -> String {
        let place = || all.iter().position(|concerned| concerned.shape == *shape).unwrap_or_default() + 1;
        match shape {
            Term::NamedNode(node) => {
                let name = node.as_str().rsplit(['#', '/', ':']).next().filter(|name| !name.is_empty());
                format!("shape:{}", name.unwrap_or(node.as_str()))
            }
            _ => format!("shape:{}", place()),
        }
    }

    fn title(&self, rule: &str, names: &[Literal]) -> String {
        let named = |tag| names.iter().find(|name| name.language() == tag);
        named(Some(self.options.language.tag()))
            .or_else(|| named(None))
            .or_else(|| names.first())
            .map_or_else(|| rule.to_owned(), |name| name.value().to_owned())
    }

    fn finding(&self, violation: &Violation, all: &[Concerned], region: &RegionName, state: State) -> Finding {
        let rule = self.rule(&violation.target_shape, all);
        let names = all.iter().find(|concerned| concerned.shape == violation.target_shape);
        let title = self.title(&rule, names.map_or(&[][..], |concerned| &concerned.names));
        let path = violation.path.as_ref().map(|path| match path.predicate() {
            Some(predicate) => Term::from(predicate.clone()),
            None => Literal::from(path.to_string()).into(),
        });
        let evidence: Evidence = [
            ("path", path),
            ("value", violation.value.clone()),
            ("constraint", Some(violation.component.clone().into())),
        ]
        .into_iter()
        .filter_map(|(name, term)| Some((name.to_owned(), vec![term?])))
        .collect();
        let id = finding::identity(&rule, &violation.focus, Some(state), &evidence);
        let (deviation, lapsed) = self.decisions.deviation(&id, &self.options.today);
        let severity = self.options.severities.get(&rule).copied().unwrap_or(violation.severity());
        let focus_label = self.assembler.facts.label(&violation.focus, self.options.language);
        Finding {
            id,
            severity,
            outcome: if deviation.is_some() { Outcome::AcceptedDeviation } else { Outcome::Violates },
            region: Some(region.clone()),
            state: Some(state),
            focus: value_of(&violation.focus),
            message: format!("{focus_label}: {}", violation.message(self.options.language)),
            focus_label,
            question: None,
            evidence: evidence.iter().map(|(name, terms)| (name.clone(), self.assembler.value(terms))).collect(),
            members: Vec::new(),
            clause: clause(&rule),
            clause_label: title.clone(),
            rule,
            rule_title: title,
            source: self.assembler.source(&violation.focus),
            deviation,
            lapsed,
            reopened: None,
            answer: None,
            standing: None,
        }
    }

    fn coverage(&self, rule: &str, concerned: &Concerned) -> Coverage {
        let title = self.title(rule, &concerned.names);
        Coverage {
            rule: rule.to_owned(),
            family: FAMILY.to_owned(),
            why: String::new(),
            fix: String::new(),
            severity: Severity::Violation,
            clause: clause(rule),
            clause_label: title.clone(),
            title,
            concerned: 0,
            counts: Counts::default(),
            regions: Vec::new(),
        }
    }
}

/// A shape rests on no clause of a source: it stands for itself, whole, so without what parts a clause from its family.
fn clause(rule: &str) -> String {
    rule.replace(['-', '.'], "_")
}
