//! The concepts of ArchiMate 3.2, and the names that older files give them.

use crate::model::{ConceptType, Junction};
use std::borrow::Cow;

/// Every element type of ArchiMate 3.2.
pub const ELEMENTS: &[&str] = &[
    "ApplicationCollaboration",
    "ApplicationComponent",
    "ApplicationEvent",
    "ApplicationFunction",
    "ApplicationInteraction",
    "ApplicationInterface",
    "ApplicationProcess",
    "ApplicationService",
    "Artifact",
    "Assessment",
    "BusinessActor",
    "BusinessCollaboration",
    "BusinessEvent",
    "BusinessFunction",
    "BusinessInteraction",
    "BusinessInterface",
    "BusinessObject",
    "BusinessProcess",
    "BusinessRole",
    "BusinessService",
    "Capability",
    "CommunicationNetwork",
    "Constraint",
    "Contract",
    "CourseOfAction",
    "DataObject",
    "Deliverable",
    "Device",
    "DistributionNetwork",
    "Driver",
    "Equipment",
    "Facility",
    "Gap",
    "Goal",
    "Grouping",
    "ImplementationEvent",
    "Location",
    "Material",
    "Meaning",
    "Node",
    "Outcome",
    "Path",
    "Plateau",
    "Principle",
    "Product",
    "Representation",
    "Requirement",
    "Resource",
    "Stakeholder",
    "SystemSoftware",
    "TechnologyCollaboration",
    "TechnologyEvent",
    "TechnologyFunction",
    "TechnologyInteraction",
    "TechnologyInterface",
    "TechnologyProcess",
    "TechnologyService",
    "Value",
    "ValueStream",
    "WorkPackage",
];

/// Every relationship type of ArchiMate 3.2; in lower case it is the property of the ontology.
pub const RELATIONSHIPS: &[&str] = &[
    "Access",
    "Aggregation",
    "Assignment",
    "Association",
    "Composition",
    "Flow",
    "Influence",
    "Realization",
    "Serving",
    "Specialization",
    "Triggering",
];

/// Names of ArchiMate 2 and of British spelling, with the name of ArchiMate 3.2.
const OLDER: &[(&str, &str)] = &[
    ("BusinessActivity", "BusinessProcess"),
    ("CommunicationPath", "Path"),
    ("InfrastructureFunction", "TechnologyFunction"),
    ("InfrastructureInterface", "TechnologyInterface"),
    ("InfrastructureService", "TechnologyService"),
    ("Network", "CommunicationNetwork"),
    ("Realisation", "Realization"),
    ("Specialisation", "Specialization"),
    ("UsedBy", "Serving"),
];

/// What a type name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) concept: ConceptType,
    /// The name, when it is one of an older ArchiMate.
    pub(crate) older: Option<&'static str>,
    /// The name as it is written, when only its spelling differs from a known one.
    pub(crate) spelt: Option<String>,
}

/// The element type of a name, with or without `archimate:`.
pub(crate) fn element(name: &str) -> Found {
    find(strip(name), ELEMENTS)
}

/// The relationship type of a name, with or without `archimate:` and `Relationship`.
pub(crate) fn relationship(name: &str) -> Found {
    let name = strip(name);
    let end = name.len().saturating_sub("Relationship".len());
    let short = match name.get(end..) {
        Some(suffix) if suffix.eq_ignore_ascii_case("Relationship") => name[..end].trim_end(),
        _ => name,
    };
    find(if short.is_empty() { name } else { short }, RELATIONSHIPS)
}

/// The kind of junction that a type name and Archi's `type` attribute stand for.
pub(crate) fn junction(name: &str, kind: Option<&str>) -> Option<Junction> {
    match strip(name) {
        "Junction" | "AndJunction" => Some(match kind {
            Some(kind) if kind.eq_ignore_ascii_case("or") => Junction::Or,
            _ => Junction::And,
        }),
        "OrJunction" => Some(Junction::Or),
        _ => None,
    }
}

/// The type of every junction.
pub(crate) const JUNCTION: ConceptType = ConceptType { name: Cow::Borrowed("Junction"), known: true };

fn strip(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

fn find(name: &str, known: &[&'static str]) -> Found {
    let found = |name: &'static str, older, spelt| Found {
        concept: ConceptType { name: Cow::Borrowed(name), known: true },
        older,
        spelt,
    };
    let newer = |name: &str| known.binary_search(&name).ok().map(|at| known[at]);
    let older = || OLDER.iter().filter_map(|(older, name)| Some((*older, newer(name)?)));
    if let Some(present) = newer(name) {
        return found(present, None, None);
    }
    if let Some((old, present)) = older().find(|(older, _)| *older == name) {
        return found(present, Some(old), None);
    }
    // Tables that people type say "application component".
    let alike = |known: &str| letters(known).eq(letters(name));
    let spelt = known.iter().find(|known| alike(known)).map(|present| (*present, None));
    let spelt = spelt.or_else(|| older().find(|(older, _)| alike(older)).map(|(old, present)| (present, Some(old))));
    match spelt {
        Some((present, older)) => found(present, older, Some(name.to_owned())),
        None => {
            let concept = ConceptType { name: Cow::Owned(name.to_owned()), known: false };
            Found { concept, older: None, spelt: None }
        }
    }
}

/// What is left of a name without its capitals and what parts its words.
fn letters(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|c| !matches!(c, ' ' | '_' | '-')).map(|c| c.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_for_the_search() {
        assert!(ELEMENTS.is_sorted() && RELATIONSHIPS.is_sorted());
        assert_eq!((ELEMENTS.len(), RELATIONSHIPS.len()), (60, 11));
    }

    #[test]
    fn older_names_become_the_present_ones() {
        let found = relationship("archimate:UsedByRelationship");
        assert_eq!((found.concept.name.as_ref(), found.older), ("Serving", Some("UsedBy")));
        assert_eq!(element("InfrastructureService").concept.name, "TechnologyService");
        assert_eq!(element("archimate:BusinessActivity").concept.name, "BusinessProcess");
        assert!(!element("Spaceship").concept.known);
    }

    #[test]
    fn another_spelling_of_a_known_name_is_told() {
        for (written, type_) in [
            ("application component", "ApplicationComponent"),
            ("SYSTEM_SOFTWARE", "SystemSoftware"),
            ("infrastructure-service", "TechnologyService"),
        ] {
            let found = element(written);
            assert_eq!((found.concept.name.as_ref(), found.spelt.as_deref()), (type_, Some(written)));
        }
        assert_eq!(relationship("used by relationship").concept.name, "Serving");
        assert_eq!(relationship("ServingRelationship").spelt, None);
        assert!(!relationship("Relationship").concept.known);
    }

    #[test]
    fn junctions_of_every_version_are_told_apart() {
        assert_eq!(junction("OrJunction", None), Some(Junction::Or));
        assert_eq!(junction("archimate:Junction", Some("or")), Some(Junction::Or));
        assert_eq!(junction("archimate:AndJunction", None), Some(Junction::And));
        assert_eq!(junction("Node", None), None);
    }
}
