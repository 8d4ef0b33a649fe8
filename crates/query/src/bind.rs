//! Putting values in the place of variables, before anything is planned.
//!
//! A pre-bound variable is a parameter: it is replaced wherever it stands, in subselects too, so
//! that the planner sees constants. Where the variable is projected, the solutions still carry it.

use crate::error::QueryError;
use crate::plan::rebuild::{join, map_aggregate, map_operands, map_order, nothing};
use oxrdf::{NamedNode, Term, Variable};
use spargebra::Query;
use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::{GroundTerm, NamedNodePattern, TermPattern, TriplePattern};

/// Replaces the variables in a query.
pub(crate) fn bind(query: Query, bindings: &[(Variable, Term)]) -> Result<Query, QueryError> {
    let mut query = query;
    for (variable, term) in bindings {
        query = Binding::new(variable, term)?.query(query);
    }
    Ok(query)
}

struct Binding<'a> {
    variable: &'a Variable,
    value: Value,
}

enum Value {
    Node(NamedNode),
    Literal(oxrdf::Literal),
}

impl<'a> Binding<'a> {
    fn new(variable: &'a Variable, term: &Term) -> Result<Self, QueryError> {
        let value = match term {
            Term::NamedNode(node) => Value::Node(node.clone()),
            Term::Literal(literal) => Value::Literal(literal.clone()),
            Term::BlankNode(_) => {
                return Err(QueryError::Binding {
                    variable: variable.as_str().to_owned(),
                    value: term.to_string(),
                    reason: "a blank node has no name outside its file; give an IRI or a literal",
                });
            }
        };
        Ok(Self { variable, value })
    }

    fn query(&self, query: Query) -> Query {
        match query {
            Query::Select { dataset, pattern, base_iri } => {
                Query::Select { dataset, pattern: self.pattern(pattern), base_iri }
            }
            Query::Ask { dataset, pattern, base_iri } => {
                Query::Ask { dataset, pattern: self.pattern(pattern), base_iri }
            }
            Query::Describe { dataset, pattern, base_iri } => {
                Query::Describe { dataset, pattern: self.pattern(pattern), base_iri }
            }
            Query::Construct { template, dataset, pattern, base_iri } => Query::Construct {
                template: template.into_iter().filter_map(|t| self.triple(t)).collect(),
                dataset,
                pattern: self.pattern(pattern),
                base_iri,
            },
        }
    }

    fn pattern(&self, pattern: GraphPattern) -> GraphPattern {
        match pattern {
            GraphPattern::Bgp { patterns } => {
                let all = patterns.len();
                let patterns: Vec<_> = patterns.into_iter().filter_map(|t| self.triple(t)).collect();
                if patterns.len() < all {
                    nothing() // a literal where no data has one
                } else {
                    GraphPattern::Bgp { patterns }
                }
            }
            GraphPattern::Path { subject, path, object } => {
                GraphPattern::Path { subject: self.term(subject), path, object: self.term(object) }
            }
            GraphPattern::Join { left, right } => join(self.pattern(*left), self.pattern(*right)),
            GraphPattern::Lateral { left, right } => {
                GraphPattern::Lateral { left: self.boxed(*left), right: self.boxed(*right) }
            }
            GraphPattern::LeftJoin { left, right, expression } => GraphPattern::LeftJoin {
                left: self.boxed(*left),
                right: self.boxed(*right),
                expression: expression.map(|e| self.expression(e)),
            },
            GraphPattern::Filter { expr, inner } => {
                GraphPattern::Filter { expr: self.expression(expr), inner: self.boxed(*inner) }
            }
            GraphPattern::Union { left, right } => {
                GraphPattern::Union { left: self.boxed(*left), right: self.boxed(*right) }
            }
            GraphPattern::Graph { name, inner } => {
                let inner = self.boxed(*inner);
                match self.name(name) {
                    Some(name) => GraphPattern::Graph { name, inner },
                    None => nothing(),
                }
            }
            GraphPattern::Extend { inner, variable, expression } => self.extend(*inner, variable, expression),
            GraphPattern::Minus { left, right } => {
                GraphPattern::Minus { left: self.boxed(*left), right: self.boxed(*right) }
            }
            GraphPattern::Values { variables, bindings } => self.values(variables, bindings),
            GraphPattern::OrderBy { inner, expression } => GraphPattern::OrderBy {
                inner: self.boxed(*inner),
                expression: expression.into_iter().map(|order| map_order(order, |e| self.expression(e))).collect(),
            },
            GraphPattern::Project { inner, variables } => {
                let mut inner = self.pattern(*inner);
                if variables.contains(self.variable) && !defines(&inner, self.variable) {
                    inner = self.with_value(inner);
                }
                GraphPattern::Project { inner: Box::new(inner), variables }
            }
            GraphPattern::Distinct { inner } => GraphPattern::Distinct { inner: self.boxed(*inner) },
            GraphPattern::Reduced { inner } => GraphPattern::Reduced { inner: self.boxed(*inner) },
            GraphPattern::Slice { inner, start, length } => {
                GraphPattern::Slice { inner: self.boxed(*inner), start, length }
            }
            GraphPattern::Group { inner, variables, aggregates } => {
                let mut inner = self.pattern(*inner);
                if variables.contains(self.variable) {
                    inner = self.with_value(inner);
                }
                GraphPattern::Group {
                    inner: Box::new(inner),
                    variables,
                    aggregates: aggregates
                        .into_iter()
                        .map(|(v, a)| (v, map_aggregate(a, |e| self.expression(e))))
                        .collect(),
                }
            }
            GraphPattern::Service { name, inner, silent } => {
                let inner = self.boxed(*inner);
                match self.name(name) {
                    Some(name) => GraphPattern::Service { name, inner, silent },
                    None => nothing(),
                }
            }
        }
    }

    fn boxed(&self, pattern: GraphPattern) -> Box<GraphPattern> {
        Box::new(self.pattern(pattern))
    }

    fn with_value(&self, inner: GraphPattern) -> GraphPattern {
        GraphPattern::Extend { inner: Box::new(inner), variable: self.variable.clone(), expression: self.constant() }
    }

    /// `BIND(expression AS ?parameter)` holds where the expression has the parameter's value.
    fn extend(&self, inner: GraphPattern, variable: Variable, expression: Expression) -> GraphPattern {
        let inner = self.boxed(inner);
        let expression = self.expression(expression);
        if variable == *self.variable {
            GraphPattern::Filter { expr: Expression::SameTerm(Box::new(expression), Box::new(self.constant())), inner }
        } else {
            GraphPattern::Extend { inner, variable, expression }
        }
    }

    fn values(&self, mut variables: Vec<Variable>, mut bindings: Vec<Vec<Option<GroundTerm>>>) -> GraphPattern {
        if let Some(column) = variables.iter().position(|v| v == self.variable) {
            let value = match &self.value {
                Value::Node(node) => GroundTerm::from(node.clone()),
                Value::Literal(literal) => GroundTerm::from(literal.clone()),
            };
            variables.remove(column);
            bindings.retain_mut(|row| row.remove(column).is_none_or(|term| term == value));
        }
        GraphPattern::Values { variables, bindings }
    }

    /// None when the value cannot stand there in any data.
    fn triple(&self, triple: TriplePattern) -> Option<TriplePattern> {
        let subject = self.term(triple.subject);
        if matches!(subject, TermPattern::Literal(_)) {
            return None;
        }
        Some(TriplePattern { subject, predicate: self.name(triple.predicate)?, object: self.term(triple.object) })
    }

    fn term(&self, term: TermPattern) -> TermPattern {
        match (&term, &self.value) {
            (TermPattern::Variable(v), Value::Node(node)) if v == self.variable => node.clone().into(),
            (TermPattern::Variable(v), Value::Literal(literal)) if v == self.variable => literal.clone().into(),
            _ => term,
        }
    }

    fn name(&self, name: NamedNodePattern) -> Option<NamedNodePattern> {
        match (&name, &self.value) {
            (NamedNodePattern::Variable(v), value) if v == self.variable => match value {
                Value::Node(node) => Some(node.clone().into()),
                Value::Literal(_) => None,
            },
            _ => Some(name),
        }
    }

    fn constant(&self) -> Expression {
        match &self.value {
            Value::Node(node) => node.clone().into(),
            Value::Literal(literal) => literal.clone().into(),
        }
    }

    fn expression(&self, expression: Expression) -> Expression {
        match expression {
            Expression::Variable(variable) if variable == *self.variable => self.constant(),
            Expression::Bound(variable) if variable == *self.variable => Expression::Literal(true.into()),
            Expression::Exists(pattern) => Expression::Exists(self.boxed(*pattern)),
            other => map_operands(other, &mut |operand| self.expression(operand)),
        }
    }
}

/// Whether the pattern, its variable replaced, still binds it: as a key of a GROUP BY.
fn defines(pattern: &GraphPattern, variable: &Variable) -> bool {
    match pattern {
        GraphPattern::Group { variables, .. } => variables.contains(variable),
        GraphPattern::Filter { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Extend { inner, .. } => defines(inner, variable),
        _ => false,
    }
}
