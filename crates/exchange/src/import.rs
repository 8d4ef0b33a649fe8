//! The one entry: a file's name and bytes in, facts and a loss report out.

use crate::mapping::{self, Context, Mapping};
use crate::{Fault, Format, Limits, Loss, LossReport, ReadError, archimate, detect, encoding, rdf};
use oxrdf::{Term, Triple};
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
    let mut losses = LossReport::new(file_name, limits.losses);
    if let Some(mended) = decoded.mended {
        losses.mended(crate::Place::START, mended, "it is read as UTF-8");
    }
    let text = decoded.text.as_ref();
    let format = detect::detect(file_name, text, *limits)?;
    let graph = options.names.description(options.region, options.state, file_name);
    let context = Context {
        names: options.names,
        region: options.region,
        file: file_name,
        graph: &graph,
        language: options.language,
        mapping: options.mapping,
    };
    let (description, mut losses) = match format {
        Format::OpenExchange => archimate::open_exchange::read(text, losses, *limits)?,
        Format::Archi => archimate::archi::read(text, losses, *limits)?,
        Format::Rdf(syntax) => {
            let mut graph = rdf::read(text, syntax, context, limits, &mut losses)?;
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
    let properties = description
        .elements
        .iter()
        .map(|element| &element.about)
        .chain(description.relationships.iter().map(|r| &r.about))
        .chain(description.views.iter().map(|view| &view.about))
        .map(|about| about.properties.len())
        .sum::<usize>()
        + description.properties.len();
    let facts = mapping::apply(&description, context, limits, &mut losses);
    let mut triples = facts.finish().ok_or_else(|| {
        ReadError::new(
            file_name,
            None,
            Fault::TooLarge,
            format!("the model gives more than {} facts", limits.triples),
            "split it, and import the part that concerns the region",
        )
    })?;
    both_ways(&mut triples);
    Ok(Import {
        format,
        elements: description.elements.len() as u64, // counts of things in memory fit
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
