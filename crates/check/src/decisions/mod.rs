//! What people decided: facts of the decisions graph that change how a row counts.

mod answer;
mod deviation;
mod record;

pub use answer::Answer;
pub use deviation::{Basis, Deviation};
pub use record::{
    DecisionError, Recorded, RecordedAnswer, Statement, answer, deviation_node, recorded, recorded_answers, waive,
};

use crate::{
    engine::Row,
    finding::{Evidence, identity},
};
use oxrdf::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term};
use std::collections::HashMap;
use viite_model::{Outcome, State};
use viite_query::facts::Facts;

macro_rules! terms {
    ($($name:ident = $local:literal),* $(,)?) => {
        $(pub(crate) const $name: NamedNodeRef<'static> =
            NamedNodeRef::new_unchecked(concat!("https://w3id.org/viite/ns#", $local));)*
    };
}
terms! {
    ACCEPTED_DEVIATION = "AcceptedDeviation",
    ANSWER_CLASS = "Answer",
    FINDING = "finding",
    RULE = "rule",
    ABOUT = "about",
    ANSWER = "answer",
    REASON = "reason",
    AUTHORITY = "authority",
    VALID_UNTIL = "validUntil",
}
pub(crate) const DATE: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://purl.org/dc/terms/date");

/// What a rule says of a thing in a state.
type Matter = (String, Term, Option<State>);

/// The decisions of a repository, or of a case.
#[derive(Debug, Default)]
pub(crate) struct Decisions {
    deviations: HashMap<String, Vec<Deviation>>,
    /// The deviations from what a rule says of a thing in a state, with their findings.
    of_thing: HashMap<Matter, Vec<(String, Deviation)>>,
    /// Answers to one finding.
    to_finding: HashMap<String, Vec<Answer>>,
    /// Answers about all that a rule asks of a thing, which somebody wrote by other means than `viite answer`.
    answers: HashMap<(String, Term), Vec<Answer>>,
}

impl Decisions {
    /// Reads what this graph holds.
    pub(crate) fn of(facts: &Facts<'_>, graph: &NamedNode) -> Self {
        let source = Graph { facts, graph };
        let mut decisions = Self::default();
        for (node, finding, deviation) in deviation::read(&source) {
            if let Some(rule) = source.text(&node, RULE) {
                let states = source.objects(&node, viite_model::ns::viite::STATE);
                let state = State::ALL.into_iter().find(|state| states.contains(&Term::from(state.iri())));
                for thing in source.objects(&node, ABOUT) {
                    let known = decisions.of_thing.entry((rule.clone(), thing, state)).or_default();
                    known.push((finding.clone(), deviation.clone()));
                }
            }
            decisions.deviations.entry(finding).or_default().push(deviation);
        }
        for (node, rule, things, answer) in answer::read(&source) {
            if let Some(finding) = record::answered(graph, &node) {
                decisions.to_finding.entry(finding).or_default().push(answer);
                continue;
            }
            for thing in things {
                decisions.answers.entry((rule.clone(), thing)).or_default().push(answer.clone());
            }
        }
        decisions
    }

    /// The deviation that holds for a finding on this day; else the one that ended last.
    pub(crate) fn deviation(&self, finding: &str, today: &str) -> (Option<Deviation>, Option<Deviation>) {
        let known = self.deviations.get(finding).map_or(&[][..], Vec::as_slice);
        let newest = known.iter().max_by_key(|deviation| &deviation.until);
        match newest {
            Some(deviation) if deviation.holds(today) => (Some(deviation.clone()), None),
            lapsed => (None, lapsed.cloned()),
        }
    }

    /// A deviation that still holds by its day, from a finding about one of these things that is there no longer:
    /// the facts that it was accepted on have changed.
    pub(crate) fn reopened(
        &self,
        rule: &str,
        things: &[Term],
        state: Option<State>,
        today: &str,
        is_there: impl Fn(&str) -> bool,
    ) -> Option<Deviation> {
        if self.of_thing.is_empty() {
            return None;
        }
        let known = things.iter().filter_map(|thing| self.of_thing.get(&(rule.to_owned(), thing.clone(), state)));
        let gone = known.flatten().filter(|(finding, deviation)| !is_there(finding) && deviation.holds(today));
        gone.max_by_key(|(_, deviation)| &deviation.until).map(|(_, deviation)| deviation.clone())
    }

    /// What a person answered where data cannot judge, and what that makes of the row.
    pub(crate) fn settle(&self, rule: &str, row: &Row, state: Option<State>, today: &str) -> (Outcome, Option<Answer>) {
        if row.outcome != Outcome::NotAssessable || (self.answers.is_empty() && self.to_finding.is_empty()) {
            return (row.outcome, None);
        }
        let evidence: Evidence = row.evidence.iter().map(|(name, value)| (name.clone(), vec![value.clone()])).collect();
        let of_finding = self.to_finding.get(&identity(rule, &row.focus, state, &evidence));
        let of_thing = self.answers.get(&(rule.to_owned(), row.focus.clone()));
        let answers: Vec<&Answer> = of_finding.into_iter().chain(of_thing).flatten().collect();
        // Of two answers the later one; of two of one day, the one that says no.
        let answer = answers
            .into_iter()
            .filter(|answer| answer.holds(state, today))
            .max_by_key(|answer| (&answer.date, !answer.yes));
        match answer {
            Some(answer) if answer.yes => (Outcome::Conforms, Some(answer.clone())),
            Some(answer) => (Outcome::Violates, Some(answer.clone())),
            None => (Outcome::NotAssessable, None),
        }
    }
}

/// The facts of one graph.
struct Graph<'a> {
    facts: &'a Facts<'a>,
    graph: &'a NamedNode,
}

impl Graph<'_> {
    fn members(&self, class: NamedNodeRef<'_>) -> Vec<NamedOrBlankNode> {
        self.facts.subjects_in(viite_model::ns::rdf::TYPE, class.into(), self.graph.as_ref())
    }

    fn objects(&self, subject: &NamedOrBlankNode, predicate: NamedNodeRef<'_>) -> Vec<Term> {
        self.facts.objects_in(subject, predicate, self.graph.as_ref())
    }

    /// The text of a property; of several, the last in their order.
    fn text(&self, subject: &NamedOrBlankNode, predicate: NamedNodeRef<'_>) -> Option<String> {
        self.objects(subject, predicate)
            .into_iter()
            .map(|term| match term {
                Term::Literal(literal) => literal.destruct().0,
                other => self.facts.label(&other, viite_model::Language::En),
            })
            .filter(|text| !text.trim().is_empty())
            .max()
    }
}
