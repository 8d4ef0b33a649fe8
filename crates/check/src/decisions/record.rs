//! Decisions as facts of the decisions graph: what `viite waive` and `viite answer` write.

use super::{
    ABOUT, ACCEPTED_DEVIATION, ANSWER, ANSWER_CLASS, AUTHORITY, DATE, FINDING, Graph, REASON, RULE, VALID_UNTIL,
};
use crate::finding::Finding;
use oxrdf::{Literal, NamedNode, NamedNodeRef, Quad, Term, vocab::xsd};
use std::sync::Arc;
use viite_model::{Outcome, ns};
use viite_query::facts::Facts;
use viite_store::Snapshot;

/// What somebody says when deciding.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Why.
    pub reason: String,
    /// Who takes it upon themselves.
    pub authority: String,
    /// The last day on which it holds.
    pub until: Option<String>,
    /// The day on which it is said.
    pub today: String,
    /// Who writes it down.
    pub author: String,
}

/// Why a decision cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecisionError {
    /// A text is empty.
    #[error("the {0} is empty: a decision without it would be nobody's word")]
    Empty(&'static str),
    /// A date is none.
    #[error("'{0}' is no day: write it as 2027-12-31")]
    NoDay(String),
    /// It would have ended before it began.
    #[error("{until} is past (today is {today}): a decision holds until a day that is still to come")]
    Past {
        /// The day that was given.
        until: String,
        /// Today.
        today: String,
    },
    /// The finding is one that the decision does not fit.
    #[error("{0}")]
    Unfit(String),
}

impl Statement {
    fn check(&self) -> Result<(), DecisionError> {
        for (name, text) in [("reason", &self.reason), ("authority", &self.authority)] {
            if text.trim().is_empty() {
                return Err(DecisionError::Empty(name));
            }
        }
        match &self.until {
            Some(until) if until.len() != 10 || until.parse::<oxsdatatypes::Date>().is_err() => {
                Err(DecisionError::NoDay(until.clone()))
            }
            Some(until) if *until < self.today => {
                Err(DecisionError::Past { until: until.clone(), today: self.today.clone() })
            }
            _ => Ok(()),
        }
    }

    /// The facts that every decision has.
    fn facts(&self, finding: &Finding) -> Vec<(NamedNodeRef<'static>, Term)> {
        let text = |text: &str| Term::from(Literal::from(text.trim()));
        let day = |day: &str| Term::from(Literal::new_typed_literal(day, xsd::DATE));
        let mut facts = vec![
            (RULE, text(&finding.rule)),
            (REASON, text(&self.reason)),
            (AUTHORITY, text(&self.authority)),
            (DATE, day(&self.today)),
            (ns::dcterms::CREATOR, text(&self.author)),
        ];
        if let Ok(focus) = NamedNode::new(&finding.focus) {
            facts.push((ABOUT, focus.into()));
        }
        facts.extend(self.until.as_deref().map(|until| (VALID_UNTIL, day(until))));
        facts.extend(finding.state.map(|state| (ns::viite::STATE, state.iri().into())));
        facts
    }
}

/// The facts of an accepted deviation from a finding.
///
/// # Errors
/// When reason or authority is empty, the end is no day or past, or the finding is no violation.
pub fn waive(finding: &Finding, statement: &Statement, decisions: &NamedNode) -> Result<Vec<Quad>, DecisionError> {
    statement.check()?;
    if statement.until.is_none() {
        return Err(DecisionError::Empty("end (--until)"));
    }
    if finding.outcome == Outcome::NotAssessable {
        return Err(DecisionError::Unfit(format!(
            "{} cannot be assessed, and a missing fact cannot be waived: add the fact ({}){}",
            finding.id,
            finding.message,
            if finding.question.is_some() { ", or answer with 'viite answer'" } else { "" }
        )));
    }
    let mut facts = statement.facts(finding);
    facts.push((ns::rdf::TYPE, ACCEPTED_DEVIATION.into_owned().into()));
    facts.push((FINDING, Literal::from(finding.id.as_str()).into()));
    Ok(quads(&deviation_node(decisions, &finding.id), facts, decisions))
}

/// The facts of an answer to the question of a finding that cannot be assessed.
///
/// # Errors
/// When reason or authority is empty, the end is past, the rule asks nothing, or the data already judge.
pub fn answer(
    finding: &Finding,
    yes: bool,
    statement: &Statement,
    decisions: &NamedNode,
) -> Result<Vec<Quad>, DecisionError> {
    statement.check()?;
    if finding.question.is_none() && finding.answer.is_none() {
        let why = match finding.outcome {
            Outcome::NotAssessable => {
                format!("rule {} asks no question: add the fact ({})", finding.rule, finding.message)
            }
            _ => format!("the facts judge it, so there is nothing to answer ({})", finding.message),
        };
        return Err(DecisionError::Unfit(format!("{}: {why}", finding.id)));
    }
    let mut facts = statement.facts(finding);
    facts.push((ns::rdf::TYPE, ANSWER_CLASS.into_owned().into()));
    facts.push((ANSWER, Literal::from(yes).into()));
    Ok(quads(&answer_node(decisions, &finding.id), facts, decisions))
}

/// Where the deviation from a finding stands: one place, so that a new decision takes the place of the old one.
pub fn deviation_node(decisions: &NamedNode, finding: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{}/deviation/{finding}", decisions.as_str())) // a finding is hexadecimal
}

fn quads(node: &NamedNode, facts: Vec<(NamedNodeRef<'_>, Term)>, decisions: &NamedNode) -> Vec<Quad> {
    facts
        .into_iter()
        .map(|(predicate, object)| Quad::new(node.clone(), predicate.into_owned(), object, decisions.clone()))
        .collect()
}

/// A deviation as it stands in the repository, whether its finding is still there or not.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Recorded {
    /// The finding's identity.
    pub finding: String,
    /// The rule, if the record names it.
    pub rule: Option<String>,
    /// The thing's name, if the record names the thing.
    pub about: Option<String>,
    /// The decision.
    #[serde(flatten)]
    pub deviation: super::Deviation,
    /// The node that holds it.
    #[serde(skip)]
    pub node: oxrdf::NamedOrBlankNode,
}

/// All deviations that the decisions graph holds, those that ended first by their end.
pub fn recorded(snapshot: &Arc<Snapshot>, decisions: &NamedNode, language: viite_model::Language) -> Vec<Recorded> {
    let facts = Facts::new(snapshot);
    let graph = Graph { facts: &facts, graph: decisions };
    let mut recorded: Vec<Recorded> = super::deviation::read(&graph)
        .into_iter()
        .map(|(node, finding, deviation)| Recorded {
            finding,
            rule: graph.text(&node, RULE),
            about: graph.objects(&node, ABOUT).first().map(|thing| facts.label(thing, language)),
            deviation,
            node,
        })
        .collect();
    recorded.sort_by(|a, b| (&a.deviation.until, &a.finding).cmp(&(&b.deviation.until, &b.finding)));
    recorded
}

/// An answer as it stands in the repository.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct RecordedAnswer {
    /// The identity of the finding that it answered; none if it was written by other means than `viite answer`.
    pub finding: Option<String>,
    /// The rule that asks.
    pub rule: String,
    /// The name of the thing that it is about.
    pub about: String,
    /// What was said.
    #[serde(flatten)]
    pub answer: super::Answer,
    /// The node that holds it.
    #[serde(skip)]
    pub node: oxrdf::NamedOrBlankNode,
}

/// All answers that the decisions graph holds, by rule and thing.
pub fn recorded_answers(
    snapshot: &Arc<Snapshot>,
    decisions: &NamedNode,
    language: viite_model::Language,
) -> Vec<RecordedAnswer> {
    let facts = Facts::new(snapshot);
    let graph = Graph { facts: &facts, graph: decisions };
    let mut recorded: Vec<RecordedAnswer> = super::answer::read(&graph)
        .into_iter()
        .map(|(node, rule, about, answer)| {
            let about: Vec<String> = about.iter().map(|thing| facts.label(thing, language)).collect();
            let finding = answered(decisions, &node);
            RecordedAnswer { finding, rule, about: about.join(", "), answer, node }
        })
        .collect();
    recorded.sort_by(|a, b| (&a.rule, &a.about, &a.finding).cmp(&(&b.rule, &b.about, &b.finding)));
    recorded
}

/// The finding that an answer is about, by where it stands.
pub(super) fn answered(decisions: &NamedNode, node: &oxrdf::NamedOrBlankNode) -> Option<String> {
    match node {
        oxrdf::NamedOrBlankNode::NamedNode(node) => {
            node.as_str().strip_prefix(answer_node(decisions, "").as_str()).map(str::to_owned)
        }
        oxrdf::NamedOrBlankNode::BlankNode(_) => None,
    }
}

/// Where the answer to a finding stands, as its deviation does.
fn answer_node(decisions: &NamedNode, finding: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{}/answer/{finding}", decisions.as_str()))
}
