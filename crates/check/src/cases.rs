//! The cases beside a rule: small graphs that say how the rule must answer.
//!
//! `<id>.cases.trig` holds one graph per case, named `case:conforms`, `case:violates`, `case:not-assessable`,
//! `case:accepted-deviation` or `case:out-of-scope` (with `-2`, `-3`, … for more of a kind). A case is judged together
//! with the reference, as the current state of `region:test`; its graph holds the decisions too. The bounds that
//! `applies` sets are not looked at.

use crate::{
    decisions::Decisions,
    engine::{self, CheckOptions},
    rule::Rule,
    scope::{self, Ground},
};
use oxrdf::{GraphName, NamedNode, Quad, Term};
use oxrdfio::{RdfFormat, RdfParser};
use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};
use viite_model::{Outcome, State, graphs};
use viite_store::Snapshot;

const CASE: &str = "https://w3id.org/viite/case#";

/// What a case asks of its rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Expected {
    /// Some thing comes out so. Unless the case is one of *violates*, no thing violates.
    Outcome(Outcome),
    /// The rule concerns nothing in the case.
    OutOfScope,
}

/// A graph and how the rule must answer to it.
#[derive(Clone, Debug)]
pub struct Case {
    /// `violates-2`
    pub name: String,
    /// How the rule must answer.
    pub expected: Expected,
    quads: Vec<Quad>,
}

/// Why a case file cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CaseError {
    /// It is not TriG.
    #[error("{0}")]
    Syntax(#[from] oxrdfio::RdfSyntaxError),
    /// A triple outside of every case.
    #[error(
        "a triple stands in {0}, which is no case: put it into case:conforms, case:violates, case:not-assessable, case:accepted-deviation or case:out-of-scope"
    )]
    Graph(String),
}

/// Reads a case file.
///
/// # Errors
/// When it is not TriG, or holds a graph that is no case.
pub fn parse(trig: &str) -> Result<Vec<Case>, CaseError> {
    let mut cases: BTreeMap<String, Case> = BTreeMap::new();
    for quad in RdfParser::from_format(RdfFormat::TriG).for_slice(trig) {
        let quad = quad?;
        let (name, expected) =
            case_name(&quad.graph_name).ok_or_else(|| CaseError::Graph(quad.graph_name.to_string()))?;
        cases
            .entry(name.to_owned())
            .or_insert_with(|| Case { name: name.to_owned(), expected, quads: Vec::new() })
            .quads
            .push(quad);
    }
    Ok(cases.into_values().collect())
}

fn case_name(graph: &GraphName) -> Option<(&str, Expected)> {
    let GraphName::NamedNode(graph) = graph else {
        return None;
    };
    let name = graph.as_str().strip_prefix(CASE)?;
    let kind = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let kind = if kind.len() < name.len() { kind.strip_suffix('-')? } else { kind };
    let expected = match kind {
        "out-of-scope" => Expected::OutOfScope,
        outcome => Expected::Outcome(outcome.parse().ok()?),
    };
    Some((name, expected))
}

/// The kinds that every rule needs and these cases lack: `conforms`, `violates`, `not-assessable`, `out-of-scope`.
pub fn missing_kinds(cases: &[Case]) -> Vec<&'static str> {
    let needed = [Outcome::Conforms, Outcome::Violates, Outcome::NotAssessable]
        .map(|outcome| (Expected::Outcome(outcome), outcome.name()));
    let needed = needed.into_iter().chain([(Expected::OutOfScope, "out-of-scope")]);
    needed.filter(|(kind, _)| cases.iter().all(|case| case.expected != *kind)).map(|(_, name)| name).collect()
}

/// Tries a rule on a case, with the reference (in graphs of its own) beside it.
///
/// # Errors
/// What the rule answered instead, in one line.
pub fn run(rule: &Rule, case: &Case, reference: &Snapshot, options: &CheckOptions) -> Result<(), String> {
    let with_case = reference.with_changes([], case.quads.iter().map(Quad::as_ref));
    let snapshot = Arc::new(with_case.map_err(|error| error.to_string())?);
    let graph = NamedNode::new_unchecked(format!("{CASE}{}", case.name));
    let facts = viite_query::facts::Facts::new(&snapshot);
    let reference_graphs = scope::reference_graphs(&facts);
    let ground = Ground {
        region: (rule.scope == crate::RuleScope::Region).then(|| (graphs::region("test"), State::Current)),
        graphs: scope::over(reference_graphs.iter().chain([&graph])),
    };
    let rows = engine::run(rule, &snapshot, &ground, options).map_err(|error| error.to_string())?;
    let decisions = Decisions::of(&facts, &graph);
    let place = ground.region.as_ref().map(|(region, state)| (region, *state));
    judge(case, &engine::settle(rule, rows, place, &decisions, &options.today).things)
}

fn judge(case: &Case, things: &[(Term, Outcome)]) -> Result<(), String> {
    // A rule over the reference also answers about what is really there; the case is about its own things.
    let own: HashSet<Term> = case.quads.iter().map(|quad| quad.subject.clone().into()).collect();
    let mut worst: BTreeMap<String, Outcome> = BTreeMap::new();
    for (thing, outcome) in things.iter().filter(|(thing, _)| own.contains(thing)) {
        worst.entry(thing.to_string()).and_modify(|worst| *worst = (*worst).min(*outcome)).or_insert(*outcome);
    }
    let good = match case.expected {
        Expected::OutOfScope => worst.is_empty(),
        Expected::Outcome(expected) => {
            worst.values().any(|outcome| *outcome == expected)
                && (expected == Outcome::Violates || worst.values().all(|outcome| *outcome != Outcome::Violates))
        }
    };
    if good {
        return Ok(());
    }
    let answered: Vec<String> = worst.iter().map(|(focus, outcome)| format!("{focus} {outcome}")).collect();
    Err(format!(
        "case:{} was answered with {}",
        case.name,
        if answered.is_empty() { "nothing".to_owned() } else { answered.join(", ") }
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_graph_that_is_no_case_is_refused() {
        let error =
            parse("@prefix case: <https://w3id.org/viite/case#> . case:fails { case:a case:b case:c }").unwrap_err();
        assert!(error.to_string().contains("which is no case"), "{error}");
    }

    #[test]
    fn cases_of_a_kind_are_kept_apart() {
        let cases = parse("@prefix case: <https://w3id.org/viite/case#> . case:violates { case:a case:b case:c } case:violates-2 { case:d case:b case:c }").unwrap();
        let names: Vec<_> = cases.iter().map(|case| (case.name.as_str(), case.expected)).collect();
        let violates = Expected::Outcome(Outcome::Violates);
        assert_eq!(names, [("violates", violates), ("violates-2", violates)]);
    }
}
