//! The one entry: a file's name and bytes in, facts and a loss report out.

use crate::loss::At;
use crate::mapping::{self, Context, Mapping, Translate, Unmapped};
use crate::model::Description;
use crate::notes::files as notes;
use crate::table::{csv_text, grid::Grid, spreadsheet};
use crate::workbook::matrix;
use crate::{Fault, Format, Limits, Loss, LossReport, ReadError, archimate, archive, detect, encoding, rdf, table};
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
    /// The day of reading, `2026-11-23`. A relationship of the current state that ended before it, or begins after it, keeps
    /// its days and says nothing of its ends. None: days make no difference.
    pub today: Option<&'a str>,
    /// What concepts become.
    pub mapping: &'a Mapping,
    /// What RDF in other words becomes; without it, RDF is taken as it is.
    pub translate: Option<&'a dyn Translate>,
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
            today: None,
            mapping: Mapping::archimate(),
            translate: None,
            limits: Limits::default(),
        }
    }

    fn graph(&self, name: &str) -> NamedNode {
        self.names.description(self.region, self.state, name)
    }

    pub(crate) fn context<'c>(&'c self, file: &'c str, graph: &'c NamedNode) -> Context<'c> {
        let today = self.today.filter(|_| self.state == State::Current);
        let Self { names, region, language, mapping, .. } = *self;
        Context { names, region, file, graph, language, mapping, today }
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
    /// What the mapping profile says nothing of.
    pub unmapped: Vec<Unmapped>,
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
    read_as(file_name, file_name, bytes, options)
}

/// Reads a file as [`read`] does, and knows its graph by another name.
///
/// # Errors
/// As [`read`].
pub fn read_as(file_name: &str, known_as: &str, bytes: &[u8], options: &ReadOptions<'_>) -> Result<Import, ReadError> {
    let limits = &options.limits;
    let mut losses = LossReport::new(file_name, limits.losses);
    if is_workbook(file_name, bytes, limits)? {
        let mut grids = spreadsheet::read(file_name, bytes, limits, &mut losses)?;
        let matrices: Vec<Grid> = grids.extract_if(.., |grid| matrix::is_matrix(grid)).collect();
        if !matrices.is_empty() {
            for grid in grids.iter().filter(|grid| !grid.rows.is_empty()) {
                losses.tell(At::FILE, notes::sheet_beside_matrix(&grid.name));
            }
            return filled(known_as, &matrices, options, losses);
        }
        let (description, losses) = table::read(file_name, grids, true, options.mapping, losses)?;
        return map(known_as, Format::Workbook, &description, options, losses);
    }
    if archive::is_zip(bytes) {
        // Archi writes a zip archive when a model has images; a folder of coArchi may be sent so too.
        let entries = archive::entries(file_name, bytes, limits, is_model_file)?;
        return read_files(known_as, entries, options);
    }
    let text = text(file_name, bytes, limits, &mut losses)?;
    let format = detect::detect(file_name, &text, *limits)?;
    let graph = options.graph(known_as);
    let (description, losses) = match format {
        Format::OpenExchange => archimate::open_exchange::read(&text, losses, *limits)?,
        Format::Archi => archimate::archi::read(&text, losses, *limits)?,
        Format::Csv => {
            let grid = csv_text::read(file_name, &text, 0, limits, &mut losses)?;
            table::read(file_name, vec![grid], false, options.mapping, losses)?
        }
        Format::Workbook | Format::Matrix | Format::Grafico => unreachable!("none is one text"),
        Format::Rdf(syntax) => {
            let context = options.context(file_name, &graph);
            let mut graph = rdf::read(&text, syntax, context, options.translate, limits, &mut losses)?;
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
                unmapped: graph.unmapped,
                losses: losses.into_losses(),
            });
        }
    };
    map(known_as, format, &description, options, losses)
}

/// Reads an ArchiMate file (exchange format or Archi's own) as it is, with the layout of its views; of another kind of
/// file nothing.
///
/// # Errors
/// As [`read`].
pub fn read_description(file_name: &str, bytes: &[u8], limits: &Limits) -> Result<Option<Description>, ReadError> {
    let mut losses = LossReport::new(file_name, limits.losses);
    if archive::is_zip(bytes) {
        // Archi writes a zip archive when a model has images.
        if is_workbook(file_name, bytes, limits)? {
            return Ok(None);
        }
        let entries = archive::entries(file_name, bytes, limits, is_model_file)?;
        return match &entries[..] {
            [(name, bytes)] if !archive::is_zip(bytes) => read_description(name, bytes, limits),
            _ => Ok(None),
        };
    }
    let text = text(file_name, bytes, limits, &mut losses)?;
    let (description, _) = match detect::detect(file_name, &text, *limits)? {
        Format::OpenExchange => archimate::open_exchange::read(&text, losses, *limits)?,
        Format::Archi => archimate::archi::read(&text, losses, *limits)?,
        _ => return Ok(None),
    };
    Ok(Some(description))
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
    let mut grids = Vec::new();
    for (name, bytes) in tables {
        let part = losses.add_file(name);
        let text = text(name, bytes, &options.limits, &mut losses)?;
        grids.push(csv_text::read(name, &text, part, &options.limits, &mut losses)?);
    }
    let (description, losses) = table::read(set, grids, false, options.mapping, losses)?;
    map(set, Format::Csv, &description, options, losses)
}

/// Reads a folder as one description, by paths (parted by `/`) and bytes: a set of CSV tables, or a folder that
/// coArchi keeps.
///
/// # Errors
/// As [`read`], for the first file that cannot be read; and a folder that holds neither.
pub fn read_files(set: &str, files: Vec<(String, Vec<u8>)>, options: &ReadOptions<'_>) -> Result<Import, ReadError> {
    let limits = &options.limits;
    let (models, tables): (Vec<_>, Vec<_>) =
        files.into_iter().filter(|(name, _)| is_model_file(name)).partition(|(name, _)| !detect::is_table(name));
    match &models[..] {
        [] => return read_tables(set, &tables, options),
        // Archi's zip archive with images has one model in it; an archive in an archive is none.
        [(_, bytes)] if !archive::is_zip(bytes) => return read(set, bytes, options),
        _ => {}
    }
    let mut losses = LossReport::new(set, limits.losses);
    for (name, _) in &tables {
        losses.tell(At::FILE, notes::table_beside_model(name));
    }
    let mut texts = Vec::with_capacity(models.len());
    for (name, bytes) in &models {
        let text = text(name, bytes, limits, &mut losses)?.into_owned();
        if detect::is_part_of_archi(&text, *limits) {
            texts.push((name.clone(), text));
        } else {
            losses.tell(At::FILE, notes::no_part_of_model(name));
        }
    }
    if texts.is_empty() {
        let help = "name the files in it that are to be imported";
        return Err(ReadError::new(set, None, Fault::WrongKind, "no file in it is part of a coArchi model", help));
    }
    texts.sort();
    let (description, losses) = archimate::grafico::read(&texts, losses, *limits)?;
    map(set, Format::Grafico, &description, options, losses)
}

/// Whether a file of a folder or an archive may be part of a description, by its name.
pub fn is_model_file(name: &str) -> bool {
    let hidden = name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    !hidden && matches!(ending.as_str(), "xml" | "archimate" | "csv" | "tsv")
}

/// What filled matrices of responsibilities say.
fn filled(
    name: &str,
    matrices: &[Grid],
    options: &ReadOptions<'_>,
    mut losses: LossReport,
) -> Result<Import, ReadError> {
    let graph = options.graph(name);
    let mut facts = mapping::Facts::new(options.limits.triples);
    let mut count = 0;
    for grid in matrices {
        count += matrix::read(grid, options.context(name, &graph), &mut facts, &mut losses);
    }
    if count == 0 {
        let problem = "nobody has filled the matrix: no cell says R, A, C or I";
        let help = "write the letters where an actor and a thing meet, and import it again";
        return Err(ReadError::new(name, None, Fault::Empty, problem, help));
    }
    let triples = facts.finish().ok_or_else(|| too_many_facts(name, &options.limits))?;
    Ok(Import {
        format: Format::Matrix,
        elements: 0,
        relationships: count,
        properties: 0,
        views: 0,
        triples,
        unmapped: Vec::new(),
        losses: losses.into_losses(),
    })
}

fn too_many_facts(name: &str, limits: &Limits) -> ReadError {
    ReadError::new(
        name,
        None,
        Fault::TooLarge,
        format!("the model gives more than {} facts", limits.triples),
        "split it, and import the part that concerns the region",
    )
}

/// The tables of a file: the sheets of a workbook, or one CSV table.
pub(crate) fn grids(
    file_name: &str,
    bytes: &[u8],
    limits: &Limits,
    losses: &mut LossReport,
) -> Result<Vec<Grid>, ReadError> {
    if is_workbook(file_name, bytes, limits)? {
        return spreadsheet::read(file_name, bytes, limits, losses);
    }
    let text = text(file_name, bytes, limits, losses)?;
    if detect::detect(file_name, &text, *limits)? != Format::Csv {
        let help = "a profile is proposed for workbooks (.xlsx, .xls, .ods) and CSV tables";
        return Err(ReadError::new(file_name, None, Fault::WrongKind, "the file holds no tables", help));
    }
    Ok(vec![csv_text::read(file_name, &text, 0, limits, losses)?])
}

fn is_workbook(file_name: &str, bytes: &[u8], limits: &Limits) -> Result<bool, ReadError> {
    let names = if archive::is_zip(bytes) && bytes.len() <= limits.bytes {
        archive::names(file_name, bytes)?
    } else {
        Vec::new()
    };
    Ok(spreadsheet::is_workbook(bytes, &names))
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
    let decoded = if detect::is_table(file_name) {
        encoding::decode_table(file_name, bytes)?
    } else {
        encoding::decode(file_name, bytes)?
    };
    if let Some(mended) = decoded.mended {
        losses.tell(crate::Place::START, mended);
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
    let (facts, unmapped) = mapping::apply(description, options.context(name, &graph), limits, &mut losses);
    let mut triples = facts.finish().ok_or_else(|| too_many_facts(name, limits))?;
    both_ways(&mut triples);
    let described = description.elements.iter().filter(|element| element.about.described).count();
    Ok(Import {
        format,
        elements: described as u64, // counts of things in memory fit
        relationships: description.relationships.len() as u64,
        properties: properties as u64,
        views: description.views.len() as u64,
        triples,
        unmapped,
        losses: losses.into_losses(),
    })
}

/// Whoever says that a thing integrates with another says so of both.
pub(crate) fn both_ways(triples: &mut Vec<Triple>) {
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
