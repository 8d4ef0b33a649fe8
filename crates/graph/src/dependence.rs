//! Which end of a relation depends on the other.
/// The end that is affected when the other one changes or fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dependent {
    /// The subject depends on the object.
    Subject,
    /// The object depends on the subject.
    Object,
    /// Each depends on the other.
    Both,
}

/// How far a change that takes this step goes on. From the freest to the most bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// As far as there are steps.
    Onward,
    /// It takes no other such step on its way: a change at one end of an interface reaches the other end and what that
    /// serves, and is no reason for a change at all its other interfaces; who handles patient records does not hang on
    /// every place that keeps some.
    Once,
    /// No further: nobody says what the step means.
    End,
}

/// What one property says about dependence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dependence {
    /// The property, as a prefixed name.
    pub property: &'static str,
    /// Who depends on whom.
    pub dependent: Dependent,
    /// How far it goes on.
    pub reach: Reach,
}

use Dependent::{Both, Object, Subject};
use Reach::{End, Once, Onward};

const fn of(property: &'static str, dependent: Dependent, reach: Reach) -> Dependence {
    Dependence { property, dependent, reach }
}

/// Every property that makes one thing depend on another. What is not in the table makes none. Of several between the
/// same things the first is told.
pub const DEPENDENCES: &[Dependence] = &[
    of("viite:uses", Subject, Onward),         // who uses a service needs it
    of("viite:integratesWith", Both, Once),    // an interface has two ends
    of("viite:function", Object, Onward),      // a function is carried out by the system
    of("viite:holds", Object, Once),           // data are where they are kept
    of("viite:masterOf", Object, Once),        // the original even more so
    of("viite:copyOf", Subject, Onward),       // a copy is filled from the original
    of("viite:dataGroup", Subject, Once),      // who handles data follows their content
    of("viite:registeredIn", Subject, Onward), // data are registered in a system
    of("viite:formedFrom", Subject, Onward),   // an indicator is formed from data
    of("viite:runsOn", Subject, Onward),       // a system needs what it runs on
    of("viite:inSystem", Subject, Onward),     // what is done or kept in a system needs it
    of("viite:codeList", Subject, Onward),     // data follow their code list
    of("viite:supplier", Subject, Onward),     // a system needs whoever supplies it
    of("viite:mappedTo", Subject, Onward),     // a local code list follows the national one
    of("viite:owner", Subject, Onward),        // a thing needs whoever answers for it
    of("viite:accountable", Subject, Onward),  // the same
    of("viite:responsible", Subject, Onward),  // the same
    of("viite:contributor", Subject, Onward),  // the same
    of("viite:role", Object, Onward),          // a role is filled by an actor
    of("viite:partOf", Object, Onward),        // a whole needs its parts
    of("archimate:composition", Subject, Onward),
    of("archimate:aggregation", Subject, Onward),
    of("archimate:realization", Object, Onward), // what is realized needs what realizes it
    of("archimate:assignment", Object, Onward),  // behaviour needs who performs it
    of("archimate:serving", Object, Onward),     // the served needs the serving
    of("archimate:access", Subject, Once),       // as viite:dataGroup
    of("archimate:flow", Both, Once),            // as viite:integratesWith
    of("archimate:triggering", Object, Onward),  // what is started needs what starts it
    of("archimate:influence", Object, Onward),
    of("archimate:specialization", Subject, Onward),
    of("archimate:association", Both, End), // it says only that there is something
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_property_is_in_the_vocabulary_and_only_once() {
        let ontology = concat!(
            include_str!("../../../ontology/viite.ttl"),
            include_str!("../../../ontology/description.ttl"),
            include_str!("../../../ontology/practice.ttl"),
            include_str!("../../../ontology/portfolio.ttl"),
            include_str!("../../../ontology/inventory.ttl"),
        );
        for dependence in DEPENDENCES {
            let iri = viite_model::ns::expand(dependence.property).unwrap();
            if dependence.property.starts_with("viite:") {
                assert!(ontology.contains(&format!("\n{} a owl:", dependence.property)), "{iri}");
            }
            assert_eq!(DEPENDENCES.iter().filter(|other| other.property == dependence.property).count(), 1, "{iri}");
        }
    }
}
