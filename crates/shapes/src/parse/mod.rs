//! Shapes from RDF (SHACL, section 2 and the syntax rules of section 4).

mod constraint;
mod node;

use crate::shape::{Shape, ShapeId, Target};
use crate::vocabulary as sh;
use crate::{Shapes, ShapesError};
use node::Reader;
use oxrdf::vocab::{rdf, rdfs};
use oxrdf::{Graph, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Term, TermRef, Triple};
use oxrdfio::{RdfFormat, RdfParser};
use std::collections::{BTreeSet, HashMap};

/// Nobody writes shapes within shapes so deeply; a file that does would overflow the stack.
const DEEPEST: usize = 100;

/// What belongs to SHACL but not to its core, or leads out of the file.
const NOT_CORE: &[&str] = &["sparql", "js", "target", "rule", "expression", "values", "shapesGraph", "entailment"];
const OWL_IMPORTS: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/2002/07/owl#imports");
const OWL_CLASS: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/2002/07/owl#Class");

pub(crate) fn parse(file: &str, turtle: &str) -> Result<Shapes, ShapesError> {
    parse_all([(file, turtle)])
}

pub(crate) fn parse_all<'t>(files: impl IntoIterator<Item = (&'t str, &'t str)>) -> Result<Shapes, ShapesError> {
    let mut graph = Graph::new();
    let mut names = Vec::new();
    for (file, turtle) in files {
        names.push(file);
        // Labels of blank nodes of one file mean nothing in another.
        let parser = RdfParser::from_format(RdfFormat::Turtle).rename_blank_nodes();
        let base = format!("file:///{}", file.trim_start_matches('/').replace(' ', "%20"));
        let parser = parser.clone().with_base_iri(base).unwrap_or(parser);
        for quad in parser.for_slice(turtle) {
            let quad = quad.map_err(|source| ShapesError::Syntax { file: file.to_owned(), source: source.into() })?;
            graph.insert(&Triple::from(quad));
        }
    }
    from_graph(&names.join(", "), &graph)
}

pub(crate) fn from_graph(file: &str, graph: &Graph) -> Result<Shapes, ShapesError> {
    let mut loader =
        Loader { reader: Reader { file, graph }, shapes: Vec::new(), known: HashMap::new(), open: Vec::new() };
    let mut roots = Vec::new();
    for subject in loader.subjects_of_shapes() {
        roots.push(loader.shape(&Term::from(subject))?);
    }
    let shapes = loader.shapes.into_iter().flatten().collect::<Vec<_>>();
    roots.retain(|root| !shapes[*root].targets.is_empty());
    Ok(Shapes { shapes, roots, notes: notes(graph) })
}

/// Reads every shape once, those that it refers to before it.
struct Loader<'a> {
    reader: Reader<'a>,
    /// Empty while a shape is being read.
    shapes: Vec<Option<Shape>>,
    known: HashMap<Term, ShapeId>,
    /// The shapes that are being read, outermost first.
    open: Vec<Term>,
}

impl Loader<'_> {
    /// Nodes that say that they are shapes, or that have a target.
    fn subjects_of_shapes(&self) -> Vec<NamedOrBlankNode> {
        let graph = self.reader.graph;
        let typed = [sh::NODE_SHAPE, sh::PROPERTY_SHAPE]
            .into_iter()
            .flat_map(|class| graph.subjects_for_predicate_object(rdf::TYPE, class));
        let targeted = [sh::TARGET_NODE, sh::TARGET_CLASS, sh::TARGET_SUBJECTS_OF, sh::TARGET_OBJECTS_OF]
            .into_iter()
            .flat_map(|predicate| graph.triples_for_predicate(predicate).map(|triple| triple.subject));
        let mut all: Vec<_> = typed.chain(targeted).map(NamedOrBlankNodeRef::into_owned).collect();
        all.sort_by_cached_key(ToString::to_string);
        all.dedup();
        all
    }

    fn shape(&mut self, node: &Term) -> Result<ShapeId, ShapesError> {
        if let Some(id) = self.known.get(node) {
            if self.shapes[*id].is_none() {
                return Err(self.reader.ill_formed(node, "it refers to itself, which SHACL leaves undefined"));
            }
            return Ok(*id);
        }
        if self.open.len() >= DEEPEST {
            return Err(self.reader.ill_formed(node, format!("it lies more than {DEEPEST} shapes deep")));
        }
        let id = self.shapes.len();
        self.shapes.push(None);
        self.known.insert(node.clone(), id);
        self.open.push(node.clone());
        let shape = self.read(node)?;
        self.open.pop();
        self.shapes[id] = Some(shape);
        Ok(id)
    }

    fn read(&mut self, node: &Term) -> Result<Shape, ShapesError> {
        let reader = self.reader;
        if matches!(node, Term::Literal(_)) {
            let outer = self.open.iter().rev().nth(1).unwrap_or(node);
            return Err(reader.ill_formed(outer, format!("{node} stands where a shape is expected")));
        }
        let path = match reader.one(node, sh::PATH)? {
            Some(path) => Some(reader.path(node, path, 0)?),
            None if reader.is_a(node, sh::PROPERTY_SHAPE) => {
                return Err(reader.ill_formed(node, "a property shape needs sh:path"));
            }
            None => None,
        };
        let severity = reader.one_iri(node, sh::SEVERITY)?.unwrap_or_else(|| sh::VIOLATION.into_owned());
        let mut names = reader.texts(node, sh::NAME)?;
        if names.is_empty() {
            names = reader.texts(node, rdfs::LABEL)?;
        }
        Ok(Shape {
            node: node.clone(),
            targets: self.targets(node)?,
            constraints: self.constraints(node, path.is_some())?,
            path,
            severity,
            messages: reader.texts(node, sh::MESSAGE)?,
            names,
            deactivated: reader.is_true(node, sh::DEACTIVATED),
        })
    }

    fn targets(&self, node: &Term) -> Result<Vec<Target>, ShapesError> {
        let reader = &self.reader;
        let mut targets: Vec<_> = reader.all(node, sh::TARGET_NODE).into_iter().map(Target::Node).collect();
        targets.extend(reader.iris(node, sh::TARGET_CLASS)?.into_iter().map(Target::Class));
        targets.extend(reader.iris(node, sh::TARGET_SUBJECTS_OF)?.into_iter().map(Target::SubjectsOf));
        targets.extend(reader.iris(node, sh::TARGET_OBJECTS_OF)?.into_iter().map(Target::ObjectsOf));
        // A shape that is a class is about its instances.
        if let Term::NamedNode(class) = node
            && [rdfs::CLASS, OWL_CLASS].into_iter().any(|kind| reader.is_a(node, kind))
        {
            targets.push(Target::Class(class.clone()));
        }
        Ok(targets)
    }
}

/// What the file asks and nobody checks.
fn notes(graph: &Graph) -> Vec<String> {
    let mut notes = BTreeSet::new();
    for triple in graph {
        if triple.predicate == OWL_IMPORTS {
            notes.insert(format!("owl:imports {} is not followed: give its file as well", triple.object));
        }
        let local = triple.predicate.as_str().strip_prefix(sh::SH).unwrap_or_default();
        if NOT_CORE.contains(&local) {
            notes.insert(format!("sh:{local} of {} is not SHACL Core and is not checked", triple.subject));
        }
        let component = |object: TermRef<'_>| object.to_string() == format!("<{}ConstraintComponent>", sh::SH);
        if triple.predicate == rdf::TYPE && component(triple.object) {
            notes.insert(format!("the constraint component {} is not SHACL Core and is not checked", triple.subject));
        }
    }
    notes.into_iter().collect()
}
