//! Relationships that follow from those that are drawn: the derivation rules of ArchiMate 3.2 that hold in any model
//! (Appendix B.2, rules DR1 to DR8) within the bounds of B.1. What is only potentially true (B.3) is not derived.

use crate::network::{Network, NetworkError, Thing, local_name};
use oxrdf::NamedNode;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

/// A type of relationship that takes part in derivations; structural ones from the weakest to the strongest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Relationship {
    /// Structural, the weakest.
    Realization,
    /// Structural.
    Assignment,
    /// Structural.
    Aggregation,
    /// Structural, the strongest.
    Composition,
    /// A dependency.
    Serving,
    /// A dependency.
    Access,
    /// A dependency.
    Influence,
    /// Dynamic.
    Flow,
    /// Dynamic.
    Triggering,
    /// Neither.
    Specialization,
}

use Relationship::{
    Access, Aggregation, Assignment, Composition, Flow, Influence, Realization, Serving, Specialization, Triggering,
};

impl Relationship {
    const ALL: [Self; 10] = [
        Realization,
        Assignment,
        Aggregation,
        Composition,
        Serving,
        Access,
        Influence,
        Flow,
        Triggering,
        Specialization,
    ];

    /// The property that says so, as a prefixed name.
    pub const fn property(self) -> &'static str {
        match self {
            Realization => "archimate:realization",
            Assignment => "archimate:assignment",
            Aggregation => "archimate:aggregation",
            Composition => "archimate:composition",
            Serving => "archimate:serving",
            Access => "archimate:access",
            Influence => "archimate:influence",
            Flow => "archimate:flow",
            Triggering => "archimate:triggering",
            Specialization => "archimate:specialization",
        }
    }

    const fn is_structural(self) -> bool {
        matches!(self, Realization | Assignment | Aggregation | Composition)
    }

    const fn is_dependency(self) -> bool {
        matches!(self, Serving | Access | Influence)
    }

    const fn is_dynamic(self) -> bool {
        matches!(self, Flow | Triggering)
    }

    /// Whether it takes part in derivations between elements of these domains: across them only two do (B.1).
    fn bridges(self, one: Domain, other: Domain) -> bool {
        one == other || matches!(self, Realization | Influence)
    }
}

/// The domains of the language between which little is derived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Domain {
    Core,
    Motivation,
    Strategy,
    Implementation,
}

impl Domain {
    /// By the local name of a class, of ArchiMate or ours; what is none of the others is core.
    fn of(class: &str) -> Self {
        match class {
            "Stakeholder" | "Driver" | "Assessment" | "Goal" | "Outcome" | "Principle" | "Requirement"
            | "Constraint" | "Meaning" | "Value" => Self::Motivation,
            "Resource" | "Capability" | "ValueStream" | "CourseOfAction" | "Measure" => Self::Strategy,
            "WorkPackage" | "Deliverable" | "ImplementationEvent" | "Plateau" | "Gap" | "Project" => {
                Self::Implementation
            }
            _ => Self::Core,
        }
    }
}

/// Which rule a relationship follows by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// DR1: a specialisation of a specialisation is one.
    Specialization,
    /// DR2: a chain of structural relationships is as strong as its weakest.
    Structural,
    /// DR3, DR4: what a part, or whatever realizes or performs a thing, depends on or serves, the thing does.
    Dependency,
    /// DR5 to DR7: what a part, or whatever realizes or performs a thing, sends or triggers, the thing does; what
    /// flows to it flows to the thing; what triggers a thing triggers its parts.
    Dynamic,
    /// DR8: what triggers a trigger triggers what that triggers.
    Triggering,
}

/// A relationship from one thing to another.
type Relation = (NamedNode, Relationship, NamedNode);

/// A relationship that nobody drew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Derived {
    /// Where it starts.
    pub source: Thing,
    /// What it is.
    pub relationship: Relationship,
    /// What that is called.
    pub label: String,
    /// Where it ends.
    pub target: Thing,
    /// The rule of its last step.
    pub rule: Rule,
    /// The names of the things between.
    pub through: Vec<String>,
}

/// What follows from `p` from a to b and a relationship at b, by the rules that hold in any model.
fn follows(p: &Relation, q: &Relation) -> Option<(Relation, Rule)> {
    let (a, s, b) = p;
    let onward = (*b == q.0).then(|| q.2.clone()); // q leads from b to c
    let into_b = (*b == q.2).then(|| q.0.clone()); // q leads from c to b
    match (s, q.1, onward, into_b) {
        (Specialization, Specialization, Some(c), _) => Some(((a.clone(), Specialization, c), Rule::Specialization)),
        (Triggering, Triggering, Some(c), _) => Some(((a.clone(), Triggering, c), Rule::Triggering)),
        (s, t, Some(c), _) if s.is_structural() && t.is_structural() => {
            Some(((a.clone(), (*s).min(t), c), Rule::Structural))
        }
        (s, t, Some(c), _) if s.is_structural() && t.is_dependency() => Some(((a.clone(), t, c), Rule::Dependency)),
        (s, t, _, Some(c)) if s.is_structural() && t.is_dependency() => Some(((c, t, a.clone()), Rule::Dependency)),
        (s, t, Some(c), _) if s.is_structural() && t.is_dynamic() => Some(((a.clone(), t, c), Rule::Dynamic)),
        (s, Flow, _, Some(c)) if s.is_structural() => Some(((c, Flow, a.clone()), Rule::Dynamic)),
        (Triggering, t, Some(c), _) if t.is_structural() => Some(((a.clone(), Triggering, c), Rule::Dynamic)),
        _ => None,
    }
}

/// At most so many are derived for one thing.
const MOST: usize = 10_000;

impl Network<'_> {
    /// The relationships of a thing that follow from at most so many drawn ones, by type and the other thing's name.
    ///
    /// # Errors
    /// When a query fails.
    pub fn derived(&self, thing: &NamedNode, steps: usize) -> Result<Vec<Derived>, NetworkError> {
        let thing = self.original(thing.clone());
        let mut drawn: FxHashSet<Relation> = FxHashSet::default();
        let mut at: FxHashMap<NamedNode, Vec<Relation>> = FxHashMap::default();
        for relationship in Relationship::ALL {
            for (source, target) in self.pairs(relationship.property())? {
                let relation = (self.original(source), relationship, self.original(target));
                let known = relation.0 == relation.2 || drawn.contains(&relation);
                if !known && relationship.bridges(self.domain(&relation.0), self.domain(&relation.2)) {
                    drawn.insert(relation.clone());
                    at.entry(relation.0.clone()).or_default().push(relation.clone());
                    at.entry(relation.2.clone()).or_default().push(relation);
                }
            }
        }
        let mut known: FxHashSet<Relation> = FxHashSet::default();
        let mut derived = Vec::new();
        // A relationship of the thing, and what lies between its ends.
        let mut front: Vec<(Relation, Vec<NamedNode>)> =
            at.get(&thing).into_iter().flatten().map(|relation| (relation.clone(), Vec::new())).collect();
        known.extend(front.iter().map(|(relation, _)| relation.clone()));
        for _ in 1..steps {
            let mut next = Vec::new();
            for (relation, between) in &front {
                let far = if relation.0 == thing { &relation.2 } else { &relation.0 };
                for step in at.get(far).into_iter().flatten() {
                    for (p, q) in [(relation, step), (step, relation)] {
                        let Some((new, rule)) = follows(p, q) else { continue };
                        let of_thing = new.0 == thing || new.2 == thing;
                        if new.0 == new.2 || !of_thing || known.contains(&new) || derived.len() >= MOST {
                            continue;
                        }
                        if !new.1.bridges(self.domain(&new.0), self.domain(&new.2)) {
                            continue;
                        }
                        known.insert(new.clone());
                        let mut between = between.clone();
                        between.push(far.clone());
                        derived.push((new.clone(), rule, between.clone()));
                        next.push((new, between));
                    }
                }
            }
            front = next;
        }
        let mut derived: Vec<Derived> = derived
            .into_iter()
            .map(|((source, relationship, target), rule, between)| Derived {
                source: self.thing(&source),
                relationship,
                label: self.relation(relationship.property()),
                target: self.thing(&target),
                rule,
                through: between.iter().map(|thing| self.label(thing)).collect(),
            })
            .collect();
        derived.sort_by(|a, b| (a.relationship, &a.source, &a.target).cmp(&(b.relationship, &b.source, &b.target)));
        Ok(derived)
    }

    fn domain(&self, thing: &NamedNode) -> Domain {
        self.class(thing).map_or(Domain::Core, |class| Domain::of(local_name(&class)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relation(source: &str, relationship: Relationship, target: &str) -> Relation {
        let node = |name: &str| NamedNode::new_unchecked(format!("http://example.org/{name}"));
        (node(source), relationship, node(target))
    }

    fn derive(p: &Relation, q: &Relation) -> Option<Relation> {
        follows(p, q).map(|(relation, _)| relation)
    }

    #[test]
    fn a_structural_chain_is_as_strong_as_its_weakest() {
        assert_eq!(
            derive(&relation("a", Composition, "b"), &relation("b", Realization, "c")),
            Some(relation("a", Realization, "c"))
        );
        assert_eq!(
            derive(&relation("a", Aggregation, "b"), &relation("b", Composition, "c")),
            Some(relation("a", Aggregation, "c"))
        );
    }

    #[test]
    fn what_realizes_a_service_serves_whom_the_service_serves() {
        assert_eq!(
            derive(&relation("system", Realization, "service"), &relation("service", Serving, "process")),
            Some(relation("system", Serving, "process"))
        );
        assert_eq!(
            derive(&relation("whole", Composition, "part"), &relation("service", Serving, "part")),
            Some(relation("service", Serving, "whole")),
            "who serves a part serves the whole"
        );
    }

    #[test]
    fn what_a_part_triggers_the_whole_triggers_and_what_triggers_a_whole_triggers_its_parts() {
        assert_eq!(
            derive(&relation("whole", Composition, "part"), &relation("part", Triggering, "next")),
            Some(relation("whole", Triggering, "next"))
        );
        assert_eq!(
            derive(&relation("before", Triggering, "whole"), &relation("whole", Composition, "part")),
            Some(relation("before", Triggering, "part"))
        );
    }

    #[test]
    fn only_realization_and_influence_cross_from_one_domain_to_another() {
        let (system, goal) = (Domain::of("ApplicationComponent"), Domain::of("Goal"));
        assert!(Realization.bridges(system, goal) && Influence.bridges(system, goal));
        assert!(!Serving.bridges(system, goal) && !Composition.bridges(goal, system));
        assert!(Serving.bridges(system, Domain::of("BusinessProcess")));
    }

    #[test]
    fn nothing_follows_where_it_might_be_otherwise() {
        for (p, q) in [
            (relation("a", Serving, "b"), relation("b", Serving, "c")),
            (relation("a", Serving, "b"), relation("b", Composition, "c")),
            (relation("a", Flow, "b"), relation("b", Flow, "c")),
            (relation("a", Flow, "b"), relation("b", Composition, "c")),
            (relation("a", Composition, "b"), relation("c", Triggering, "b")),
            (relation("a", Composition, "b"), relation("c", Composition, "b")),
            (relation("a", Composition, "x"), relation("b", Serving, "c")),
        ] {
            assert_eq!(derive(&p, &q), None, "{p:?} {q:?}");
        }
    }
}
