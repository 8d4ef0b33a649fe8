//! Which variables a pattern may bind, which it always binds, and which it mentions.

use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern, Variable};
use std::collections::BTreeSet;

/// A set of variables, in an order that does not change between runs.
pub(crate) type Variables = BTreeSet<Variable>;

/// What the solutions of a pattern bind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct InScope {
    /// Bound in some solutions.
    pub(crate) possible: Variables,
    /// Bound in every solution.
    pub(crate) certain: Variables,
}

impl InScope {
    fn all(variables: impl IntoIterator<Item = Variable>) -> Self {
        let certain: Variables = variables.into_iter().collect();
        Self { possible: certain.clone(), certain }
    }

    /// The variables of two patterns that are joined.
    pub(crate) fn join(&mut self, other: Self) {
        self.possible.extend(other.possible);
        self.certain.extend(other.certain);
    }

    /// The variables after an OPTIONAL whose pattern binds `right`.
    pub(crate) fn optional(&mut self, right: Self) {
        self.possible.extend(right.possible);
    }

    /// The variables after `BIND(expression AS variable)`.
    pub(crate) fn extend(&mut self, variable: &Variable, expression: &Expression) {
        let certain = match expression {
            Expression::NamedNode(_) | Expression::Literal(_) | Expression::Exists(_) | Expression::Bound(_) => true,
            Expression::Variable(source) => self.certain.contains(source),
            _ => false, // it may fail, and then binds nothing
        };
        self.possible.insert(variable.clone());
        if certain {
            self.certain.insert(variable.clone());
        }
    }
}

/// What the solutions of `pattern` bind.
pub(crate) fn in_scope(pattern: &GraphPattern) -> InScope {
    match pattern {
        GraphPattern::Bgp { patterns } => InScope::all(patterns.iter().flat_map(triple_variables).cloned()),
        GraphPattern::Path { subject, object, .. } => {
            InScope::all([subject, object].into_iter().filter_map(term_variable).cloned())
        }
        GraphPattern::Join { left, right } | GraphPattern::Lateral { left, right } => {
            let mut scope = in_scope(left);
            scope.join(in_scope(right));
            scope
        }
        GraphPattern::LeftJoin { left, right, .. } => {
            let mut scope = in_scope(left);
            scope.optional(in_scope(right));
            scope
        }
        GraphPattern::Union { left, right } => {
            let (left, right) = (in_scope(left), in_scope(right));
            InScope {
                certain: left.certain.intersection(&right.certain).cloned().collect(),
                possible: left.possible.into_iter().chain(right.possible).collect(),
            }
        }
        GraphPattern::Graph { name, inner } => {
            let mut scope = in_scope(inner);
            if let NamedNodePattern::Variable(name) = name
                && !matches!(**inner, GraphPattern::Project { .. })
            {
                scope.join(InScope::all([name.clone()]));
            }
            scope
        }
        GraphPattern::Extend { inner, variable, expression } => {
            let mut scope = in_scope(inner);
            scope.extend(variable, expression);
            scope
        }
        GraphPattern::Minus { left, .. } => in_scope(left),
        GraphPattern::Values { variables, bindings } => InScope {
            possible: variables.iter().cloned().collect(),
            certain: variables
                .iter()
                .enumerate()
                .filter(|(column, _)| bindings.iter().all(|row| row[*column].is_some()))
                .map(|(_, variable)| variable.clone())
                .collect(),
        },
        GraphPattern::Project { inner, variables } => {
            let mut scope = in_scope(inner);
            scope.possible.retain(|v| variables.contains(v));
            scope.certain.retain(|v| variables.contains(v));
            scope
        }
        GraphPattern::Group { inner, variables, aggregates } => {
            let mut scope = in_scope(inner);
            scope.possible.retain(|v| variables.contains(v));
            scope.certain.retain(|v| variables.contains(v));
            scope.possible.extend(aggregates.iter().map(|(v, _)| v.clone()));
            scope
        }
        GraphPattern::Service { name, inner, silent } => {
            let mut scope = in_scope(inner);
            if let NamedNodePattern::Variable(name) = name {
                scope.join(InScope::all([name.clone()]));
            }
            if *silent {
                scope.certain.clear();
            }
            scope
        }
        GraphPattern::Filter { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. } => in_scope(inner),
    }
}

/// The variable of a term pattern.
pub(crate) fn term_variable(term: &TermPattern) -> Option<&Variable> {
    if let TermPattern::Variable(variable) = term { Some(variable) } else { None }
}

/// The variables of a triple pattern.
pub(crate) fn triple_variables(triple: &TriplePattern) -> impl Iterator<Item = &Variable> {
    let predicate = match &triple.predicate {
        NamedNodePattern::Variable(variable) => Some(variable),
        NamedNodePattern::NamedNode(_) => None,
    };
    [term_variable(&triple.subject), predicate, term_variable(&triple.object)].into_iter().flatten()
}

/// Every variable that can make a difference to the value of an expression.
pub(crate) fn mentioned(expression: &Expression) -> Variables {
    let mut variables = Variables::new();
    add_mentioned(expression, &mut variables);
    variables
}

fn add_mentioned(expression: &Expression, into: &mut Variables) {
    match expression {
        Expression::Variable(variable) | Expression::Bound(variable) => {
            into.insert(variable.clone());
        }
        Expression::Exists(pattern) => add_mentioned_in_pattern(pattern, into),
        _ => for_each_child(expression, &mut |child| add_mentioned(child, into)),
    }
}

/// Every variable of a pattern through which an enclosing solution can reach into it.
pub(crate) fn mentioned_in_pattern(pattern: &GraphPattern) -> Variables {
    let mut variables = Variables::new();
    add_mentioned_in_pattern(pattern, &mut variables);
    variables
}

fn add_mentioned_in_pattern(pattern: &GraphPattern, into: &mut Variables) {
    match pattern {
        GraphPattern::Bgp { patterns } => {
            into.extend(patterns.iter().flat_map(triple_variables).cloned());
        }
        GraphPattern::Path { subject, object, .. } => {
            into.extend([subject, object].into_iter().filter_map(term_variable).cloned());
        }
        GraphPattern::Values { variables, .. } | GraphPattern::Project { variables, .. } => {
            into.extend(variables.iter().cloned());
        }
        GraphPattern::Join { left, right }
        | GraphPattern::Lateral { left, right }
        | GraphPattern::Union { left, right }
        | GraphPattern::Minus { left, right } => {
            add_mentioned_in_pattern(left, into);
            add_mentioned_in_pattern(right, into);
        }
        GraphPattern::LeftJoin { left, right, expression } => {
            add_mentioned_in_pattern(left, into);
            add_mentioned_in_pattern(right, into);
            if let Some(expression) = expression {
                add_mentioned(expression, into);
            }
        }
        GraphPattern::Filter { expr, inner } => {
            add_mentioned_in_pattern(inner, into);
            add_mentioned(expr, into);
        }
        GraphPattern::Graph { name, inner } | GraphPattern::Service { name, inner, .. } => {
            if let NamedNodePattern::Variable(name) = name {
                into.insert(name.clone());
            }
            add_mentioned_in_pattern(inner, into);
        }
        GraphPattern::Extend { inner, variable, expression } => {
            add_mentioned_in_pattern(inner, into);
            into.insert(variable.clone());
            add_mentioned(expression, into);
        }
        GraphPattern::OrderBy { inner, expression } => {
            add_mentioned_in_pattern(inner, into);
            for order in expression {
                let (OrderExpression::Asc(expression) | OrderExpression::Desc(expression)) = order;
                add_mentioned(expression, into);
            }
        }
        GraphPattern::Group { inner, variables, aggregates } => {
            add_mentioned_in_pattern(inner, into);
            into.extend(variables.iter().cloned());
            for (variable, aggregate) in aggregates {
                into.insert(variable.clone());
                if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                    add_mentioned(expr, into);
                }
            }
        }
        GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } | GraphPattern::Slice { inner, .. } => {
            add_mentioned_in_pattern(inner, into);
        }
    }
}

/// Calls `visit` with every direct operand; the pattern of an EXISTS is none.
pub(crate) fn for_each_child<'a>(expression: &'a Expression, visit: &mut impl FnMut(&'a Expression)) {
    match expression {
        Expression::NamedNode(_)
        | Expression::Literal(_)
        | Expression::Variable(_)
        | Expression::Bound(_)
        | Expression::Exists(_) => {}
        Expression::Or(a, b)
        | Expression::And(a, b)
        | Expression::Equal(a, b)
        | Expression::SameTerm(a, b)
        | Expression::Greater(a, b)
        | Expression::GreaterOrEqual(a, b)
        | Expression::Less(a, b)
        | Expression::LessOrEqual(a, b)
        | Expression::Add(a, b)
        | Expression::Subtract(a, b)
        | Expression::Multiply(a, b)
        | Expression::Divide(a, b) => {
            visit(a);
            visit(b);
        }
        Expression::UnaryPlus(a) | Expression::UnaryMinus(a) | Expression::Not(a) => visit(a),
        Expression::If(a, b, c) => {
            visit(a);
            visit(b);
            visit(c);
        }
        Expression::In(a, list) => {
            visit(a);
            list.iter().for_each(visit);
        }
        Expression::Coalesce(list) | Expression::FunctionCall(_, list) => {
            list.iter().for_each(visit);
        }
    }
}

/// Whether an EXISTS stands anywhere in the expression.
pub(crate) fn has_exists(expression: &Expression) -> bool {
    if matches!(expression, Expression::Exists(_)) {
        return true;
    }
    let mut found = false;
    for_each_child(expression, &mut |child| found |= has_exists(child));
    found
}

/// How many triple patterns and paths there are, however deep they stand.
pub(crate) fn triple_patterns(pattern: &GraphPattern) -> usize {
    let inside = |expression: &Expression| triple_patterns_in(expression);
    match pattern {
        GraphPattern::Bgp { patterns } => patterns.len(),
        GraphPattern::Path { .. } => 1,
        GraphPattern::Values { .. } => 0,
        GraphPattern::Join { left, right }
        | GraphPattern::Lateral { left, right }
        | GraphPattern::Union { left, right }
        | GraphPattern::Minus { left, right } => triple_patterns(left) + triple_patterns(right),
        GraphPattern::LeftJoin { left, right, expression } => {
            triple_patterns(left) + triple_patterns(right) + expression.as_ref().map_or(0, inside)
        }
        GraphPattern::Filter { expr, inner } => triple_patterns(inner) + inside(expr),
        GraphPattern::Extend { inner, expression, .. } => triple_patterns(inner) + inside(expression),
        GraphPattern::Graph { inner, .. }
        | GraphPattern::Service { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Project { inner, .. }
        | GraphPattern::Group { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. } => triple_patterns(inner),
    }
}

fn triple_patterns_in(expression: &Expression) -> usize {
    if let Expression::Exists(pattern) = expression {
        return triple_patterns(pattern);
    }
    let mut found = 0;
    for_each_child(expression, &mut |child| found += triple_patterns_in(child));
    found
}
