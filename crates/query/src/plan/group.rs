//! A group graph pattern as the planner sees it: items to be joined in any order, and modifiers
//! (FILTER, OPTIONAL, MINUS, BIND) to be applied to the join.

use super::lateral::settled_by;
use super::variables::{InScope, Variables, in_scope, mentioned, mentioned_in_pattern};
use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::{GroundTerm, Variable};

/// What is applied to the join of a group.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Modifier {
    Filter(Expression),
    Optional { right: GraphPattern, expression: Option<Expression> },
    Minus(GraphPattern),
    Extend { variable: Variable, expression: Expression },
    Lateral(GraphPattern),
}

impl Modifier {
    /// Adds what the modifier binds to what is bound before it.
    pub(super) fn bind(&self, scope: &mut InScope) {
        match self {
            Self::Filter(_) | Self::Minus(_) => {}
            Self::Optional { right, .. } => scope.optional(in_scope(right)),
            Self::Extend { variable, expression } => scope.extend(variable, expression),
            Self::Lateral(right) => scope.join(in_scope(right)),
        }
    }

    /// The variables that decide what the modifier does.
    pub(super) fn depends_on(&self) -> Variables {
        match self {
            Self::Filter(expression) => mentioned(expression),
            Self::Optional { right, expression } => {
                let mut variables = in_scope(right).possible;
                variables.extend(expression.as_ref().map(mentioned).unwrap_or_default());
                variables
            }
            Self::Minus(right) => in_scope(right).possible,
            Self::Extend { expression, .. } => mentioned(expression),
            Self::Lateral(right) => mentioned_in_pattern(right),
        }
    }

    /// Whether the modifier does the same after its group, which binds `below` before it, has
    /// been joined with a pattern that binds `other`.
    fn commutes_with_join(&self, below: &InScope, other: &InScope) -> bool {
        let binds_anew = matches!(self, Self::Extend { variable, .. } if other.possible.contains(variable));
        !binds_anew && settled_by(&self.depends_on(), &other.possible, &below.certain)
    }
}

/// See the module.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Group {
    pub(super) items: Vec<GraphPattern>,
    pub(super) modifiers: Vec<Modifier>,
}

impl Group {
    /// Takes a pattern apart.
    pub(super) fn of(pattern: &GraphPattern) -> Self {
        let mut group = Self::flatten(pattern);
        group.equalities_to_values();
        group
    }

    fn flatten(pattern: &GraphPattern) -> Self {
        match pattern {
            GraphPattern::Bgp { patterns } => Self {
                items: patterns.iter().map(|triple| GraphPattern::Bgp { patterns: vec![triple.clone()] }).collect(),
                modifiers: Vec::new(),
            },
            GraphPattern::Graph { name, inner } => match &**inner {
                GraphPattern::Bgp { patterns } if !patterns.is_empty() => Self {
                    items: patterns
                        .iter()
                        .map(|triple| GraphPattern::Graph {
                            name: name.clone(),
                            inner: Box::new(GraphPattern::Bgp { patterns: vec![triple.clone()] }),
                        })
                        .collect(),
                    modifiers: Vec::new(),
                },
                _ => Self::item(pattern),
            },
            GraphPattern::Join { left, right } => Self::join(Self::flatten(left), left, Self::flatten(right), right),
            GraphPattern::Filter { expr, inner } => {
                let mut group = Self::flatten(inner);
                group.push_conditions(expr);
                group
            }
            GraphPattern::LeftJoin { left, right, expression } => Self::flatten(left)
                .with(Modifier::Optional { right: (**right).clone(), expression: expression.clone() }),
            GraphPattern::Minus { left, right } => Self::flatten(left).with(Modifier::Minus((**right).clone())),
            GraphPattern::Extend { inner, variable, expression } => Self::flatten(inner)
                .with(Modifier::Extend { variable: variable.clone(), expression: expression.clone() }),
            GraphPattern::Lateral { left, right } => Self::flatten(left).with(Modifier::Lateral((**right).clone())),
            GraphPattern::Values { variables, bindings } if variables.is_empty() && bindings.len() == 1 => {
                Self::default()
            }
            _ => Self::item(pattern),
        }
    }

    fn item(pattern: &GraphPattern) -> Self {
        Self { items: vec![pattern.clone()], modifiers: Vec::new() }
    }

    fn with(mut self, modifier: Modifier) -> Self {
        self.modifiers.push(modifier);
        self
    }

    fn push_conditions(&mut self, expression: &Expression) {
        if let Expression::And(a, b) = expression {
            self.push_conditions(a);
            self.push_conditions(b);
        } else {
            self.modifiers.push(Modifier::Filter(expression.clone()));
        }
    }

    /// Joins two groups; a side whose modifiers would change their meaning stays a group of its own.
    fn join(left: Self, whole_left: &GraphPattern, right: Self, whole_right: &GraphPattern) -> Self {
        let left = left.open_to(&in_scope(whole_right), whole_left);
        let right = right.open_to(&in_scope(whole_left), whole_right);
        Self { items: [left.items, right.items].concat(), modifiers: [left.modifiers, right.modifiers].concat() }
    }

    fn open_to(self, other: &InScope, whole: &GraphPattern) -> Self {
        let mut below = self.items_scope();
        for modifier in &self.modifiers {
            if !modifier.commutes_with_join(&below, other) {
                return Self::item(whole);
            }
            modifier.bind(&mut below);
        }
        self
    }

    /// What the join of the items binds.
    pub(super) fn items_scope(&self) -> InScope {
        let mut scope = InScope::default();
        for item in &self.items {
            scope.join(in_scope(item));
        }
        scope
    }

    /// `FILTER(?x = <iri>)` and `FILTER(?x IN (<a>, <b>))` become items that can be joined first.
    ///
    /// For IRIs `=` is the same as being the same term, and can only fail where ?x is unbound.
    fn equalities_to_values(&mut self) {
        let certain = self.items_scope().certain;
        let mut values = Vec::new();
        self.modifiers.retain(|modifier| {
            let Modifier::Filter(expression) = modifier else {
                return true;
            };
            match allowed_terms(expression) {
                Some((variable, terms)) if certain.contains(variable) => {
                    values.push(GraphPattern::Values {
                        variables: vec![variable.clone()],
                        bindings: terms.into_iter().map(|term| vec![Some(term)]).collect(),
                    });
                    false
                }
                _ => true,
            }
        });
        self.items.extend(values);
    }
}

/// The only terms that the variable may have for the condition to hold.
fn allowed_terms(condition: &Expression) -> Option<(&Variable, Vec<GroundTerm>)> {
    match condition {
        Expression::Equal(a, b) => match (&**a, &**b) {
            (Expression::Variable(variable), Expression::NamedNode(term))
            | (Expression::NamedNode(term), Expression::Variable(variable)) => {
                Some((variable, vec![term.clone().into()]))
            }
            _ => None,
        },
        Expression::SameTerm(a, b) => match (&**a, &**b) {
            (Expression::Variable(variable), constant) | (constant, Expression::Variable(variable)) => {
                Some((variable, vec![ground_term(constant)?]))
            }
            _ => None,
        },
        Expression::In(a, list) => {
            let Expression::Variable(variable) = &**a else {
                return None;
            };
            let mut terms = Vec::with_capacity(list.len());
            for term in list {
                let Expression::NamedNode(term) = term else {
                    return None;
                };
                let term = GroundTerm::from(term.clone());
                if !terms.contains(&term) {
                    terms.push(term);
                }
            }
            Some((variable, terms))
        }
        _ => None,
    }
}

fn ground_term(expression: &Expression) -> Option<GroundTerm> {
    match expression {
        Expression::NamedNode(term) => Some(term.clone().into()),
        Expression::Literal(term) => Some(term.clone().into()),
        _ => None,
    }
}
