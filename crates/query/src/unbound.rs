//! Variables that a query uses and nothing in it can give a value.

use crate::Prepared;
use crate::plan::variables::{for_each_child, term_variable, triple_variables};
use oxrdf::Variable;
use spargebra::Query;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};
use spargebra::term::NamedNodePattern;
use std::collections::BTreeSet;

impl Prepared {
    /// The variables that it uses, in its SELECT clause or in an expression, and that no pattern, BIND, VALUES or
    /// aggregate can bind: most often they are misspelt. Those that `given` names have a value from outside.
    ///
    /// ```
    /// let query = viite_query::prepare("SELECT ?a ?c WHERE { ?a viite:function ?b FILTER(?bb > ?today) }")?;
    /// assert_eq!(query.unbound_variables(&["today"]), ["bb", "c"]);
    /// # Ok::<_, viite_query::QueryError>(())
    /// ```
    pub fn unbound_variables(&self, given: &[&str]) -> Vec<String> {
        let (Query::Select { pattern, .. }
        | Query::Ask { pattern, .. }
        | Query::Construct { pattern, .. }
        | Query::Describe { pattern, .. }) = &self.query;
        let mut seen = Seen::default();
        seen.pattern(pattern);
        seen.used.extend(self.variables().iter().cloned());
        let unbound = seen.used.difference(&seen.bound).map(Variable::as_str);
        unbound.filter(|name| !given.contains(name)).map(ToOwned::to_owned).collect()
    }
}

/// The variables of a query, wherever they stand.
#[derive(Default)]
struct Seen {
    bound: BTreeSet<Variable>,
    used: BTreeSet<Variable>,
}

impl Seen {
    fn pattern(&mut self, pattern: &GraphPattern) {
        match pattern {
            GraphPattern::Bgp { patterns } => self.bound.extend(patterns.iter().flat_map(triple_variables).cloned()),
            GraphPattern::Path { subject, object, .. } => {
                self.bound.extend([subject, object].into_iter().filter_map(term_variable).cloned());
            }
            GraphPattern::Values { variables, .. } => self.bound.extend(variables.iter().cloned()),
            GraphPattern::Join { left, right }
            | GraphPattern::Lateral { left, right }
            | GraphPattern::Union { left, right }
            | GraphPattern::Minus { left, right } => {
                self.pattern(left);
                self.pattern(right);
            }
            GraphPattern::LeftJoin { left, right, expression } => {
                self.pattern(left);
                self.pattern(right);
                if let Some(expression) = expression {
                    self.expression(expression);
                }
            }
            GraphPattern::Filter { expr, inner } => {
                self.pattern(inner);
                self.expression(expr);
            }
            GraphPattern::Extend { inner, variable, expression } => {
                self.pattern(inner);
                self.expression(expression);
                self.bound.insert(variable.clone());
            }
            GraphPattern::Graph { name, inner } | GraphPattern::Service { name, inner, .. } => {
                self.pattern(inner);
                if let NamedNodePattern::Variable(name) = name {
                    self.bound.insert(name.clone());
                }
            }
            GraphPattern::OrderBy { inner, expression } => {
                self.pattern(inner);
                for order in expression {
                    let (OrderExpression::Asc(expression) | OrderExpression::Desc(expression)) = order;
                    self.expression(expression);
                }
            }
            GraphPattern::Group { inner, variables, aggregates } => {
                self.pattern(inner);
                self.used.extend(variables.iter().cloned());
                for (variable, aggregate) in aggregates {
                    self.bound.insert(variable.clone());
                    if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                        self.expression(expr);
                    }
                }
            }
            GraphPattern::Project { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Slice { inner, .. } => self.pattern(inner),
        }
    }

    fn expression(&mut self, expression: &Expression) {
        match expression {
            Expression::Variable(variable) | Expression::Bound(variable) => {
                self.used.insert(variable.clone());
            }
            Expression::Exists(pattern) => self.pattern(pattern),
            _ => for_each_child(expression, &mut |child| self.expression(child)),
        }
    }
}
