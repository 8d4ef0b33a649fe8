//! SPARQL 1.1 Update against a snapshot.
//!
//! The operations of a request see each other's effects and become one set of changes, or, when
//! one of them fails, none. Nothing is written here: the caller commits the changes.

use crate::error::QueryError;
use crate::functions::evaluator;
use crate::parse::{parse_update, scope_of};
use crate::plan::plan;
use crate::run::Deadline;
use crate::snapshot::SnapshotStatistics;
use crate::stack::with_room;
use oxrdf::{BlankNode, GraphName, NamedNode, NamedOrBlankNode, Quad, Term};
use oxrdfio::{RdfFormat, RdfParser};
use rustc_hash::{FxHashMap, FxHashSet};
use spareval::DeleteInsertQuad;
use spargebra::GraphUpdateOperation;
use spargebra::algebra::GraphTarget;
use spargebra::term::{GroundQuad, GroundTerm};
use std::borrow::Cow;
use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;
use std::time::Duration;
use viite_store::{Changes, Scope, Snapshot, View};

/// How an update is to be run. The default sees every graph, the default graph of WHERE being the
/// union of all of them, sets no time limit and reads no files.
#[derive(Clone, Debug, Default)]
pub struct UpdateOptions {
    /// The graphs that WHERE sees, unless the operation says so itself with USING or WITH.
    pub scope: Scope,
    /// How long the whole request may run.
    pub timeout: Option<Duration>,
    /// Whether `LOAD <file:…>` may read files.
    pub load_files: bool,
    /// What relative IRIs are resolved against.
    pub base: Option<String>,
}

/// Works out what an update request changes. Triples of a template outside GRAPH go to the
/// unnamed default graph, whatever the scope.
///
/// # Errors
/// [`QueryError::Syntax`]; [`QueryError::Timeout`]; [`QueryError::Update`] naming the operation
/// that failed, such as LOAD of anything but a file, or CLEAR of a graph that is not there
/// (without SILENT).
///
/// ```
/// use viite_query::{UpdateOptions, update};
/// use viite_store::Snapshot;
///
/// let before = Snapshot::from_quads(Vec::<oxrdf::Quad>::new())?;
/// let changes = update(
///     "INSERT DATA { GRAPH region:05 { region:05 viite:code '05' } } ;
///      DELETE { GRAPH ?g { ?r viite:code '05' } } INSERT { GRAPH ?g { ?r viite:code '5' } }
///      WHERE { GRAPH ?g { ?r viite:code '05' } }",
///     &before,
///     &UpdateOptions::default(),
/// )?;
/// assert_eq!((changes.added.len(), changes.removed.len()), (1, 0));
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
pub fn update(text: &str, snapshot: &Snapshot, options: &UpdateOptions) -> Result<Changes, QueryError> {
    let request = parse_update(text, options.base.as_deref())?;
    let deadline = Deadline::start(options.timeout);
    let mut state = State::new(snapshot);
    for (index, operation) in request.operations.iter().enumerate() {
        let done = match operation {
            GraphUpdateOperation::DeleteInsert { .. } => {
                with_room(|| state.delete_insert(operation, request.base_iri.as_ref(), options, &deadline))
            }
            other => state.manage(other, options.load_files).map_err(Failure::Told),
        };
        deadline.check()?;
        done.map_err(|failure| match failure {
            Failure::Told(reason) => {
                QueryError::Update { number: index + 1, operation: first_words(&operation.to_string()), reason }
            }
            Failure::Other(error) => error,
        })?;
    }
    Ok(state.changes())
}

/// Why an operation failed.
enum Failure {
    Told(String),
    Other(QueryError),
}

/// The state between two operations: the snapshot, with what has changed.
struct State<'a> {
    base: &'a Snapshot,
    added: FxHashSet<Quad>,
    removed: FxHashSet<Quad>,
    /// Graphs that this request made or emptied: they count as there.
    named: FxHashSet<NamedNode>,
    /// The snapshot as it stands; rebuilt only when a WHERE has to see changes.
    current: Current<'a>,
    stale: bool,
}

/// A snapshot of one's own or somebody else's; a snapshot cannot be cloned.
enum Current<'a> {
    Borrowed(&'a Snapshot),
    Owned(Box<Snapshot>),
}

impl<'a> State<'a> {
    fn new(base: &'a Snapshot) -> Self {
        Self {
            base,
            added: FxHashSet::default(),
            removed: FxHashSet::default(),
            named: FxHashSet::default(),
            current: Current::Borrowed(base),
            stale: false,
        }
    }

    fn changes(self) -> Changes {
        let mut changes =
            Changes { added: self.added.into_iter().collect(), removed: self.removed.into_iter().collect() };
        changes.added.sort_by_cached_key(ToString::to_string);
        changes.removed.sort_by_cached_key(ToString::to_string);
        changes
    }

    fn insert(&mut self, quad: Quad) {
        if !self.removed.remove(&quad) && (self.base.contains(quad.as_ref()) || !self.added.insert(quad)) {
            return;
        }
        self.stale = true;
    }

    fn remove(&mut self, quad: Quad) {
        if !self.added.remove(&quad) && (!self.base.contains(quad.as_ref()) || !self.removed.insert(quad)) {
            return;
        }
        self.stale = true;
    }

    fn snapshot(&mut self) -> Result<&Snapshot, QueryError> {
        if self.stale {
            let changed =
                self.base.with_changes(self.removed.iter().map(Quad::as_ref), self.added.iter().map(Quad::as_ref))?;
            self.current = Current::Owned(Box::new(changed));
            self.stale = false;
        }
        Ok(match &self.current {
            Current::Borrowed(snapshot) => snapshot,
            Current::Owned(snapshot) => snapshot,
        })
    }

    fn delete_insert(
        &mut self,
        operation: &GraphUpdateOperation,
        base_iri: Option<&oxiri::Iri<String>>,
        options: &UpdateOptions,
        deadline: &Deadline,
    ) -> Result<(), Failure> {
        let GraphUpdateOperation::DeleteInsert { delete, insert, using, pattern } = operation else {
            return Ok(());
        };
        let scope = using.as_ref().map_or_else(|| options.scope.clone(), |using| scope_of(using, &options.scope));
        let snapshot = self.snapshot().map_err(Failure::Other)?;
        let planned = plan((**pattern).clone(), &SnapshotStatistics::new(snapshot, &scope));
        let evaluator = evaluator().with_cancellation_token(deadline.token.clone());
        let view = View::new(snapshot, &scope).with_cancellation_token(deadline.token.clone());
        let quads = evaluator
            .prepare_delete_insert(delete.clone(), insert.clone(), base_iri.cloned(), None, &planned.pattern)
            .execute(view)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(|error| Failure::Other(deadline.explain(error)))?;
        // All deletions come before all insertions (SPARQL 1.1 Update §3.1.3).
        let (deleted, inserted): (Vec<_>, Vec<_>) =
            quads.into_iter().partition(|quad| matches!(quad, DeleteInsertQuad::Delete(_)));
        for quad in deleted.into_iter().chain(inserted) {
            match quad {
                DeleteInsertQuad::Delete(quad) => self.remove(quad),
                DeleteInsertQuad::Insert(quad) => self.insert(quad),
            }
        }
        Ok(())
    }

    /// Everything but DELETE/INSERT.
    fn manage(&mut self, operation: &GraphUpdateOperation, load: bool) -> Result<(), String> {
        match operation {
            GraphUpdateOperation::InsertData { data } => {
                let mut fresh = FxHashMap::default();
                for quad in data {
                    self.insert(with_fresh_blank_nodes(quad.clone(), &mut fresh));
                }
                Ok(())
            }
            GraphUpdateOperation::DeleteData { data } => {
                for quad in data {
                    self.remove(ground(quad.clone()));
                }
                Ok(())
            }
            GraphUpdateOperation::DeleteInsert { .. } => Ok(()),
            GraphUpdateOperation::Load { silent, source, destination } => {
                unless_silent(*silent, self.load(source, graph_name(destination), load))
            }
            GraphUpdateOperation::Clear { silent, graph } | GraphUpdateOperation::Drop { silent, graph } => {
                unless_silent(*silent, self.clear(graph))
            }
            GraphUpdateOperation::Create { silent, graph } => {
                if self.has_graph(graph) && !silent {
                    return Err(format!(
                        "the graph {graph} is there already: write CREATE SILENT if that is all right"
                    ));
                }
                self.named.insert(graph.clone());
                Ok(())
            }
        }
    }

    fn clear(&mut self, target: &GraphTarget) -> Result<(), String> {
        let is_target = |name: &GraphName| match target {
            GraphTarget::AllGraphs => true,
            GraphTarget::NamedGraphs => !name.is_default_graph(),
            GraphTarget::DefaultGraph => name.is_default_graph(),
            GraphTarget::NamedNode(graph) => {
                matches!(name, GraphName::NamedNode(name) if name == graph)
            }
        };
        let mut quads: Vec<Quad> = match target {
            GraphTarget::NamedNode(graph) => {
                if !self.has_graph(graph) {
                    return Err(format!(
                        "there is no graph {graph}: look for its name with SELECT DISTINCT ?g {{ GRAPH ?g {{}} }}, or write SILENT if that is all right"
                    ));
                }
                self.named.insert(graph.clone());
                self.base.graph_quads(graph)
            }
            _ => self.base.quads().filter(|quad| is_target(&quad.graph_name)).collect(),
        };
        quads.extend(self.added.iter().filter(|q| is_target(&q.graph_name)).cloned());
        for quad in quads {
            self.remove(quad);
        }
        Ok(())
    }

    fn has_graph(&self, graph: &NamedNode) -> bool {
        self.named.contains(graph)
            || self.added.iter().any(|quad| matches!(&quad.graph_name, GraphName::NamedNode(name) if name == graph))
            || self.base.graph_quads(graph).iter().any(|quad| !self.removed.contains(quad))
    }

    fn load(&mut self, source: &NamedNode, destination: GraphName, allowed: bool) -> Result<(), String> {
        let path = file_path(source)?;
        if !allowed {
            return Err("reading files is not allowed here".to_owned());
        }
        let format =
            path.extension().and_then(|extension| RdfFormat::from_extension(extension.to_str()?)).ok_or_else(|| {
                format!(
                    "{} does not say what it holds: the name must end in .ttl, .nt, .nq, .trig, .rdf or .jsonld",
                    path.display()
                )
            })?;
        let file = File::open(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let parser = RdfParser::from_format(format)
            .with_base_iri(source.as_str())
            .map_err(|error| error.to_string())?
            .with_default_graph(destination)
            .without_named_graphs()
            .rename_blank_nodes();
        // Parsed to the end before anything is taken: half a file is no change.
        let quads = parser
            .for_reader(BufReader::new(file))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| format!("{}: {error}", path.display()))?;
        for quad in quads {
            self.insert(quad);
        }
        Ok(())
    }
}

fn unless_silent(silent: bool, done: Result<(), String>) -> Result<(), String> {
    if silent { Ok(()) } else { done }
}

fn file_path(source: &NamedNode) -> Result<PathBuf, String> {
    let path = source.as_str().strip_prefix("file://").ok_or_else(|| {
        format!(
            "only files can be loaded, and {source} is none: download it, and LOAD <file:///its/path> or use viite import"
        )
    })?;
    let path = path.strip_prefix("localhost").unwrap_or(path);
    if !path.starts_with('/') {
        return Err(format!("{source} names another machine: write file:///its/path"));
    }
    Ok(PathBuf::from(percent_decoded(path).into_owned()))
}

fn percent_decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return text.into();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let decoded = (*first == b'%')
            .then(|| std::str::from_utf8(tail.get(..2)?).ok())
            .flatten()
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(decoded.unwrap_or(*first));
        rest = if decoded.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned().into()
}

/// Blank nodes of INSERT DATA are new ones, even when the data has one of the same label.
fn with_fresh_blank_nodes(quad: spargebra::term::Quad, fresh: &mut FxHashMap<BlankNode, BlankNode>) -> Quad {
    let mut renamed = |node: BlankNode| fresh.entry(node).or_default().clone();
    Quad {
        subject: match quad.subject {
            NamedOrBlankNode::BlankNode(node) => renamed(node).into(),
            subject => subject,
        },
        predicate: quad.predicate,
        object: match quad.object {
            Term::BlankNode(node) => renamed(node).into(),
            object => object,
        },
        graph_name: graph_name(&quad.graph_name),
    }
}

fn ground(quad: GroundQuad) -> Quad {
    Quad {
        subject: quad.subject.into(),
        predicate: quad.predicate,
        object: match quad.object {
            GroundTerm::NamedNode(node) => node.into(),
            GroundTerm::Literal(literal) => literal.into(),
        },
        graph_name: graph_name(&quad.graph_name),
    }
}

fn graph_name(name: &spargebra::term::GraphName) -> GraphName {
    match name {
        spargebra::term::GraphName::NamedNode(node) => node.clone().into(),
        spargebra::term::GraphName::DefaultGraph => GraphName::DefaultGraph,
    }
}

/// Enough of an operation to recognise it.
fn first_words(operation: &str) -> String {
    let line = operation.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
