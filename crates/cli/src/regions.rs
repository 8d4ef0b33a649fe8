//! The regions that a repository knows: those of the reference, and those added by hand.

use anyhow::{Context, Result, bail};
use oxrdf::{GraphName, NamedNode, Term};
use std::{collections::BTreeMap, sync::Arc};
use viite_model::{Language, Names, State, graphs, label};
use viite_query::{Answer, QueryOptions};
use viite_store::{DefaultGraph, Scope, Snapshot};

/// A region.
#[derive(Clone, Debug)]
pub(crate) struct Region {
    pub(crate) iri: NamedNode,
    pub(crate) code: String,
    names: Vec<(String, String)>,
}

impl Region {
    /// Its name in this language, else in another; else its code.
    pub(crate) fn name(&self, language: Language) -> &str {
        [language, Language::Fi, Language::Sv, Language::En]
            .into_iter()
            .find_map(|wanted| self.names.iter().find(|(tag, _)| tag == wanted.tag()))
            .or(self.names.first())
            .map_or(&self.code, |(_, name)| name)
    }

    /// Whether it has this name in some language.
    pub(crate) fn called(&self, name: &str) -> bool {
        let wanted = label::key(name);
        self.names.iter().any(|(_, name)| label::key(name) == wanted)
    }
}

/// All regions, by code.
pub(crate) struct Regions(BTreeMap<String, Region>);

impl Regions {
    /// Those that the reference and the decisions name; a region's own files cannot add one.
    pub(crate) fn of(snapshot: &Arc<Snapshot>, names: &Names) -> Result<Self> {
        let graphs = snapshot
            .graph_names()
            .map(GraphName::from)
            .filter(|graph| match graph {
                GraphName::NamedNode(graph) => {
                    graph.as_str().starts_with(graphs::REFERENCE_GRAPHS) || *graph == names.decisions()
                }
                _ => false,
            })
            .collect();
        let options = QueryOptions {
            scope: Scope { default: DefaultGraph::Graphs(graphs), named: Some(Vec::new()) },
            ..QueryOptions::default()
        };
        let query = "SELECT ?region ?code ?name WHERE { \
            ?region a viite:Region ; viite:code ?code . \
            OPTIONAL { { ?region rdfs:label ?name BIND(0 AS ?rank) } UNION { ?region skos:altLabel ?name BIND(1 AS ?rank) } } \
            } ORDER BY ?region ?rank ?name";
        let Answer::Solutions(solutions) = viite_query::prepare(query)?.run(snapshot, &options)? else {
            bail!("the list of regions is no list"); // a SELECT gives solutions
        };
        let mut regions: BTreeMap<String, Region> = BTreeMap::new();
        for solution in solutions {
            let solution = solution?;
            let (Some(Term::NamedNode(iri)), Some(Term::Literal(code))) =
                (solution.get("region"), solution.get("code"))
            else {
                continue; // a region without a code cannot be named
            };
            let region = regions.entry(code.value().to_owned()).or_insert_with(|| Region {
                iri: iri.clone(),
                code: code.value().to_owned(),
                names: Vec::new(),
            });
            if let Some(Term::Literal(name)) = solution.get("name") {
                let tag = name.language().unwrap_or_default().to_owned();
                region.names.push((tag, name.value().to_owned()));
            }
        }
        Ok(Self(regions))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Region> {
        self.0.values()
    }

    /// The region with this code or name. The error names the nearest ones.
    pub(crate) fn find(&self, text: &str, language: Language) -> Result<&Region> {
        self.iter()
            .find(|region| same_code(&region.code, text.trim()))
            .or_else(|| self.iter().find(|region| region.called(text)))
            .with_context(|| self.unknown(text, language))
    }

    fn unknown(&self, text: &str, language: Language) -> String {
        let wanted = label::key(text);
        let mut by_distance: Vec<(usize, &Region)> = self
            .iter()
            .map(|region| {
                let names = region.names.iter().map(|(_, name)| name.as_str());
                let distance = names
                    .chain([region.code.as_str()])
                    .map(|name| {
                        let key = label::key(name);
                        // "Kainuu" is near to "Kainuun hyvinvointialue", one word of a name to the whole.
                        let beginning: String = key.chars().take(wanted.chars().count()).collect();
                        let parts = key.split(' ').chain([key.as_str(), &beginning]);
                        parts.map(|part| distance(part, &wanted)).min().unwrap_or(usize::MAX)
                    })
                    .min();
                (distance.unwrap_or(usize::MAX), region)
            })
            .collect();
        by_distance.sort_by(|(a, left), (b, right)| (a, &left.code).cmp(&(b, &right.code)));
        let nearest: Vec<String> = by_distance
            .iter()
            .take(3)
            .map(|(_, region)| format!("{} ({})", region.code, region.name(language)))
            .collect();
        let nearest = if nearest.is_empty() {
            "no region is known".to_owned()
        } else {
            format!("the nearest are {}", nearest.join(", "))
        };
        format!(
            "there is no region '{text}': {nearest}. 'viite region list' shows all; \
             'viite region add CODE --name NAME' adds one"
        )
    }
}

/// The regions and states that have a description.
pub(crate) fn described(snapshot: &Arc<Snapshot>, names: &Names) -> Vec<(NamedNode, State)> {
    viite_check::scope::described(snapshot, names)
}

/// How many letters differ.
pub(crate) use strsim::levenshtein as distance;

/// Whether two codes are one: `5` is `05`.
fn same_code(code: &str, text: &str) -> bool {
    let number =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u32>().ok()).flatten();
    code.eq_ignore_ascii_case(text) || number(code).is_some_and(|number_of_code| number(text) == Some(number_of_code))
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn the_distance_counts_letters_that_differ() {
        assert_eq!(distance("kainuu", "kainuu"), 0);
        assert_eq!(distance("kainu", "kainuu"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("äö", "ao"), 2);
    }
}
