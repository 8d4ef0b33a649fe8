//! Which of a region's elements is a resource of the reference.

use oxrdf::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;
use viite_model::{graphs, label, ns};
use viite_store::Snapshot;

/// What may be identified with what: only things of one kind.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
enum Kind {
    Function,
    Actor,
    DataGroup,
    /// Systems and services of a region with national services and data stores.
    Service,
}

impl Kind {
    /// The kind of a region's element, from its class.
    fn of_element(class: &str) -> Option<Self> {
        match class.strip_prefix(ns::VIITE)? {
            "Function" => Some(Self::Function),
            "Actor" | "Region" => Some(Self::Actor),
            "DataGroup" => Some(Self::DataGroup),
            "InformationSystem" | "Service" | "NationalService" | "DataStore" => Some(Self::Service),
            _ => None,
        }
    }

    /// The kind of a reference resource, from its class.
    fn of_reference(class: &str) -> Option<Self> {
        match class.strip_prefix(ns::VIITE)? {
            "Function" => Some(Self::Function),
            "Actor" | "Region" | "CollaborationArea" => Some(Self::Actor),
            "DataGroup" => Some(Self::DataGroup),
            "NationalService" | "DataStore" => Some(Self::Service),
            _ => None,
        }
    }
}

/// Names by which a thing is recognised.
const NAMES: [NamedNodeRef<'static>; 4] =
    [ns::rdfs::LABEL, ns::skos::PREF_LABEL, ns::skos::ALT_LABEL, ns::skos::HIDDEN_LABEL];

/// The facts to add to an import, so that rules can ask for resources of the reference directly.
///
/// An element whose name is that of exactly one reference resource of a fitting class (see
/// [`viite_model::label::key`] for when two names are one) gets `viite:correspondsTo` it, and every
/// fact of the vocabulary whose object is the element is repeated with the resource. A name that
/// several resources have identifies none of them: a wrong identity is worse than none. What the
/// import itself says with `viite:correspondsTo` is taken at its word, and not added to.
///
/// Gives only facts that the import lacks, sorted.
///
/// ```
/// use oxrdf::{Literal, NamedNode, Quad, Triple};
/// use viite_model::{graphs, ns};
/// let graph = graphs::reference_package("actors", "1");
/// let node = |iri: &str| NamedNode::new_unchecked(iri);
/// let kela = node("https://w3id.org/viite/reference/actor/kela");
/// let actor = node("https://w3id.org/viite/ns#Actor");
/// let reference = viite_store::Snapshot::from_quads([
///     Quad::new(kela.clone(), ns::rdf::TYPE, actor.clone(), graph.clone()),
///     Quad::new(kela.clone(), ns::rdfs::LABEL, Literal::from("Kela"), graph),
/// ])?;
/// let element = node("https://example.org/ea/region/05/1");
/// let import = [
///     Triple::new(element.clone(), ns::rdf::TYPE, actor),
///     Triple::new(element.clone(), ns::rdfs::LABEL, Literal::from("KELA")),
/// ];
/// let added = viite_review::identify(&import, &reference);
/// assert_eq!(added, [Triple::new(element, ns::viite::CORRESPONDS_TO, kela)]);
/// # Ok::<(), viite_store::StoreError>(())
/// ```
pub fn identify(triples: &[Triple], reference: &Snapshot) -> Vec<Triple> {
    let resources = Resources::of(reference);
    let elements = Elements::of(triples);
    let mut identities = elements.stated;
    for (element, kinds) in &elements.kinds {
        if identities.contains_key(element) {
            continue;
        }
        let Some(names) = elements.names.get(element) else { continue };
        let candidates: BTreeSet<&NamedNode> = kinds
            .iter()
            .flat_map(|kind| names.iter().filter_map(|name| resources.by_name.get(&(*kind, name.clone()))))
            .flatten()
            .filter(|candidate| candidate != element)
            .collect();
        if let [resource] = candidates.into_iter().collect::<Vec<_>>()[..] {
            identities.insert((*element).clone(), [resource.clone()].into());
        }
    }
    let known: FxHashSet<&Triple> = triples.iter().collect();
    let mut added: Vec<Triple> = identities
        .iter()
        .flat_map(|(element, resources)| {
            resources.iter().map(|resource| Triple::new(element.clone(), ns::viite::CORRESPONDS_TO, resource.clone()))
        })
        .collect();
    for triple in triples {
        if !repeats(triple.predicate.as_ref()) {
            continue;
        }
        let Term::NamedNode(object) = &triple.object else { continue };
        for resource in identities.get(object).into_iter().flatten() {
            added.push(Triple { object: resource.clone().into(), ..triple.clone() });
        }
    }
    added.retain(|triple| !known.contains(triple));
    added.sort_by_cached_key(ToString::to_string);
    added.dedup();
    added
}

/// Whether a fact that names an element holds of the resource that it stands for.
fn repeats(predicate: NamedNodeRef<'_>) -> bool {
    predicate.as_str().starts_with(ns::VIITE)
        && ![ns::viite::CORRESPONDS_TO, ns::viite::IN_REGION, ns::viite::SHOWN_IN].contains(&predicate)
}

/// The resources of the reference by kind and name.
struct Resources {
    by_name: FxHashMap<(Kind, String), BTreeSet<NamedNode>>,
}

impl Resources {
    fn of(reference: &Snapshot) -> Self {
        let mut kinds: FxHashMap<NamedNode, BTreeSet<Kind>> = FxHashMap::default();
        let mut names: FxHashMap<NamedNode, BTreeSet<String>> = FxHashMap::default();
        for graph in reference.graph_names() {
            let NamedOrBlankNode::NamedNode(graph) = graph else { continue };
            if !graph.as_str().starts_with(graphs::REFERENCE_GRAPHS) {
                continue;
            }
            for quad in reference.graph_quads(&graph) {
                let NamedOrBlankNode::NamedNode(subject) = quad.subject else { continue };
                match &quad.object {
                    Term::NamedNode(class) if quad.predicate == ns::rdf::TYPE => {
                        kinds.entry(subject).or_default().extend(Kind::of_reference(class.as_str()));
                    }
                    Term::Literal(name) if NAMES.contains(&quad.predicate.as_ref()) => {
                        names.entry(subject).or_default().insert(label::key(name.value()));
                    }
                    _ => {}
                }
            }
        }
        let mut by_name: FxHashMap<_, BTreeSet<NamedNode>> = FxHashMap::default();
        for (resource, names) in names {
            for kind in kinds.get(&resource).into_iter().flatten() {
                for name in names.iter().filter(|name| !name.is_empty()) {
                    by_name.entry((*kind, name.clone())).or_default().insert(resource.clone());
                }
            }
        }
        Self { by_name }
    }
}

/// The elements of an import: their kinds, their names, and what is already said of their identity.
struct Elements<'t> {
    kinds: FxHashMap<&'t NamedNode, BTreeSet<Kind>>,
    names: FxHashMap<&'t NamedNode, BTreeSet<String>>,
    stated: FxHashMap<NamedNode, BTreeSet<NamedNode>>,
}

impl<'t> Elements<'t> {
    fn of(triples: &'t [Triple]) -> Self {
        let mut elements =
            Self { kinds: FxHashMap::default(), names: FxHashMap::default(), stated: FxHashMap::default() };
        for triple in triples {
            let NamedOrBlankNode::NamedNode(subject) = &triple.subject else { continue };
            match &triple.object {
                Term::NamedNode(class)
                    if triple.predicate == ns::rdf::TYPE || triple.predicate == ns::viite::NAMED_AS =>
                {
                    if let Some(kind) = Kind::of_element(class.as_str()) {
                        elements.kinds.entry(subject).or_default().insert(kind);
                    }
                }
                Term::NamedNode(resource) if triple.predicate == ns::viite::CORRESPONDS_TO => {
                    elements.stated.entry(subject.clone()).or_default().insert(resource.clone());
                }
                Term::Literal(name) if NAMES.contains(&triple.predicate.as_ref()) => {
                    elements.names.entry(subject).or_default().insert(label::key(name.value()));
                }
                _ => {}
            }
        }
        elements
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxrdf::{GraphName, Literal, Quad};

    fn reference_iri(kind: &str, id: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{kind}/{id}", ns::REFERENCE))
    }

    fn element(id: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("https://example.org/ea/region/99/{id}"))
    }

    fn viite(name: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{name}", ns::VIITE))
    }

    /// Kind, id, class and names of reference resources.
    fn reference(resources: &[(&str, &str, &str, &[&str])]) -> Snapshot {
        let graph = graphs::reference_package("test", "1");
        let mut quads = Vec::new();
        for (kind, id, class, names) in resources {
            let iri = reference_iri(kind, id);
            quads.push(Quad::new(iri.clone(), ns::rdf::TYPE, viite(class), graph.clone()));
            for (name, predicate) in names.iter().zip(NAMES.into_iter().cycle()) {
                quads.push(Quad::new(iri.clone(), predicate, Literal::from(*name), graph.clone()));
            }
        }
        Snapshot::from_quads(quads).unwrap()
    }

    fn named(id: &str, class: &str, names: &[&str]) -> Vec<Triple> {
        let mut triples = vec![Triple::new(element(id), ns::rdf::TYPE, viite(class))];
        for name in names {
            triples.push(Triple::new(element(id), ns::rdfs::LABEL, Literal::from(*name)));
        }
        triples
    }

    fn corresponds(id: &str, resource: NamedNode) -> Triple {
        Triple::new(element(id), ns::viite::CORRESPONDS_TO, resource)
    }

    #[test]
    fn any_label_of_the_reference_identifies_whatever_the_spelling() {
        let reference =
            reference(&[("service", "x", "NationalService", &["Lakeside Login", "LL", "login-lake", "ll2"])]);
        for name in ["lakeside  login", "Lakeside-Login", "LL", "Login Lake", "LL2 "] {
            let added = identify(&named("1", "InformationSystem", &[name]), &reference);
            assert_eq!(added, [corresponds("1", reference_iri("service", "x"))], "{name}");
        }
        for name in ["Lakeside", "Lakeside Login 2", "", "-"] {
            assert!(identify(&named("1", "InformationSystem", &[name]), &reference).is_empty(), "{name}");
        }
    }

    #[test]
    fn only_things_of_one_kind_are_identified() {
        let reference = reference(&[
            ("function", "f", "Function", &["Booking"]),
            ("actor", "a", "Actor", &["Booking"]),
            ("region", "99", "Region", &["Lakeshore"]),
            ("data-group", "d", "DataGroup", &["Booking"]),
            ("service", "s", "DataStore", &["Booking"]),
            ("service", "own", "Service", &["Own"]),
        ]);
        for (class, resource) in [
            ("Function", reference_iri("function", "f")),
            ("Actor", reference_iri("actor", "a")),
            ("DataGroup", reference_iri("data-group", "d")),
            ("Service", reference_iri("service", "s")),
            ("DataStore", reference_iri("service", "s")),
        ] {
            assert_eq!(identify(&named("1", class, &["booking"]), &reference), [corresponds("1", resource)]);
        }
        for class in ["Process", "Role", "View", "Interface", "Capability"] {
            assert!(identify(&named("1", class, &["booking"]), &reference).is_empty(), "{class}");
        }
        assert_eq!(identify(&named("1", "Actor", &["lakeshore"]), &reference).len(), 1);
        assert!(identify(&named("1", "Service", &["own"]), &reference).is_empty());
    }

    #[test]
    fn a_name_of_two_resources_identifies_neither() {
        let reference = reference(&[
            ("actor", "a", "Actor", &["The Office"]),
            ("actor", "b", "Actor", &["Office B", "The Office"]),
        ]);
        assert!(identify(&named("1", "Actor", &["the office"]), &reference).is_empty());
        // nor does a second name that only one of them has
        assert!(identify(&named("1", "Actor", &["the office", "Office B"]), &reference).is_empty());
        assert_eq!(identify(&named("1", "Actor", &["office b"]), &reference).len(), 1);
    }

    #[test]
    fn facts_about_the_element_hold_of_the_resource() {
        let reference = reference(&[("service", "x", "NationalService", &["Login"])]);
        let mut import = named("1", "Service", &["Login"]);
        let uses = Triple::new(element("2"), viite("uses"), element("1"));
        import.extend([
            uses.clone(),
            Triple::new(element("2"), NamedNode::new_unchecked("https://purl.org/archimate#flow"), element("1")),
            Triple::new(element("1"), ns::viite::SHOWN_IN, element("v")),
        ]);
        let resource = reference_iri("service", "x");
        let repeated = Triple { object: resource.clone().into(), ..uses };
        let added = identify(&import, &reference);
        assert_eq!(added, [corresponds("1", resource), repeated.clone()]);
        // what is already there is not added again
        import.push(repeated);
        assert_eq!(identify(&import, &reference).len(), 1);
    }

    #[test]
    fn an_identity_that_the_file_states_is_kept() {
        let reference = reference(&[("service", "x", "NationalService", &["Login"])]);
        let mut import = named("1", "Service", &["Login"]);
        import.push(corresponds("1", reference_iri("service", "other")));
        import.push(Triple::new(element("2"), viite("uses"), element("1")));
        let added = identify(&import, &reference);
        assert_eq!(added, [Triple::new(element("2"), viite("uses"), reference_iri("service", "other"))]);
    }

    #[test]
    fn only_reference_graphs_identify() {
        let other = GraphName::NamedNode(NamedNode::new_unchecked("https://example.org/ea/graph/region/01/current/m"));
        let quads = named("x", "NationalService", &["Login"]).into_iter().map(|t| t.in_graph(other.clone()));
        let snapshot = Snapshot::from_quads(quads).unwrap();
        assert!(identify(&named("1", "Service", &["Login"]), &snapshot).is_empty());
    }
}
