//! The national reference that the program carries: a Turtle file per package, a named graph per package and version.

use anyhow::{Context, Result};
use oxrdf::{BlankNode, Literal, NamedNode, NamedOrBlankNode, Quad, Term, Triple};
use oxrdfio::{RdfFormat, RdfParser};
use std::collections::HashMap;
use viite_model::graphs;
use viite_store::Writer;

/// File name and text of every package.
static PACKAGES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/packages.rs"));

const VERSION_INFO: &str = "http://www.w3.org/2002/07/owl#versionInfo";

/// A package, read.
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) triples: Vec<Triple>,
}

impl Package {
    fn read(file: &str, text: &[u8]) -> Result<Self> {
        let name = file.strip_suffix(".ttl").unwrap_or(file).to_owned();
        let mut triples = Vec::new();
        for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(text) {
            let quad = quad.with_context(|| format!("the reference package {file} is not Turtle"))?;
            triples.push(Triple::new(quad.subject, quad.predicate, quad.object));
        }
        // A package tells its own version, or goes with the program.
        let version = triples
            .iter()
            .find(|triple| triple.predicate.as_str() == VERSION_INFO)
            .and_then(|triple| match &triple.object {
                Term::Literal(version) => Some(version.value().to_owned()),
                _ => None,
            })
            .unwrap_or_else(|| env!("CARGO_PKG_VERSION").to_owned());
        let mut package = Self { name, version, triples };
        package.name_blank_nodes();
        Ok(package)
    }

    pub(crate) fn graph(&self) -> NamedNode {
        graphs::reference_package(&self.name, &self.version)
    }

    /// Gives blank nodes IRIs by their order in the file, so that loading it twice gives the same facts.
    fn name_blank_nodes(&mut self) {
        let graph = self.graph();
        let mut names: HashMap<BlankNode, NamedNode> = HashMap::new();
        let mut name = |node: &BlankNode| {
            let number = names.len() + 1;
            names
                .entry(node.clone())
                .or_insert_with(|| NamedNode::new_unchecked(format!("{}/node/{number}", graph.as_str())))
                .clone()
        };
        for triple in &mut self.triples {
            if let NamedOrBlankNode::BlankNode(node) = &triple.subject {
                triple.subject = name(node).into();
            }
            if let Term::BlankNode(node) = &triple.object {
                triple.object = name(node).into();
            }
        }
    }
}

/// Every package of the reference.
pub(crate) fn packages() -> Result<Vec<Package>> {
    PACKAGES.iter().map(|(file, text)| Package::read(file, text)).collect()
}

/// Puts the reference into a repository, in place of what it held of the same packages and versions,
/// with a few words on each package in the provenance graph.
pub(crate) fn load(writer: &mut Writer<'_>, packages: Vec<Package>, provenance: &NamedNode) {
    for package in packages {
        let graph = package.graph();
        for (predicate, value) in [("http://purl.org/dc/terms/title", &package.name), (VERSION_INFO, &package.version)]
        {
            writer.insert(&Quad::new(
                graph.clone(),
                NamedNode::new_unchecked(predicate),
                Literal::from(value.as_str()),
                provenance.clone(),
            ));
        }
        writer.replace_graph(&graph, package.triples);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_package_is_turtle_and_has_facts() {
        for package in packages().unwrap() {
            assert!(!package.triples.is_empty(), "{} is empty", package.name);
        }
    }

    #[test]
    fn blank_nodes_get_the_same_names_every_time() {
        let text = b"@prefix : <http://example.org/> . :a :b [ :c [] ] ; :d _:x . _:x :e _:x .";
        let read = || Package::read("p.ttl", text).unwrap().triples;
        let once = read();
        assert_eq!(once, read());
        assert!(once.iter().all(|triple| !triple.to_string().contains("_:")), "{once:?}");
    }
}
