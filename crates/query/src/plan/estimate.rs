//! How many solutions a pattern will have, and what finding them will cost.
//!
//! The unit of cost is one index probe through the evaluator, somewhat under a microsecond.

use super::statistics::{Place, Statistics};
use super::variables::{term_variable, triple_variables};
use oxrdf::{NamedNode, Term};
use spargebra::algebra::{GraphPattern, PropertyPathExpression};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern, Variable};
use std::collections::BTreeMap;

/// Reading one more row that an index has found.
const SCAN: f64 = 0.15;
/// Putting one row into a hash table, or looking one up.
pub(super) const HASH: f64 = 0.6;
/// How many times more pairs a closure has than its predicate has edges: a guess.
const CLOSURE: f64 = 4.0;

/// How many different values each variable takes.
pub(super) type Domains = BTreeMap<Variable, f64>;

/// Solutions and cost of one evaluation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Estimate {
    pub(super) rows: f64,
    pub(super) cost: f64,
}

/// What is known about a triple pattern, a path or a VALUES by itself.
#[derive(Clone, Debug)]
pub(super) struct Profile {
    rows: f64,
    distinct: Domains,
    closure: Option<Closure>,
}

/// A path that has to be walked.
#[derive(Clone, Debug)]
struct Closure {
    subject: Option<Variable>,
    object: Option<Variable>,
    from_subject: f64,
    from_object: f64,
}

impl Profile {
    /// The profile of a pattern that is looked up in an index or walked; none for other patterns.
    pub(super) fn of(pattern: &GraphPattern, statistics: &dyn Statistics) -> Option<Self> {
        match pattern {
            GraphPattern::Graph { name, inner } => {
                let place = match name {
                    NamedNodePattern::NamedNode(name) => Place::Named(name),
                    NamedNodePattern::Variable(_) => Place::AnyNamed,
                };
                let mut profile = Self::at(inner, place, statistics)?;
                if let NamedNodePattern::Variable(name) = name {
                    let graphs = (statistics.graphs() as f64).max(1.0);
                    if matches!(&**inner, GraphPattern::Bgp { patterns } if patterns.is_empty()) {
                        profile.rows = graphs;
                    }
                    let graphs = graphs.min(profile.rows.max(1.0));
                    profile.distinct.insert(name.clone(), graphs);
                }
                Some(profile)
            }
            _ => Self::at(pattern, Place::Default, statistics),
        }
    }

    fn at(pattern: &GraphPattern, place: Place<'_>, statistics: &dyn Statistics) -> Option<Self> {
        match pattern {
            GraphPattern::Bgp { patterns } => match &patterns[..] {
                [] => Some(Self { rows: 1.0, distinct: Domains::new(), closure: None }),
                [triple] => Some(Self::triple(triple, place, statistics)),
                _ => None,
            },
            GraphPattern::Path { subject, path, object } => Some(Self::path(subject, path, object, place, statistics)),
            GraphPattern::Values { variables, bindings } => Some(Self {
                rows: bindings.len() as f64,
                distinct: variables.iter().map(|v| (v.clone(), bindings.len() as f64)).collect(),
                closure: None,
            }),
            _ => None,
        }
    }

    fn triple(triple: &TriplePattern, place: Place<'_>, statistics: &dyn Statistics) -> Self {
        let subject = constant(&triple.subject);
        let object = constant(&triple.object);
        let predicate = match &triple.predicate {
            NamedNodePattern::NamedNode(predicate) => Some(predicate),
            NamedNodePattern::Variable(_) => None,
        };
        let rows = statistics.count(subject.as_ref(), predicate, object.as_ref(), place) as f64;
        let used =
            predicate.and_then(|predicate| statistics.predicate(predicate)).unwrap_or_else(|| statistics.total());
        let mut distinct = Domains::new();
        let mut add = |variable: Option<&Variable>, values: f64| {
            if let Some(variable) = variable {
                let values = values.min(rows).max(1.0);
                distinct.entry(variable.clone()).and_modify(|known| *known = known.min(values)).or_insert(values);
            }
        };
        add(term_variable(&triple.subject), used.subjects as f64);
        add(term_variable(&triple.object), used.objects as f64);
        if let NamedNodePattern::Variable(predicate) = &triple.predicate {
            add(Some(predicate), 100.0); // vocabularies are small
        }
        let repeated = triple_variables(triple).count() > distinct.len();
        Self { rows: if repeated { rows.sqrt() } else { rows }, distinct, closure: None }
    }

    fn path(
        subject: &TermPattern,
        path: &PropertyPathExpression,
        object: &TermPattern,
        place: Place<'_>,
        statistics: &dyn Statistics,
    ) -> Self {
        let pairs = Pairs::of(path, statistics);
        let first_step = |start: Option<&Term>, end: Option<&Term>| {
            simple_predicate(path).map(|p| CLOSURE.mul_add(statistics.count(start, Some(p), end, place) as f64, 1.0))
        };
        let (start, end) = (constant(subject), constant(object));
        let from_subject = first_step(start.as_ref().filter(|_| end.is_none()), None)
            .filter(|_| start.is_some())
            .unwrap_or(pairs.pairs / pairs.subjects);
        let from_object = first_step(None, end.as_ref().filter(|_| start.is_none()))
            .filter(|_| end.is_some())
            .unwrap_or(pairs.pairs / pairs.objects);
        let rows = match (&start, &end) {
            (Some(_), Some(_)) => (from_subject / pairs.objects).min(1.0),
            (Some(_), None) => from_subject,
            (None, Some(_)) => from_object,
            (None, None) => pairs.pairs,
        };
        let mut distinct = Domains::new();
        for (term, values) in [(subject, pairs.subjects), (object, pairs.objects)] {
            if let Some(variable) = term_variable(term) {
                distinct.insert(variable.clone(), values.min(rows).max(1.0));
            }
        }
        Self {
            rows,
            distinct,
            closure: Some(Closure {
                subject: term_variable(subject).cloned(),
                object: term_variable(object).cloned(),
                from_subject,
                from_object,
            }),
        }
    }

    /// One evaluation with the variables of `bound` known.
    pub(super) fn estimate(&self, bound: &Domains) -> Estimate {
        let rows = self.rows / selectivity(&self.distinct, bound);
        let cost = match &self.closure {
            None => SCAN.mul_add(rows, 1.0),
            Some(closure) => {
                let known = |end: &Option<Variable>| end.as_ref().is_none_or(|variable| bound.contains_key(variable));
                if known(&closure.subject) {
                    1.0 + closure.from_subject
                } else if known(&closure.object) {
                    1.0 + closure.from_object
                } else {
                    1.0 + self.rows * 2.0
                }
            }
        };
        Estimate { rows, cost }
    }

    /// How many values each variable takes by itself.
    pub(super) fn distinct(&self) -> &Domains {
        &self.distinct
    }
}

/// By what factor knowing the variables of `bound` cuts down the rows of a pattern.
pub(super) fn selectivity(distinct: &Domains, bound: &Domains) -> f64 {
    distinct
        .iter()
        .filter_map(|(variable, values)| Some(values.max(*bound.get(variable)?)))
        .map(|values| values.max(1.0))
        .product()
}

/// Pairs that a path connects.
struct Pairs {
    pairs: f64,
    subjects: f64,
    objects: f64,
}

impl Pairs {
    fn of(path: &PropertyPathExpression, statistics: &dyn Statistics) -> Self {
        let total = statistics.total();
        let nodes = (total.subjects + total.objects).max(1) as f64;
        match path {
            PropertyPathExpression::NamedNode(predicate) => {
                let (quads, subjects, objects) =
                    statistics.predicate(predicate).map_or((0, 1, 1), |p| (p.quads, p.subjects, p.objects));
                Self { pairs: quads as f64, subjects: subjects.max(1) as f64, objects: objects.max(1) as f64 }
            }
            PropertyPathExpression::Reverse(path) => {
                let path = Self::of(path, statistics);
                Self { pairs: path.pairs, subjects: path.objects, objects: path.subjects }
            }
            PropertyPathExpression::Sequence(first, second) => {
                let (first, second) = (Self::of(first, statistics), Self::of(second, statistics));
                Self {
                    pairs: first.pairs * second.pairs / first.objects.max(second.subjects),
                    subjects: first.subjects,
                    objects: second.objects,
                }
            }
            PropertyPathExpression::Alternative(first, second) => {
                let (first, second) = (Self::of(first, statistics), Self::of(second, statistics));
                Self {
                    pairs: first.pairs + second.pairs,
                    subjects: first.subjects.max(second.subjects),
                    objects: first.objects.max(second.objects),
                }
            }
            PropertyPathExpression::OneOrMore(path) => {
                let path = Self::of(path, statistics);
                Self { pairs: (path.pairs * CLOSURE).min(path.subjects * path.objects), ..path }
            }
            PropertyPathExpression::ZeroOrMore(path) => {
                let path = Self::of(path, statistics);
                Self { pairs: path.pairs.mul_add(CLOSURE, nodes), subjects: nodes, objects: nodes }
            }
            PropertyPathExpression::ZeroOrOne(path) => {
                Self { pairs: Self::of(path, statistics).pairs + nodes, subjects: nodes, objects: nodes }
            }
            PropertyPathExpression::NegatedPropertySet(_) => Self {
                pairs: total.quads as f64,
                subjects: total.subjects.max(1) as f64,
                objects: total.objects.max(1) as f64,
            },
        }
    }
}

fn simple_predicate(path: &PropertyPathExpression) -> Option<&NamedNode> {
    match path {
        PropertyPathExpression::ZeroOrMore(path)
        | PropertyPathExpression::OneOrMore(path)
        | PropertyPathExpression::ZeroOrOne(path) => match &**path {
            PropertyPathExpression::NamedNode(predicate) => Some(predicate),
            _ => None,
        },
        _ => None,
    }
}

fn constant(term: &TermPattern) -> Option<Term> {
    match term {
        TermPattern::NamedNode(node) => Some(node.clone().into()),
        TermPattern::Literal(literal) => Some(literal.clone().into()),
        TermPattern::BlankNode(_) | TermPattern::Variable(_) => None,
    }
}
