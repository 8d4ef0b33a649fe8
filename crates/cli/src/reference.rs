//! The national reference that the program carries: a Turtle file per package, a named graph per package and version.

use anyhow::{Context, Result, bail};
use oxrdf::{BlankNode, Literal, NamedNode, NamedOrBlankNode, Quad, Term, Triple};
use oxrdfio::{RdfFormat, RdfParser};
use std::{collections::HashMap, fs, path::Path};
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
    /// Reads a package. One that does not tell its own version is of the version at hand.
    fn read(file: &str, text: &[u8], version: &str) -> Result<Self> {
        let name = file.strip_suffix(".ttl").unwrap_or(file).to_owned();
        let mut triples = Vec::new();
        for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(text) {
            let quad = quad.with_context(|| format!("the reference package {file} is not Turtle"))?;
            triples.push(Triple::new(quad.subject, quad.predicate, quad.object));
        }
        let version = triples
            .iter()
            .find(|triple| triple.predicate.as_str() == VERSION_INFO)
            .and_then(|triple| match &triple.object {
                Term::Literal(version) => Some(version.value().to_owned()),
                _ => None,
            })
            .unwrap_or_else(|| version.to_owned());
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

/// The version of the reference that the program carries.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Every package of the reference.
pub(crate) fn packages() -> Result<Vec<Package>> {
    PACKAGES.iter().map(|(file, text)| Package::read(file, text, VERSION)).collect()
}

/// The packages of a Turtle file, or of the Turtle files of a folder; those that do not tell their version are of this.
pub(crate) fn packages_of(path: &Path, version: &str) -> Result<Vec<Package>> {
    let shown = path.display();
    let mut files = vec![path.to_owned()];
    if path.is_dir() {
        let entries = fs::read_dir(path).with_context(|| format!("cannot read {shown}"))?;
        files = entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
        files.retain(|file| file.extension().is_some_and(|ending| ending == "ttl"));
        files.sort();
    }
    if files.is_empty() {
        bail!("{shown} holds no package of a reference: a package is a Turtle file (.ttl)");
    }
    let read = |file: &std::path::PathBuf| {
        let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        Package::read(&name, &bytes, version)
    };
    files.iter().map(read).collect()
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
        let read = || Package::read("p.ttl", text, "1").unwrap().triples;
        let once = read();
        assert_eq!(once, read());
        assert!(once.iter().all(|triple| !triple.to_string().contains("_:")), "{once:?}");
    }
}
