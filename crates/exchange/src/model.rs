//! An architecture description as the file has it, whatever its syntax.
//!
//! The names are those of the ArchiMate model exchange file format (The Open Group, C174).

use crate::Place;
use oxrdf::NamedNode;
use std::borrow::Cow;

/// A text in the languages in which the file gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts(pub Vec<(Option<String>, String)>);

impl Texts {
    /// One text whose language the file does not say.
    pub fn plain(text: impl Into<String>) -> Self {
        Self(vec![(None, text.into())])
    }

    /// The first text.
    pub fn first(&self) -> Option<&str> {
        self.0.first().map(|(_, text)| text.as_str())
    }

    /// Every text with its language tag.
    pub fn iter(&self) -> impl Iterator<Item = (Option<&str>, &str)> {
        self.0.iter().map(|(language, text)| (language.as_deref(), text.as_str()))
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A key and its value, of a model, an element, a relationship or a view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// The names of the key: one, or one per language.
    pub keys: Vec<String>,
    /// The value.
    pub value: Texts,
    /// Where it stands.
    pub place: Place,
}

/// What elements, relationships and views have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Referenceable {
    /// The identifier, normalised: see `docs/decisions/imports.md`.
    pub id: String,
    /// The identifier as the file has it; empty when the file gives none.
    pub source_id: String,
    /// The names.
    pub names: Texts,
    /// The documentation.
    pub documentation: Texts,
    /// The properties.
    pub properties: Vec<Property>,
    /// Names of the specialisations (profiles, stereotypes) that it has.
    pub specialisations: Vec<String>,
    /// Index into [`Description::folders`].
    pub folder: Option<usize>,
    /// Where it begins.
    pub place: Place,
    /// False for what the file only names, as the other end of something that it describes.
    pub described: bool,
}

impl Referenceable {
    /// Something that so far has only an identifier and a place.
    pub fn new(source_id: &str, place: Place) -> Self {
        Self {
            id: source_id.to_owned(),
            source_id: source_id.to_owned(),
            names: Texts::default(),
            documentation: Texts::default(),
            properties: Vec::new(),
            specialisations: Vec::new(),
            folder: None,
            place,
            described: true,
        }
    }
}

/// A concept of ArchiMate, or a name that ArchiMate does not know.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ConceptType {
    /// The name: `BusinessActor`, `Flow`.
    pub name: Cow<'static, str>,
    /// Whether ArchiMate 3.2 has it.
    pub known: bool,
}

impl ConceptType {
    /// Of something that ArchiMate has no concept for.
    pub const NONE: Self = Self { name: Cow::Borrowed(""), known: false };
}

/// How a junction joins its relationships.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Junction {
    /// All of them.
    And,
    /// At least one of them.
    Or,
}

/// An element, or a junction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// Identifier, names, properties.
    pub about: Referenceable,
    /// Its type.
    pub concept: ConceptType,
    /// The class of Viite's vocabulary that the file itself says, as our workbook does.
    pub class: Option<NamedNode>,
    /// Set when it is a junction.
    pub junction: Option<Junction>,
}

/// What an access relationship does to its object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Access {
    /// Unspecified.
    Access,
    /// Reads.
    Read,
    /// Writes.
    Write,
    /// Both.
    ReadWrite,
}

impl Access {
    /// The word that the ArchiMate ontology writes.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Read => "read",
            Self::Write => "write",
            Self::ReadWrite => "readWrite",
        }
    }
}

/// One end of a relationship: an element, or another relationship.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// The normalised identifier.
    pub id: String,
    /// Whether the file has something with that identifier.
    pub known: bool,
}

/// A relationship between two elements or relationships.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relationship {
    /// Identifier, names, properties.
    pub about: Referenceable,
    /// Its type.
    pub concept: ConceptType,
    /// Where it starts.
    pub source: End,
    /// Where it leads.
    pub target: End,
    /// Of an access relationship.
    pub access: Option<Access>,
    /// Of an influence relationship: `+`, `--`.
    pub modifier: Option<String>,
    /// Of an association.
    pub directed: Option<bool>,
}

/// A box in a view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Node {
    /// What lines of the view name it by.
    pub id: String,
    /// The element that it shows.
    pub element: Option<String>,
    /// Index of the box that it stands in, within the view.
    pub parent: Option<usize>,
    /// Left, top, width and height in the view; none where the file does not tell.
    pub bounds: Option<[i32; 4]>,
    /// What stands in it, of a group or a note.
    pub label: Option<String>,
    /// The colour that the architect gave it: red, green, blue.
    pub fill: Option<[u8; 3]>,
}

/// A line in a view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Connection {
    /// The relationship that it shows.
    pub relationship: Option<String>,
    /// The box that it starts from, as [`Node::id`].
    pub source: String,
    /// The box that it leads to.
    pub target: String,
    /// Where it bends, in the view.
    pub bends: Vec<[i32; 2]>,
}

/// A view (diagram).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Identifier, names, properties.
    pub about: Referenceable,
    /// The viewpoint's name.
    pub viewpoint: Option<String>,
    /// Its boxes, an outer one before the inner ones.
    pub nodes: Vec<Node>,
    /// The relationships that its lines show.
    pub relationships: Vec<String>,
    /// Its lines.
    pub connections: Vec<Connection>,
    /// Free notes on it.
    pub notes: Vec<String>,
    /// Other views that it leads to.
    pub references: Vec<String>,
}

/// A whole description.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Description {
    /// The model's names.
    pub names: Texts,
    /// The model's documentation or purpose.
    pub documentation: Texts,
    /// The model's properties.
    pub properties: Vec<Property>,
    /// Elements and junctions, in the order of the file.
    pub elements: Vec<Element>,
    /// Relationships, in the order of the file.
    pub relationships: Vec<Relationship>,
    /// Views, in the order of the file.
    pub views: Vec<View>,
    /// Folders by path: `Business / Processes`.
    pub folders: Vec<String>,
}
