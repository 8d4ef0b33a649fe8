//! PDF/UA-1: tagged, with bookmarks, its fonts embedded. `document.typ` is the layout, and is read by typst.

use super::{
    page::{Page, SECTION, fitting, turns, widths},
    picture::{self, FONTS},
};
use crate::{
    content::{Chapter, Document, Part, Section},
    words::words,
};
use serde_json::{Value, json};
use std::{collections::HashMap, io, io::Write};
use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult, SourceDiagnostic},
    foundations::{Bytes, Datetime},
    layout::PagedDocument,
    syntax::{FileId, Source, VirtualPath},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

const LAYOUT: &str = include_str!("document.typ");

/// Stands for a character that the fonts lack.
const LACKING: char = '□';

pub(super) fn write(document: &Document, mut to: impl Write) -> io::Result<()> {
    let package = Package::of(document)?;
    let told = |faults: &[SourceDiagnostic]| {
        io::Error::other(faults.iter().map(|fault| fault.message.to_string()).collect::<Vec<_>>().join("; "))
    };
    let pages: PagedDocument = typst::compile(&package).output.map_err(|faults| told(&faults))?;
    let options = PdfOptions {
        standards: PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|fault| io::Error::other(fault.to_string()))?,
        ..PdfOptions::default()
    };
    let pdf = typst_pdf::pdf(&pages, &options).map_err(|faults| told(&faults))?;
    to.write_all(&pdf)
}

/// What the typesetter may read: the layout, the content as JSON, the pictures and our fonts; nothing of the machine.
struct Package {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    main: Source,
    files: HashMap<FileId, Bytes>,
}

impl Package {
    fn of(document: &Document) -> io::Result<Self> {
        let id = |name: &str| FileId::new(None, VirtualPath::new(name));
        let fonts: Vec<Font> = FONTS.iter().flat_map(|font| Font::iter(Bytes::new(*font))).collect();
        let pictures = picture::figures(document).map(|figure| {
            (id(&format!("{}.svg", figure.number)), Bytes::new(drawable(&figure.svg, &fonts).into_bytes()))
        });
        let mut content = content(document);
        draw(&mut content, &fonts);
        let content = Bytes::new(serde_json::to_vec(&content).map_err(io::Error::other)?);
        let files = [(id("content.json"), content)].into_iter().chain(pictures).collect();
        Ok(Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            main: Source::new(id("document.typ"), LAYOUT.to_owned()),
            files,
        })
    }
}

/// A text with a sign for each character that a font lacks: PDF/UA refuses a document with a single one.
fn drawable(text: &str, fonts: &[Font]) -> String {
    let has = |c: char| fonts.iter().all(|font| font.info().coverage.contains(u32::from(c)));
    let sign = |c: char| match c {
        '\n' | '\t' => Some(c),
        c if has(c) => Some(c),
        // they have no shape of their own
        c if c.is_control() => None,
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => None,
        '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' => None,
        _ => Some(LACKING),
    };
    text.chars().filter_map(sign).collect()
}

/// Makes every text in the content one that can be drawn.
fn draw(content: &mut Value, fonts: &[Font]) {
    match content {
        Value::String(text) => *text = drawable(text, fonts),
        Value::Array(values) => values.iter_mut().for_each(|value| draw(value, fonts)),
        Value::Object(members) => members.values_mut().for_each(|value| draw(value, fonts)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The content model, with what the layout has to know besides: the words around it, and what is wide.
fn content(document: &Document) -> Value {
    let words = words(document.language);
    json!({
        "language": document.language,
        "title": document.title,
        "subtitle": document.subtitle,
        "properties": document.properties.iter().map(|told| (&told.name, &told.value)).collect::<Vec<_>>(),
        "notes": document.notes,
        "words": {
            "contents": words.contents,
            "table": words.table,
            "figure": words.figure,
            "missing": words.missing,
        },
        "chapters": document.chapters.iter().map(chapter).collect::<Vec<_>>(),
    })
}

fn chapter(chapter: &Chapter) -> Value {
    // Sections of one orientation that follow each other share their pages.
    let sections: Vec<(bool, &Section)> = turns(chapter).into_iter().zip(&chapter.sections).collect();
    let runs: Vec<Value> = sections
        .chunk_by(|(a, _), (b, _)| a == b)
        .map(|run| {
            let wide = run[0].0;
            json!({ "wide": wide, "sections": run.iter().map(|(_, of)| section(of, wide)).collect::<Vec<_>>() })
        })
        .collect();
    json!({ "number": chapter.number, "title": chapter.title, "about": chapter.about, "runs": runs })
}

fn section(section: &Section, wide: bool) -> Value {
    let page = if wide { Page::A4.wide() } else { Page::A4 };
    let parts: Vec<Value> = section
        .parts
        .iter()
        .map(|part| match part {
            Part::Table(table) => {
                json!({ "kind": "table", "what": table, "widths": widths(table, page.room().0) })
            }
            Part::Figure(figure) => {
                let (width, _) = fitting(figure, page, SECTION);
                let width = width as f64 / 20.0;
                json!({ "kind": "figure", "what": figure, "file": format!("{}.svg", figure.number), "width": width })
            }
            part => json!(part),
        })
        .collect();
    json!({
        "number": section.number,
        "title": section.title,
        "about": section.about,
        "parts": parts,
    })
}

impl World for Package {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(missing(id)) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or_else(|| missing(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<i64>) -> Option<Datetime> {
        None // the day of the document is part of its content
    }
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().as_rootless_path().into())
}
