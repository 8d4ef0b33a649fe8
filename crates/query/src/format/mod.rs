//! Writing answers.

mod rdf;
mod solutions;
mod table;

pub use table::write_table;

use crate::error::QueryError;
use crate::run::Answer;
use sparesults::QueryResultsFormat;
use std::fmt;
use std::io::Write;
use std::str::FromStr;

/// A form in which an answer can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Columns for people, IRIs shortened; graphs as Turtle.
    Table,
    /// [SPARQL 1.1 CSV](https://www.w3.org/TR/sparql11-results-csv-tsv/): values only.
    Csv,
    /// [SPARQL 1.1 TSV](https://www.w3.org/TR/sparql11-results-csv-tsv/): terms as Turtle writes them.
    Tsv,
    /// [SPARQL 1.1 JSON](https://www.w3.org/TR/sparql11-results-json/); graphs as JSON-LD.
    Json,
    /// [SPARQL XML](https://www.w3.org/TR/rdf-sparql-XMLres/); graphs as RDF/XML.
    Xml,
    /// [Turtle](https://www.w3.org/TR/turtle/)
    Turtle,
    /// [N-Triples](https://www.w3.org/TR/n-triples/)
    NTriples,
    /// [TriG](https://www.w3.org/TR/trig/)
    TriG,
    /// [N-Quads](https://www.w3.org/TR/n-quads/)
    NQuads,
}

impl Format {
    /// All of them, those for solutions first.
    pub const ALL: [Self; 9] = [
        Self::Table,
        Self::Csv,
        Self::Tsv,
        Self::Json,
        Self::Xml,
        Self::Turtle,
        Self::NTriples,
        Self::TriG,
        Self::NQuads,
    ];

    /// The name that people write: `table`, `csv`, `tsv`, `json`, `xml`, `turtle`, `ntriples`,
    /// `trig`, `nquads`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Json => "json",
            Self::Xml => "xml",
            Self::Turtle => "turtle",
            Self::NTriples => "ntriples",
            Self::TriG => "trig",
            Self::NQuads => "nquads",
        }
    }

    /// The format of SPARQL results, if it is one.
    const fn of_results(self) -> Option<QueryResultsFormat> {
        match self {
            Self::Csv => Some(QueryResultsFormat::Csv),
            Self::Tsv => Some(QueryResultsFormat::Tsv),
            Self::Json => Some(QueryResultsFormat::Json),
            Self::Xml => Some(QueryResultsFormat::Xml),
            _ => None,
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = QueryError;

    /// Reads a name, or the usual ending of a file in the format.
    fn from_str(name: &str) -> Result<Self, QueryError> {
        let lower = name.to_ascii_lowercase();
        Ok(match lower.as_str() {
            "txt" => Self::Table,
            "srj" | "jsonld" => Self::Json,
            "srx" | "rdf" | "rdfxml" => Self::Xml,
            "ttl" => Self::Turtle,
            "nt" | "n-triples" => Self::NTriples,
            "nq" | "n-quads" => Self::NQuads,
            _ => Self::ALL
                .into_iter()
                .find(|format| format.name() == lower)
                .ok_or_else(|| QueryError::UnknownFormat { name: name.to_owned(), known: names(Self::ALL) })?,
        })
    }
}

fn names(formats: impl IntoIterator<Item = Format>) -> String {
    formats.into_iter().map(Format::name).collect::<Vec<_>>().join(", ")
}

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// Solutions or triples; 1 for a yes or no.
    pub rows: usize,
    /// Whether the limit cut more off.
    pub truncated: bool,
}

/// Writes an answer to the end, as its solutions are found.
///
/// # Errors
/// [`QueryError::Format`] when the format cannot hold such an answer; what the query fails with on
/// the way (what was written by then is incomplete); the writer's errors.
///
/// ```
/// use viite_query::{Format, QueryOptions, format, prepare};
/// use viite_store::Snapshot;
///
/// let snapshot = Snapshot::from_quads(Vec::<oxrdf::Quad>::new())?;
/// let answer = prepare("SELECT (1 + 1 AS ?two) {}")?.run(&snapshot, &QueryOptions::default())?;
/// let mut csv = Vec::new();
/// format::write(answer, Format::Csv, &mut csv)?;
/// assert_eq!(csv, b"two\r\n2\r\n");
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
pub fn write(answer: Answer<'_>, format: Format, writer: impl Write) -> Result<Written, QueryError> {
    match answer {
        Answer::Boolean(value) => solutions::write_boolean(value, format, writer),
        Answer::Solutions(rows) if format == Format::Table => write_table(rows, None, writer),
        Answer::Solutions(rows) => match format.of_results() {
            Some(results) => solutions::write(rows, results, writer),
            None => Err(cannot_hold(format, "solutions", |f| f == Format::Table || f.of_results().is_some())),
        },
        Answer::Graph(triples) => match rdf::of(format) {
            Some(rdf) => rdf::write(triples, rdf, writer),
            None => Err(cannot_hold(format, "a graph", |f| rdf::of(f).is_some())),
        },
    }
}

fn cannot_hold(format: Format, answer: &'static str, possible: impl Fn(Format) -> bool) -> QueryError {
    QueryError::Format {
        format: format.name(),
        answer,
        possible: names(Format::ALL.into_iter().filter(|f| possible(*f))),
    }
}
