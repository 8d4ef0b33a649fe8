//! What the reference says: criteria, their thresholds, and what follows when one is met.

use crate::terms;
use oxrdf::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term};
use oxsdatatypes::Decimal;
use serde::Serialize;
use viite_model::{graphs, ns};
use viite_query::facts::Facts;

/// How a value is compared with a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Operator {
    /// Above the limit; the limit itself is not.
    GreaterThan,
    /// The limit or above.
    AtLeast,
    /// The limit or below.
    AtMost,
    /// The limit alone.
    EqualTo,
}

impl Operator {
    fn named(node: &NamedNode) -> Option<Self> {
        Some(match node.as_str().strip_prefix(ns::VIITE)? {
            "GreaterThan" => Self::GreaterThan,
            "AtLeast" => Self::AtLeast,
            "AtMost" => Self::AtMost,
            "EqualTo" => Self::EqualTo,
            _ => return None,
        })
    }

    /// Whether the comparison holds.
    pub fn holds(self, value: Decimal, limit: Decimal) -> bool {
        match self {
            Self::GreaterThan => value > limit,
            Self::AtLeast => value >= limit,
            Self::AtMost => value <= limit,
            Self::EqualTo => value == limit,
        }
    }
}

/// A number that a property of an investment is compared with.
#[derive(Clone, Debug, PartialEq)]
pub struct Threshold {
    /// Its name in the reference.
    pub iri: NamedNode,
    /// The property that is compared.
    pub quantity: NamedNode,
    /// The property of which a share is taken, if the limit is a share in per cent.
    pub relative_to: Option<NamedNode>,
    /// The property over which the quantity may be spread, where the source leaves that open.
    pub spread_over: Option<NamedNode>,
    /// How it is compared.
    pub operator: Operator,
    /// The number.
    pub limit: Decimal,
    /// Its unit.
    pub unit: NamedNode,
}

/// A ground on which an investment is assessed or held significant.
#[derive(Clone, Debug, PartialEq)]
pub struct Criterion {
    /// Its name in the reference: a clause.
    pub iri: NamedNode,
    /// Any one of them is enough.
    pub thresholds: Vec<Threshold>,
    /// The property that decides it, where the source sets no threshold.
    pub judged_by: Option<NamedNode>,
    /// Only values of this class decide.
    pub value_class: Option<NamedNode>,
}

/// What follows for an investment.
#[derive(Clone, Debug, PartialEq)]
pub struct Procedure {
    /// Its name in the reference.
    pub iri: NamedNode,
    /// Any one of them leads to it; none means that it is for the rest.
    pub criteria: Vec<NamedNode>,
    /// What has to be true besides.
    pub also_requires: Vec<NamedNode>,
    /// Who acts.
    pub actors: Vec<NamedNode>,
    /// At which level it is decided.
    pub decision_level: Option<NamedNode>,
    /// At which steps of the yearly clock.
    pub steps: Vec<NamedNode>,
    /// Where the sources say so.
    pub clauses: Vec<NamedNode>,
}

/// The reference's criteria and procedures.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// By name.
    pub criteria: Vec<Criterion>,
    /// In the order that the reference gives them.
    pub procedures: Vec<Procedure>,
}

/// Why the reference cannot be used for assessing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReferenceError {
    /// No criterion at all.
    #[error("the reference at hand has no investment criteria; 'viite update' brings the reference of this program")]
    NoCriteria,
    /// A threshold without one of its parts.
    #[error("the threshold {threshold} has no usable {part}")]
    Threshold {
        /// The threshold.
        threshold: String,
        /// What is missing or cannot be read.
        part: &'static str,
    },
}

impl Reference {
    /// Reads the criteria and procedures of a snapshot's reference.
    ///
    /// # Errors
    /// There are none, or a threshold lacks a part.
    pub fn read(facts: &Facts<'_>) -> Result<Self, ReferenceError> {
        let mut criteria = Vec::new();
        for iri in members(facts, terms::CRITERION_CLASS) {
            let mut thresholds = nodes(facts, &iri, terms::THRESHOLD)
                .into_iter()
                .map(|threshold| read_threshold(facts, threshold))
                .collect::<Result<Vec<_>, _>>()?;
            thresholds.sort_by(|a, b| a.iri.cmp(&b.iri));
            criteria.push(Criterion {
                thresholds,
                judged_by: nodes(facts, &iri, terms::JUDGED_BY).into_iter().min(),
                value_class: nodes(facts, &iri, terms::VALUE_CLASS).into_iter().min(),
                iri,
            });
        }
        if criteria.is_empty() {
            return Err(ReferenceError::NoCriteria);
        }
        let mut procedures: Vec<(Option<Decimal>, Procedure)> = members(facts, terms::PROCEDURE)
            .into_iter()
            .map(|iri| {
                let order = number(facts, &iri, terms::ORDER);
                (order, read_procedure(facts, iri))
            })
            .collect();
        procedures.sort_by(|(a, one), (b, other)| {
            a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal).then_with(|| one.iri.cmp(&other.iri))
        });
        Ok(Self { criteria, procedures: procedures.into_iter().map(|(_, procedure)| procedure).collect() })
    }
}

fn read_threshold(facts: &Facts<'_>, iri: NamedNode) -> Result<Threshold, ReferenceError> {
    let one = |property| nodes(facts, &iri, property).into_iter().min();
    let lacks = |part| ReferenceError::Threshold { threshold: ns::shorten(iri.as_str()), part };
    Ok(Threshold {
        quantity: one(terms::QUANTITY).ok_or_else(|| lacks("quantity"))?,
        relative_to: one(terms::RELATIVE_TO),
        spread_over: one(terms::SPREAD_OVER),
        operator: one(terms::OPERATOR).as_ref().and_then(Operator::named).ok_or_else(|| lacks("operator"))?,
        limit: number(facts, &iri, terms::VALUE).ok_or_else(|| lacks("value"))?,
        unit: one(terms::UNIT).ok_or_else(|| lacks("unit"))?,
        iri,
    })
}

fn read_procedure(facts: &Facts<'_>, iri: NamedNode) -> Procedure {
    let all = |property| {
        let mut nodes = nodes(facts, &iri, property);
        nodes.sort();
        nodes
    };
    Procedure {
        criteria: all(terms::CRITERION),
        also_requires: all(terms::ALSO_REQUIRES),
        actors: all(terms::ACTOR),
        decision_level: all(terms::DECISION_LEVEL).pop(),
        steps: all(terms::YEARLY_STEP),
        clauses: all(terms::CLAUSE),
        iri,
    }
}

/// The members of a class that the reference has; a region's own file cannot add one.
fn members(facts: &Facts<'_>, class: NamedNodeRef<'_>) -> Vec<NamedNode> {
    let mut members: Vec<NamedNode> = facts
        .graphs()
        .iter()
        .filter(|graph| graph.as_str().starts_with(graphs::REFERENCE_GRAPHS))
        .flat_map(|graph| facts.subjects_in(ns::rdf::TYPE, class.into(), graph.as_ref()))
        .filter_map(|subject| match subject {
            NamedOrBlankNode::NamedNode(node) => Some(node),
            NamedOrBlankNode::BlankNode(_) => None,
        })
        .collect();
    members.sort();
    members.dedup();
    members
}

/// The named things that a subject points to.
pub(crate) fn nodes(facts: &Facts<'_>, subject: &NamedNode, property: NamedNodeRef<'_>) -> Vec<NamedNode> {
    facts
        .objects(&subject.clone().into(), property)
        .into_iter()
        .filter_map(|term| match term {
            Term::NamedNode(node) => Some(node),
            _ => None,
        })
        .collect()
}

/// The texts that a subject has.
pub(crate) fn texts(facts: &Facts<'_>, subject: &NamedNode, property: NamedNodeRef<'_>) -> Vec<String> {
    let mut texts: Vec<String> = facts
        .objects(&subject.clone().into(), property)
        .into_iter()
        .filter_map(|term| match term {
            Term::Literal(literal) => Some(literal.destruct().0),
            _ => None,
        })
        .collect();
    texts.sort();
    texts
}

fn number(facts: &Facts<'_>, subject: &NamedNode, property: NamedNodeRef<'_>) -> Option<Decimal> {
    texts(facts, subject, property).first()?.parse().ok()
}
