//! From the content model to a file: a module for each format.

mod html;
mod markdown;
mod word;
mod workbook;
mod xml;

use crate::content::Document;
use std::{fmt, io, str::FromStr};

/// A format that a description is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One HTML file: semantic, for keyboard and screen reader, printable.
    Html,
    /// Markdown with tables, as common forges show it.
    Markdown,
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
const NAMES: [(&str, Format); 5] = [
    ("docx", Format::Word),
    ("html", Format::Html),
    ("md", Format::Markdown),
    ("xlsx", Format::Workbook),
    ("markdown", Format::Markdown),
];

/// A name that is no format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown format '{0}': it is one of docx, html, md, xlsx")]
pub struct UnknownFormat(String);

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        NAMES
            .into_iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, format)| format)
            .ok_or_else(|| UnknownFormat(name.to_owned()))
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = NAMES.into_iter().find(|(_, format)| format == self).map_or("", |(name, _)| name);
        f.write_str(name)
    }
}

/// Writes a description.
///
/// # Errors
/// When the writer refuses.
pub fn write(document: &Document, format: Format, to: impl io::Write) -> io::Result<()> {
    match format {
        Format::Html => html::write(document, to),
        Format::Markdown => markdown::write(document, to),
        Format::Word => word::write(document, to),
        Format::Workbook => workbook::write(document, to),
    }
}
