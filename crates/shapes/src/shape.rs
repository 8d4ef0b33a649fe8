//! Shapes as read: targets, constraints and what the results are to say.

use crate::{Path, ShapesError};
use oxrdf::{Literal, NamedNode, Term};

/// The place of a shape in its [`Shapes`].
pub(crate) type ShapeId = usize;

/// A set of shapes, ready to validate with.
///
/// ```
/// use viite_shapes::Shapes;
/// let turtle = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <http://example.org/> .
///     :S a sh:NodeShape ; sh:targetClass :System ; sh:property [ sh:path :owner ; sh:minCount 1 ] .";
/// assert_eq!(Shapes::parse("shapes.ttl", turtle)?.len(), 2);
///
/// let wrong = turtle.replace("sh:minCount 1", "sh:minCount \"one\"");
/// let error = Shapes::parse("shapes.ttl", &wrong).unwrap_err().to_string();
/// assert!(error.starts_with("shapes.ttl: shape <http://example.org/S>: sh:minCount"), "{error}");
/// # Ok::<(), viite_shapes::ShapesError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Shapes {
    pub(crate) shapes: Vec<Shape>,
    /// Those that have a target.
    pub(crate) roots: Vec<ShapeId>,
    pub(crate) notes: Vec<String>,
}

impl Shapes {
    /// Reads shapes in Turtle. `file` is what errors call it.
    ///
    /// # Errors
    /// The text is not Turtle, or a shape breaks a syntax rule of SHACL.
    pub fn parse(file: &str, turtle: &str) -> Result<Self, ShapesError> {
        crate::parse::parse(file, turtle)
    }

    /// Reads shapes from several files as one graph, so that they may refer to each other.
    ///
    /// # Errors
    /// A text is not Turtle, or a shape breaks a syntax rule of SHACL.
    pub fn parse_all<'t>(files: impl IntoIterator<Item = (&'t str, &'t str)>) -> Result<Self, ShapesError> {
        crate::parse::parse_all(files)
    }

    /// How many shapes there are, parts of shapes included.
    pub fn len(&self) -> usize {
        self.shapes.len()
    }

    /// Whether there is no shape.
    pub fn is_empty(&self) -> bool {
        self.shapes.is_empty()
    }

    /// What the files ask that SHACL Core has not, and that therefore is not checked, such as `sh:sparql`.
    /// Whoever shows results has to show these beside them.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }
}

/// A node shape or a property shape.
#[derive(Debug, Clone)]
pub(crate) struct Shape {
    pub(crate) node: Term,
    /// A property shape's path.
    pub(crate) path: Option<Path>,
    pub(crate) targets: Vec<Target>,
    pub(crate) constraints: Vec<Constraint>,
    pub(crate) severity: NamedNode,
    pub(crate) messages: Vec<Literal>,
    /// `sh:name` or `rdfs:label`
    pub(crate) names: Vec<Literal>,
    pub(crate) deactivated: bool,
}

/// What a shape is about.
#[derive(Debug, Clone)]
pub(crate) enum Target {
    Node(Term),
    /// Instances of a class, those of its subclasses included.
    Class(NamedNode),
    SubjectsOf(NamedNode),
    ObjectsOf(NamedNode),
}

/// One constraint of SHACL Core, with its parameters.
#[derive(Debug, Clone)]
pub(crate) enum Constraint {
    Class(Term),
    Datatype(NamedNode),
    NodeKind(NodeKind),
    MinCount(u64),
    MaxCount(u64),
    /// The values stand thus to a bound.
    Range(Bound, Literal),
    MinLength(u64),
    MaxLength(u64),
    Pattern(regex::Regex, String),
    LanguageIn(Vec<String>),
    UniqueLang,
    Equals(NamedNode),
    Disjoint(NamedNode),
    LessThan(NamedNode),
    LessThanOrEquals(NamedNode),
    Not(ShapeId),
    And(Vec<ShapeId>),
    Or(Vec<ShapeId>),
    Xone(Vec<ShapeId>),
    Node(ShapeId),
    Property(ShapeId),
    Qualified(Box<Qualified>),
    /// The properties that a node may have besides.
    Closed(Vec<NamedNode>),
    HasValue(Term),
    In(Vec<Term>),
}

/// How many values have to conform to a shape.
#[derive(Debug, Clone)]
pub(crate) struct Qualified {
    pub(crate) shape: ShapeId,
    pub(crate) min: Option<u64>,
    pub(crate) max: Option<u64>,
    /// Shapes of sibling properties: a value that conforms to one of them does not count.
    pub(crate) siblings: Vec<ShapeId>,
}

/// How a value stands to a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    MinExclusive,
    MinInclusive,
    MaxExclusive,
    MaxInclusive,
}

/// What kinds of node `sh:nodeKind` allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NodeKind {
    pub(crate) iri: bool,
    pub(crate) blank: bool,
    pub(crate) literal: bool,
}

impl NodeKind {
    pub(crate) fn allows(self, term: &Term) -> bool {
        match term {
            Term::NamedNode(_) => self.iri,
            Term::BlankNode(_) => self.blank,
            Term::Literal(_) => self.literal,
        }
    }
}

impl Constraint {
    /// The local name of the constraint component; that of `sh:qualifiedMinCount` for both qualified counts.
    pub(crate) fn component(&self) -> &'static str {
        match self {
            Self::Class(_) => "Class",
            Self::Datatype(_) => "Datatype",
            Self::NodeKind(_) => "NodeKind",
            Self::MinCount(_) => "MinCount",
            Self::MaxCount(_) => "MaxCount",
            Self::Range(Bound::MinExclusive, _) => "MinExclusive",
            Self::Range(Bound::MinInclusive, _) => "MinInclusive",
            Self::Range(Bound::MaxExclusive, _) => "MaxExclusive",
            Self::Range(Bound::MaxInclusive, _) => "MaxInclusive",
            Self::MinLength(_) => "MinLength",
            Self::MaxLength(_) => "MaxLength",
            Self::Pattern(..) => "Pattern",
            Self::LanguageIn(_) => "LanguageIn",
            Self::UniqueLang => "UniqueLang",
            Self::Equals(_) => "Equals",
            Self::Disjoint(_) => "Disjoint",
            Self::LessThan(_) => "LessThan",
            Self::LessThanOrEquals(_) => "LessThanOrEquals",
            Self::Not(_) => "Not",
            Self::And(_) => "And",
            Self::Or(_) => "Or",
            Self::Xone(_) => "Xone",
            Self::Node(_) => "Node",
            Self::Property(_) => "Property",
            Self::Qualified(_) => "QualifiedMinCount",
            Self::Closed(_) => "Closed",
            Self::HasValue(_) => "HasValue",
            Self::In(_) => "In",
        }
    }
}
