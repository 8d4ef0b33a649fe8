//! The suite's manifests, and reports as the suite compares them.

use oxrdf::graph::CanonicalizationAlgorithm;
use oxrdf::vocab::rdf;
use oxrdf::{Graph, NamedNode, NamedOrBlankNodeRef, Quad, Term, TermRef, Triple};
use oxrdfio::{RdfFormat, RdfParser};
use std::path::{Path, PathBuf};

const MF: &str = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";
const SHT: &str = "http://www.w3.org/ns/shacl-test#";
const SH: &str = "http://www.w3.org/ns/shacl#";

/// What the suite compares of a report; messages only where it expects some.
const COMPARED: &[&str] = &[
    "conforms",
    "result",
    "focusNode",
    "resultPath",
    "resultSeverity",
    "sourceShape",
    "sourceConstraintComponent",
    "value",
    "resultMessage",
];

pub(crate) struct Case {
    /// `folder/name`
    pub(crate) name: String,
    pub(crate) data: PathBuf,
    pub(crate) shapes: PathBuf,
    pub(crate) expected: Graph,
    pub(crate) asks_messages: bool,
}

/// The tests of a manifest and of those that it includes.
pub(crate) fn cases(manifest: &Path) -> Vec<Case> {
    let graph: Graph = quads(manifest).into_iter().map(Triple::from).collect();
    let mut found = Vec::new();
    for included in objects(&graph, None, MF, "include") {
        found.extend(cases(&path(included)));
    }
    for entries in objects(&graph, None, MF, "entries") {
        let mut rest = entries;
        while let Some(first) = object(&graph, rest, &rdf::FIRST.into_owned()) {
            found.push(case(&graph, first, manifest));
            rest = object(&graph, rest, &rdf::REST.into_owned()).expect("a list goes on");
        }
    }
    found
}

fn case(graph: &Graph, test: TermRef<'_>, manifest: &Path) -> Case {
    let property = |namespace: &str, name: &str| NamedNode::new_unchecked(format!("{namespace}{name}"));
    let get = |node, namespace, name| object(graph, node, &property(namespace, name)).expect(name);
    let action = get(test, MF, "action");
    let result = get(test, MF, "result");
    let folder = manifest.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
    let name = path(test);
    let message = graph.triples_for_predicate(&property(SH, "resultMessage")).next().is_some();
    Case {
        name: format!("{folder}/{}", name.file_name().unwrap_or_default().to_string_lossy()),
        data: path(get(action, SHT, "dataGraph")),
        shapes: path(get(action, SHT, "shapesGraph")),
        expected: copy(graph, result, message),
        asks_messages: message,
    }
}

/// A report, so far as the suite compares it.
pub(crate) fn report(graph: &Graph, messages: bool) -> Graph {
    let class = NamedNode::new_unchecked(format!("{SH}ValidationReport"));
    let root = graph.subject_for_predicate_object(rdf::TYPE, &class).expect("there is a report");
    copy(graph, root.into(), messages)
}

fn copy(graph: &Graph, root: TermRef<'_>, messages: bool) -> Graph {
    let mut found = Graph::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        let Some(node) = subject(node) else { continue };
        for triple in graph.triples_for_subject(node) {
            let local = triple.predicate.as_str().strip_prefix(SH).unwrap_or_default();
            let of_path = local.ends_with("Path") && local != "resultPath"
                || triple.predicate == rdf::FIRST
                || triple.predicate == rdf::REST;
            if !of_path && (!COMPARED.contains(&local) || local == "resultMessage" && !messages) {
                continue;
            }
            found.insert(triple);
            // Shapes and values that are blank nodes are not followed: what they say is no part of the report.
            if of_path || local == "result" || local == "resultPath" {
                open.push(triple.object);
            }
        }
    }
    found
}

pub(crate) fn same(found: &Graph, expected: &Graph) -> Result<(), Box<dyn std::error::Error>> {
    let lines = |graph: &Graph| {
        let mut graph = graph.clone();
        graph.canonicalize(CanonicalizationAlgorithm::Unstable);
        let mut lines: Vec<_> = graph.iter().map(|triple| triple.to_string()).collect();
        lines.sort();
        lines
    };
    let (found, expected) = (lines(found), lines(expected));
    if found == expected {
        return Ok(());
    }
    Err(format!("\n  found:\n    {}\n  expected:\n    {}", found.join("\n    "), expected.join("\n    ")).into())
}

pub(crate) fn quads(file: &Path) -> Vec<Quad> {
    let text = std::fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let parser = RdfParser::from_format(RdfFormat::Turtle).with_base_iri(format!("file://{}", file.display()));
    let quads = parser.expect("a path is an IRI").for_slice(&text).collect::<Result<Vec<_>, _>>();
    quads.unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn objects<'g>(graph: &'g Graph, of: Option<TermRef<'g>>, namespace: &str, name: &str) -> Vec<TermRef<'g>> {
    let predicate = NamedNode::new_unchecked(format!("{namespace}{name}"));
    let all = graph.iter().filter(|triple| triple.predicate == predicate);
    all.filter(|triple| of.is_none_or(|of| TermRef::from(triple.subject) == of)).map(|triple| triple.object).collect()
}

fn object<'g>(graph: &'g Graph, node: TermRef<'g>, predicate: &NamedNode) -> Option<TermRef<'g>> {
    graph.object_for_subject_predicate(subject(node)?, predicate)
}

fn subject(node: TermRef<'_>) -> Option<NamedOrBlankNodeRef<'_>> {
    match node {
        TermRef::NamedNode(node) => Some(node.into()),
        TermRef::BlankNode(node) => Some(node.into()),
        TermRef::Literal(_) => None,
    }
}

fn path(term: TermRef<'_>) -> PathBuf {
    match term.into_owned() {
        Term::NamedNode(node) => PathBuf::from(node.as_str().trim_start_matches("file://")),
        other => panic!("{other} is no file"),
    }
}
