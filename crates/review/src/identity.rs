//! Which of a region's elements is a resource of the reference.

use crate::{
    decisions::Decisions,
    matching::{Candidate, Kind, Match, Matcher, NAMES, Reason},
};
use oxrdf::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};
use viite_model::{Language, ns};
use viite_store::Snapshot;

/// What an import has in common with the reference.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Identification {
    /// The facts to add to the import, sorted; none that it has already.
    pub facts: Vec<Triple>,
    /// How many of its elements are resources of the reference for certain.
    pub recognised: usize,
    /// Elements that may be a resource of the reference: a person decides.
    pub doubtful: Vec<Doubt>,
    /// What the import says with `viite:correspondsTo` and a person has rejected, sorted: it is not to be followed.
    pub rejected: Vec<Triple>,
}

/// An element that may be a resource of the reference.
#[derive(Clone, Debug, PartialEq)]
pub struct Doubt {
    /// The element.
    pub element: NamedNode,
    /// The name of it that is like that of a resource.
    pub name: String,
    /// What it may be, the likeliest first.
    pub candidates: Vec<Candidate>,
}

/// Finds the elements of an import that are resources of the reference, so that rules can ask for these directly.
///
/// An element that a [`Matcher`] or a person's decision identifies gets `viite:correspondsTo` the resource, and every
/// fact of the vocabulary whose object is the element is repeated with the resource. What the import itself says
/// with `viite:correspondsTo` is taken at its word, and not added to, unless a person has rejected it.
///
/// ```
/// use oxrdf::{Literal, NamedNode, Quad, Triple};
/// use viite_model::{graphs, ns};
/// use viite_review::{Decisions, identify};
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
/// let found = identify(&import, &reference, &Decisions::default());
/// assert_eq!(found.facts, [Triple::new(element, ns::viite::CORRESPONDS_TO, kela)]);
/// # Ok::<(), viite_store::StoreError>(())
/// ```
pub fn identify(triples: &[Triple], reference: &Snapshot, decisions: &Decisions) -> Identification {
    let matcher = Matcher::of(reference);
    let elements = Elements::of(triples);
    let mut identities = elements.stated.clone();
    let mut rejected = Vec::new();
    for (element, resources) in &mut identities {
        let (refused, kept) = std::mem::take(resources).into_iter().partition(|one| decisions.rejected(element, one));
        *resources = kept;
        let link = |resource| Triple::new(element.clone(), ns::viite::CORRESPONDS_TO, resource);
        rejected.extend(BTreeSet::into_iter(refused).map(link));
    }
    identities.retain(|_, resources| !resources.is_empty());
    for (element, resource) in decisions.accepted() {
        // A decision on an element that this import does not have waits for one that has.
        if elements.names.contains_key(element) || elements.kinds.contains_key(element) {
            identities.entry(element.clone()).or_default().insert(resource.clone());
        }
    }
    let mut doubtful = Vec::new();
    for (element, kinds) in &elements.kinds {
        if identities.contains_key(*element) {
            continue;
        }
        let kinds: Vec<Kind> = kinds.iter().flatten().copied().collect();
        match elements.decide(&matcher, element, &kinds, decisions) {
            Verdict::Certain(resource) => {
                identities.insert((*element).clone(), [resource].into());
            }
            Verdict::Doubtful(doubt) => doubtful.push(doubt),
            Verdict::Nothing => {}
        }
    }
    Identification { recognised: identities.len(), facts: facts(triples, &identities), doubtful, rejected }
}

/// The elements that may be a resource of the reference, of facts that [`identify`] has been through before.
pub(crate) fn doubts(triples: &[Triple], matcher: &Matcher, decisions: &Decisions) -> Vec<Doubt> {
    let elements = Elements::of(triples);
    let open = elements.kinds.iter().filter(|(element, _)| !elements.stated.contains_key(**element));
    open.filter_map(|(element, kinds)| {
        let kinds: Vec<Kind> = kinds.iter().flatten().copied().collect();
        match elements.decide(matcher, element, &kinds, decisions) {
            Verdict::Doubtful(doubt) => Some(doubt),
            // The reference has learnt a name since the import: a person may link it at once.
            Verdict::Certain(_) | Verdict::Nothing => None,
        }
    })
    .collect()
}

/// What identities add to the facts of an import.
pub(crate) fn facts(triples: &[Triple], identities: &BTreeMap<NamedNode, BTreeSet<NamedNode>>) -> Vec<Triple> {
    let known: FxHashSet<&Triple> = triples.iter().collect();
    let drawn = drawn(triples);
    let mut added: Vec<Triple> = identities
        .iter()
        .flat_map(|(element, resources)| {
            resources.iter().map(|resource| Triple::new(element.clone(), ns::viite::CORRESPONDS_TO, resource.clone()))
        })
        .collect();
    for triple in triples {
        if !repeats(triple.predicate.as_ref()) || drawn.contains(&triple.subject) {
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

/// Relationships that are nothing but what the model draws: they run between two elements, and no rule asks for them.
fn drawn(triples: &[Triple]) -> FxHashSet<&NamedOrBlankNode> {
    let types = || triples.iter().filter(|triple| triple.predicate == ns::rdf::TYPE);
    let is = |triple: &Triple, start: &str| matches!(&triple.object, Term::NamedNode(class) if class.as_str().starts_with(start));
    let relationship = format!("{}Relationship", ns::ARCHIMATE);
    let mut drawn: FxHashSet<_> = types().filter(|t| is(t, &relationship)).map(|triple| &triple.subject).collect();
    types().filter(|triple| is(triple, ns::VIITE)).for_each(|triple| {
        drawn.remove(&triple.subject);
    });
    drawn
}

/// What the names of an element say.
enum Verdict {
    Certain(NamedNode),
    Doubtful(Doubt),
    Nothing,
}

/// The elements of an import: their kinds, their names, and what is already said of their identity.
struct Elements<'t> {
    /// By element; a class that the reference has nothing of gives no kind.
    kinds: BTreeMap<&'t NamedNode, BTreeSet<Option<Kind>>>,
    names: FxHashMap<&'t NamedNode, BTreeSet<(String, Option<Language>)>>,
    stated: BTreeMap<NamedNode, BTreeSet<NamedNode>>,
}

impl<'t> Elements<'t> {
    fn of(triples: &'t [Triple]) -> Self {
        let mut elements = Self { kinds: BTreeMap::new(), names: FxHashMap::default(), stated: BTreeMap::new() };
        for triple in triples {
            let NamedOrBlankNode::NamedNode(subject) = &triple.subject else { continue };
            match &triple.object {
                Term::NamedNode(class)
                    if (triple.predicate == ns::rdf::TYPE || triple.predicate == ns::viite::NAMED_AS)
                        && class.as_str().starts_with(ns::VIITE) =>
                {
                    elements.kinds.entry(subject).or_default().insert(Kind::of_element(class.as_str()));
                }
                Term::NamedNode(resource) if triple.predicate == ns::viite::CORRESPONDS_TO => {
                    elements.stated.entry(subject.clone()).or_default().insert(resource.clone());
                }
                Term::Literal(name) if NAMES.contains(&triple.predicate.as_ref()) => {
                    let language = name.language().and_then(|tag| tag.parse().ok());
                    elements.names.entry(subject).or_default().insert((name.value().to_owned(), language));
                }
                _ => {}
            }
        }
        elements
    }

    fn decide(&self, matcher: &Matcher, element: &NamedNode, kinds: &[Kind], decisions: &Decisions) -> Verdict {
        let mut certain: BTreeMap<NamedNode, (Candidate, &str)> = BTreeMap::new();
        let mut doubtful: Vec<(Candidate, &str)> = Vec::new();
        for (name, language) in self.names.get(element).into_iter().flatten() {
            let Match { certain: one, candidates } = matcher.find(name, *language, Some(kinds));
            let allowed = |candidate: &Candidate| {
                candidate.resource != *element && !decisions.rejected(element, &candidate.resource)
            };
            // A region's flow, view or project may be called after a service without anybody asking whether it is one.
            let asked = |candidate: &Candidate| !kinds.is_empty() || candidate.reason != Reason::OtherKind;
            certain.extend(one.filter(allowed).map(|one| (one.resource.clone(), (one, name.as_str()))));
            let candidates = candidates.into_iter().filter(allowed).filter(asked);
            doubtful.extend(candidates.map(|candidate| (candidate, name.as_str())));
        }
        // A name of several resources leaves it open which of them is meant, whatever another name says.
        let open = doubtful.iter().any(|(candidate, _)| candidate.reason == Reason::Ambiguous);
        if certain.len() == 1 && !open {
            return certain.into_keys().next().map_or(Verdict::Nothing, Verdict::Certain);
        }
        let ambiguous = certain.into_values().map(|(candidate, name)| (candidate.ambiguous(), name));
        doubtful.extend(ambiguous);
        doubtful.sort_by(|(a, _), (b, _)| b.score.total_cmp(&a.score).then_with(|| a.resource.cmp(&b.resource)));
        let Some((_, name)) = doubtful.first() else { return Verdict::Nothing };
        let name = (*name).to_owned();
        let mut candidates: Vec<Candidate> = Vec::new();
        for (candidate, _) in doubtful {
            if candidates.iter().all(|known| known.resource != candidate.resource) {
                candidates.push(candidate);
            }
        }
        Verdict::Doubtful(Doubt { element: element.clone(), name, candidates })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxrdf::{GraphName, Literal, Quad};
    use viite_model::graphs;

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

    fn facts_of(triples: &[Triple], reference: &Snapshot) -> Vec<Triple> {
        identify(triples, reference, &Decisions::default()).facts
    }

    fn corresponds(id: &str, resource: NamedNode) -> Triple {
        Triple::new(element(id), ns::viite::CORRESPONDS_TO, resource)
    }

    #[test]
    fn any_label_of_the_reference_identifies_whatever_the_spelling() {
        let reference =
            reference(&[("service", "x", "NationalService", &["Lakeside Login", "LL", "login-lake", "ll2"])]);
        for name in ["lakeside  login", "Lakeside-Login", "LL", "Login Lake", "LL2 "] {
            let added = facts_of(&named("1", "InformationSystem", &[name]), &reference);
            assert_eq!(added, [corresponds("1", reference_iri("service", "x"))], "{name}");
        }
        for name in ["Lakeside", "Lakeside Login 2", "", "-"] {
            assert!(facts_of(&named("1", "InformationSystem", &[name]), &reference).is_empty(), "{name}");
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
            assert_eq!(facts_of(&named("1", class, &["booking"]), &reference), [corresponds("1", resource)]);
        }
        for class in ["Process", "Role", "View", "Interface", "Capability"] {
            assert!(facts_of(&named("1", class, &["booking"]), &reference).is_empty(), "{class}");
        }
        assert_eq!(facts_of(&named("1", "Actor", &["lakeshore"]), &reference).len(), 1);
        assert!(facts_of(&named("1", "Service", &["own"]), &reference).is_empty());
    }

    #[test]
    fn a_name_of_two_resources_identifies_neither() {
        let reference = reference(&[
            ("actor", "a", "Actor", &["The Office"]),
            ("actor", "b", "Actor", &["Office B", "The Office"]),
        ]);
        assert!(facts_of(&named("1", "Actor", &["the office"]), &reference).is_empty());
        // nor does a second name that only one of them has
        assert!(facts_of(&named("1", "Actor", &["the office", "Office B"]), &reference).is_empty());
        assert_eq!(facts_of(&named("1", "Actor", &["office b"]), &reference).len(), 1);
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
        let added = facts_of(&import, &reference);
        assert_eq!(added, [corresponds("1", resource), repeated.clone()]);
        // what is already there is not added again
        import.push(repeated);
        assert_eq!(facts_of(&import, &reference).len(), 1);
    }

    #[test]
    fn a_drawn_relationship_keeps_its_two_ends_and_an_integration_reaches_the_resource() {
        let reference = reference(&[("service", "x", "NationalService", &["Login"])]);
        let mut import = named("1", "Service", &["Login"]);
        for relationship in ["access", "flow"] {
            let class = NamedNode::new_unchecked(format!("{}Relationship", ns::ARCHIMATE));
            import.push(Triple::new(element(relationship), ns::rdf::TYPE, class));
            import.push(Triple::new(element(relationship), viite("target"), element("1")));
        }
        import.push(Triple::new(element("flow"), ns::rdf::TYPE, ns::viite::INTEGRATION));
        let resource = reference_iri("service", "x");
        let reached = Triple::new(element("flow"), viite("target"), resource.clone());
        assert_eq!(facts_of(&import, &reference), [corresponds("1", resource), reached]);
    }

    #[test]
    fn an_identity_that_the_file_states_is_kept() {
        let reference = reference(&[("service", "x", "NationalService", &["Login"])]);
        let mut import = named("1", "Service", &["Login"]);
        import.push(corresponds("1", reference_iri("service", "other")));
        import.push(Triple::new(element("2"), viite("uses"), element("1")));
        let added = facts_of(&import, &reference);
        assert_eq!(added, [Triple::new(element("2"), viite("uses"), reference_iri("service", "other"))]);
    }

    #[test]
    fn an_identity_that_the_file_states_and_a_person_rejected_is_not_followed() {
        let reference = reference(&[("service", "x", "NationalService", &["Login"])]);
        let stated = corresponds("1", reference_iri("service", "x"));
        let mut import = named("1", "Service", &["Entrance"]);
        import.extend([stated.clone(), Triple::new(element("2"), viite("uses"), element("1"))]);
        let names = viite_model::Names::new("https://example.org/ea/").unwrap();
        let decision = crate::Decision {
            element: element("1"),
            resource: reference_iri("service", "x"),
            same: false,
            author: "Aino".into(),
            date: "2026-01-31".into(),
            reason: None,
        };
        let decisions = Decisions::of(&Snapshot::from_quads(decision.quads(&names)).unwrap(), &names);
        let found = identify(&import, &reference, &decisions);
        assert_eq!((found.facts, found.rejected, found.recognised), (Vec::new(), vec![stated], 0));
    }

    #[test]
    fn only_reference_graphs_facts_of() {
        let other = GraphName::NamedNode(NamedNode::new_unchecked("https://example.org/ea/graph/region/01/current/m"));
        let quads = named("x", "NationalService", &["Login"]).into_iter().map(|t| t.in_graph(other.clone()));
        let snapshot = Snapshot::from_quads(quads).unwrap();
        assert!(facts_of(&named("1", "Service", &["Login"]), &snapshot).is_empty());
    }
}
