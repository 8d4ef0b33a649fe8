//! The one entry: a file's name and bytes in, facts and a loss report out.

use crate::mapping::{self, Context, Mapping};
use crate::model::Description;
use crate::{Fault, Format, Limits, Loss, LossReport, ReadError, archimate, detect, encoding, rdf, table};
use oxrdf::{NamedNode, Term, Triple};
use std::borrow::Cow;
use viite_model::{Language, Names, State, ns};

/// What a reader needs to know besides the file.
#[derive(Clone, Debug)]
pub struct ReadOptions<'a> {
    /// Makes the IRIs.
    pub names: &'a Names,
    /// The code of the region that the file describes.
    pub region: &'a str,
    /// The state that the file describes.
    pub state: State,
    /// The language of texts whose language the file does not say; none leaves them without.
    pub language: Option<Language>,
    /// What concepts become.
    pub mapping: &'a Mapping,
    /// How large a file may be.
    pub limits: Limits,
}

impl<'a> ReadOptions<'a> {
    /// Options for the present state of a region, with the default mapping and limits.
    pub fn new(names: &'a Names, region: &'a str) -> Self {
        Self {
            names,
            region,
            state: State::Current,
            language: None,
            mapping: Mapping::archimate(),
            limits: Limits::default(),
        }
    }

    fn graph(&self, name: &str) -> NamedNode {
        self.names.description(self.region, self.state, name)
    }

    fn context<'c>(&'c self, file: &'c str, graph: &'c NamedNode) -> Context<'c> {
        Context { names: self.names, region: self.region, file, graph, language: self.language, mapping: self.mapping }
    }
}

/// What a file says.
#[derive(Clone, Debug)]
pub struct Import {
    /// The format that the file is in.
    pub format: Format,
    /// Elements and junctions; of RDF, subjects that have a class.
    pub elements: u64,
    /// Relationships; of RDF, triples between two such subjects.
    pub relationships: u64,
    /// Properties of the model, its elements, relationships and views; of RDF, triples with a literal.
    pub properties: u64,
    /// Views.
    pub views: u64,
    /// The facts, sorted, every one once. The same file gives the same facts.
    pub triples: Vec<Triple>,
    /// What was left out, mended, or left in the words of ArchiMate.
    pub losses: Vec<Loss>,
}

/// Reads a file in any format that Viite knows.
///
/// ```
/// use viite_exchange::{ReadOptions, read};
/// use viite_model::Names;
/// let names = Names::new("https://example.org/ea/").unwrap();
/// let file = r#"<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/"
///     xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" identifier="m"><elements>
///   <element identifier="id-1" xsi:type="ApplicationComponent"><name xml:lang="fi">Ajanvaraus</name></element>
/// </elements></model>"#;
/// let import = read("a.xml", file.as_bytes(), &ReadOptions::new(&names, "05")).unwrap();
/// assert_eq!(import.elements, 1);
/// assert!(import.triples.iter().any(|t| t.to_string()
///     == "<https://example.org/ea/region/05/1> <http://www.w3.org/2000/01/rdf-schema#label> \"Ajanvaraus\"@fi"));
/// ```
///
/// # Errors
/// A file that is empty, of another kind, in an unknown encoding, not well-formed, cut off, harmful or
/// beyond the limits. The error says where and what to do; nothing of the file is given.
pub fn read(file_name: &str, bytes: &[u8], options: &ReadOptions<'_>) -> Result<Import, ReadError> {
    let limits = &options.limits;
    let mut losses = LossReport::new(file_name, limits.losses);
    let text = text(file_name, bytes, limits, &mut losses)?;
    let format = detect::detect(file_name, &text, *limits)?;
    let graph = options.graph(file_name);
    let (description, losses) = match format {
        Format::OpenExchange => archimate::open_exchange::read(&text, losses, *limits)?,
        Format::Archi => archimate::archi::read(&text, losses, *limits)?,
        Format::Csv => table::read(&[(file_name, text.as_ref())], losses, *limits)?,
        Format::Rdf(syntax) => {
            let context = options.context(file_name, &graph);
            let mut graph = rdf::read(&text, syntax, context, limits, &mut losses)?;
            if graph.triples.is_empty() {
                return Err(states_nothing(file_name));
            }
            both_ways(&mut graph.triples);
            return Ok(Import {
                format,
                elements: graph.things,
                relationships: graph.relations,
                properties: graph.values,
                views: 0,
                triples: graph.triples,
                losses: losses.into_losses(),
            });
        }
    };
    map(file_name, format, &description, options, losses)
}

/// Reads a set of CSV tables as one description: rows of one table may name things of another.
///
/// # Errors
/// As [`read`], for the first table that cannot be read; and a set without tables.
pub fn read_tables(set: &str, tables: &[(String, Vec<u8>)], options: &ReadOptions<'_>) -> Result<Import, ReadError> {
    if tables.is_empty() {
        let problem = "there is no CSV table in it";
        return Err(ReadError::new(set, None, Fault::Empty, problem, "put the tables (.csv) of the description there"));
    }
    let mut losses = LossReport::new(set, options.limits.losses);
    let texts = tables
        .iter()
        .map(|(name, bytes)| Ok((name.as_str(), text(name, bytes, &options.limits, &mut losses)?)))
        .collect::<Result<Vec<_>, ReadError>>()?;
    let texts = texts.iter().map(|(name, text)| (*name, text.as_ref())).collect::<Vec<_>>();
    let (description, losses) = table::read(&texts, losses, options.limits)?;
    map(set, Format::Csv, &description, options, losses)
}

/// A file's text, unless it is of a kind or size that no reader takes.
fn text<'b>(
    file_name: &str,
    bytes: &'b [u8],
    limits: &Limits,
    losses: &mut LossReport,
) -> Result<Cow<'b, str>, ReadError> {
    detect::refuse_binary(file_name, bytes)?;
    if bytes.len() > limits.bytes {
        return Err(ReadError::new(
            file_name,
            None,
            Fault::TooLarge,
            format!("the file has more than {} bytes", limits.bytes),
            "split it, and import the part that concerns the region",
        ));
    }
    let decoded = encoding::decode(file_name, bytes)?;
    if let Some(mended) = decoded.mended {
        losses.mended(crate::Place::START, mended, "it is read as UTF-8");
    }
    Ok(decoded.text)
}

fn states_nothing(name: &str) -> ReadError {
    ReadError::new(
        name,
        None,
        Fault::Empty,
        "it could be read, but it describes nothing",
        "look whether it is the right file, and export the model again",
    )
}

/// Gives the facts of a description that was read.
fn map(
    name: &str,
    format: Format,
    description: &Description,
    options: &ReadOptions<'_>,
    mut losses: LossReport,
) -> Result<Import, ReadError> {
    let limits = &options.limits;
    if description.elements.is_empty() && description.relationships.is_empty() && description.views.is_empty() {
        return Err(states_nothing(name));
    }
    let properties = description
        .elements
        .iter()
        .map(|element| &element.about)
        .chain(description.relationships.iter().map(|r| &r.about))
        .chain(description.views.iter().map(|view| &view.about))
        .map(|about| about.properties.len())
        .sum::<usize>()
        + description.properties.len();
    let graph = options.graph(name);
    let facts = mapping::apply(description, options.context(name, &graph), limits, &mut losses);
    let mut triples = facts.finish().ok_or_else(|| {
        ReadError::new(
            name,
            None,
            Fault::TooLarge,
            format!("the model gives more than {} facts", limits.triples),
            "split it, and import the part that concerns the region",
        )
    })?;
    both_ways(&mut triples);
    let described = description.elements.iter().filter(|element| element.about.described).count();
    Ok(Import {
        format,
        elements: described as u64, // counts of things in memory fit
        relationships: description.relationships.len() as u64,
        properties: properties as u64,
        views: description.views.len() as u64,
        triples,
        losses: losses.into_losses(),
    })
}

/// Whoever says that a thing integrates with another says so of both.
fn both_ways(triples: &mut Vec<Triple>) {
    let back: Vec<Triple> = triples
        .iter()
        .filter(|triple| triple.predicate.as_str().strip_prefix(ns::VIITE) == Some("integratesWith"))
        .filter_map(|triple| match &triple.object {
            Term::NamedNode(object) => {
                Some(Triple::new(object.clone(), triple.predicate.clone(), triple.subject.clone()))
            }
            _ => None,
        })
        .collect();
    if !back.is_empty() {
        triples.extend(back);
        mapping::sort(triples);
    }
}
