//! Validation (SHACL, sections 3 and 4): every shape on every node that its targets choose.

use crate::data::Data;
use crate::literal::{compare, is_well_formed, language_matches};
use crate::message::Expected;
use crate::shape::{Bound, Constraint, Qualified, Shape, ShapeId, Target};
use crate::vocabulary as sh;
use crate::{Concerned, Path, Shapes, Validation, Violation};
use oxrdf::vocab::rdf;
use oxrdf::{NamedNode, NamedNodeRef, Term};
use rustc_hash::FxHashSet;
use std::cmp::Ordering;
use viite_store::{Scope, Snapshot, TermId};

/// Validates a part of a snapshot.
///
/// `data` is what the shapes see; `targets` is where they look for the nodes that they judge. They are the same
/// for most uses. To judge one region, `targets` is its graph, and `data` holds the reference and the vocabulary
/// as well, so that references resolve and subclasses are known, without the reference being judged too.
///
/// Costs about a look-up per node, property and constraint.
///
/// ```
/// use oxrdfio::{RdfFormat, RdfParser};
/// use viite_model::Language;
/// use viite_shapes::{Shapes, validate};
/// use viite_store::{Scope, Snapshot};
///
/// let shapes = Shapes::parse("shapes.ttl", "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <http://example.org/> .
///     :S a sh:NodeShape ; sh:targetClass :System ; sh:property [ sh:path :owner ; sh:name \"owner\"@en ; sh:minCount 1 ] .")?;
/// let data = "@prefix : <http://example.org/> . :a a :System . :b a :System ; :owner :x .";
/// let quads = RdfParser::from_format(RdfFormat::Turtle).for_slice(data).collect::<Result<Vec<_>, _>>()?;
/// let snapshot = Snapshot::from_quads(quads)?;
///
/// let found = validate(&shapes, &snapshot, &Scope::default(), &Scope::default());
/// assert_eq!(found.coverage[0].nodes, 2);
/// assert_eq!(found.violations[0].focus.to_string(), "<http://example.org/a>");
/// assert_eq!(found.violations[0].message(Language::En), "owner: 0 values; at least 1 is needed");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn validate(shapes: &Shapes, snapshot: &Snapshot, data: &Scope, targets: &Scope) -> Validation {
    let seen = Data::new(snapshot, data);
    let judged = (data != targets).then(|| Data::new(snapshot, targets));
    let validator = Validator { shapes, data: &seen, judged: judged.as_ref().unwrap_or(&seen) };
    let mut validation = Validation::default();
    for root in &shapes.roots {
        let shape = &shapes.shapes[*root];
        let nodes = if shape.deactivated { FxHashSet::default() } else { validator.focus_nodes(shape) };
        validation.coverage.push(Concerned {
            shape: shape.node.clone(),
            names: shape.names.clone(),
            nodes: nodes.len(),
        });
        let before = validation.violations.len();
        for node in nodes {
            validator.judge(*root, node, &mut validation.violations);
        }
        for violation in &mut validation.violations[before..] {
            violation.target_shape = shape.node.clone();
        }
    }
    validation.violations.sort_by_cached_key(Violation::order);
    validation
}

impl Violation {
    /// What reports are sorted by. Labels of blank nodes change from run to run, and come last.
    fn order(&self) -> [String; 5] {
        let text = |term: &Term| term.to_string();
        [
            text(&self.focus),
            self.path.as_ref().map(ToString::to_string).unwrap_or_default(),
            self.component.as_str().to_owned(),
            self.value.as_ref().map(text).unwrap_or_default(),
            text(&self.shape),
        ]
    }
}

struct Validator<'a> {
    shapes: &'a Shapes,
    /// What constraints see.
    data: &'a Data<'a>,
    /// Where targets look.
    judged: &'a Data<'a>,
}

/// One shape at one focus node.
struct At<'v> {
    shape: &'v Shape,
    focus: TermId,
    values: &'v [TermId],
}

impl Validator<'_> {
    fn focus_nodes(&self, shape: &Shape) -> FxHashSet<TermId> {
        let mut nodes = FxHashSet::default();
        for target in &shape.targets {
            match target {
                Target::Node(node) => {
                    nodes.insert(self.data.id(node));
                }
                Target::Class(class) => {
                    let a = self.judged.id(rdf::TYPE);
                    for class in self.data.subclasses(self.data.id(class)).iter() {
                        // By its term: what is not in the snapshot has other numbers in another view.
                        let class = self.judged.id(&self.data.term(*class));
                        nodes.extend(self.judged.triples(None, Some(a), Some(class)).map(|[node, ..]| node));
                    }
                }
                Target::SubjectsOf(property) => {
                    let property = Some(self.judged.id(property));
                    nodes.extend(self.judged.triples(None, property, None).map(|[subject, ..]| subject));
                }
                Target::ObjectsOf(property) => {
                    let property = Some(self.judged.id(property));
                    nodes.extend(self.judged.triples(None, property, None).map(|[.., object]| object));
                }
            }
        }
        nodes
    }

    fn conforms(&self, shape: ShapeId, node: TermId) -> bool {
        let mut found = Vec::new();
        self.judge(shape, node, &mut found);
        found.is_empty()
    }

    fn judge(&self, shape: ShapeId, focus: TermId, found: &mut Vec<Violation>) {
        let shape = &self.shapes.shapes[shape];
        if shape.deactivated {
            return;
        }
        let values = match &shape.path {
            Some(path) => self.data.follow(path, focus),
            None => vec![focus],
        };
        let at = At { shape, focus, values: &values };
        for constraint in &shape.constraints {
            self.constrain(constraint, &at, found);
        }
    }

    fn constrain(&self, constraint: &Constraint, at: &At<'_>, found: &mut Vec<Violation>) {
        match constraint {
            Constraint::MinCount(least) if (at.values.len() as u64) < *least => {
                found.push(self.violation(constraint, at, None, Expected::AtLeast(*least, at.values.len())));
            }
            Constraint::MaxCount(most) if at.values.len() as u64 > *most => {
                found.push(self.violation(constraint, at, None, Expected::AtMost(*most, at.values.len())));
            }
            Constraint::MinCount(_) | Constraint::MaxCount(_) => {}
            Constraint::UniqueLang => self.unique_languages(constraint, at, found),
            Constraint::Equals(other) => self.equal(constraint, at, other.as_ref(), found),
            Constraint::LessThan(other) => self.less(constraint, at, other, &[Ordering::Less], found),
            Constraint::LessThanOrEquals(other) => {
                self.less(constraint, at, other, &[Ordering::Less, Ordering::Equal], found);
            }
            Constraint::Qualified(qualified) => self.qualified(constraint, at, qualified, found),
            Constraint::Closed(allowed) => self.closed(constraint, at, allowed, found),
            Constraint::HasValue(value) => {
                if !at.values.contains(&self.data.id(value)) {
                    found.push(self.violation(constraint, at, None, Expected::Terms(vec![value.clone()])));
                }
            }
            Constraint::Property(shape) => at.values.iter().for_each(|value| self.judge(*shape, *value, found)),
            Constraint::Node(shape) => {
                for value in at.values {
                    let mut details = Vec::new();
                    self.judge(*shape, *value, &mut details);
                    if !details.is_empty() {
                        let expected = Expected::Shapes(vec![self.shapes.shapes[*shape].node.clone()]);
                        found.push(Violation { details, ..self.violation(constraint, at, Some(*value), expected) });
                    }
                }
            }
            each => {
                for value in at.values {
                    if let Some(expected) = self.unmet(each, at, *value) {
                        found.push(self.violation(constraint, at, Some(*value), expected));
                    }
                }
            }
        }
    }

    /// What a constraint on each value by itself expects of a value that does not meet it.
    fn unmet(&self, constraint: &Constraint, at: &At<'_>, id: TermId) -> Option<Expected> {
        let shapes = |ids: &[ShapeId]| {
            Expected::Shapes(ids.iter().map(|shape| self.shapes.shapes[*shape].node.clone()).collect())
        };
        let met = |ids: &[ShapeId]| ids.iter().filter(|shape| self.conforms(**shape, id)).count();
        let (ok, expected) = match constraint {
            Constraint::Class(class) => (self.data.is_a(id, self.data.id(class)), Expected::Terms(vec![class.clone()])),
            Constraint::Disjoint(other) => (
                !self.data.objects(at.focus, other.as_ref()).any(|value| value == id),
                Expected::Terms(vec![other.clone().into()]),
            ),
            Constraint::Not(shape) => (!self.conforms(*shape, id), shapes(&[*shape])),
            Constraint::And(all) => (met(all) == all.len(), shapes(all)),
            Constraint::Or(any) => (any.iter().any(|shape| self.conforms(*shape, id)), shapes(any)),
            Constraint::Xone(one) => (met(one) == 1, shapes(one)),
            Constraint::In(terms) => (terms.contains(&self.data.term(id)), Expected::Terms(terms.clone())),
            other => of_term(other, &self.data.term(id))?,
        };
        (!ok).then_some(expected)
    }

    fn unique_languages(&self, constraint: &Constraint, at: &At<'_>, found: &mut Vec<Violation>) {
        let terms: Vec<_> = at.values.iter().map(|value| self.data.term(*value)).collect();
        let mut tags: Vec<_> = terms
            .iter()
            .filter_map(|term| match term {
                Term::Literal(literal) => literal.language().map(str::to_ascii_lowercase),
                _ => None,
            })
            .collect();
        tags.sort();
        for same in tags.chunk_by(|a, b| a == b).filter(|same| same.len() > 1) {
            found.push(self.violation(constraint, at, None, Expected::Text(same[0].clone())));
        }
    }

    fn equal(&self, constraint: &Constraint, at: &At<'_>, other: NamedNodeRef<'_>, found: &mut Vec<Violation>) {
        let others: Vec<_> = self.data.objects(at.focus, other).collect();
        let only_here = at.values.iter().filter(|value| !others.contains(value));
        let only_there = others.iter().filter(|value| !at.values.contains(value));
        for value in only_here.chain(only_there) {
            let expected = Expected::Terms(vec![other.into_owned().into()]);
            found.push(self.violation(constraint, at, Some(*value), expected));
        }
    }

    fn less(
        &self,
        constraint: &Constraint,
        at: &At<'_>,
        other: &NamedNode,
        wanted: &[Ordering],
        found: &mut Vec<Violation>,
    ) {
        let others: Vec<_> = self.data.objects(at.focus, other.as_ref()).map(|id| self.data.term(id)).collect();
        for value in at.values {
            let term = self.data.term(*value);
            for other_value in &others {
                if !compare(&term, other_value).is_some_and(|order| wanted.contains(&order)) {
                    let expected = Expected::Terms(vec![other.clone().into()]);
                    found.push(self.violation(constraint, at, Some(*value), expected));
                }
            }
        }
    }

    fn qualified(&self, constraint: &Constraint, at: &At<'_>, asked: &Qualified, found: &mut Vec<Violation>) {
        let counts = |value: &&TermId| {
            self.conforms(asked.shape, **value)
                && !asked.siblings.iter().any(|sibling| self.conforms(*sibling, **value))
        };
        let count = at.values.iter().filter(counts).count();
        if let Some(least) = asked.min.filter(|least| (count as u64) < *least) {
            found.push(self.violation(constraint, at, None, Expected::AtLeast(least, count)));
        }
        if let Some(most) = asked.max.filter(|most| count as u64 > *most) {
            let violation = self.violation(constraint, at, None, Expected::AtMost(most, count));
            found.push(Violation { component: component("QualifiedMaxCount"), ..violation });
        }
    }

    fn closed(&self, constraint: &Constraint, at: &At<'_>, allowed: &[NamedNode], found: &mut Vec<Violation>) {
        let allowed: FxHashSet<_> = allowed.iter().map(|property| self.data.id(property)).collect();
        for node in at.values {
            for [_, predicate, object] in self.data.triples(Some(*node), None, None) {
                if allowed.contains(&predicate) {
                    continue;
                }
                let Term::NamedNode(property) = self.data.term(predicate) else { continue };
                let violation = self.violation(constraint, at, Some(object), Expected::Nothing);
                found.push(Violation { path: Some(Path::Predicate(property)), ..violation });
            }
        }
    }

    fn violation(&self, constraint: &Constraint, at: &At<'_>, value: Option<TermId>, expected: Expected) -> Violation {
        Violation {
            focus: self.data.term(at.focus),
            path: at.shape.path.clone(),
            value: value.map(|value| self.data.term(value)),
            component: component(constraint.component()),
            shape: at.shape.node.clone(),
            target_shape: at.shape.node.clone(),
            severity: at.shape.severity.clone(),
            messages: at.shape.messages.clone(),
            details: Vec::new(),
            asked: expected.named(&at.shape.names),
        }
    }
}

/// Constraints that the term alone decides; none for those that it does not.
fn of_term(constraint: &Constraint, term: &Term) -> Option<(bool, Expected)> {
    let literal = match term {
        Term::Literal(literal) => Some(literal),
        _ => None,
    };
    let text = match term {
        Term::NamedNode(node) => Some(node.as_str()),
        Term::Literal(literal) => Some(literal.value()),
        Term::BlankNode(_) => None,
    };
    let length = || text.map(|text| text.chars().count() as u64);
    Some(match constraint {
        Constraint::Datatype(datatype) => (
            literal.is_some_and(|literal| literal.datatype() == *datatype && is_well_formed(literal)),
            Expected::Terms(vec![datatype.clone().into()]),
        ),
        Constraint::NodeKind(kind) => (kind.allows(term), Expected::Kind(*kind)),
        Constraint::Range(bound, limit) => {
            let wanted: &[Ordering] = match bound {
                Bound::MinExclusive => &[Ordering::Greater],
                Bound::MinInclusive => &[Ordering::Greater, Ordering::Equal],
                Bound::MaxExclusive => &[Ordering::Less],
                Bound::MaxInclusive => &[Ordering::Less, Ordering::Equal],
            };
            let order = compare(term, &limit.clone().into());
            (order.is_some_and(|order| wanted.contains(&order)), Expected::Text(limit.value().to_owned()))
        }
        Constraint::MinLength(least) => {
            (length().is_some_and(|length| length >= *least), Expected::Text(least.to_string()))
        }
        Constraint::MaxLength(most) => {
            (length().is_some_and(|length| length <= *most), Expected::Text(most.to_string()))
        }
        Constraint::Pattern(regex, pattern) => {
            (text.is_some_and(|text| regex.is_match(text)), Expected::Text(pattern.clone()))
        }
        Constraint::LanguageIn(ranges) => {
            let tag = literal.and_then(|literal| literal.language());
            let ok = tag.is_some_and(|tag| ranges.iter().any(|range| language_matches(tag, range)));
            (ok, Expected::Text(ranges.join(", ")))
        }
        _ => return None,
    })
}

fn component(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{}{name}ConstraintComponent", sh::SH))
}
