//! A pull reader over one XML text: namespaces, places, limits, and no document type.
//!
//! Nothing is held but the element at hand, so memory does not grow with the file.

use crate::notes::files as notes;
use crate::place::Cursor;
use crate::text::beginning;
use crate::{Fault, Limits, LossReport, Place, ReadError};
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::{NsReader, escape};
use std::borrow::Cow;

/// The namespaces that matter to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Space {
    /// No namespace.
    None,
    /// ArchiMate exchange format 3.x.
    OpenExchange,
    /// ArchiMate exchange format of ArchiMate 2.
    OpenExchange2,
    /// Archi's own.
    Archi,
    /// XML Schema instance: `xsi:type`.
    Instance,
    /// `xml:lang`.
    Xml,
    /// RDF/XML.
    Rdf,
    /// The several of OpenDocument.
    OpenDocument,
    /// Any other.
    Other,
}

impl Space {
    fn of(iri: &[u8]) -> Self {
        match iri {
            // 3.0 for every 3.x; there are tools that count on.
            _ if iri.starts_with(b"http://www.opengroup.org/xsd/archimate/3.") => Self::OpenExchange,
            b"http://www.opengroup.org/xsd/archimate" => Self::OpenExchange2,
            b"http://www.archimatetool.com/archimate" | b"http://www.bolton.ac.uk/archimate" => Self::Archi,
            b"http://www.w3.org/2001/XMLSchema-instance" => Self::Instance,
            b"http://www.w3.org/XML/1998/namespace" => Self::Xml,
            b"http://www.w3.org/1999/02/22-rdf-syntax-ns#" => Self::Rdf,
            _ if iri.starts_with(b"urn:oasis:names:tc:opendocument:xmlns:") => Self::OpenDocument,
            _ => Self::Other,
        }
    }
}

/// The start of an element.
#[derive(Debug)]
pub(crate) struct Tag {
    pub(crate) space: Space,
    pub(crate) name: String,
    pub(crate) place: Place,
    attributes: Vec<(Space, String, String)>,
}

impl Tag {
    /// The value of an attribute without namespace.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.find(Space::None, name)
    }

    /// The value of `xsi:type`.
    pub(crate) fn xsi_type(&self) -> Option<&str> {
        self.find(Space::Instance, "type")
    }

    /// The value of `xml:lang`.
    pub(crate) fn language(&self) -> Option<&str> {
        self.find(Space::Xml, "lang").filter(|tag| !tag.is_empty())
    }

    /// The value of an attribute of OpenDocument, in which no element has two of one name.
    pub(crate) fn open_document(&self, name: &str) -> Option<&str> {
        self.find(Space::OpenDocument, name)
    }

    fn find(&self, space: Space, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(s, n, _)| *s == space && n == name).map(|(_, _, value)| value.as_str())
    }
}

/// Attributes of one element that are read.
const ATTRIBUTES: usize = 100;

pub(crate) struct Xml<'t> {
    reader: NsReader<&'t [u8]>,
    cursor: Cursor<'t>,
    limits: Limits,
    depth: usize,
    pub(crate) losses: LossReport,
}

impl<'t> Xml<'t> {
    pub(crate) fn new(text: &'t str, losses: LossReport, limits: Limits) -> Self {
        Self::of_part(text, 0, losses, limits)
    }

    /// Reads a file of a set, so that places are told in it.
    pub(crate) fn of_part(text: &'t str, part: u16, losses: LossReport, limits: Limits) -> Self {
        let mut reader = NsReader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, cursor: Cursor::new(text, part), limits, depth: 0, losses }
    }

    /// The next element within the one that is open, or none when that one ends.
    ///
    /// The element that this gives must be read to its end before the next call:
    /// by calls of `child` until none, by [`text`](Self::text) or by [`skip`](Self::skip).
    pub(crate) fn child(&mut self) -> Result<Option<Tag>, ReadError> {
        loop {
            let (offset, event) = self.event()?;
            match event {
                Event::Start(start) => return self.open(&start, offset).map(Some),
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(None);
                }
                Event::Eof => return self.end(offset).map(|()| None),
                Event::Text(text) if self.depth > 0 => self.stray(offset, &text),
                Event::CData(text) => self.stray(offset, &text),
                Event::Text(text) if !text.trim_ascii().is_empty() => {
                    self.stray(offset, &text);
                }
                _ => {}
            }
        }
    }

    /// The text of the element that is open, to its end.
    pub(crate) fn text(&mut self) -> Result<String, ReadError> {
        self.text_with(|losses, tag| {
            losses.tell(tag.place, notes::markup_in_text(&tag.name));
            ""
        })
    }

    /// The same, with what elements in the text stand for.
    pub(crate) fn text_with(
        &mut self,
        mut markup: impl FnMut(&mut LossReport, &Tag) -> &'static str,
    ) -> Result<String, ReadError> {
        let mut all = String::new();
        let mut level = 0_usize;
        let mut cut = false;
        loop {
            let (offset, event) = self.event()?;
            let piece = match event {
                Event::Start(start) => {
                    let tag = self.open(&start, offset)?;
                    level += 1;
                    markup(&mut self.losses, &tag).to_owned()
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    match level.checked_sub(1) {
                        Some(less) => level = less,
                        None => return Ok(all),
                    }
                    continue;
                }
                Event::Eof => {
                    self.end(offset)?;
                    return Ok(all);
                }
                Event::Text(text) => self.unescape(&text, offset),
                Event::CData(text) => line_ends(&String::from_utf8_lossy(&text)).into_owned(),
                _ => continue,
            };
            if !cut {
                all.push_str(&piece);
                cut = self.cut(&mut all, offset);
            }
        }
    }

    /// Passes over the rest of the element that is open.
    pub(crate) fn skip(&mut self) -> Result<(), ReadError> {
        let mut level = 0_usize;
        loop {
            let (offset, event) = self.event()?;
            match event {
                Event::Start(_) => {
                    self.deeper(offset)?;
                    level += 1;
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    match level.checked_sub(1) {
                        Some(less) => level = less,
                        None => return Ok(()),
                    }
                }
                Event::Eof => return self.end(offset),
                _ => {}
            }
        }
    }

    /// Passes over an element that the format does not know here, and says so.
    pub(crate) fn skip_unknown(&mut self, tag: &Tag, within: &str) -> Result<(), ReadError> {
        self.losses.tell(tag.place, notes::unknown_tag(&tag.name, within));
        self.skip()
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    pub(crate) fn error(&self, place: Place, fault: Fault, problem: impl Into<String>, help: &str) -> ReadError {
        ReadError::new(self.losses.file_of(place), Some(place), fault, problem, help)
    }

    /// The next event and the offset where it begins; a document type ends the reading.
    fn event(&mut self) -> Result<(usize, Event<'t>), ReadError> {
        let offset = offset(self.reader.buffer_position());
        let event = self.reader.read_event();
        match event {
            Ok(Event::DocType(_)) => Err(self.refuse_document_type(offset)),
            Ok(event) => Ok((offset, event)),
            Err(error) => {
                let at = self.cursor.at(crate::xml::offset(self.reader.error_position()));
                // An unclosed document type is still one.
                if matches!(error, quick_xml::Error::Syntax(quick_xml::errors::SyntaxError::UnclosedDoctype)) {
                    return Err(self.refuse_document_type(offset));
                }
                Err(self.error(
                    at,
                    Fault::Syntax,
                    format!("not well-formed XML: {error}"),
                    "the file was cut off or edited by hand: export it again from the tool that made it",
                ))
            }
        }
    }

    fn refuse_document_type(&mut self, offset: usize) -> ReadError {
        let place = self.cursor.at(offset);
        self.error(
            place,
            Fault::Refused,
            "the file has a document type declaration (<!DOCTYPE …>)",
            "entities declared there can exhaust the memory or read other files, and no \
             ArchiMate file needs one: remove the declaration, or export the model again",
        )
    }

    fn open(&mut self, start: &BytesStart<'_>, offset: usize) -> Result<Tag, ReadError> {
        let place = self.deeper(offset)?;
        let (space, name) = self.reader.resolve_element(start.name());
        let space = space_of(&space);
        let name = String::from_utf8_lossy(name.as_ref()).into_owned();
        let mut attributes: Vec<(Space, String, String)> = Vec::new();
        // Our own check for doubles: the library's compares every attribute with every other.
        for attribute in start.attributes().with_checks(false) {
            if attributes.len() == ATTRIBUTES {
                self.losses.tell(place, notes::attributes_beyond(&name, ATTRIBUTES));
                break;
            }
            match attribute {
                Ok(attribute) => {
                    let key = attribute.key;
                    if key.as_namespace_binding().is_some() {
                        continue;
                    }
                    let (space, local) = self.reader.resolve_attribute(key);
                    let space = space_of(&space);
                    let local = String::from_utf8_lossy(local.as_ref()).into_owned();
                    if attributes.iter().any(|(s, n, _)| (s, n) == (&space, &local)) {
                        // What stands for several namespaces may well have one name twice.
                        if !matches!(space, Space::OpenDocument | Space::Other) {
                            self.losses.tell(place, notes::attribute_again(&local, &name));
                        }
                        continue;
                    }
                    let mut value = self.unescape(&attribute.value, offset);
                    self.cut(&mut value, offset);
                    attributes.push((space, local, value));
                }
                Err(error) => {
                    self.losses.tell(place, notes::attribute_broken(&name, error));
                }
            }
        }
        Ok(Tag { space, name, place, attributes })
    }

    fn deeper(&mut self, offset: usize) -> Result<Place, ReadError> {
        let place = self.cursor.at(offset);
        self.depth += 1;
        if self.depth > self.limits.depth {
            return Err(self.error(
                place,
                Fault::TooLarge,
                format!("elements are nested deeper than {} levels", self.limits.depth),
                "no architecture tool nests so deep: export the model again",
            ));
        }
        Ok(place)
    }

    /// The file may end only when every element has ended.
    fn end(&mut self, offset: usize) -> Result<(), ReadError> {
        if self.depth == 0 {
            return Ok(());
        }
        let place = self.cursor.at(offset);
        Err(self.error(
            place,
            Fault::Syntax,
            format!("the file ends while {} elements are still open", self.depth),
            "it was cut off: export or copy it again",
        ))
    }

    /// Resolves the five entities of XML and character references; keeps what it cannot resolve.
    fn unescape(&mut self, raw: &[u8], offset: usize) -> String {
        let raw = String::from_utf8_lossy(raw);
        let raw = line_ends(&raw);
        match escape::unescape(&raw) {
            Ok(text) => text.into_owned(),
            Err(error) => {
                let place = self.cursor.at(offset);
                self.losses.tell(place, notes::unknown_reference(error));
                raw.into_owned()
            }
        }
    }

    /// Cuts a text that is longer than the limit, and says so.
    fn cut(&mut self, text: &mut String, offset: usize) -> bool {
        if text.len() <= self.limits.text {
            return false;
        }
        let length = text.len();
        text.truncate(beginning(text, self.limits.text).len());
        let place = self.cursor.at(offset);
        self.losses.tell(place, notes::text_cut(length, self.limits.text));
        true
    }

    fn stray(&mut self, offset: usize, text: &[u8]) {
        if text.trim_ascii().is_empty() {
            return;
        }
        let place = self.cursor.at(offset);
        let excerpt: String = String::from_utf8_lossy(text).trim().chars().take(40).collect();
        self.losses.tell(place, notes::stray_text(excerpt));
    }
}

/// Line ends as XML 1.0 (2.11) has them, before references are resolved.
fn line_ends(raw: &str) -> Cow<'_, str> {
    if raw.contains('\r') { Cow::Owned(raw.replace("\r\n", "\n").replace('\r', "\n")) } else { Cow::Borrowed(raw) }
}

fn offset(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

fn space_of(result: &ResolveResult<'_>) -> Space {
    match result {
        ResolveResult::Bound(namespace) => Space::of(namespace.0),
        ResolveResult::Unbound => Space::None,
        // Scripts forget to declare what everybody calls so.
        ResolveResult::Unknown(prefix) if prefix == b"xsi" => Space::Instance,
        ResolveResult::Unknown(_) => Space::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn xml(text: &str) -> Xml<'_> {
        Xml::new(text, LossReport::new("f.xml", 10), Limits::default())
    }

    #[test]
    fn places_point_at_the_opening_bracket() {
        let mut xml = xml("<?xml version=\"1.0\"?>\n<a>\n  <b x='1'/>text<!-- c -->\n</a>");
        let a = xml.child().unwrap().unwrap();
        assert_eq!(a.place.to_string(), "2:1");
        let b = xml.child().unwrap().unwrap();
        assert_eq!((b.place.to_string(), b.get("x")), ("3:3".into(), Some("1")));
        assert!(xml.child().unwrap().is_none());
        assert!(xml.child().unwrap().is_none());
        assert!(xml.child().unwrap().is_none());
        assert_eq!(xml.losses.into_losses()[0].at, "f.xml:3:13");
    }

    #[test]
    fn a_file_that_is_cut_off_says_so() {
        let mut xml = xml("<a>\n<b>");
        xml.child().unwrap();
        xml.child().unwrap();
        let error = xml.child().unwrap_err();
        assert_eq!((error.fault, error.location()), (Fault::Syntax, "f.xml:2:4".into()));
    }

    #[test]
    fn a_document_type_is_refused_wherever_it_stands() {
        for text in [
            "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
            "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
            "<!DOCTYPE a [",
        ] {
            let error = xml(text).child().unwrap_err();
            assert_eq!(error.fault, Fault::Refused, "{text}: {error}");
        }
    }

    #[test]
    fn an_unknown_entity_stays_as_written() {
        let mut xml = xml("<a>x&nbsp;y &amp; z</a>");
        xml.child().unwrap();
        assert_eq!(xml.text().unwrap(), "x&nbsp;y &amp; z");
        assert_eq!(xml.losses.into_losses().len(), 1);
    }

    #[test]
    fn depth_is_limited() {
        let deep = "<a>".repeat(10_000);
        let mut xml = xml(&deep);
        let error = loop {
            if let Err(error) = xml.child() {
                break error;
            }
        };
        assert_eq!(error.fault, Fault::TooLarge);
    }
}
