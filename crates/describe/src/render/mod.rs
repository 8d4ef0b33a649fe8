//! From the content model to a file: a module for each format.

mod html;
mod markdown;
mod page;
#[cfg(feature = "pdf")]
mod pdf;
mod picture;
mod word;
mod workbook;

pub use word::{Template, TemplateError};

use crate::content::{Document, Figure};
use std::{fmt, io, str::FromStr};

/// A format that a description is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One HTML file: semantic, for keyboard and screen reader, printable.
    Html,
    /// Markdown with tables, as common forges show it.
    Markdown,
    /// PDF for reading by people and machines (PDF/UA-1), where the program was built with it.
    Pdf,
    /// Word.
    Word,
    /// A workbook with a sheet per table.
    Workbook,
}

impl Format {
    /// Whether people can read it on a terminal.
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Html | Self::Markdown)
    }
}

/// The formats by name; the first of a format is also the ending of its files.
const NAMES: [(&str, Format); 6] = [
    ("docx", Format::Word),
    ("html", Format::Html),
    ("md", Format::Markdown),
    ("pdf", Format::Pdf),
    ("xlsx", Format::Workbook),
    ("markdown", Format::Markdown),
];

/// Why a name gives no format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FormatError {
    /// No format is called this.
    #[error("unknown format '{0}': it is one of docx, html, md, pdf, xlsx")]
    Unknown(String),
    /// The typesetter takes minutes to build, so a program is built without it unless it is asked for.
    #[error(
        "this program was built without PDF: build it with 'cargo build --release --package viite --features pdf', \
         or write docx and save that as PDF in your word processor"
    )]
    WithoutPdf,
}

impl FromStr for Format {
    type Err = FormatError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        match NAMES.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
            Some((_, Self::Pdf)) if !cfg!(feature = "pdf") => Err(FormatError::WithoutPdf),
            Some((_, format)) => Ok(format),
            None => Err(FormatError::Unknown(name.to_owned())),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = NAMES.into_iter().find(|(_, format)| format == self).map_or("", |(name, _)| name);
        f.write_str(name)
    }
}

/// What a document is written beside and into.
#[derive(Clone, Copy, Debug, Default)]
pub struct Surroundings<'a> {
    /// The folder beside it that holds its pictures (see [`pictures`]). Only Markdown refers to one, and tells pictures
    /// in words where there is none.
    pub pictures: Option<&'a str>,
    /// The Word file that a Word document is written into.
    pub template: Option<&'a Template>,
}

/// Writes a description.
///
/// # Errors
/// When the writer refuses.
pub fn write(
    document: &Document,
    format: Format,
    surroundings: Surroundings<'_>,
    to: impl io::Write,
) -> io::Result<()> {
    match format {
        Format::Html => html::write(document, to),
        Format::Markdown => markdown::write(document, surroundings.pictures, to),
        #[cfg(feature = "pdf")]
        Format::Pdf => pdf::write(document, to),
        #[cfg(not(feature = "pdf"))]
        Format::Pdf => Err(io::Error::new(io::ErrorKind::Unsupported, FormatError::WithoutPdf)),
        Format::Word => word::write(document, surroundings.template, to),
        Format::Workbook => workbook::write(document, to),
    }
}

/// The pictures that lie beside a document of this format: their names and texts.
pub fn pictures(document: &Document, format: Format) -> Vec<(String, &str)> {
    match format {
        Format::Markdown => picture::figures(document).map(|figure| (file_name(figure), figure.svg.as_str())).collect(),
        Format::Html | Format::Pdf | Format::Word | Format::Workbook => Vec::new(),
    }
}

fn file_name(figure: &Figure) -> String {
    format!("{:02}.svg", figure.number)
}
