//! Rows that lack one fact, told once: the missing parts of one thing, and what a whole delivery is silent about.

use super::run::{Justification, Row};
use crate::decisions::Answer;
use oxrdf::Term;
use std::collections::{BTreeMap, btree_map::Entry};
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
    fn matter(&self, without: &str) -> Vec<String> {
        let reason = self.justification.as_ref().map(|justification| justification.reason.clone());
        let mut matter = vec![self.outcome.name().to_owned(), reason.unwrap_or_default()];
        for (name, values) in self.evidence.iter().filter(|(name, _)| *name != without) {
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
    for mut ruling in rulings {
        match joined.entry((ruling.focus.to_string(), ruling.matter(variable))) {
            Entry::Vacant(entry) => {
                entry.insert(ruling);
            }
            Entry::Occupied(mut entry) => {
                if let Some(more) = ruling.evidence.remove(variable) {
                    let values = entry.get_mut().evidence.entry(variable.to_owned()).or_default();
                    values.extend(more);
                    values.sort_by_key(ToString::to_string);
                    values.dedup();
                }
            }
        }
    }
    joined.into_values().collect()
}

/// Where nothing at all could be judged, the delivery is silent on the matter, and everything that lacks something makes
/// one finding. Gives the things, by IRI, and what is said of them together; else the rulings as they are.
pub(crate) fn of_the_delivery(rulings: Vec<Ruling>) -> Result<(Vec<Term>, Ruling), Vec<Ruling>> {
    let open = |ruling: &Ruling| ruling.outcome == Outcome::NotAssessable;
    if rulings.len() < 2 || !rulings.iter().all(open) {
        return Err(rulings);
    }
    let things: BTreeMap<String, Term> =
        rulings.iter().map(|ruling| (ruling.focus.to_string(), ruling.focus.clone())).collect();
    let mut things = things.into_values();
    let Some(focus) = things.next() else { return Err(rulings) };
    let mut evidence: BTreeMap<String, Vec<Term>> = BTreeMap::new();
    for (name, values) in rulings.into_iter().flat_map(|ruling| ruling.evidence) {
        evidence.entry(name).or_default().extend(values);
    }
    for values in evidence.values_mut() {
        values.sort_by_key(ToString::to_string);
        values.dedup();
    }
    let members = std::iter::once(focus.clone()).chain(things).collect();
    Ok((members, Ruling { focus, outcome: Outcome::NotAssessable, evidence, justification: None, answer: None }))
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
    fn a_silent_delivery_is_told_once() {
        let open = Outcome::NotAssessable;
        let (members, ruling) =
            of_the_delivery(vec![ruling("b", open, "x"), ruling("a", open, "x"), ruling("a", open, "y")]).unwrap();
        assert_eq!((members, ruling.focus), (vec![term("a"), term("b")], term("a")));
        assert_eq!(ruling.evidence["lacking"], [term("x"), term("y")]);
    }

    #[test]
    fn a_delivery_that_tells_it_of_one_thing_is_not_silent() {
        let rulings = vec![ruling("a", Outcome::NotAssessable, "x"), ruling("b", Outcome::Violates, "x")];
        assert_eq!(of_the_delivery(rulings.clone()), Err(rulings));
        let one = vec![ruling("a", Outcome::NotAssessable, "x")];
        assert_eq!(of_the_delivery(one.clone()), Err(one));
    }
}
