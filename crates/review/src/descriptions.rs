//! The descriptions that a repository holds: which graph shows which region in which state.

use oxrdf::{NamedNode, NamedOrBlankNode, Term};
use viite_model::{Names, State, ns};
use viite_query::facts::Facts;

/// One imported file, in a graph of its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Description {
    /// The region that it describes.
    pub region: NamedNode,
    /// Whether it shows the current or the target state.
    pub state: State,
    /// The name of the file.
    pub file: String,
    /// The graph of its facts.
    pub graph: NamedNode,
}

/// All of them, by region, state and file.
pub fn descriptions(facts: &Facts<'_>, names: &Names) -> Vec<Description> {
    let provenance = names.provenance();
    let mut descriptions = Vec::new();
    for graph in facts.subjects_in(ns::rdf::TYPE, ns::viite::DESCRIPTION.into(), provenance.as_ref()) {
        let about = |predicate| facts.objects_in(&graph, predicate, provenance.as_ref());
        let NamedOrBlankNode::NamedNode(name) = &graph else { continue };
        let states = about(ns::viite::STATE);
        let file = about(ns::viite::SOURCE_FILE).into_iter().find_map(|file| match file {
            Term::Literal(file) => Some(file.value().to_owned()),
            _ => None,
        });
        for region in about(ns::viite::IN_REGION) {
            let Term::NamedNode(region) = region else { continue };
            for state in State::ALL.into_iter().filter(|state| states.contains(&Term::from(state.iri()))) {
                descriptions.push(Description {
                    region: region.clone(),
                    state,
                    file: file.clone().unwrap_or_default(),
                    graph: name.clone(),
                });
            }
        }
    }
    descriptions.sort();
    descriptions
}
