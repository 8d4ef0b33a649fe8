//! Writes what the repository holds of a region in the formats of other tools.

mod carried;
mod describe;
mod open_exchange;
mod said;
mod tables;

use crate::loss::{At, Loss, LossReport};
use crate::mapping::Mapping;
use crate::notes::writing as notes;
use crate::table::formula;
use crate::workbook::{Workbook, header};
use crate::{Import, Limits, ReadError, ReadOptions, read, read_tables};
use oxrdf::{NamedNode, Triple};
use rustc_hash::FxHashMap;
use viite_model::{Language, Names};

/// What facts are written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Archimate,
    Tables,
}

/// What a writer needs to know besides the facts.
pub struct WriteOptions<'a> {
    /// Made the IRIs.
    pub names: &'a Names,
    /// The code of the region.
    pub region: &'a str,
    /// The language of keys, and of texts that have none.
    pub language: Language,
    /// The name of the model.
    pub title: &'a str,
    /// By which the facts were made, and will be read again.
    pub mapping: &'a Mapping,
    /// What a thing outside the region is called.
    pub label: &'a dyn Fn(&NamedNode) -> Option<String>,
}

impl<'a> WriteOptions<'a> {
    /// How the same facts are read.
    fn reading(&self) -> ReadOptions<'a> {
        ReadOptions {
            mapping: self.mapping,
            language: Some(self.language),
            ..ReadOptions::new(self.names, self.region)
        }
    }
}

/// Writes facts as an ArchiMate model exchange file 3.1 (The Open Group, C19C), with what it cannot carry.
///
/// Elements, relationships, their properties, folders and views come back as the same facts when the file is read
/// with the same mapping; what relationships say by themselves is not said again by properties. What does not come back
/// is told by reading the file again, so it is never less than the truth.
///
/// # Errors
/// A text that holds a character which XML cannot carry is written without it, so only memory can fail.
///
/// ```
/// use viite_exchange::{Mapping, ReadOptions, WriteOptions, read, write_open_exchange};
/// use viite_model::{Language, Names};
/// let names = Names::new("https://example.org/ea/")?;
/// let read_in = |text: &str| read("a.csv", text.as_bytes(), &ReadOptions::new(&names, "05"));
/// let facts = read_in("id;nimi;tyyppi;omistaja\na;Effica;tietojärjestelmä;Terveys\n")?.triples;
/// let options = WriteOptions { names: &names, region: "05", language: Language::Fi, title: "Malli",
///     mapping: Mapping::archimate(), label: &|_| None };
/// let (xml, losses) = write_open_exchange(&facts, &options)?;
/// assert!(xml.contains(">Effica<") && losses.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write_open_exchange(facts: &[Triple], options: &WriteOptions<'_>) -> std::io::Result<(String, Vec<Loss>)> {
    let mut losses = LossReport::new(options.title, Limits::default().losses);
    let description = describe::describe(facts, options, &mut losses);
    let (xml, written) = open_exchange::write(&description, options, &mut losses)?;
    tell(
        facts,
        read("export.xml", xml.as_bytes(), &options.reading()),
        &written,
        Form::Archimate,
        options,
        &mut losses,
    );
    Ok((xml, losses.into_losses()))
}

/// Writes facts as the workbook that `viite template` writes and [`read`] knows, with what it does not bring back.
///
/// What is not carried is told by reading the workbook again, so it is never less than the truth.
///
/// # Errors
/// More rows than a sheet takes.
pub fn write_workbook(
    facts: &[Triple],
    options: &WriteOptions<'_>,
) -> Result<(Vec<u8>, Vec<Loss>), rust_xlsxwriter::XlsxError> {
    let tables = tables::fill(facts, options);
    let rows = |sheet: &crate::workbook::Sheet| {
        let table = tables.iter().find(|table| table.sheet.id == sheet.id);
        Some(table.map(|table| table.rows.clone()).unwrap_or_default())
    };
    let bytes = Workbook::description().write(options.language, rows)?;
    let losses = told(facts, options, read("export.xlsx", &bytes, &options.reading()));
    Ok((bytes, losses))
}

/// A table's file name and its text.
pub type CsvFile = (String, Vec<u8>);

/// Writes facts as CSV tables, one for every sheet of the workbook that has rows, with what they do not bring back.
///
/// They are RFC 4180 in UTF-8 with a byte order mark, which Excel needs. What a spreadsheet would run as a formula
/// has an apostrophe before it, which [`read_tables`] takes away.
///
/// # Errors
/// Only memory can fail.
///
/// ```
/// use viite_exchange::{Mapping, ReadOptions, WriteOptions, read, write_tables};
/// use viite_model::{Language, Names};
/// let names = Names::new("https://example.org/ea/")?;
/// let table = "id;nimi;omistaja\na;Effica;'=Terveys\n";
/// let facts = read("systems.csv", table.as_bytes(), &ReadOptions::new(&names, "05"))?.triples;
/// let options = WriteOptions { names: &names, region: "05", language: Language::Fi, title: "Malli",
///     mapping: Mapping::archimate(), label: &|_| None };
/// let (files, losses) = write_tables(&facts, &options)?;
/// assert_eq!(files[0].0, "Tietojärjestelmät.csv");
/// assert!(String::from_utf8_lossy(&files[0].1).contains("'=Terveys"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write_tables(facts: &[Triple], options: &WriteOptions<'_>) -> std::io::Result<(Vec<CsvFile>, Vec<Loss>)> {
    let mut files = Vec::new();
    for table in tables::fill(facts, options).iter().filter(|table| !table.rows.is_empty()) {
        let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(b"\xEF\xBB\xBF".to_vec());
        csv.write_record(table.sheet.columns.iter().map(|column| header(column, options.language)))?;
        for row in &table.rows {
            csv.write_record(row.iter().map(|cell| formula::quoted(cell).into_owned()))?;
        }
        let name = table.sheet.names.get(options.language).unwrap_or(&table.sheet.id);
        files.push((format!("{name}.csv"), csv.into_inner().map_err(csv::IntoInnerError::into_error)?));
    }
    let losses = told(facts, options, read_tables("export", &files, &options.reading()));
    Ok((files, losses))
}

/// What reading tables again does not give.
fn told(facts: &[Triple], options: &WriteOptions<'_>, again: Result<Import, ReadError>) -> Vec<Loss> {
    let mut losses = LossReport::new(options.title, Limits::default().losses);
    tell(facts, again, &FxHashMap::default(), Form::Tables, options, &mut losses);
    losses.into_losses()
}

fn tell(
    facts: &[Triple],
    again: Result<Import, ReadError>,
    written: &FxHashMap<String, String>,
    form: Form,
    options: &WriteOptions<'_>,
    losses: &mut LossReport,
) {
    let again = match again {
        Ok(import) => import.triples,
        Err(_) => {
            losses.tell(At::FILE, notes::unreadable());
            Vec::new()
        }
    };
    carried::tell(facts, &carried::Again { written, facts: &again }, form, options, losses);
}
