//! Bringing a parsed query into the form that the planner orders.
//!
//! * Blank nodes become variables, so that their scope no longer hangs on who shares a group.
//! * Variables that a subselect does not project get names of their own: the evaluator's optimizer
//!   takes them for outer variables of the same name.
//! * GRAPH moves inward until it surrounds single basic graph patterns and paths only.
//! * Alternatives, sequences and inverses of a property path become UNION, join and swapped ends;
//!   only closures and negated sets stay paths (SPARQL 1.1 §18.2.2.3 and §18.4 say the same of both).

use super::is_subselect;
use super::rebuild::{join, map_aggregate, map_operands, map_order, unit};
use super::statistics::{Place, Statistics};
use super::variables::in_scope;
use oxrdf::Term;
use spargebra::algebra::{
    AggregateExpression, AggregateFunction, Expression, Function, GraphPattern, PropertyPathExpression,
};
use spargebra::term::{BlankNode, GroundTerm, NamedNodePattern, TermPattern, TriplePattern, Variable};
use std::collections::BTreeMap;

/// See the module.
pub(crate) fn normalise(pattern: GraphPattern, statistics: &dyn Statistics) -> GraphPattern {
    Normaliser { statistics, frame: Frame::default(), scopes: 0, fresh: 0 }.root(pattern)
}

struct Normaliser<'a> {
    statistics: &'a dyn Statistics,
    frame: Frame,
    scopes: usize,
    fresh: usize,
}

/// The variables of the subselect that is being read.
#[derive(Clone, Default)]
struct Frame {
    /// 0 for the query itself, the variables of which keep their names.
    number: usize,
    /// What the projected ones are called outside.
    projected: BTreeMap<Variable, Variable>,
}

impl Frame {
    fn name(&self, variable: &Variable) -> Variable {
        if self.number == 0 {
            return variable.clone();
        }
        self.projected
            .get(variable)
            .cloned()
            .unwrap_or_else(|| Variable::new_unchecked(format!("{}/{}", variable.as_str(), self.number)))
    }
}

type Graph<'a> = Option<&'a NamedNodePattern>;

impl Normaliser<'_> {
    /// The SELECT of the query itself is no subselect.
    fn root(&mut self, pattern: GraphPattern) -> GraphPattern {
        match pattern {
            GraphPattern::Project { inner, variables } => {
                GraphPattern::Project { inner: Box::new(self.pattern(*inner, None, 0)), variables }
            }
            GraphPattern::Distinct { inner } => GraphPattern::Distinct { inner: Box::new(self.root(*inner)) },
            GraphPattern::Reduced { inner } => GraphPattern::Reduced { inner: Box::new(self.root(*inner)) },
            GraphPattern::Slice { inner, start, length } => {
                GraphPattern::Slice { inner: Box::new(self.root(*inner)), start, length }
            }
            other => self.pattern(other, None, 0),
        }
    }

    fn pattern(&mut self, pattern: GraphPattern, graph: Graph<'_>, scope: usize) -> GraphPattern {
        match pattern {
            GraphPattern::Bgp { patterns } => within(
                graph,
                GraphPattern::Bgp {
                    patterns: patterns
                        .into_iter()
                        .map(|t| TriplePattern {
                            subject: self.term(t.subject, scope),
                            predicate: self.named(t.predicate),
                            object: self.term(t.object, scope),
                        })
                        .collect(),
                },
            ),
            GraphPattern::Path { subject, path, object } => {
                let (subject, object) = (self.term(subject, scope), self.term(object, scope));
                self.path(subject, path, object, graph)
            }
            GraphPattern::Join { left, right } => {
                let left = self.pattern(*left, graph, scope);
                join(left, self.pattern(*right, graph, scope))
            }
            GraphPattern::Lateral { left, right } => GraphPattern::Lateral {
                left: Box::new(self.pattern(*left, graph, scope)),
                right: Box::new(self.pattern(*right, graph, scope)),
            },
            GraphPattern::LeftJoin { left, right, expression } => GraphPattern::LeftJoin {
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
            GraphPattern::Extend { inner, variable, expression } => GraphPattern::Extend {
                inner: Box::new(self.pattern(*inner, graph, scope)),
                variable: self.frame.name(&variable),
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
            GraphPattern::Project { inner, variables } => self.subselect(*inner, &variables, graph, scope),
            GraphPattern::Distinct { inner } => {
                GraphPattern::Distinct { inner: Box::new(self.pattern(*inner, graph, scope)) }
            }
            GraphPattern::Reduced { inner } => {
                GraphPattern::Reduced { inner: Box::new(self.pattern(*inner, graph, scope)) }
            }
            GraphPattern::Slice { inner, start, length } => {
                GraphPattern::Slice { inner: Box::new(self.pattern(*inner, graph, scope)), start, length }
            }
            GraphPattern::Group { inner, variables, aggregates } => {
                let inner = Box::new(self.pattern(*inner, graph, scope));
                let variables = variables.iter().map(|v| self.frame.name(v)).collect();
                self.group(inner, variables, aggregates, graph)
            }
            GraphPattern::Values { variables, bindings } => {
                GraphPattern::Values { variables: variables.iter().map(|v| self.frame.name(v)).collect(), bindings }
            }
            GraphPattern::Service { .. } => pattern,
        }
    }

    /// GROUP_CONCAT gives a plain string (SPARQL 1.1 §18.5.1.7); the evaluator's keeps a language
    /// tag that all its values share.
    fn group(
        &mut self,
        inner: Box<GraphPattern>,
        variables: Vec<Variable>,
        aggregates: Vec<(Variable, AggregateExpression)>,
        graph: Graph<'_>,
    ) -> GraphPattern {
        let mut concatenated = Vec::new();
        let aggregates = aggregates
            .into_iter()
            .map(|(variable, aggregate)| {
                let variable = self.frame.name(&variable);
                let aggregate = map_aggregate(aggregate, |e| self.expression(e, graph));
                let AggregateExpression::FunctionCall { name: AggregateFunction::GroupConcat { .. }, .. } = &aggregate
                else {
                    return (variable, aggregate);
                };
                let tagged = self.fresh("concat");
                concatenated.push((variable, tagged.clone()));
                (tagged, aggregate)
            })
            .collect();
        let group = GraphPattern::Group { inner, variables, aggregates };
        concatenated.into_iter().fold(group, |inner, (variable, tagged)| GraphPattern::Extend {
            inner: Box::new(inner),
            variable,
            expression: Expression::FunctionCall(Function::Str, vec![tagged.into()]),
        })
    }

    fn fresh(&mut self, name: &str) -> Variable {
        self.fresh += 1;
        Variable::new_unchecked(format!("_:{name}{}", self.fresh))
    }

    /// `GRAPH name { inner }`.
    fn graph(&mut self, name: NamedNodePattern, inner: GraphPattern, scope: usize) -> GraphPattern {
        let name = self.named(name);
        let exists = graph_itself(&name);
        let subselect = is_subselect(&inner);
        let inner = self.pattern(inner, Some(&name), scope);
        match &name {
            // A subselect is evaluated graph by graph: what it counts or cuts off, it counts and
            // cuts off in each graph.
            NamedNodePattern::Variable(variable) if subselect => {
                GraphPattern::Lateral { left: Box::new(exists), right: Box::new(project_also(inner, variable)) }
            }
            _ if needs_graph(&inner, &name) => inner,
            _ => join(exists, inner),
        }
    }

    fn subselect(
        &mut self,
        inner: GraphPattern,
        variables: &[Variable],
        graph: Graph<'_>,
        scope: usize,
    ) -> GraphPattern {
        self.scopes += 1;
        let projected: BTreeMap<_, _> = variables.iter().map(|v| (v.clone(), self.frame.name(v))).collect();
        let variables = projected.values().cloned().collect();
        let frame = Frame { number: self.scopes, projected };
        let outer = std::mem::replace(&mut self.frame, frame);
        let inner = Box::new(self.pattern(inner, graph, scope));
        self.frame = outer;
        GraphPattern::Project { inner, variables }
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
                GraphPattern::Bgp { patterns: vec![TriplePattern { subject, predicate: predicate.into(), object }] },
            ),
            PropertyPathExpression::Reverse(path) => self.path(object, *path, subject, graph),
            PropertyPathExpression::Sequence(first, second) => {
                let middle = self.fresh("path");
                let first = self.path(subject, *first, middle.clone().into(), graph);
                join(first, self.path(middle.into(), *second, object, graph))
            }
            PropertyPathExpression::Alternative(first, second) => GraphPattern::Union {
                left: Box::new(self.path(subject.clone(), *first, object.clone(), graph)),
                right: Box::new(self.path(subject, *second, object, graph)),
            },
            path => self.walk(subject, &path, object, graph),
        }
    }

    /// A path that may have no step holds for a constant end that is no node of the data too
    /// (SPARQL 1.1 §18.4); the evaluator looks at nodes only.
    fn walk(
        &self,
        subject: TermPattern,
        path: &PropertyPathExpression,
        object: TermPattern,
        graph: Graph<'_>,
    ) -> GraphPattern {
        let walk = |subject: TermPattern, object: TermPattern| {
            within(graph, GraphPattern::Path { subject, path: path.clone(), object })
        };
        let whole = walk(subject.clone(), object.clone());
        let (constant, other) = match (ground(&subject), ground(&object)) {
            (Some(a), Some(b)) if a != b => return whole,
            (Some(constant), _) => (constant, object),
            (None, Some(constant)) => (constant, subject),
            (None, None) => return whole,
        };
        if !may_be_empty(path) {
            return whole;
        }
        let place = match graph {
            None => Place::Default,
            Some(NamedNodePattern::NamedNode(name)) => Place::Named(name),
            Some(NamedNodePattern::Variable(_)) => Place::AnyNamed,
        };
        let is_node = self.statistics.is_node(&constant.clone().into(), place);
        if is_node == Some(true) {
            return whole;
        }
        let itself = match other {
            TermPattern::Variable(variable) => {
                GraphPattern::Values { variables: vec![variable], bindings: vec![vec![Some(constant.clone())]] }
            }
            _ => unit(),
        };
        let itself = match graph {
            Some(name) => join(graph_itself(name), itself),
            None => itself,
        };
        if is_node == Some(false) {
            return itself; // and no step leads anywhere
        }
        let end = TermPattern::from(Term::from(constant));
        GraphPattern::Union {
            left: Box::new(whole),
            right: Box::new(GraphPattern::Filter {
                expr: Expression::Not(Box::new(Expression::Exists(Box::new(walk(end.clone(), end))))),
                inner: Box::new(itself),
            }),
        }
    }

    fn expression(&mut self, expression: Expression, graph: Graph<'_>) -> Expression {
        match expression {
            Expression::Variable(variable) => self.frame.name(&variable).into(),
            Expression::Bound(variable) => Expression::Bound(self.frame.name(&variable)),
            Expression::Exists(pattern) => {
                self.scopes += 1;
                let scope = self.scopes;
                Expression::Exists(Box::new(self.pattern(*pattern, graph, scope)))
            }
            other => map_operands(other, &mut |operand| self.expression(operand, graph)),
        }
    }

    fn term(&self, term: TermPattern, scope: usize) -> TermPattern {
        match term {
            TermPattern::BlankNode(node) => blank_node_variable(&node, scope).into(),
            TermPattern::Variable(variable) => self.frame.name(&variable).into(),
            term => term,
        }
    }

    fn named(&self, name: NamedNodePattern) -> NamedNodePattern {
        match name {
            NamedNodePattern::Variable(variable) => self.frame.name(&variable).into(),
            name => name,
        }
    }
}

/// `GRAPH name {}`: that there is such a graph.
fn graph_itself(name: &NamedNodePattern) -> GraphPattern {
    GraphPattern::Graph { name: name.clone(), inner: Box::new(GraphPattern::Bgp { patterns: Vec::new() }) }
}

fn ground(term: &TermPattern) -> Option<GroundTerm> {
    match term {
        TermPattern::NamedNode(node) => Some(node.clone().into()),
        TermPattern::Literal(literal) => Some(literal.clone().into()),
        TermPattern::BlankNode(_) | TermPattern::Variable(_) => None,
    }
}

/// Whether the path may lead from a term to itself without a step.
fn may_be_empty(path: &PropertyPathExpression) -> bool {
    match path {
        PropertyPathExpression::ZeroOrMore(_) | PropertyPathExpression::ZeroOrOne(_) => true,
        PropertyPathExpression::OneOrMore(path) | PropertyPathExpression::Reverse(path) => may_be_empty(path),
        PropertyPathExpression::Sequence(a, b) => may_be_empty(a) && may_be_empty(b),
        PropertyPathExpression::Alternative(a, b) => may_be_empty(a) || may_be_empty(b),
        PropertyPathExpression::NamedNode(_) | PropertyPathExpression::NegatedPropertySet(_) => false,
    }
}

fn within(graph: Graph<'_>, inner: GraphPattern) -> GraphPattern {
    match graph {
        Some(name) => GraphPattern::Graph { name: name.clone(), inner: Box::new(inner) },
        None => inner,
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

fn project_also(subselect: GraphPattern, variable: &Variable) -> GraphPattern {
    match subselect {
        GraphPattern::Project { inner, mut variables } => {
            if !variables.contains(variable) {
                variables.push(variable.clone());
            }
            GraphPattern::Project { inner, variables }
        }
        GraphPattern::Distinct { inner } => GraphPattern::Distinct { inner: Box::new(project_also(*inner, variable)) },
        GraphPattern::Reduced { inner } => GraphPattern::Reduced { inner: Box::new(project_also(*inner, variable)) },
        GraphPattern::Slice { inner, start, length } => {
            GraphPattern::Slice { inner: Box::new(project_also(*inner, variable)), start, length }
        }
        other => other,
    }
}

/// Whether the pattern, into which `GRAPH name` has moved, has no solution outside such a graph.
fn needs_graph(pattern: &GraphPattern, name: &NamedNodePattern) -> bool {
    match pattern {
        GraphPattern::Graph { name: found, .. } => found == name,
        GraphPattern::Join { left, right } => needs_graph(left, name) || needs_graph(right, name),
        GraphPattern::Union { left, right } => needs_graph(left, name) && needs_graph(right, name),
        GraphPattern::LeftJoin { left, .. } | GraphPattern::Lateral { left, .. } | GraphPattern::Minus { left, .. } => {
            needs_graph(left, name)
        }
        GraphPattern::Group { inner, variables, .. } => !variables.is_empty() && needs_graph(inner, name),
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
