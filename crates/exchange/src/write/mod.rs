//! Writes what the repository holds of a region in the formats of other tools.

mod describe;
mod open_exchange;
mod said;
mod workbook;

use crate::loss::{Loss, LossReport};
use crate::mapping::Mapping;
use crate::workbook::Workbook;
use crate::{Limits, ReadOptions};
use oxrdf::{NamedNode, Triple};
use viite_model::{Language, Names};

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

/// Fills our workbook (`viite template`) with facts, as an `.xlsx` file, with what its sheets have no place for.
///
/// The workbook reads back as the same things, with the same identifiers. What begins like a formula is written as text.
///
/// # Errors
/// What the format cannot hold, such as more rows than a sheet has.
///
/// ```
/// use viite_exchange::{Mapping, ReadOptions, WriteOptions, read, write_workbook};
/// use viite_model::{Language, Names};
/// let names = Names::new("https://example.org/ea/")?;
/// let facts = read("a.csv", b"id;nimi;tyyppi\na;Effica;tietoj\xc3\xa4rjestelm\xc3\xa4\n", &ReadOptions::new(&names, "05"))?.triples;
/// let options = WriteOptions { names: &names, region: "05", language: Language::Fi, title: "Malli",
///     mapping: Mapping::archimate(), label: &|_| None };
/// let (xlsx, losses) = write_workbook(&facts, &options)?;
/// let again = read("a.xlsx", &xlsx, &ReadOptions::new(&names, "05"))?;
/// assert!(losses.is_empty() && again.elements == 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write_workbook(
    facts: &[Triple],
    options: &WriteOptions<'_>,
) -> Result<(Vec<u8>, Vec<Loss>), rust_xlsxwriter::XlsxError> {
    let mut losses = LossReport::new(options.title, Limits::default().losses);
    let workbook = Workbook::description();
    let filled = workbook::fill(workbook, &said::Said::of(facts), options, &mut losses);
    let bytes = workbook.write(options.language, |sheet| Some(filled.rows(sheet)))?;
    Ok((bytes, losses.into_losses()))
}

/// Writes facts as an ArchiMate model exchange file 3.1 (The Open Group, C19C), with what it cannot carry.
///
/// Elements, relationships, their properties, folders and views come back as the same facts when the file is read
/// with the same mapping; what relationships say by themselves is not said again by properties.
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
    let xml = open_exchange::write(&description, options, &mut losses)?;
    Ok((xml, losses.into_losses()))
}
