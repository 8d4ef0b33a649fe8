//! A Word document (WordprocessingML, ECMA-376): real headings, a table of contents, captions,
//! table headers that repeat, the language of every text.
//!
//! `docs/decisions/word.md` says why it is written here.

mod body;
mod parts;
mod placeholder;
mod styles;
mod template;

pub use template::{Template, TemplateError};

use super::picture;
use crate::{
    content::{Document, Figure},
    words::words,
};
use rayon::prelude::*;
use std::io::{self, Cursor, Write};
use viite_model::Language;
use viite_model::xml::escape;
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

const STYLES: &str = include_str!("styles.xml");
const CONTENT_TYPES: &str = include_str!("content-types.xml");
const RELATIONSHIPS: &str = include_str!("relationships.xml");
const DOCUMENT_RELATIONSHIPS: &str = include_str!("document-relationships.xml");
const SETTINGS: &str = include_str!("settings.xml");

pub(super) fn write(document: &Document, template: Option<&Template>, mut to: impl Write) -> io::Result<()> {
    let figures: Vec<&Figure> = picture::figures(document).collect();
    let pictures = figures.par_iter().map(|figure| picture::png(figure)).collect::<io::Result<Vec<_>>>()?;
    let (parts, folder) = match template {
        // A template that could be read can be filled.
        Some(template) => (template.fill(document, &figures).map_err(io::Error::other)?, template.folder()),
        None => (ours(document, &figures), "word/"),
    };
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // The same content gives the same bytes: no time of packing.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, content) in parts {
        archive.start_file(name, options)?;
        archive.write_all(&content)?;
    }
    for (figure, png) in figures.iter().zip(pictures) {
        archive.start_file(format!("{folder}media/{}.png", figure.number), options)?;
        archive.write_all(&png)?;
        archive.start_file(format!("{folder}media/{}.svg", figure.number), options)?;
        archive.write_all(figure.svg.as_bytes())?;
    }
    to.write_all(archive.finish()?.get_ref())
}

/// The parts of a document of our own making, but for the pictures.
fn ours(document: &Document, figures: &[&Figure]) -> Vec<(String, Vec<u8>)> {
    let language = tag(document.language);
    let parts = [
        ("[Content_Types].xml", CONTENT_TYPES.to_owned()),
        ("_rels/.rels", RELATIONSHIPS.to_owned()),
        ("docProps/core.xml", core_properties(document)),
        ("word/_rels/document.xml.rels", with_pictures(DOCUMENT_RELATIONSHIPS, figures)),
        ("word/document.xml", body::document(document)),
        ("word/styles.xml", styles::ours(language)),
        ("word/settings.xml", SETTINGS.replace("{language}", language)),
        ("word/footer.xml", body::footer(document)),
    ];
    parts.map(|(name, content)| (name.to_owned(), content.into_bytes())).into()
}

/// The relationships of the text, and those to both forms of each picture.
fn with_pictures(relationships: &str, figures: &[&Figure]) -> String {
    let pictures: String = figures
        .iter()
        .flat_map(|figure| ["png", "svg"].map(|kind| (kind, figure.number)))
        .map(|(kind, number)| {
            format!(
                "<Relationship Id=\"{kind}{number}\" \
                 Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" \
                 Target=\"media/{number}.{kind}\"/>\n"
            )
        })
        .collect();
    relationships.replace("</Relationships>", &format!("{pictures}</Relationships>"))
}

/// The language tag that Word knows.
fn tag(language: Language) -> &'static str {
    match language {
        Language::Fi => "fi-FI",
        Language::Sv => "sv-FI",
        Language::En => "en-GB",
    }
}

fn core_properties(document: &Document) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <dc:title>{}</dc:title><dc:subject>{}</dc:subject><dc:creator>Viite</dc:creator>\
         <dc:language>{}</dc:language><dc:description>{}</dc:description></cp:coreProperties>",
        escape(&document.title),
        escape(&document.subtitle),
        tag(document.language),
        escape(words(document.language).architecture_description)
    )
}
