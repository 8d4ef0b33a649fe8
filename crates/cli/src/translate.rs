//! Mappings of RDF: CONSTRUCT queries that say in the vocabulary of Viite what a file says in another.

use anyhow::{Context, Result, bail};
use oxrdf::{GraphName, Triple};
use std::{fs, path::Path, sync::Arc, time::Duration};
use viite_exchange::Translate;
use viite_query::{Answer, Prepared, QueryOptions, library};
use viite_store::Snapshot;

/// The mappings that come with the program: their names, and the files of `data/mappings`.
const SHIPPED: [(&str, &str); 2] = [
    ("cpsv-ap", include_str!("../../../data/mappings/cpsv-ap.rq")),
    ("archimate-rdf", include_str!("../../../data/mappings/archimate-rdf.rq")),
];

/// How long one mapping may take over a file.
const TIMEOUT: Duration = Duration::from_secs(300);

/// Queries that are run over the facts of a file, one after another over the same facts.
#[derive(Debug)]
pub(crate) struct Constructs(Vec<Construct>);

#[derive(Debug)]
struct Construct {
    /// The name that people call it by: of a shipped one, or its file.
    id: String,
    /// What it is of, as its header says.
    name: String,
    query: Prepared,
}

impl Constructs {
    /// All that come with the program: each speaks of other classes, so they do not meet.
    pub(crate) fn shipped() -> Result<Self> {
        let constructs = SHIPPED.iter().map(|(id, text)| Construct::parse(id, text));
        Ok(Self(constructs.collect::<Result<_>>()?))
    }

    /// The mapping of this name or in this file, if it is one of RDF.
    pub(crate) fn named(name: &str) -> Result<Option<Self>> {
        if let Some((id, text)) = SHIPPED.iter().find(|(id, _)| id.eq_ignore_ascii_case(name)) {
            return Ok(Some(Self(vec![Construct::parse(id, text)?])));
        }
        let path = Path::new(name);
        if path.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("rq")) {
            return Ok(None);
        }
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
        Ok(Some(Self(vec![Construct::parse(name, &text)?])))
    }

    /// The names of all, with what they are of.
    pub(crate) fn list(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|construct| (construct.id.as_str(), construct.name.as_str()))
    }
}

impl Construct {
    fn parse(id: &str, text: &str) -> Result<Self> {
        let query = viite_query::prepare(text).with_context(|| format!("the mapping {id} cannot be read"))?;
        if !query.is_construct() {
            bail!("the mapping {id} is no CONSTRUCT query: it has to say which facts a file gives");
        }
        let header = library::header(text).map(|(yaml, _)| yaml).unwrap_or_default();
        let name = header.lines().find_map(|line| line.trim().strip_prefix("name:")).map_or(id, str::trim).to_owned();
        Ok(Self { id: id.to_owned(), name, query })
    }

    fn facts(&self, snapshot: &Arc<Snapshot>) -> Result<Vec<Triple>> {
        let options = QueryOptions { timeout: Some(TIMEOUT), ..QueryOptions::default() };
        match self.query.run(snapshot, &options)? {
            Answer::Graph(triples) => Ok(triples.collect::<Result<_, _>>()?),
            _ => bail!("it is no CONSTRUCT query"), // parse() refused it
        }
    }
}

impl Translate for Constructs {
    fn translate(&self, facts: &[Triple]) -> Result<Vec<Triple>, String> {
        let quads = facts.iter().map(|fact| fact.clone().in_graph(GraphName::DefaultGraph));
        let snapshot = Snapshot::from_quads(quads).map_err(|error| error.to_string())?;
        let snapshot = Arc::new(snapshot);
        let mut said = Vec::new();
        for construct in &self.0 {
            said.extend(construct.facts(&snapshot).map_err(|error| format!("{}: {error:#}", construct.id))?);
        }
        Ok(said)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use viite_exchange::Mapping;

    #[test]
    fn the_ontology_of_archimate_is_mapped_as_the_models_of_tools_are() {
        let constructs = SHIPPED[1].1;
        let profile = include_str!("../../../data/mappings/archimate.toml");
        let concepts = profile.split("[concepts]").nth(1).and_then(|rest| rest.split("[[").next()).unwrap();
        let pairs: Vec<(&str, &str)> = concepts.lines().filter_map(|line| line.split_once(" = ")).collect();
        assert!(pairs.len() > 20, "{concepts}");
        for (concept, class) in pairs {
            let row = format!("(archimate:{concept} {})", class.trim_matches('"'));
            assert!(constructs.contains(&row), "archimate-rdf.rq lacks {row}");
        }
    }

    #[test]
    fn no_mapping_of_rdf_has_the_name_of_a_profile() {
        let constructs = Constructs::shipped().unwrap();
        for (id, name) in constructs.list() {
            assert!(Mapping::named(id).is_none(), "{id}");
            assert_ne!(id, name, "{id} has a name of its own");
        }
    }

    #[test]
    fn a_select_is_no_mapping() {
        let error = Construct::parse("x", "SELECT ?s WHERE { ?s ?p ?o }").unwrap_err();
        assert!(error.to_string().contains("no CONSTRUCT"), "{error}");
    }
}
