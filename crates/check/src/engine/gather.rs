//! Rows that lack one fact, told once: the missing parts of one thing, and what a whole delivery is silent about.

use super::run::{Justification, Row};
use crate::decisions::Answer;
use oxrdf::Term;
use std::collections::BTreeMap;
use viite_model::Outcome;

/// What is said of one thing, before it has an identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ruling {
    pub(crate) focus: Term,
    pub(crate) outcome: Outcome,
    /// The values of each variable, by their text.
    pub(crate) evidence: BTreeMap<String, Vec<Term>>,
    pub(crate) justification: Option<Justification>,
    pub(crate) answer: Option<Answer>,
}

impl Ruling {
    pub(crate) fn of(row: Row, outcome: Outcome, answer: Option<Answer>) -> Self {
        Self {
            focus: row.focus,
            outcome,
            evidence: row.evidence.into_iter().map(|(name, term)| (name, vec![term])).collect(),
            justification: row.justification,
            answer,
        }
    }

    /// Everything but the thing itself, and but this variable.
    fn matter(&self, without: Option<&str>) -> Vec<String> {
        let reason = self.justification.as_ref().map(|justification| justification.reason.clone());
        let mut matter = vec![self.outcome.name().to_owned(), reason.unwrap_or_default()];
        for (name, values) in self.evidence.iter().filter(|(name, _)| Some(name.as_str()) != without) {
            matter.push(name.clone());
            matter.extend(values.iter().map(ToString::to_string));
        }
        matter
    }
}

/// Joins the rulings on one thing that differ in one variable only: *lacks availability class and integrity class*
/// is one finding.
pub(crate) fn by_variable(rulings: Vec<Ruling>, variable: &str) -> Vec<Ruling> {
    let mut joined: BTreeMap<(String, Vec<String>), Ruling> = BTreeMap::new();
    for ruling in rulings {
        let key = (ruling.focus.to_string(), ruling.matter(Some(variable)));
        let more = ruling.evidence.get(variable).cloned().unwrap_or_default();
        let values = joined.entry(key).or_insert(ruling).evidence.entry(variable.to_owned()).or_default();
        values.extend(more);
        values.sort_by_key(ToString::to_string);
        values.dedup();
    }
    joined.into_values().map(Ruling::without_empty).collect()
}

/// Where nothing at all could be judged, the delivery is silent on the matter: the things that lack the same fact make
/// one finding. Gives those with their things, by IRI, and the rulings that stand alone.
pub(crate) fn of_the_delivery(rulings: Vec<Ruling>) -> (Vec<(Vec<Term>, Ruling)>, Vec<Ruling>) {
    if rulings.iter().any(|ruling| ruling.outcome != Outcome::NotAssessable) {
        return (Vec::new(), rulings);
    }
    let mut by_matter: BTreeMap<Vec<String>, BTreeMap<String, Ruling>> = BTreeMap::new();
    for ruling in rulings {
        by_matter.entry(ruling.matter(None)).or_default().insert(ruling.focus.to_string(), ruling);
    }
    let (mut common, mut alone) = (Vec::new(), Vec::new());
    for things in by_matter.into_values() {
        let members: Vec<Term> = things.values().map(|ruling| ruling.focus.clone()).collect();
        let many = members.len() > 1;
        let mut rulings = things.into_values();
        match rulings.next() {
            Some(first) if many => common.push((members, first)),
            first => alone.extend(first.into_iter().chain(rulings)),
        }
    }
    (common, alone)
}

impl Ruling {
    /// A variable that was unbound in every row has no values.
    fn without_empty(mut self) -> Self {
        self.evidence.retain(|_, values| !values.is_empty());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxrdf::NamedNode;

    fn term(name: &str) -> Term {
        NamedNode::new_unchecked(format!("http://example.org/{name}")).into()
    }

    fn ruling(focus: &str, outcome: Outcome, lacking: &str) -> Ruling {
        let evidence = [("lacking".to_owned(), vec![term(lacking)])].into();
        Ruling { focus: term(focus), outcome, evidence, justification: None, answer: None }
    }

    #[test]
    fn what_one_thing_lacks_is_told_once_for_each_outcome() {
        let (open, wrong) = (Outcome::NotAssessable, Outcome::Violates);
        let rulings = [("a", wrong, "y"), ("b", wrong, "x"), ("a", wrong, "x"), ("a", open, "z"), ("a", wrong, "x")];
        let joined =
            by_variable(rulings.map(|(focus, outcome, lacking)| ruling(focus, outcome, lacking)).into(), "lacking");
        let said: Vec<_> = joined.iter().map(|r| (r.focus.clone(), r.outcome, r.evidence["lacking"].clone())).collect();
        assert_eq!(
            said,
            [
                (term("a"), open, vec![term("z")]),
                (term("a"), wrong, vec![term("x"), term("y")]),
                (term("b"), wrong, vec![term("x")]),
            ]
        );
    }

    #[test]
    fn a_silent_delivery_is_told_once_for_each_fact() {
        let open = Outcome::NotAssessable;
        let (common, alone) =
            of_the_delivery(vec![ruling("b", open, "x"), ruling("a", open, "x"), ruling("a", open, "y")]);
        assert_eq!(common.len(), 1);
        assert_eq!(common[0].0, [term("a"), term("b")]);
        assert_eq!(alone, [ruling("a", open, "y")]);
    }

    #[test]
    fn a_delivery_that_tells_it_of_one_thing_is_not_silent() {
        let rulings = vec![ruling("a", Outcome::NotAssessable, "x"), ruling("b", Outcome::Violates, "x")];
        let (common, alone) = of_the_delivery(rulings.clone());
        assert!(common.is_empty());
        assert_eq!(alone, rulings);
    }
}
