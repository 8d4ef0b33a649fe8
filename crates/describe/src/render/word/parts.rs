//! The parts of a package that is filled: where its content goes, and what the other parts must say of it.

use super::{
    body::{self, Content, Setting},
    placeholder::{CONTENT, placeholders},
    template::TemplateError,
};
use crate::render::page::Page;
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use std::{borrow::Cow, ops::Range};

/// How the text of a template is laid out.
pub(super) struct Layout<'a> {
    xml: &'a str,
    /// The paragraph that gives way to the content; else the place before the last section's pages.
    place: Range<usize>,
    /// Whether text follows the place of the content.
    goes_on: bool,
    /// Where the pages of the last section are told.
    last: Range<usize>,
    /// How they are told.
    pub(super) section: Cow<'a, str>,
    pub(super) page: Page,
    /// Whether the template has a table of contents of its own.
    pub(super) has_contents: bool,
}

impl<'a> Layout<'a> {
    pub(super) fn of(part: &str, xml: &'a str) -> Result<Self, TemplateError> {
        let fault = |error: quick_xml::Error| TemplateError::Markup { part: part.to_owned(), error };
        let mut reader = Reader::from_str(xml);
        // The element of the body that is read: where it began, and its text.
        let (mut depth, mut begin, mut text, mut is_field) = (0, 0, String::new(), false);
        let mut asked = 0;
        let (mut place, mut last, mut end, mut ends_at) = (None, None, 0, 0);
        let (mut page, mut has_contents) = (Page::A4, false);
        loop {
            let from = reader.buffer_position() as usize;
            let event = reader.read_event().map_err(fault)?;
            let to = reader.buffer_position() as usize;
            match &event {
                Event::Start(tag) | Event::Empty(tag) => {
                    let is_empty = matches!(event, Event::Empty(_));
                    if depth == 2 {
                        (begin, text) = (from, String::new());
                    }
                    match tag.name().as_ref() {
                        b"w:pgSz" => {
                            page.width = length(tag, b"w:w", page.width);
                            page.height = length(tag, b"w:h", page.height);
                        }
                        b"w:pgMar" => {
                            page.top = length(tag, b"w:top", page.top);
                            page.right = length(tag, b"w:right", page.right);
                            page.bottom = length(tag, b"w:bottom", page.bottom);
                            page.left = length(tag, b"w:left", page.left);
                        }
                        b"w:fldSimple" => {
                            has_contents |=
                                attribute(tag, b"w:instr").is_some_and(|told| told.trim().starts_with("TOC"));
                        }
                        b"w:instrText" => is_field = true,
                        _ => {}
                    }
                    if is_empty && depth == 2 && tag.name().as_ref() == b"w:sectPr" {
                        last = Some(from..to);
                    }
                    depth += usize::from(!is_empty);
                }
                Event::Text(told) => {
                    let told = told.unescape().map_err(fault)?;
                    has_contents |= is_field && told.trim().starts_with("TOC");
                    text.push_str(&told);
                }
                Event::End(tag) => {
                    is_field = false;
                    depth -= 1;
                    let of_body = depth == 2;
                    match tag.name().as_ref() {
                        b"w:p" if of_body && placeholders(&text).iter().any(|(_, name)| *name == CONTENT) => {
                            if placeholders(text.trim()).first().map(|(range, _)| range.clone())
                                != Some(0..text.trim().len())
                            {
                                return Err(TemplateError::Content);
                            }
                            place = Some(begin..to);
                        }
                        b"w:sectPr" if of_body => last = Some(begin..to),
                        b"w:p" | b"w:tbl" if of_body => ends_at = to,
                        b"w:body" => end = from,
                        _ => {}
                    }
                    if of_body {
                        asked += placeholders(&text).iter().filter(|(_, name)| *name == CONTENT).count();
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        if asked > usize::from(place.is_some()) {
            return Err(TemplateError::Content);
        }
        let last = last.unwrap_or(end..end);
        let place = place.unwrap_or(last.start..last.start);
        // Some programs leave the pages to the reader; the content needs to know its own.
        let told = &xml[last.clone()];
        let section = if told.contains("<w:pgSz ") { Cow::Borrowed(told) } else { Cow::Owned(body::section("")) };
        Ok(Self { xml, goes_on: ends_at > place.end, place, last, section, page, has_contents })
    }

    /// The text with the content in its place.
    pub(super) fn with(&self, content: &Content, setting: &Setting) -> String {
        let (before, after) = (&self.xml[..self.place.start], &self.xml[self.place.end..self.last.start]);
        let end = &self.xml[self.last.end..];
        if self.goes_on {
            // The content ends its pages, and those of the template go on as they were.
            let turn = format!("<w:p><w:pPr>{}</w:pPr></w:p>", setting.pages(content.is_wide, !content.has_turned));
            return [before, &content.xml, &turn, after, &setting.pages(false, false), end].concat();
        }
        [before, &content.xml, after, &setting.pages(content.is_wide, !content.has_turned), end].concat()
    }
}

fn attribute(tag: &BytesStart<'_>, name: &[u8]) -> Option<String> {
    let found = tag.attributes().flatten().find(|attribute| attribute.key.as_ref() == name)?;
    found.unescape_value().ok().map(Cow::into_owned)
}

fn length(tag: &BytesStart<'_>, name: &[u8], otherwise: usize) -> usize {
    attribute(tag, name).and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

/// The name of the part that tells what a part refers to: `word/_rels/document.xml.rels`.
pub(super) fn relationships_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/_rels/{file}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// The target of the relationship whose type ends so.
pub(super) fn target(relationships: &str, kind: &str) -> Option<String> {
    let mut reader = Reader::from_str(relationships);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) | Event::Empty(tag)
                if tag.local_name().as_ref() == b"Relationship"
                    && attribute(&tag, b"Type").is_some_and(|told| told.ends_with(kind)) =>
            {
                return attribute(&tag, b"Target");
            }
            Event::Eof => break,
            _ => {}
        }
    }
    None
}

/// The content types of a template as those of a document that holds pictures of ours.
pub(super) fn types(xml: &str) -> String {
    let mut types = xml.replace("wordprocessingml.template.main+xml", "wordprocessingml.document.main+xml");
    for (ending, kind) in [("png", "image/png"), ("svg", "image/svg+xml")] {
        let known = types.to_ascii_lowercase().contains(&format!("extension=\"{ending}\""));
        if let Some(at) = types.find("<Types").and_then(|at| Some(at + types[at..].find('>')? + 1)).filter(|_| !known) {
            types.insert_str(at, &format!("<Default Extension=\"{ending}\" ContentType=\"{kind}\"/>"));
        }
    }
    types
}
