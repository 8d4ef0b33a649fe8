//! The review on a terminal: the same document, in short first, long tables cut.

use super::words::words;
use std::io::{self, Write};
use viite_describe::content::{Cell, Document, Part, Section, Table};
use viite_model::Language;

pub(super) fn write(document: &Document, language: Language, rows: usize, mut to: impl Write) -> io::Result<()> {
    writeln!(to, "{}", document.title)?;
    let properties: Vec<String> =
        document.properties.iter().map(|told| format!("{}: {}", told.name.to_lowercase(), told.value.text)).collect();
    writeln!(to, "  {}", properties.join("; "))?;
    for note in &document.notes {
        writeln!(to, "  {note}")?;
    }
    for (number, chapter) in document.chapters.iter().enumerate() {
        writeln!(to, "\n{}", chapter.title)?;
        for section in &chapter.sections {
            // The first chapter is the short one.
            let rows = if number == 0 { usize::MAX } else { rows };
            write_section(section, &chapter.title, language, rows, &mut to)?;
        }
    }
    Ok(())
}

fn write_section(
    section: &Section,
    chapter: &str,
    language: Language,
    rows: usize,
    to: &mut impl Write,
) -> io::Result<()> {
    if section.title != chapter {
        writeln!(to, "  {}", section.title)?;
    }
    for part in &section.parts {
        match part {
            Part::Heading(text) | Part::Paragraph(text) | Part::Missing(text) => writeln!(to, "    {text}")?,
            Part::Table(table) => write_table(table, language, rows, to)?,
            Part::Figure(figure) => writeln!(to, "    {}", figure.alternative)?,
        }
    }
    Ok(())
}

/// A line for each row: what names it, then what is said of it.
fn write_table(table: &Table, language: Language, rows: usize, to: &mut impl Write) -> io::Result<()> {
    for row in table.rows.iter().take(rows) {
        let cells = row.iter().skip(1).zip(table.columns.iter().skip(1));
        let said: Vec<String> = cells
            .map(|(cell, column)| (texts(cell), column))
            .filter(|(text, _)| !text.is_empty() && text != "0")
            .map(
                |(text, column)| {
                    if table.columns.len() > 2 { format!("{}: {text}", column.to_lowercase()) } else { text }
                },
            )
            .collect();
        let name = row.first().map(texts).unwrap_or_default();
        writeln!(to, "    {name}{}{}", if said.is_empty() { "" } else { " — " }, said.join("; "))?;
    }
    let rest = table.rows.len().saturating_sub(rows);
    if rest > 0 {
        writeln!(to, "    … {rest} {} (--limit)", words(language).more)?;
    }
    Ok(())
}

/// Names with commas between them, sentences apart from each other.
fn texts(cell: &Cell) -> String {
    let texts: Vec<&str> = cell.0.iter().map(|phrase| phrase.text.as_str()).collect();
    let sentences = texts.iter().any(|text| text.chars().count() > 60);
    texts.join(if sentences { " | " } else { ", " })
}
