//! A person's own Word file that a document is written into: its pages, styles, headers and title page.
//!
//! `docs/decisions/word-templates.md` says what a template can hold.

use super::{
    body::{Body, Setting},
    core_properties,
    parts::{self, Layout},
    placeholder::{self, CONTENT},
    styles, tag,
};
use crate::content::{Document, Figure};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// What a placeholder may be called, besides that of the content.
const KNOWN: [&str; 8] = ["title", "subtitle", "region", "regions", "sector", "states", "date", "revision"];
/// All parts of a template together, unpacked.
const LARGEST: u64 = 100 << 20;

/// Why a file is no template.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TemplateError {
    /// It is not a package of Word.
    #[error("this is no Word document (.docx) or template (.dotx): {0}")]
    Package(String),
    /// A part cannot be read.
    #[error("its part {part} cannot be read: {error}")]
    Markup {
        /// The part.
        part: String,
        /// What is wrong.
        error: quick_xml::Error,
    },
    /// It has a placeholder that stands for nothing.
    #[error("it asks for {{{{{0}}}}}; there are {{{{content}}}}, {known}", known = known())]
    Unknown(String),
    /// The place of the content is not a paragraph.
    #[error("{{{{content}}}} must stand once, alone in a paragraph of the text, not in a table, a frame or a header")]
    Content,
}

fn known() -> String {
    KNOWN.map(|name| format!("{{{{{name}}}}}")).join(", ")
}

/// A Word file to write into.
#[derive(Clone, Debug)]
pub struct Template {
    parts: Vec<(String, Vec<u8>)>,
    main: String,
}

impl Template {
    /// Reads a `.docx` or `.dotx`, and sees that it can be filled.
    ///
    /// # Errors
    /// When it is no Word file or has a placeholder that stands for nothing.
    pub fn read(bytes: &[u8]) -> Result<Self, TemplateError> {
        let fault = |error: &dyn std::fmt::Display| TemplateError::Package(error.to_string());
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| fault(&error))?;
        let (mut parts, mut left) = (Vec::new(), LARGEST);
        for at in 0..archive.len() {
            let part = archive.by_index(at).map_err(|error| fault(&error))?;
            let name = part.name().map_err(|error| fault(&error))?.into_owned();
            let mut content = Vec::new();
            left -= part.take(left).read_to_end(&mut content).map_err(|error| fault(&error))? as u64;
            if left == 0 {
                return Err(fault(&format!("it is larger than {} MB", LARGEST >> 20)));
            }
            parts.push((name, content));
        }
        let mut template = Self { parts, main: String::new() };
        template.main = parts::target(&template.text("_rels/.rels")?, "/officeDocument")
            .map(|target| target.trim_start_matches('/').to_owned())
            .ok_or_else(|| fault(&"it names no main part"))?;
        let text = template.text(&template.main)?;
        if !text.contains("http://schemas.openxmlformats.org/wordprocessingml/2006/main") {
            return Err(fault(&"save it as an ordinary Word document, not as 'Strict Open XML' or another kind"));
        }
        if template.text(TYPES)?.contains("macroEnabled") {
            return Err(fault(&"it holds macros; save it without them"));
        }
        for name in template.filled_parts() {
            for (_, placeholder) in placeholders(&name, &template.text(&name)?)? {
                if placeholder != CONTENT && !KNOWN.contains(&placeholder.as_str()) {
                    return Err(TemplateError::Unknown(placeholder));
                }
                if placeholder == CONTENT && name != template.main {
                    return Err(TemplateError::Content);
                }
            }
        }
        Layout::of(&template.main, &text)?;
        Ok(template)
    }

    /// The parts of the document that is written into it, but for the pictures.
    pub(super) fn fill(
        &self,
        document: &Document,
        figures: &[&Figure],
    ) -> Result<Vec<(String, Vec<u8>)>, TemplateError> {
        let value = |name: &str| value(document, name);
        let styles_part = self.related("/styles")?;
        let ours = styles::ours(tag(document.language));
        let (styles, ids) = match &styles_part {
            Some(part) => styles::merged(part, &self.text(part)?, &ours, tag(document.language))?,
            None => return Err(TemplateError::Package("it has no styles".to_owned())),
        };
        let text = self.text(&self.main)?;
        let title = placeholders(&self.main, &text)?.iter().any(|(_, name)| name == "title");
        let text = placeholder::fill(&self.main, &text, value)?;
        let layout = Layout::of(&self.main, &text)?;
        let setting = Setting {
            page: layout.page,
            section: layout.section.clone().into_owned(),
            styles: ids,
            title: !title,
            contents: !layout.has_contents,
            first_id: 10_000,
        };
        let main = layout.with(&Body::of(document, &setting), &setting);
        let rels = parts::relationships_of(&self.main);
        let core = parts::target(&self.text("_rels/.rels")?, "/core-properties");
        let filled = self.filled_parts();
        self.parts
            .iter()
            .map(|(name, content)| {
                let content = match name {
                    name if *name == self.main => main.clone().into_bytes(),
                    name if Some(name) == styles_part.as_ref() => styles.clone().into_bytes(),
                    name if *name == rels => super::with_pictures(&self.text(name)?, figures).into_bytes(),
                    name if name == TYPES => parts::types(&self.text(name)?).into_bytes(),
                    name if core.as_deref().map(|core| core.trim_start_matches('/')) == Some(name) => {
                        core_properties(document).into_bytes()
                    }
                    name if filled.contains(name) => placeholder::fill(name, &self.text(name)?, value)?.into_bytes(),
                    _ => content.clone(),
                };
                Ok((name.clone(), content))
            })
            .collect()
    }

    /// The folder of the main part, with its stroke.
    pub(super) fn folder(&self) -> &str {
        self.main.rsplit_once('/').map_or("", |(folder, _)| &self.main[..=folder.len()])
    }

    /// The main part, its headers and its footers.
    fn filled_parts(&self) -> Vec<String> {
        let within = |name: &&str| {
            let file = name.strip_prefix(self.folder()).unwrap_or_default();
            file.ends_with(".xml") && (file.starts_with("header") || file.starts_with("footer"))
        };
        let names = self.parts.iter().map(|(name, _)| name.as_str());
        names.filter(within).chain([self.main.as_str()]).map(str::to_owned).collect()
    }

    fn related(&self, kind: &str) -> Result<Option<String>, TemplateError> {
        let rels = self.text(&parts::relationships_of(&self.main))?;
        Ok(parts::target(&rels, kind).map(|target| match target.strip_prefix('/') {
            Some(whole) => whole.to_owned(),
            None => format!("{}{target}", self.folder()),
        }))
    }

    fn text(&self, name: &str) -> Result<String, TemplateError> {
        let part = self.parts.iter().find(|(known, _)| known == name);
        let (_, content) = part.ok_or_else(|| TemplateError::Package(format!("it lacks the part {name}")))?;
        let text = std::str::from_utf8(content)
            .map_err(|_| TemplateError::Package(format!("its part {name} is not in UTF-8")))?;
        Ok(text.trim_start_matches('\u{feff}').to_owned())
    }
}

const TYPES: &str = "[Content_Types].xml";

/// What a placeholder stands for in a document; nothing where the document has no such fact.
fn value(document: &Document, name: &str) -> String {
    match name {
        "title" => document.title.clone(),
        "subtitle" => document.subtitle.clone(),
        _ => {
            let told = document.properties.iter().find(|property| property.key == name);
            told.map(|property| property.value.text.clone()).unwrap_or_default()
        }
    }
}

/// The placeholders of a part: paragraph and name.
pub(super) fn placeholders(part: &str, xml: &str) -> Result<Vec<(usize, String)>, TemplateError> {
    let pieces = placeholder::pieces(part, xml)?;
    let mut found = Vec::new();
    for paragraph in pieces.chunk_by(|a, b| a.paragraph == b.paragraph) {
        let whole: String = paragraph.iter().map(|piece| piece.text.as_str()).collect();
        let of_paragraph = placeholder::placeholders(&whole);
        found.extend(of_paragraph.into_iter().map(|(_, name)| (paragraph[0].paragraph, name.to_owned())));
    }
    Ok(found)
}
