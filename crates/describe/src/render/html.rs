//! One HTML file without anything from elsewhere: for the screen, the screen reader and the printer.

use crate::{
    content::{Cell, Document, Figure, Part, Phrase, Property, Table},
    words::{Words, words},
};
use std::io::{self, Write};
use viite_model::xml::escape;

const STYLE: &str = include_str!("style.css");

pub(super) fn write(document: &Document, mut to: impl Write) -> io::Result<()> {
    let words = words(document.language);
    let title = escape(&document.title);
    write!(
        to,
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#content\">{}</a>\n<header>\n<h1>{title}</h1>\n<p>{}</p>\n<dl>\n",
        document.language,
        escape(words.skip),
        escape(&document.subtitle)
    )?;
    for Property { name, value, .. } in &document.properties {
        writeln!(to, "<div><dt>{}</dt><dd>{}</dd></div>", escape(name), phrase(value))?;
    }
    writeln!(to, "</dl>")?;
    for note in &document.notes {
        write_paragraph(Some(note), &mut to)?;
    }
    writeln!(to, "</header>")?;
    write_contents(document, words, &mut to)?;
    writeln!(to, "<main id=\"content\" tabindex=\"-1\">")?;
    for chapter in &document.chapters {
        let heading = format!("{} {}", chapter.number, escape(&chapter.title));
        writeln!(to, "<section id=\"c{0}\" aria-labelledby=\"h{0}\">", chapter.number)?;
        writeln!(to, "<h2 id=\"h{}\">{heading}</h2>", chapter.number)?;
        write_paragraph(chapter.about.as_deref(), &mut to)?;
        for section in &chapter.sections {
            writeln!(to, "<section id=\"{0}\" aria-labelledby=\"h-{0}\">", escape(&section.id))?;
            let (id, title) = (escape(&section.id), escape(&section.title));
            writeln!(to, "<h3 id=\"h-{id}\">{} {title}</h3>", section.number)?;
            write_paragraph(section.about.as_deref(), &mut to)?;
            for part in &section.parts {
                write_part(part, words, &mut to)?;
            }
            writeln!(to, "</section>")?;
        }
        writeln!(to, "</section>")?;
    }
    writeln!(to, "</main>\n</body>\n</html>")
}

fn write_contents(document: &Document, words: &Words, to: &mut impl Write) -> io::Result<()> {
    writeln!(to, "<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">{}</h2>\n<ol>", words.contents)?;
    for chapter in &document.chapters {
        let (number, title) = (&chapter.number, escape(&chapter.title));
        writeln!(to, "<li><a href=\"#c{number}\">{number} {title}</a>\n<ol>")?;
        for section in &chapter.sections {
            let (id, title) = (escape(&section.id), escape(&section.title));
            writeln!(to, "<li><a href=\"#{id}\">{} {title}</a></li>", section.number)?;
        }
        writeln!(to, "</ol></li>")?;
    }
    writeln!(to, "</ol>\n</nav>")
}

fn write_paragraph(text: Option<&str>, to: &mut impl Write) -> io::Result<()> {
    match text {
        Some(text) => writeln!(to, "<p>{}</p>", escape(text)),
        None => Ok(()),
    }
}

fn write_part(part: &Part, words: &Words, to: &mut impl Write) -> io::Result<()> {
    match part {
        Part::Heading(text) => writeln!(to, "<h4>{}</h4>", escape(text)),
        Part::Paragraph(text) => write_paragraph(Some(text), to),
        Part::Missing(text) => {
            writeln!(to, "<p class=\"missing\"><strong>{}</strong> {}</p>", words.missing, escape(text))
        }
        Part::Figure(figure) => write_figure(figure, words, to),
        Part::Table(table) => write_table(table, words, to),
    }
}

/// The picture is drawn by this program, and is SVG as it stands; its text alternative is beside it for everybody.
fn write_figure(figure: &Figure, words: &Words, to: &mut impl Write) -> io::Result<()> {
    writeln!(
        to,
        "<figure>\n<div class=\"picture\">{}</div>\n\
         <figcaption>{} {}. {}</figcaption>\n<details><summary>{}</summary><p>{}</p></details>\n</figure>",
        figure.svg,
        words.figure,
        figure.number,
        escape(&figure.caption),
        escape(words.in_words),
        escape(&figure.alternative)
    )
}

fn write_table(table: &Table, words: &Words, to: &mut impl Write) -> io::Result<()> {
    let caption = format!("{} {}. {}", words.table, table.number, escape(&table.caption));
    // A wide table scrolls by itself, and the keyboard must reach what scrolls.
    writeln!(to, "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"{caption}\">")?;
    writeln!(to, "<table{}>", if table.matrix { " class=\"matrix\"" } else { "" })?;
    writeln!(to, "<caption>{caption}</caption>\n<thead><tr>")?;
    for column in &table.columns {
        match column.as_str() {
            "" => writeln!(to, "<td></td>")?,
            column => writeln!(to, "<th scope=\"col\">{}</th>", escape(column))?,
        }
    }
    writeln!(to, "</tr></thead>\n<tbody>")?;
    for row in &table.rows {
        write!(to, "<tr>")?;
        for (at, cell) in row.iter().enumerate() {
            match at {
                0 => write!(to, "<th scope=\"row\">{}</th>", cell_text(cell))?,
                _ => write!(to, "<td>{}</td>", cell_text(cell))?,
            }
        }
        writeln!(to, "</tr>")?;
    }
    writeln!(to, "</tbody>\n</table>\n</div>")
}

fn cell_text(cell: &Cell) -> String {
    cell.0.iter().map(phrase).collect::<Vec<_>>().join("<br>")
}

fn phrase(phrase: &Phrase) -> String {
    match phrase.language {
        Some(language) => {
            format!("<span lang=\"{language}\">{}</span> <small>({language})</small>", escape(&phrase.text))
        }
        None => escape(&phrase.text),
    }
}
