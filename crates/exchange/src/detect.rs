//! Which format a file is in: what it holds decides, its name helps where that is not enough.

use crate::xml::{Space, Xml};
use crate::{Fault, Limits, LossReport, Place, ReadError};
use oxrdfio::RdfFormat;
use std::fmt;

/// A format that Viite reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// ArchiMate model exchange file format, 3.x or 2.1.
    OpenExchange,
    /// Archi's own file, alone or zipped with images.
    Archi,
    /// A folder of coArchi: an XML file for every element.
    Grafico,
    /// RDF in one of its syntaxes.
    Rdf(RdfFormat),
    /// Tables, one thing per row.
    Csv,
    /// Tables on the sheets of a workbook.
    Workbook,
    /// A filled matrix of responsibilities.
    Matrix,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OpenExchange => f.write_str("ArchiMate exchange"),
            Self::Archi => f.write_str("Archi"),
            Self::Grafico => f.write_str("coArchi folder"),
            Self::Rdf(format) => f.write_str(format.name()),
            Self::Csv => f.write_str("CSV"),
            Self::Workbook => f.write_str("workbook"),
            Self::Matrix => f.write_str("matrix of responsibilities"),
        }
    }
}

/// What Viite reads, as help for whoever gave it something else.
const READS: &str = "Viite reads ArchiMate exchange files (.xml), Archi files (.archimate), RDF \
                     (.ttl, .trig, .nt, .nq, .rdf, .jsonld, .n3), workbooks (.xlsx, .xls, .ods) and tables (.csv)";

/// Formats that are told by their first bytes, and what to do with them.
const BINARY: &[(&[u8], &str, &str)] = &[
    (
        b"PK\x03\x04",
        "a zip archive without a workbook or a model",
        "of an Archi model, export the exchange format: File > Export > Open Exchange XML",
    ),
    (b"%PDF", "a PDF document", READS),
    (b"\x89PNG", "an image", READS),
    (b"\xFF\xD8\xFF", "an image", READS),
    (b"GIF8", "an image", READS),
    (b"\xD0\xCF\x11\xE0", "a file of an old office program", READS),
    (b"\x1F\x8B", "a gzip archive", "unpack it first"),
    (b"SQLite format 3", "an SQLite database", READS),
];

/// Refuses what no text reader can read.
pub(crate) fn refuse_binary(file: &str, bytes: &[u8]) -> Result<(), ReadError> {
    if bytes.trim_ascii().is_empty() {
        return Err(ReadError::new(file, None, Fault::Empty, "the file is empty", "export the model again"));
    }
    for (magic, what, help) in BINARY {
        if bytes.starts_with(magic) {
            let problem = format!("this is {what}");
            return Err(ReadError::new(file, None, Fault::WrongKind, problem, *help));
        }
    }
    Ok(())
}

/// The format of a text, by its root element, else by the file's extension, else by its first words.
pub(crate) fn detect(file: &str, text: &str, limits: Limits) -> Result<Format, ReadError> {
    let extension = file.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default();
    // XML is told by its root, and .txt, which the library takes for N-Triples, may be anything.
    let rdf = RdfFormat::from_extension(&extension).filter(|format| *format != RdfFormat::RdfXml && extension != "txt");
    if let Some(format) = rdf {
        return Ok(Format::Rdf(format));
    }
    if is_table(file) {
        return Ok(Format::Csv);
    }
    let start = text.trim_start();
    if start.starts_with('<') && !looks_like_turtle(start) {
        return by_root(file, text, limits, &extension);
    }
    if matches!(extension.as_str(), "xml" | "archimate" | "rdf" | "owl") {
        return Err(ReadError::new(
            file,
            Some(Place::START),
            Fault::WrongKind,
            "the file does not begin with an XML element",
            READS,
        ));
    }
    sniff_text(start).map(Format::Rdf).ok_or_else(|| {
        ReadError::new(file, Some(Place::START), Fault::WrongKind, "the file is in no format that Viite knows", READS)
    })
}

/// Whether a file's name says that it is a table of text.
pub(crate) fn is_table(file: &str) -> bool {
    file.rsplit_once('.').is_some_and(|(_, extension)| ["csv", "tsv"].iter().any(|e| extension.eq_ignore_ascii_case(e)))
}

/// Whether a text that begins with `<` begins with an IRI and not with markup.
fn looks_like_turtle(text: &str) -> bool {
    let name: String = text[1..].chars().take_while(|c| !c.is_whitespace() && !matches!(c, '>' | '/' | '<')).collect();
    // <http://…>, <urn:…>, <#x>, but neither <a:b …> with attributes nor <?xml
    let scheme = ["http:", "https:", "urn:", "file:", "mailto:", "tag:", "did:"];
    scheme.iter().any(|scheme| name.starts_with(scheme)) || name.starts_with('#')
}

fn by_root(file: &str, text: &str, limits: Limits, extension: &str) -> Result<Format, ReadError> {
    // RDF/XML may have a document type with entities, which the reader of RDF judges.
    if matches!(extension, "rdf" | "owl") {
        return Ok(Format::Rdf(RdfFormat::RdfXml));
    }
    let mut xml = Xml::new(text, LossReport::new(file, 0), limits);
    let root = match xml.child() {
        Err(error) if error.fault == Fault::Refused && text.contains("<rdf:RDF") => {
            return Ok(Format::Rdf(RdfFormat::RdfXml));
        }
        root => root?,
    };
    let Some(root) = root else {
        return Err(ReadError::new(
            file,
            None,
            Fault::Syntax,
            "the file has no XML element",
            "it was cut off: export it again",
        ));
    };
    let (problem, help) = match (root.space, root.name.as_str()) {
        (Space::OpenExchange | Space::OpenExchange2, "model") => return Ok(Format::OpenExchange),
        (Space::Archi, "model") => return Ok(Format::Archi),
        (Space::Rdf, "RDF") => return Ok(Format::Rdf(RdfFormat::RdfXml)),
        (Space::None, "model") => (
            "the root <model> has no namespace".to_owned(),
            "an exchange file begins with <model xmlns=\"http://www.opengroup.org/xsd/archimate/3.0/\" …>",
        ),
        (_, name) => (format!("the root element <{name}> is of no format that Viite knows"), READS),
    };
    Err(ReadError::new(file, Some(root.place), Fault::WrongKind, problem, help))
}

/// Whether a text is XML in Archi's namespace.
pub(crate) fn is_part_of_archi(text: &str, limits: Limits) -> bool {
    let mut xml = Xml::new(text, LossReport::new("", 0), limits);
    matches!(xml.child(), Ok(Some(root)) if root.space == Space::Archi)
}

/// The RDF syntax of a text without a telling name.
fn sniff_text(start: &str) -> Option<RdfFormat> {
    if start.starts_with(['{', '[']) && start.contains("\"@") {
        return Some(RdfFormat::JsonLd { profile: oxrdfio::JsonLdProfileSet::empty() });
    }
    // TriG holds Turtle and N-Triples; N-Quads is told by the fourth term on its first line.
    let line = start.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'))?;
    let word = line.split_whitespace().next()?.to_ascii_lowercase();
    let turtle = matches!(word.as_str(), "@prefix" | "prefix" | "@base" | "base")
        || (word.starts_with('<') && word.ends_with('>'))
        || word.starts_with("_:");
    if !turtle {
        return None;
    }
    Some(if fourth_term(line) { RdfFormat::NQuads } else { RdfFormat::TriG })
}

/// Whether a line of N-Triples or N-Quads has a graph name before its stop.
fn fourth_term(line: &str) -> bool {
    oxrdfio::RdfParser::from_format(RdfFormat::NQuads)
        .for_slice(line)
        .next()
        .is_some_and(|quad| quad.is_ok_and(|quad| !quad.graph_name.is_default_graph()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format(file: &str, text: &str) -> Format {
        detect(file, text, Limits::default()).unwrap()
    }

    #[test]
    fn the_root_element_decides_not_the_name() {
        let archi = "<a:model xmlns:a='http://www.archimatetool.com/archimate'/>";
        assert_eq!(format("x.xml", archi), Format::Archi);
        let exchange = "<m:model xmlns:m='http://www.opengroup.org/xsd/archimate/3.0/'/>";
        assert_eq!(format("x.archimate", exchange), Format::OpenExchange);
        let rdf = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>";
        assert_eq!(format("x.xml", rdf), Format::Rdf(RdfFormat::RdfXml));
    }

    #[test]
    fn rdf_without_a_telling_name_is_told_by_its_words() {
        assert_eq!(format("x", "@prefix a: <b:> ."), Format::Rdf(RdfFormat::TriG));
        assert_eq!(format("x.txt", "<http://a/s> <http://a/p> \"o\" <http://a/g> ."), Format::Rdf(RdfFormat::NQuads));
        assert_eq!(format("x.txt", "<http://a/s> <http://a/p> <http://a/o> ."), Format::Rdf(RdfFormat::TriG));
        assert!(matches!(format("x", "{\"@id\": \"http://a/s\"}"), Format::Rdf(RdfFormat::JsonLd { .. })));
    }

    #[test]
    fn other_kinds_of_file_are_named() {
        for (file, text, words) in [
            ("x.xml", "<html><body/></html>", "<html>"),
            ("x.xml", "<model/>", "no namespace"),
            ("x.xml", "hello", "does not begin with"),
            ("x.txt", "a;b;c", "no format"),
            ("x.xml", "<!-- only -->", "no XML element"),
        ] {
            let error = detect(file, text, Limits::default()).unwrap_err();
            assert!(error.to_string().contains(words), "{error}");
        }
        assert!(refuse_binary("x.xlsx", b"PK\x03\x04...").is_err());
        assert_eq!(refuse_binary("x", b" \n").unwrap_err().fault, Fault::Empty);
    }
}
