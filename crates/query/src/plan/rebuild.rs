//! Rebuilding an algebra tree with some of its parts replaced.

use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};

/// Replaces the direct operands of an expression; the pattern of an EXISTS is none.
pub(crate) fn map_operands(expression: Expression, operand: &mut impl FnMut(Expression) -> Expression) -> Expression {
    use Expression as E;
    macro_rules! binary {
        ($kind:path, $a:expr, $b:expr) => {
            $kind(Box::new(operand(*$a)), Box::new(operand(*$b)))
        };
    }
    match expression {
        E::NamedNode(_) | E::Literal(_) | E::Variable(_) | E::Bound(_) | E::Exists(_) => expression,
        E::Or(a, b) => binary!(E::Or, a, b),
        E::And(a, b) => binary!(E::And, a, b),
        E::Equal(a, b) => binary!(E::Equal, a, b),
        E::SameTerm(a, b) => binary!(E::SameTerm, a, b),
        E::Greater(a, b) => binary!(E::Greater, a, b),
        E::GreaterOrEqual(a, b) => binary!(E::GreaterOrEqual, a, b),
        E::Less(a, b) => binary!(E::Less, a, b),
        E::LessOrEqual(a, b) => binary!(E::LessOrEqual, a, b),
        E::Add(a, b) => binary!(E::Add, a, b),
        E::Subtract(a, b) => binary!(E::Subtract, a, b),
        E::Multiply(a, b) => binary!(E::Multiply, a, b),
        E::Divide(a, b) => binary!(E::Divide, a, b),
        E::UnaryPlus(a) => E::UnaryPlus(Box::new(operand(*a))),
        E::UnaryMinus(a) => E::UnaryMinus(Box::new(operand(*a))),
        E::Not(a) => E::Not(Box::new(operand(*a))),
        E::If(a, b, c) => E::If(Box::new(operand(*a)), Box::new(operand(*b)), Box::new(operand(*c))),
        E::In(a, list) => E::In(Box::new(operand(*a)), list.into_iter().map(operand).collect()),
        E::Coalesce(list) => E::Coalesce(list.into_iter().map(operand).collect()),
        E::FunctionCall(function, list) => E::FunctionCall(function, list.into_iter().map(operand).collect()),
    }
}

/// Replaces the pattern of every EXISTS in an expression, however deep it stands.
pub(crate) fn map_exists(expression: Expression, exists: &mut dyn FnMut(GraphPattern) -> GraphPattern) -> Expression {
    match expression {
        Expression::Exists(pattern) => Expression::Exists(Box::new(exists(*pattern))),
        other => map_operands(other, &mut |operand| map_exists(operand, exists)),
    }
}

/// Replaces the expression of an ORDER BY condition.
pub(crate) fn map_order(order: OrderExpression, map: impl FnOnce(Expression) -> Expression) -> OrderExpression {
    match order {
        OrderExpression::Asc(expression) => OrderExpression::Asc(map(expression)),
        OrderExpression::Desc(expression) => OrderExpression::Desc(map(expression)),
    }
}

/// Replaces the expression that an aggregate is computed from.
pub(crate) fn map_aggregate(
    aggregate: AggregateExpression,
    map: impl FnOnce(Expression) -> Expression,
) -> AggregateExpression {
    match aggregate {
        AggregateExpression::CountSolutions { .. } => aggregate,
        AggregateExpression::FunctionCall { name, expr, distinct } => {
            AggregateExpression::FunctionCall { name, expr: map(expr), distinct }
        }
    }
}

/// The pattern with one solution that binds nothing.
pub(crate) fn unit() -> GraphPattern {
    GraphPattern::Values { variables: Vec::new(), bindings: vec![Vec::new()] }
}

/// The pattern without solutions.
pub(crate) fn nothing() -> GraphPattern {
    GraphPattern::Values { variables: Vec::new(), bindings: Vec::new() }
}

/// Whether this is [`unit`] or the empty basic graph pattern.
pub(crate) fn is_unit(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Values { variables, bindings } => variables.is_empty() && bindings.len() == 1,
        GraphPattern::Bgp { patterns } => patterns.is_empty(),
        _ => false,
    }
}

/// `left` and `right` joined by hashing.
pub(crate) fn join(left: GraphPattern, right: GraphPattern) -> GraphPattern {
    if is_unit(&left) {
        right
    } else if is_unit(&right) {
        left
    } else {
        GraphPattern::Join { left: Box::new(left), right: Box::new(right) }
    }
}

/// `right` evaluated once for every solution of `left`.
pub(crate) fn lateral(left: GraphPattern, right: GraphPattern) -> GraphPattern {
    if is_unit(&right) {
        left
    } else if is_unit(&left) && !matches!(right, GraphPattern::LeftJoin { .. }) {
        right
    } else {
        GraphPattern::Lateral { left: Box::new(left), right: Box::new(right) }
    }
}

/// Keeps the evaluator's own optimizer from rearranging what is inside.
///
/// `sparopt` turns a hash join into a nested loop where it thinks that this pays, and may even
/// swap the sides; it leaves a slice alone, and this one cuts nothing off.
pub(crate) fn barrier(pattern: GraphPattern) -> GraphPattern {
    GraphPattern::Slice { inner: Box::new(pattern), start: 0, length: Some(usize::MAX) }
}

/// Whether this is the slice that [`barrier`] makes.
pub(crate) fn is_barrier(start: usize, length: Option<usize>) -> bool {
    start == 0 && length == Some(usize::MAX)
}
