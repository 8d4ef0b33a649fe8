//! Reading the suite's manifests.

use super::{Data, load};
use oxrdf::vocab::{rdf, rdfs};
use oxrdf::{BlankNodeRef, Graph, GraphName, NamedNode, NamedOrBlankNodeRef, TermRef, Triple};
use std::path::{Path, PathBuf};

const MF: &str = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";
const QT: &str = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#";
const UT: &str = "http://www.w3.org/2009/sparql/tests/test-update#";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    PositiveSyntax,
    NegativeSyntax,
    PositiveUpdateSyntax,
    NegativeUpdateSyntax,
    Query,
    Csv,
    Update,
    /// Protocols and such, which have no dataset.
    Other,
}

#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) manifest: PathBuf,
    /// The file with the query or update.
    pub(crate) action: String,
    pub(crate) data: Data,
    pub(crate) result_file: Option<String>,
    pub(crate) expected: Data,
}

impl Case {
    /// `folder#name`
    pub(crate) fn short_name(&self, root: &Path) -> String {
        let folder = self.manifest.parent().and_then(|f| f.strip_prefix(root).ok());
        format!("{}#{}", folder.unwrap_or(Path::new("")).display(), self.name)
    }
}

/// The manifests that a manifest includes, and those that they include.
pub(crate) fn manifests(file: &Path) -> Vec<PathBuf> {
    let mut all = included(file);
    let mut next = 0;
    while next < all.len() {
        let more = included(&all[next]);
        all.extend(more);
        next += 1;
    }
    all
}

fn included(file: &Path) -> Vec<PathBuf> {
    let graph = read(file);
    let include = property(MF, "include");
    graph
        .triples_for_predicate(&include)
        .flat_map(|triple| list(&graph, triple.object))
        .filter_map(|term| Some(PathBuf::from(iri(term)?.strip_prefix("file://")?)))
        .collect()
}

pub(crate) fn cases(file: &Path) -> Vec<Case> {
    let graph = read(file);
    graph
        .triples_for_predicate(&property(MF, "entries"))
        .flat_map(|triple| list(&graph, triple.object))
        .filter_map(|term| case(&graph, term, file))
        .collect()
}

fn case(graph: &Graph, test: TermRef<'_>, file: &Path) -> Option<Case> {
    let TermRef::NamedNode(test) = test else {
        return None;
    };
    let kind = graph.object_for_subject_predicate(test, rdf::TYPE).and_then(iri).map_or(Kind::Other, |kind| match kind
        .strip_prefix(MF)
    {
        Some("PositiveSyntaxTest11" | "PositiveSyntaxTest") => Kind::PositiveSyntax,
        Some("NegativeSyntaxTest11" | "NegativeSyntaxTest") => Kind::NegativeSyntax,
        Some("PositiveUpdateSyntaxTest11") => Kind::PositiveUpdateSyntax,
        Some("NegativeUpdateSyntaxTest11") => Kind::NegativeUpdateSyntax,
        Some("QueryEvaluationTest") => Kind::Query,
        Some("CSVResultFormatTest") => Kind::Csv,
        Some("UpdateEvaluationTest") => Kind::Update,
        _ => Kind::Other,
    });
    let mut case = Case {
        name: test.as_str().rsplit('#').next().unwrap_or_default().to_owned(),
        kind,
        manifest: file.to_owned(),
        action: String::new(),
        data: Data::default(),
        result_file: None,
        expected: Data::default(),
    };
    match graph.object_for_subject_predicate(test, &property(MF, "action")) {
        Some(TermRef::NamedNode(action)) => action.as_str().clone_into(&mut case.action),
        Some(TermRef::BlankNode(node)) => {
            let action = one(graph, node, QT, "query").or_else(|| one(graph, node, UT, "request"));
            case.action = action.unwrap_or_default();
            case.data = data(graph, node.into());
        }
        _ => {}
    }
    match graph.object_for_subject_predicate(test, &property(MF, "result")) {
        Some(TermRef::NamedNode(result)) => case.result_file = Some(result.as_str().to_owned()),
        Some(TermRef::BlankNode(node)) => case.expected = data(graph, node.into()),
        _ => {}
    }
    Some(case)
}

fn data(graph: &Graph, node: NamedOrBlankNodeRef<'_>) -> Data {
    let mut data = Data::default();
    for namespace in [QT, UT] {
        let all = |name: &str| {
            let property = property(namespace, name);
            graph.objects_for_subject_predicate(node, &property).map(TermRef::into_owned).collect::<Vec<_>>()
        };
        data.default.extend(all("data").iter().filter_map(|t| iri(t.as_ref())).map(str::to_owned));
        for named in all("graphData") {
            match named.as_ref() {
                TermRef::NamedNode(file) => {
                    data.named.push((file.into_owned(), file.as_str().to_owned()));
                }
                TermRef::BlankNode(node) => {
                    let file = one(graph, node, UT, "graph").or_else(|| one(graph, node, QT, "graph"));
                    let label = graph.object_for_subject_predicate(node, rdfs::LABEL);
                    if let (Some(file), Some(TermRef::Literal(label))) = (file, label) {
                        data.named.push((NamedNode::new(label.value()).unwrap(), file));
                    }
                }
                TermRef::Literal(_) => {}
            }
        }
    }
    data
}

fn one(graph: &Graph, node: BlankNodeRef<'_>, namespace: &str, name: &str) -> Option<String> {
    let property = property(namespace, name);
    let object = graph.object_for_subject_predicate(node, &property)?;
    Some(iri(object)?.to_owned())
}

fn property(namespace: &str, name: &str) -> NamedNode {
    NamedNode::new(format!("{namespace}{name}")).unwrap()
}

fn iri(term: TermRef<'_>) -> Option<&str> {
    match term {
        TermRef::NamedNode(node) => Some(node.as_str()),
        _ => None,
    }
}

fn list<'a>(graph: &'a Graph, head: TermRef<'a>) -> Vec<TermRef<'a>> {
    let mut items = Vec::new();
    let mut rest = head;
    loop {
        let node: NamedOrBlankNodeRef<'_> = match rest {
            TermRef::NamedNode(node) if node == rdf::NIL => return items,
            TermRef::NamedNode(node) => node.into(),
            TermRef::BlankNode(node) => node.into(),
            TermRef::Literal(_) => return items,
        };
        items.extend(graph.object_for_subject_predicate(node, rdf::FIRST));
        match graph.object_for_subject_predicate(node, rdf::REST) {
            Some(next) => rest = next,
            None => return items,
        }
    }
}

fn read(file: &Path) -> Graph {
    let iri = format!("file://{}", file.display());
    let quads = load(&iri, &GraphName::DefaultGraph).unwrap_or_else(|error| panic!("{iri}: {error}"));
    quads.into_iter().map(Triple::from).collect()
}
