//! Runs rules over a snapshot, in parallel, and judges every thing once.

use crate::{
    coverage::{Counts, Coverage, RegionCoverage},
    deviation::{self, Deviation},
    finding::{self, Finding, RegionName, Source, Value},
    report::{Heading, Report},
    rule::{GIVEN, Rule, RuleScope},
    scope::{self, Ground, Grounds},
    template,
};
use oxrdf::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Variable, vocab::xsd};
use rayon::prelude::*;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::Arc,
    time::Duration,
};
use viite_model::{Language, Names, Outcome, State, ns};
use viite_query::{Answer, QueryOptions, facts::Facts};
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
    /// How long one rule may take in one region.
    pub timeout: Duration,
}

/// A rule that could not be run to its end. The others still ran.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct RuleFailure {
    /// The rule's identifier.
    pub rule: String,
    /// The region in which it failed, if it runs per region.
    pub region: Option<RegionName>,
    /// What went wrong.
    pub error: String,
}

/// One answer of a rule about one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) focus: Term,
    pub(crate) outcome: Outcome,
    pub(crate) evidence: BTreeMap<String, Term>,
}

/// Why one run of a rule gave nothing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RunError {
    #[error("{0}")]
    Query(#[from] viite_query::QueryError),
    #[error("the query is not a SELECT")]
    NoSelect,
    #[error("a row has no ?focus: every row must name the thing that it judges")]
    NoFocus,
    #[error("a row about {focus} has the outcome {outcome}: it must be one of conforms, violates, not-assessable")]
    Outcome { focus: Term, outcome: String },
}

/// Runs the rules and gathers what they say.
pub fn check(snapshot: &Arc<Snapshot>, names: &Names, rules: &[&Rule], options: &CheckOptions) -> Report {
    let facts = Facts::new(snapshot);
    let grounds = Grounds::of(&facts, names);
    let runs: Vec<(&Rule, Ground)> = rules
        .iter()
        .flat_map(|rule| grounds.for_scope(rule.scope, &options.regions).into_iter().map(move |ground| (*rule, ground)))
        .collect();
    let answers: Vec<Result<Vec<Row>, RunError>> =
        runs.par_iter().map(|(rule, ground)| run(rule, snapshot, ground, options)).collect();

    let mut judge = Judge::new(facts, names, options);
    for rule in rules {
        judge.meet(rule);
    }
    for ((rule, ground), answer) in runs.iter().zip(answers) {
        judge.hear(rule, ground, answer);
    }
    let asked = |region: &NamedNode| options.regions.is_empty() || options.regions.contains(region);
    judge.report(grounds.described().filter(|(region, _)| asked(region)).count())
}

/// Runs one rule on one ground.
pub(crate) fn run(
    rule: &Rule,
    snapshot: &Arc<Snapshot>,
    ground: &Ground,
    options: &CheckOptions,
) -> Result<Vec<Row>, RunError> {
    let mut bindings =
        vec![(Variable::new_unchecked("today"), Literal::new_typed_literal(&options.today, xsd::DATE).into())];
    if let Some((region, state)) = &ground.region {
        bindings.push((Variable::new_unchecked("region"), region.clone().into()));
        bindings.push((Variable::new_unchecked("state"), state.iri().into()));
    }
    let query_options = QueryOptions {
        scope: ground.graphs.clone(),
        timeout: Some(options.timeout),
        bindings,
        ..QueryOptions::default()
    };
    let Answer::Solutions(solutions) = rule.query().run(snapshot, &query_options)? else {
        return Err(RunError::NoSelect);
    };
    let mut rows = Vec::new();
    for solution in solutions {
        let solution = solution?;
        let focus = solution.get("focus").ok_or(RunError::NoFocus)?.clone();
        let outcome = match solution.get("outcome") {
            Some(Term::Literal(word)) => word.value().parse().ok(),
            _ => None,
        }
        // Whether a deviation was accepted is for an authority to say, never for a rule.
        .filter(|outcome| *outcome != Outcome::AcceptedDeviation)
        .ok_or_else(|| RunError::Outcome {
            focus: focus.clone(),
            outcome: solution.get("outcome").map_or_else(|| "unbound".to_owned(), ToString::to_string),
        })?;
        let evidence = solution
            .iter()
            .filter(|(variable, _)| {
                let name = variable.as_str();
                !["focus", "outcome"].contains(&name) && !GIVEN.contains(&name)
            })
            .map(|(variable, term)| (variable.as_str().to_owned(), term.clone()))
            .collect();
        rows.push(Row { focus, outcome, evidence });
    }
    Ok(rows)
}

/// Gathers rows into findings and coverage.
struct Judge<'a> {
    facts: Facts<'a>,
    options: &'a CheckOptions,
    deviations: HashMap<String, Deviation>,
    region_names: HashMap<NamedNode, RegionName>,
    findings: Vec<Finding>,
    coverage: BTreeMap<String, Coverage>,
    failures: Vec<RuleFailure>,
}

impl<'a> Judge<'a> {
    fn new(facts: Facts<'a>, names: &Names, options: &'a CheckOptions) -> Self {
        Self {
            deviations: deviation::deviations(&facts, names),
            facts,
            options,
            region_names: HashMap::new(),
            findings: Vec::new(),
            coverage: BTreeMap::new(),
            failures: Vec::new(),
        }
    }

    /// Opens the coverage of a rule, so that one that concerns nothing is in the report too.
    fn meet(&mut self, rule: &Rule) {
        let coverage = Coverage {
            rule: rule.id.clone(),
            family: rule.family.clone(),
            title: self.text(&rule.title),
            why: self.text(&rule.why),
            fix: self.text(&rule.fix),
            severity: rule.severity,
            clause: ns::shorten(rule.clause.as_str()),
            clause_label: self.facts.label(&rule.clause.clone().into(), self.options.language),
            concerned: 0,
            counts: Counts::default(),
            regions: Vec::new(),
        };
        self.coverage.insert(rule.id.clone(), coverage);
    }

    fn hear(&mut self, rule: &Rule, ground: &Ground, answer: Result<Vec<Row>, RunError>) {
        let rows = match answer {
            Ok(rows) => rows,
            Err(error) => {
                let region = ground.region.as_ref().map(|(region, _)| self.region(region));
                self.failures.push(RuleFailure { rule: rule.id.clone(), region, error: error.to_string() });
                return;
            }
        };
        let state = ground.region.as_ref().map(|(_, state)| *state);
        let mut worst: BTreeMap<String, (Option<RegionName>, Outcome)> = BTreeMap::new();
        let mut seen = HashSet::new();
        for row in rows {
            let region = match &ground.region {
                Some((region, _)) => Some(region.clone()),
                None => self.region_of(&row.focus),
            };
            if !self.options.regions.is_empty()
                && region.as_ref().is_none_or(|region| !self.options.regions.contains(region))
            {
                continue; // a rule over the whole repository, asked about a few regions
            }
            let region = region.map(|region| self.region(&region));
            let id = finding::identity(
                &rule.id,
                &row.focus,
                state,
                row.evidence.iter().map(|(name, term)| (name.as_str(), term)),
            );
            let deviation = self
                .deviations
                .get(&id)
                .filter(|deviation| row.outcome == Outcome::Violates && deviation.holds(&self.options.today))
                .cloned();
            let outcome = match deviation {
                Some(_) => Outcome::AcceptedDeviation,
                None => row.outcome,
            };
            worst
                .entry(row.focus.to_string())
                .and_modify(|(_, worst)| *worst = (*worst).min(outcome))
                .or_insert((region.clone(), outcome));
            if outcome != Outcome::Conforms && seen.insert(id.clone()) {
                let finding = self.finding(rule, &row, id, outcome, region, state, deviation);
                self.findings.push(finding);
            }
        }
        self.cover(rule, ground, worst.into_values());
    }

    fn cover(&mut self, rule: &Rule, ground: &Ground, things: impl Iterator<Item = (Option<RegionName>, Outcome)>) {
        let state = ground.region.as_ref().map(|(_, state)| *state);
        let mut total = Counts::default();
        let mut by_region: BTreeMap<RegionName, Counts> = BTreeMap::new();
        if let Some((region, _)) = &ground.region {
            by_region.insert(self.region(region), Counts::default());
        }
        for (region, outcome) in things {
            total.add(outcome);
            if let Some(region) = region {
                by_region.entry(region).or_default().add(outcome);
            }
        }
        let Some(coverage) = self.coverage.get_mut(&rule.id) else {
            return; // every rule was met before it was heard
        };
        coverage.counts += total;
        coverage.concerned = coverage.counts.concerned();
        coverage.regions.extend(by_region.into_iter().map(|(region, counts)| RegionCoverage {
            region,
            state,
            concerned: counts.concerned(),
            counts,
        }));
    }

    #[expect(clippy::too_many_arguments, reason = "they are the parts of one finding")]
    fn finding(
        &self,
        rule: &Rule,
        row: &Row,
        id: String,
        outcome: Outcome,
        region: Option<RegionName>,
        state: Option<State>,
        deviation: Option<Deviation>,
    ) -> Finding {
        let language = self.options.language;
        let evidence: BTreeMap<String, Value> =
            row.evidence.iter().map(|(name, term)| (name.clone(), self.value(term))).collect();
        let focus_label = self.facts.label(&row.focus, language);
        let text = match outcome {
            Outcome::NotAssessable => &rule.missing,
            _ => &rule.message,
        };
        let filled = template::fill(text.get(language).unwrap_or_default(), |name| match name {
            "focus" => Some(focus_label.clone()),
            "region" => region.as_ref().map(|region| region.name.clone()),
            "state" => state.map(|state| crate::report::words(language).state(state).to_owned()),
            "today" => Some(self.options.today.clone()),
            _ => evidence.get(name).map(|value| value.label.clone()),
        });
        let message = match outcome {
            Outcome::NotAssessable => format!("{} {filled}", crate::report::words(language).missing),
            _ => filled,
        };
        Finding {
            id,
            rule: rule.id.clone(),
            rule_title: self.text(&rule.title),
            severity: rule.severity,
            outcome,
            region,
            state,
            focus: value_of(&row.focus),
            focus_label,
            message,
            evidence,
            clause: ns::shorten(rule.clause.as_str()),
            clause_label: self.facts.label(&rule.clause.clone().into(), language),
            source: self.source(&row.focus),
            deviation,
        }
    }

    fn value(&self, term: &Term) -> Value {
        Value { value: value_of(term), label: self.facts.label(term, self.options.language) }
    }

    fn source(&self, focus: &Term) -> Option<Source> {
        let subject = subject(focus)?;
        let literal = |predicate| {
            self.facts.objects(&subject, predicate).into_iter().find_map(|term| match term {
                Term::Literal(literal) => Some(literal.destruct().0),
                _ => None,
            })
        };
        Some(Source {
            file: literal(ns::viite::SOURCE_FILE)?,
            line: literal(ns::viite::SOURCE_LINE).and_then(|line| line.parse().ok()),
            id: literal(ns::viite::SOURCE_ID),
        })
    }

    /// The region that a thing belongs to; a region belongs to itself.
    fn region_of(&self, focus: &Term) -> Option<NamedNode> {
        let thing = subject(focus)?;
        let nodes = |predicate| {
            self.facts.objects(&thing, predicate).into_iter().filter_map(|term| match term {
                Term::NamedNode(node) => Some(node),
                _ => None,
            })
        };
        if nodes(ns::rdf::TYPE).any(|class| class == ns::viite::REGION)
            && let Term::NamedNode(region) = focus
        {
            return Some(region.clone());
        }
        nodes(ns::viite::IN_REGION).min()
    }

    fn region(&mut self, region: &NamedNode) -> RegionName {
        self.region_names
            .entry(region.clone())
            .or_insert_with(|| scope::region_name(&self.facts, region, self.options.language))
            .clone()
    }

    fn text(&self, text: &viite_model::Text) -> String {
        text.get(self.options.language).unwrap_or_default().to_owned()
    }

    /// The principles and guidelines of the reference, and what else the rules rest on.
    fn headings(&self) -> Vec<Heading> {
        let graphs = scope::reference_graphs(&self.facts); // a region may have principles of its own
        let instances = |class: NamedNodeRef<'_>| -> Vec<NamedOrBlankNode> {
            graphs
                .iter()
                .flat_map(|graph| self.facts.subjects_in(ns::rdf::TYPE, class.into(), graph.as_ref()))
                .collect()
        };
        let clauses: BTreeSet<String> = [ns::viite::PRINCIPLE, ns::viite::GUIDELINE]
            .into_iter()
            .flat_map(instances)
            .filter_map(|clause| match clause {
                NamedOrBlankNode::NamedNode(clause) => Some(ns::shorten(clause.as_str())),
                NamedOrBlankNode::BlankNode(_) => None,
            })
            .chain(self.coverage.values().map(|rule| finding::clause_family(&rule.clause).to_owned()))
            .collect();
        let mut headings: Vec<Heading> = clauses
            .into_iter()
            .map(|clause| {
                let term = ns::expand(&clause).map(NamedNode::new_unchecked);
                let label = term.map(|term| self.facts.label(&term.into(), self.options.language));
                Heading { label: label.unwrap_or_else(|| clause.clone()), clause }
            })
            .collect();
        headings.sort_by(|a, b| a.order().cmp(&b.order()));
        headings
    }

    fn report(mut self, described: usize) -> Report {
        self.findings.sort_by(|a, b| a.order().cmp(&b.order()));
        self.failures.sort_by(|a, b| (&a.rule, &a.region).cmp(&(&b.rule, &b.region)));
        Report {
            language: self.options.language,
            today: self.options.today.clone(),
            descriptions: described,
            headings: self.headings(),
            findings: self.findings,
            coverage: self.coverage.into_values().collect(),
            failures: self.failures,
        }
    }
}

fn subject(term: &Term) -> Option<NamedOrBlankNode> {
    match term {
        Term::NamedNode(node) => Some(node.clone().into()),
        Term::BlankNode(node) => Some(node.clone().into()),
        _ => None,
    }
}

fn value_of(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::Literal(literal) => literal.value().to_owned(),
        other => other.to_string(),
    }
}

/// Whether a rule is run when nobody names it: rules about the reference itself only on request.
pub fn runs_by_default(rule: &Rule) -> bool {
    rule.scope != RuleScope::Reference
}
