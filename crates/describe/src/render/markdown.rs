//! Markdown: headings, tables and paragraphs that common forges show.

use crate::{
    content::{Cell, Document, Part, Phrase, Property, Table},
    words::{Words, words},
};
use std::io::{self, Write};

pub(super) fn write(document: &Document, pictures: Option<&str>, mut to: impl Write) -> io::Result<()> {
    let words = words(document.language);
    writeln!(to, "# {}\n\n{}\n", escape(&document.title), escape(&document.subtitle))?;
    for Property { name, value, .. } in &document.properties {
        writeln!(to, "* **{}:** {}", escape(name), phrase(value))?;
    }
    for note in &document.notes {
        writeln!(to, "\n{}", escape(note))?;
    }
    writeln!(to, "\n## {}\n", words.contents)?;
    for chapter in &document.chapters {
        let title = format!("{} {}", chapter.number, chapter.title);
        writeln!(to, "* [{}](#{})", escape(&title), anchor(&title))?;
        for section in &chapter.sections {
            let title = format!("{} {}", section.number, section.title);
            writeln!(to, "  * [{}](#{})", escape(&title), anchor(&title))?;
        }
    }
    for chapter in &document.chapters {
        writeln!(to, "\n## {} {}", chapter.number, escape(&chapter.title))?;
        if let Some(about) = &chapter.about {
            writeln!(to, "\n{}", escape(about))?;
        }
        for section in &chapter.sections {
            writeln!(to, "\n### {} {}", section.number, escape(&section.title))?;
            if let Some(about) = &section.about {
                writeln!(to, "\n{}", escape(about))?;
            }
            for part in &section.parts {
                write_part(part, words, pictures, &mut to)?;
            }
        }
    }
    Ok(())
}

fn write_part(part: &Part, words: &Words, pictures: Option<&str>, to: &mut impl Write) -> io::Result<()> {
    match part {
        Part::Heading(text) => writeln!(to, "\n#### {}", escape(text)),
        Part::Paragraph(text) => writeln!(to, "\n{}", escape(text)),
        Part::Missing(text) => writeln!(to, "\n> **{}** {}", words.missing, escape(text)),
        Part::Figure(figure) => {
            let caption = format!("{} {}. {}", words.figure, figure.number, escape(&figure.caption));
            if let Some(folder) = pictures {
                // A forge shows a picture that lies beside the text, and none that stands in it.
                let place = format!("{folder}/{}", super::file_name(figure)).replace(' ', "%20");
                writeln!(to, "\n![{caption}]({place})")?;
            }
            writeln!(to, "\n*{caption}*\n\n{}", escape(&figure.alternative))
        }
        Part::Table(table) => write_table(table, words, to),
    }
}

fn write_table(table: &Table, words: &Words, to: &mut impl Write) -> io::Result<()> {
    writeln!(to, "\n*{} {}. {}*\n", words.table, table.number, escape(&table.caption))?;
    let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    writeln!(to, "{}", row(table.columns.iter().map(|column| escape(column)).collect()))?;
    writeln!(to, "{}", row(table.columns.iter().map(|_| "---".to_owned()).collect()))?;
    for cells in &table.rows {
        writeln!(to, "{}", row(cells.iter().map(cell).collect()))?;
    }
    Ok(())
}

fn cell(cell: &Cell) -> String {
    cell.0.iter().map(phrase).collect::<Vec<_>>().join("<br>")
}

fn phrase(phrase: &Phrase) -> String {
    escape(&phrase.marked())
}

/// What a text may hold that Markdown or HTML would read as its own; line breaks would end a table's row.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' => out.extend(['\\', c]),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\n' | '\r' => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}

/// The anchor that forges make of a heading: lower case, punctuation left out, spaces as hyphens.
fn anchor(heading: &str) -> String {
    heading
        .to_lowercase()
        .chars()
        .filter_map(|c| match c {
            ' ' => Some('-'),
            c if c.is_alphanumeric() || c == '-' || c == '_' => Some(c),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_names_stay_text() {
        assert_eq!(escape("a|b <script> *x*\nnext"), "a\\|b &lt;script&gt; \\*x\\* next");
    }

    #[test]
    fn an_anchor_is_what_forges_make_of_the_heading() {
        assert_eq!(anchor("3.2 Järjestelmät: salkku (nyt)"), "32-järjestelmät-salkku-nyt");
    }
}
