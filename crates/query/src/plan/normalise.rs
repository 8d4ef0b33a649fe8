//! Bringing a parsed query into the form that the planner orders.
//!
//! * Blank nodes become variables, so that their scope no longer hangs on who shares a group.
//! * GRAPH moves inward until it surrounds single basic graph patterns and paths only.
//! * Alternatives, sequences and inverses of a property path become UNION, join and swapped ends;
//!   only closures and negated sets stay paths (SPARQL 1.1 §18.2.2.3 and §18.4 say the same of both).

use super::rebuild::{join, map_aggregate, map_exists, map_order};
use super::variables::{in_scope, mentioned_in_pattern};
use spargebra::algebra::{Expression, GraphPattern, PropertyPathExpression};
use spargebra::term::{BlankNode, NamedNodePattern, TermPattern, TriplePattern, Variable};

/// See the module.
pub(crate) fn normalise(pattern: GraphPattern) -> GraphPattern {
    Normaliser::default().pattern(pattern, None, 0)
}

#[derive(Default)]
struct Normaliser {
    scopes: usize,
    fresh: usize,
}

type Graph<'a> = Option<&'a NamedNodePattern>;

impl Normaliser {
    fn pattern(&mut self, pattern: GraphPattern, graph: Graph<'_>, scope: usize) -> GraphPattern {
        match pattern {
            GraphPattern::Bgp { patterns } => within(
                graph,
                GraphPattern::Bgp {
                    patterns: patterns
                        .into_iter()
                        .map(|t| TriplePattern {
                            subject: term(t.subject, scope),
                            predicate: t.predicate,
                            object: term(t.object, scope),
                        })
                        .collect(),
                },
            ),
            GraphPattern::Path {
                subject,
                path,
                object,
            } => self.path(term(subject, scope), path, term(object, scope), graph),
            GraphPattern::Join { left, right } => {
                let left = self.pattern(*left, graph, scope);
                join(left, self.pattern(*right, graph, scope))
            }
            GraphPattern::Lateral { left, right } => GraphPattern::Lateral {
                left: Box::new(self.pattern(*left, graph, scope)),
                right: Box::new(self.pattern(*right, graph, scope)),
            },
            GraphPattern::LeftJoin {
                left,
                right,
                expression,
            } => GraphPattern::LeftJoin {
                left: Box::new(self.pattern(*left, graph, scope)),
                right: Box::new(self.pattern(*right, graph, scope)),
                expression: expression.map(|e| self.expression(e, graph)),
            },
            GraphPattern::Filter { expr, inner } => GraphPattern::Filter {
                inner: Box::new(self.pattern(*inner, graph, scope)),
                expr: self.expression(expr, graph),
            },
            GraphPattern::Union { left, right } => GraphPattern::Union {
                left: Box::new(self.pattern(*left, graph, scope)),
                right: Box::new(self.pattern(*right, graph, scope)),
            },
            GraphPattern::Graph { name, inner } => self.graph(name, *inner, scope),
            GraphPattern::Extend {
                inner,
                variable,
                expression,
            } => GraphPattern::Extend {
                inner: Box::new(self.pattern(*inner, graph, scope)),
                variable,
                expression: self.expression(expression, graph),
            },
            GraphPattern::Minus { left, right } => {
                // Without a shared variable MINUS removes nothing (SPARQL 1.1 §8.3.3). Inside
                // GRAPH ?g the evaluator would take ?g itself for one.
                if in_scope(&left).possible.is_disjoint(&in_scope(&right).possible) {
                    return self.pattern(*left, graph, scope);
                }
                GraphPattern::Minus {
                    left: Box::new(self.pattern(*left, graph, scope)),
                    right: Box::new(self.pattern(*right, graph, scope)),
                }
            }
            GraphPattern::OrderBy { inner, expression } => GraphPattern::OrderBy {
                inner: Box::new(self.pattern(*inner, graph, scope)),
                expression: expression
                    .into_iter()
                    .map(|order| map_order(order, |e| self.expression(e, graph)))
                    .collect(),
            },
            GraphPattern::Project { inner, variables } => GraphPattern::Project {
                inner: Box::new(self.pattern(*inner, graph, scope)),
                variables,
            },
            GraphPattern::Distinct { inner } => GraphPattern::Distinct {
                inner: Box::new(self.pattern(*inner, graph, scope)),
            },
            GraphPattern::Reduced { inner } => GraphPattern::Reduced {
                inner: Box::new(self.pattern(*inner, graph, scope)),
            },
            GraphPattern::Slice {
                inner,
                start,
                length,
            } => GraphPattern::Slice {
                inner: Box::new(self.pattern(*inner, graph, scope)),
                start,
                length,
            },
            GraphPattern::Group {
                inner,
                variables,
                aggregates,
            } => GraphPattern::Group {
                inner: Box::new(self.pattern(*inner, graph, scope)),
                variables,
                aggregates: aggregates
                    .into_iter()
                    .map(|(v, a)| (v, map_aggregate(a, |e| self.expression(e, graph))))
                    .collect(),
            },
            GraphPattern::Values { .. } | GraphPattern::Service { .. } => pattern,
        }
    }

    /// `GRAPH name { inner }`.
    fn graph(&mut self, name: NamedNodePattern, inner: GraphPattern, scope: usize) -> GraphPattern {
        let exists = GraphPattern::Graph {
            name: name.clone(),
            inner: Box::new(GraphPattern::Bgp { patterns: Vec::new() }),
        };
        match (&name, subselect_projection(&inner)) {
            // A subselect is evaluated graph by graph: what it counts or cuts off, it counts and
            // cuts off in each graph, the name of which is seen from outside only.
            (NamedNodePattern::Variable(variable), Some(projected)) => {
                if !projected.contains(variable) && hides(&inner, variable) {
                    return GraphPattern::Graph {
                        name,
                        inner: Box::new(self.pattern(inner, None, scope)),
                    };
                }
                let inner = project_also(inner, variable);
                GraphPattern::Lateral {
                    left: Box::new(exists),
                    right: Box::new(self.pattern(inner, Some(&name), scope)),
                }
            }
            _ => {
                let inner = self.pattern(inner, Some(&name), scope);
                if needs_graph(&inner, &name) {
                    inner
                } else {
                    join(exists, inner)
                }
            }
        }
    }

    fn path(
        &mut self,
        subject: TermPattern,
        path: PropertyPathExpression,
        object: TermPattern,
        graph: Graph<'_>,
    ) -> GraphPattern {
        match path {
            PropertyPathExpression::NamedNode(predicate) => within(
                graph,
                GraphPattern::Bgp {
                    patterns: vec![TriplePattern {
                        subject,
                        predicate: predicate.into(),
                        object,
                    }],
                },
            ),
            PropertyPathExpression::Reverse(path) => self.path(object, *path, subject, graph),
            PropertyPathExpression::Sequence(first, second) => {
                self.fresh += 1;
                let middle = Variable::new_unchecked(format!("_:path{}", self.fresh));
                let first = self.path(subject, *first, middle.clone().into(), graph);
                join(first, self.path(middle.into(), *second, object, graph))
            }
            PropertyPathExpression::Alternative(first, second) => GraphPattern::Union {
                left: Box::new(self.path(subject.clone(), *first, object.clone(), graph)),
                right: Box::new(self.path(subject, *second, object, graph)),
            },
            path => within(
                graph,
                GraphPattern::Path {
                    subject,
                    path,
                    object,
                },
            ),
        }
    }

    fn expression(&mut self, expression: Expression, graph: Graph<'_>) -> Expression {
        map_exists(expression, &mut |pattern| {
            self.scopes += 1;
            let scope = self.scopes;
            self.pattern(pattern, graph, scope)
        })
    }
}

fn within(graph: Graph<'_>, inner: GraphPattern) -> GraphPattern {
    match graph {
        Some(name) => GraphPattern::Graph {
            name: name.clone(),
            inner: Box::new(inner),
        },
        None => inner,
    }
}

fn term(term: TermPattern, scope: usize) -> TermPattern {
    match term {
        TermPattern::BlankNode(node) => blank_node_variable(&node, scope).into(),
        term => term,
    }
}

/// No variable that a user writes can have this name.
fn blank_node_variable(node: &BlankNode, scope: usize) -> Variable {
    Variable::new_unchecked(if scope == 0 {
        format!("_:{}", node.as_str())
    } else {
        format!("_:{}/{scope}", node.as_str())
    })
}

/// The projection, when the pattern is a subselect.
fn subselect_projection(pattern: &GraphPattern) -> Option<&[Variable]> {
    match pattern {
        GraphPattern::Project { variables, .. } => Some(variables),
        GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. } => subselect_projection(inner),
        _ => None,
    }
}

/// Whether a subselect uses, without projecting it, a variable of this name: another variable.
fn hides(subselect: &GraphPattern, variable: &Variable) -> bool {
    match subselect {
        GraphPattern::Project { inner, .. } => mentioned_in_pattern(inner).contains(variable),
        GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. } => hides(inner, variable),
        _ => false,
    }
}

fn project_also(subselect: GraphPattern, variable: &Variable) -> GraphPattern {
    match subselect {
        GraphPattern::Project {
            inner,
            mut variables,
        } => {
            if !variables.contains(variable) {
                variables.push(variable.clone());
            }
            GraphPattern::Project { inner, variables }
        }
        GraphPattern::Distinct { inner } => GraphPattern::Distinct {
            inner: Box::new(project_also(*inner, variable)),
        },
        GraphPattern::Reduced { inner } => GraphPattern::Reduced {
            inner: Box::new(project_also(*inner, variable)),
        },
        GraphPattern::Slice {
            inner,
            start,
            length,
        } => GraphPattern::Slice {
            inner: Box::new(project_also(*inner, variable)),
            start,
            length,
        },
        other => other,
    }
}

/// Whether the pattern, into which `GRAPH name` has moved, has no solution outside such a graph.
fn needs_graph(pattern: &GraphPattern, name: &NamedNodePattern) -> bool {
    match pattern {
        GraphPattern::Graph { name: found, .. } => found == name,
        GraphPattern::Join { left, right } => needs_graph(left, name) || needs_graph(right, name),
        GraphPattern::Union { left, right } => needs_graph(left, name) && needs_graph(right, name),
        GraphPattern::LeftJoin { left, .. }
        | GraphPattern::Lateral { left, .. }
        | GraphPattern::Minus { left, .. } => needs_graph(left, name),
        GraphPattern::Group {
            inner, variables, ..
        } => !variables.is_empty() && needs_graph(inner, name),
        GraphPattern::Project { inner, .. }
        | GraphPattern::Filter { inner, .. }
        | GraphPattern::Extend { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. } => needs_graph(inner, name),
        GraphPattern::Bgp { .. }
        | GraphPattern::Path { .. }
        | GraphPattern::Values { .. }
        | GraphPattern::Service { .. } => false,
    }
}
