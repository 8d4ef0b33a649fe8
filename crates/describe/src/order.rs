//! What a document is ordered to be about.

use crate::product::Subject;
use oxrdf::NamedNode;
use std::time::Duration;
use viite_check::{Report, scope::Grounds};
use viite_diagram::View;
use viite_model::{Language, Names, State};
use viite_query::facts::Facts;
use viite_store::{DefaultGraph, Scope};

/// What to write.
#[derive(Clone, Debug)]
pub struct Order<'a> {
    /// What the document is about.
    pub of: Of,
    /// The views of the region's own files, as the architect laid them out.
    pub views: Vec<View>,
    /// These states only; none means all that are described.
    pub states: Vec<State>,
    /// The language.
    pub language: Language,
    /// The day that the document bears and that facts are judged on, `YYYY-MM-DD`.
    pub today: String,
    /// The revision that it rests on, and when that was made.
    pub revision: Option<(u64, String)>,
    /// Only what belongs to this function or a narrower one; none means all.
    pub sector: Option<NamedNode>,
    /// Only products of these identifiers or chapters; none means all.
    pub only: Vec<String>,
    /// What the checks found for the region, for the annexes; of a system or a sector, what concerns it is shown.
    pub report: Option<&'a Report>,
    /// How long one product may take.
    pub timeout: Duration,
}

/// What a document is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Of {
    /// The whole country.
    Nation,
    /// A collaboration area: what its regions described, side by side.
    Area {
        /// The area.
        area: NamedNode,
        /// Its regions.
        regions: Vec<NamedNode>,
    },
    /// One region.
    Region(NamedNode),
    /// One information system.
    System {
        /// The system.
        system: NamedNode,
        /// The region that described it.
        region: NamedNode,
    },
}

impl Of {
    /// Which products stand in the document.
    pub const fn subject(&self) -> Subject {
        match self {
            Self::Nation | Self::Area { .. } => Subject::Nation,
            Self::Region(_) => Subject::Region,
            Self::System { .. } => Subject::System,
        }
    }

    /// The region whose descriptions the document shows, if it is about one.
    pub const fn region(&self) -> Option<&NamedNode> {
        match self {
            Self::Region(region) | Self::System { region, .. } => Some(region),
            Self::Nation | Self::Area { .. } => None,
        }
    }

    /// The system that the document is about, if it is about one.
    pub const fn system(&self) -> Option<&NamedNode> {
        match self {
            Self::System { system, .. } => Some(system),
            Self::Nation | Self::Area { .. } | Self::Region(_) => None,
        }
    }
}

impl Order<'_> {
    /// The graphs of each state that the document shows; of several regions together.
    pub(crate) fn grounds(&self, facts: &Facts<'_>, names: &Names) -> Vec<(Option<State>, Scope)> {
        let of_region = |region: &NamedNode| {
            Grounds::of(facts, names)
                .of_region(region)
                .into_iter()
                .filter(|(state, _)| self.states.is_empty() || self.states.contains(state))
                .map(|(state, mut scope)| {
                    // Products also tell where a description came from.
                    if let DefaultGraph::Graphs(graphs) = &mut scope.default {
                        graphs.push(names.provenance().into());
                    }
                    (Some(state), scope)
                })
                .collect::<Vec<_>>()
        };
        match &self.of {
            Of::Nation => vec![(None, Scope::default())],
            Of::Region(region) | Of::System { region, .. } => of_region(region),
            Of::Area { regions, .. } => {
                let mut together = match Grounds::of(facts, names).of_reference().default {
                    DefaultGraph::Graphs(graphs) => graphs,
                    DefaultGraph::Union | DefaultGraph::Unnamed => Vec::new(),
                };
                for (_, scope) in regions.iter().flat_map(of_region) {
                    if let DefaultGraph::Graphs(graphs) = scope.default {
                        together
                            .extend(graphs.into_iter().filter(|graph| !together.contains(graph)).collect::<Vec<_>>());
                    }
                }
                let scope = Scope { default: DefaultGraph::Graphs(together), named: Some(Vec::new()) };
                vec![(None, scope)]
            }
        }
    }
}
