//! What is said of one investment.
//!
//! The investment itself comes first, then its contracts, then what it acquires, then its region: the first of them
//! that says anything of a property is heard.

use crate::terms;
use oxrdf::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term, vocab::xsd};
use oxsdatatypes::{Decimal, Double};
use std::collections::BTreeSet;
use viite_query::facts::Facts;

/// A fact, as far as it can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact<T> {
    /// Nobody says it.
    Missing,
    /// It is said, but in a way that nobody can reckon with.
    Unusable(Fault),
    /// It is said.
    Known(T),
}

/// Why a fact cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A text, say, where a number belongs.
    NoNumber(String),
    /// Less than zero.
    Negative(String),
    /// Zero, where something is to be a share of it.
    Zero(String),
    /// Neither true nor false.
    NoYesOrNo(String),
    /// Several values that differ.
    Several(Vec<String>),
}

/// The things that speak of one investment.
pub struct Statement<'a> {
    facts: &'a Facts<'a>,
    graphs: &'a [NamedNode],
    speakers: Vec<Vec<NamedNode>>,
}

impl<'a> Statement<'a> {
    /// What these graphs say of an investment of the region.
    pub fn of(facts: &'a Facts<'a>, graphs: &'a [NamedNode], investment: &NamedNode, region: &NamedNode) -> Self {
        let mut statement = Self { facts, graphs, speakers: Vec::new() };
        let contracts = statement.subjects(terms::CONTRACT_FOR, investment);
        let acquired = statement.objects(investment, terms::ACQUIRES).into_iter().filter_map(node).collect();
        statement.speakers = vec![vec![investment.clone()], contracts, acquired, vec![region.clone()]];
        statement
    }

    /// A number that is not negative; of several contracts, the largest.
    pub fn number(&self, property: NamedNodeRef<'_>) -> Fact<Decimal> {
        let Some((rank, values)) = self.heard(property) else {
            return Fact::Missing;
        };
        let mut numbers = Vec::new();
        for value in &values {
            match decimal(value) {
                Some(number) if number < Decimal::default() => return Fact::Unusable(Fault::Negative(text(value))),
                Some(number) => numbers.push(number),
                None => return Fact::Unusable(Fault::NoNumber(text(value))),
            }
        }
        numbers.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
        numbers.dedup();
        match (&numbers[..], rank) {
            ([], _) => Fact::Missing,
            ([.., largest], 1) => Fact::Known(*largest),
            ([one], _) => Fact::Known(*one),
            _ => Fact::Unusable(Fault::Several(values.iter().map(text).collect())),
        }
    }

    /// Yes or no.
    pub fn yes_or_no(&self, property: NamedNodeRef<'_>) -> Fact<bool> {
        let Some((_, values)) = self.heard(property) else {
            return Fact::Missing;
        };
        let mut said = BTreeSet::new();
        for value in &values {
            match boolean(value) {
                Some(value) => said.insert(value),
                None => return Fact::Unusable(Fault::NoYesOrNo(text(value))),
            };
        }
        match said.into_iter().collect::<Vec<_>>()[..] {
            [one] => Fact::Known(one),
            _ => Fact::Unusable(Fault::Several(values.iter().map(text).collect())),
        }
    }

    /// Whether the deciding fact of a criterion holds: it is true, or names a thing, of the class if one is asked for.
    pub fn holds(&self, property: NamedNodeRef<'_>, class: Option<&NamedNode>) -> Fact<bool> {
        let things: Vec<NamedNode> = self.speakers[..3]
            .iter()
            .flatten()
            .flat_map(|speaker| self.objects(speaker, property))
            .filter_map(node)
            .collect();
        if things.is_empty() {
            return self.yes_or_no(property);
        }
        let counts = |thing: &NamedNode| match class {
            Some(class) => {
                self.facts.objects(&thing.clone().into(), oxrdf::vocab::rdf::TYPE).contains(&Term::from(class.clone()))
            }
            None => thing.as_ref() != terms::NOTHING,
        };
        Fact::Known(things.iter().any(counts))
    }

    /// The values of the first speaker that says anything, and which one that is.
    fn heard(&self, property: NamedNodeRef<'_>) -> Option<(usize, Vec<Term>)> {
        self.speakers.iter().enumerate().find_map(|(rank, speakers)| {
            let mut values: Vec<Term> = speakers.iter().flat_map(|speaker| self.objects(speaker, property)).collect();
            values.sort_by_key(ToString::to_string);
            values.dedup();
            (!values.is_empty()).then_some((rank, values))
        })
    }

    fn objects(&self, subject: &NamedNode, property: NamedNodeRef<'_>) -> Vec<Term> {
        let subject = NamedOrBlankNode::from(subject.clone());
        self.graphs.iter().flat_map(|graph| self.facts.objects_in(&subject, property, graph.as_ref())).collect()
    }

    fn subjects(&self, property: NamedNodeRef<'_>, object: &NamedNode) -> Vec<NamedNode> {
        let mut subjects: Vec<NamedNode> = self
            .graphs
            .iter()
            .flat_map(|graph| self.facts.subjects_in(property, object.as_ref().into(), graph.as_ref()))
            .filter_map(|subject| node(subject.into()))
            .collect();
        subjects.sort();
        subjects.dedup();
        subjects
    }
}

fn node(term: Term) -> Option<NamedNode> {
    match term {
        Term::NamedNode(node) => Some(node),
        _ => None,
    }
}

fn text(term: &Term) -> String {
    match term {
        Term::Literal(literal) => literal.value().to_owned(),
        Term::NamedNode(node) => viite_model::ns::shorten(node.as_str()),
        other => other.to_string(),
    }
}

fn decimal(term: &Term) -> Option<Decimal> {
    let Term::Literal(literal) = term else {
        return None;
    };
    if [xsd::DOUBLE, xsd::FLOAT].contains(&literal.datatype()) {
        return literal.value().parse::<Double>().ok().and_then(|double| double.try_into().ok());
    }
    // A bare text is no number: "5 v" and "5,0" are told, not guessed.
    let numeric = literal.datatype() != xsd::STRING && literal.language().is_none();
    numeric.then(|| literal.value().trim().parse().ok()).flatten()
}

fn boolean(term: &Term) -> Option<bool> {
    match term {
        Term::Literal(literal) if literal.datatype() == xsd::BOOLEAN => match literal.value() {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        },
        _ => None,
    }
}
