//! When a nested loop means the same as a join.
//!
//! SPARQL evaluates from the inside out: a FILTER, BIND or OPTIONAL sees only what its own group
//! binds. The evaluator's nested loop (`Lateral`) hands the outer solution to the inner pattern,
//! where every such construct would see it. The two agree exactly when nothing inside can tell a
//! variable that comes from outside from one that is still unbound.

use super::variables::{InScope, Variables, in_scope, mentioned};
use spargebra::algebra::{Expression, GraphPattern};

/// Whether evaluating `pattern` with any of the `outer` variables already bound gives exactly
/// those of its solutions that are compatible with them.
pub(crate) fn is_lateral_safe(pattern: &GraphPattern, outer: &Variables) -> bool {
    if outer.is_empty() {
        return true;
    }
    match pattern {
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } | GraphPattern::Values { .. } => true,
        GraphPattern::Join { left, right }
        | GraphPattern::Lateral { left, right }
        | GraphPattern::Union { left, right } => is_lateral_safe(left, outer) && is_lateral_safe(right, outer),
        GraphPattern::Graph { inner, .. } => is_lateral_safe(inner, outer),
        GraphPattern::Filter { expr, inner } => {
            is_lateral_safe(inner, outer) && sees_nothing_of(expr, outer, &in_scope(inner))
        }
        GraphPattern::Extend { inner, variable, expression } => {
            is_lateral_safe(inner, outer)
                && !outer.contains(variable)
                && sees_nothing_of(expression, outer, &in_scope(inner))
        }
        GraphPattern::LeftJoin { left, right, expression } => {
            let left_scope = in_scope(left);
            let right_scope = in_scope(right);
            is_lateral_safe(left, outer)
                && is_lateral_safe(right, outer)
                && settled_by(&right_scope.possible, outer, &left_scope.certain)
                && expression.as_ref().is_none_or(|expression| {
                    let mut both = left_scope;
                    both.join(right_scope);
                    sees_nothing_of(expression, outer, &both)
                })
        }
        GraphPattern::Minus { left, right } => {
            let left_scope = in_scope(left);
            let right_scope = in_scope(right);
            is_lateral_safe(left, outer)
                && is_lateral_safe(right, outer)
                && settled_by(&right_scope.possible, outer, &left_scope.certain)
                // Both sides carry the outer solution, so "shares a variable" must hold anyway.
                && !left_scope.certain.is_disjoint(&right_scope.certain)
        }
        GraphPattern::Project { inner, variables } => {
            let visible = outer.iter().filter(|v| variables.contains(v)).cloned().collect();
            is_lateral_safe(inner, &visible)
        }
        GraphPattern::Group { inner, variables, .. } => {
            let inner_scope = in_scope(inner);
            outer.iter().all(|v| variables.contains(v) && inner_scope.certain.contains(v))
                && is_lateral_safe(inner, outer)
        }
        GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } | GraphPattern::OrderBy { inner, .. } => {
            is_lateral_safe(inner, outer)
        }
        GraphPattern::Slice { inner, start, length } => {
            super::rebuild::is_barrier(*start, *length) && is_lateral_safe(inner, outer)
        }
        GraphPattern::Service { .. } => false,
    }
}

/// Whether the value of the expression is the same with and without the outer variables.
fn sees_nothing_of(expression: &Expression, outer: &Variables, scope: &InScope) -> bool {
    settled_by(&mentioned(expression), outer, &scope.certain)
}

/// Whether those of `variables` that are in `other` are all bound by something certain.
pub(crate) fn settled_by(variables: &Variables, other: &Variables, certain: &Variables) -> bool {
    variables.iter().all(|v| !other.contains(v) || certain.contains(v))
}
