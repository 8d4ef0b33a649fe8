//! ArchiMate model exchange file format 3.1: elements in the order that its schema has, identifiers that XML takes.
//!
//! The schemas `archimate3_Model.xsd`, `archimate3_View.xsd` and `archimate3_Diagram.xsd` of The Open Group say what is
//! valid; a test asks the same of every model that is written.

use super::WriteOptions;
use crate::loss::{At, LossReport};
use crate::model::{Access, Description, Element, Junction, Property, Referenceable, Relationship, Texts, View};
use crate::notes::writing as notes;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::io;

const NAMESPACE: &str = "http://www.opengroup.org/xsd/archimate/3.0/";
const SCHEMA: &str =
    "http://www.opengroup.org/xsd/archimate/3.0/ http://www.opengroup.org/xsd/archimate/3.1/archimate3_Diagram.xsd";

/// Boxes of a view in a row, and their size: a layout is not kept, but the format asks for one.
const ROW: usize = 6;
const BOX: (usize, usize) = (160, 80);

/// The file, and the identifiers that things have in it.
pub(super) fn write(
    description: &Description,
    options: &WriteOptions<'_>,
    losses: &mut LossReport,
) -> io::Result<(String, FxHashMap<String, String>)> {
    let mut taken = FxHashSet::default();
    let mut file = File {
        xml: Writer::new_with_indent(Vec::new(), b' ', 2),
        ids: identifiers(description, &mut taken, losses),
        taken,
        keys: BTreeMap::new(),
        language: options.language.tag(),
    };
    file.model(description, losses)?;
    // The writer is given text only.
    Ok((String::from_utf8(file.xml.into_inner()).map_err(io::Error::other)?, file.ids))
}

struct File {
    xml: Writer<Vec<u8>>,
    /// The identifier that a thing has in the file.
    ids: FxHashMap<String, String>,
    /// Every identifier of the file: the schema wants them unique in the whole of it.
    taken: FxHashSet<String>,
    /// The identifier of the definition of a property key.
    keys: BTreeMap<String, String>,
    language: &'static str,
}

impl File {
    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.xml.write_event(Event::Start(start))
    }

    fn end(&mut self, name: &str) -> io::Result<()> {
        self.xml.write_event(Event::End(BytesEnd::new(name)))
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.xml.write_event(Event::Empty(start))
    }

    fn texts(&mut self, name: &str, texts: &Texts) -> io::Result<()> {
        for (language, text) in texts.iter() {
            self.text(name, language, text)?;
        }
        Ok(())
    }

    fn text(&mut self, name: &str, language: Option<&str>, text: &str) -> io::Result<()> {
        let mut start = BytesStart::new(name);
        if let Some(language) = language {
            start.push_attribute(("xml:lang", language));
        }
        self.xml.write_event(Event::Start(start))?;
        self.xml.write_event(Event::Text(BytesText::new(&carried(text))))?;
        self.end(name)
    }

    fn id(&self, id: &str) -> String {
        self.ids.get(id).cloned().unwrap_or_else(|| id.to_owned())
    }

    /// An identifier for what has none of its own, and that nothing in the file has.
    fn new_id(&mut self, wanted: &str) -> String {
        free(wanted, &mut self.taken)
    }

    fn model(&mut self, description: &Description, losses: &mut LossReport) -> io::Result<()> {
        self.xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let id = self.new_id("id-viite-model");
        let whole = whole(description);
        self.define_keys(description, &whole);
        let attributes = [
            ("xmlns", NAMESPACE),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            ("xsi:schemaLocation", SCHEMA),
            ("identifier", &id),
        ];
        self.start("model", &attributes)?;
        let title = description.names.first().unwrap_or_default();
        self.text("name", Some(self.language), title)?;
        self.texts("documentation", &description.documentation)?;
        if !description.elements.is_empty() {
            self.start("elements", &[])?;
            for element in &description.elements {
                self.element(element)?;
            }
            self.end("elements")?;
        }
        if !whole.is_empty() {
            self.start("relationships", &[])?;
            for relationship in &whole {
                self.relationship(relationship)?;
            }
            self.end("relationships")?;
        }
        self.organizations(description, &whole)?;
        self.definitions()?;
        if !description.views.is_empty() {
            let ends: FxHashMap<&str, (&str, &str)> =
                whole.iter().map(|r| (r.about.id.as_str(), (r.source.id.as_str(), r.target.id.as_str()))).collect();
            let boxes: usize = description.views.iter().map(|view| view.nodes.len()).sum();
            losses.tell(At::FILE, notes::layout(description.views.len(), boxes));
            self.start("views", &[])?;
            self.start("diagrams", &[])?;
            let views: FxHashSet<&str> = description.views.iter().map(|view| view.about.id.as_str()).collect();
            for view in &description.views {
                self.view(view, &ends, &views, losses)?;
            }
            self.end("diagrams")?;
            self.end("views")?;
        }
        self.end("model")
    }

    fn element(&mut self, element: &Element) -> io::Result<()> {
        let kind = match element.junction {
            Some(Junction::And) => "AndJunction",
            Some(Junction::Or) => "OrJunction",
            None => element.concept.name.as_ref(),
        };
        let id = self.id(&element.about.id);
        self.start("element", &[("identifier", &id), ("xsi:type", kind)])?;
        if element.about.names.is_empty() {
            self.text("name", None, "")?; // an element must have one
        }
        self.about(&element.about)?;
        self.end("element")
    }

    fn relationship(&mut self, relationship: &Relationship) -> io::Result<()> {
        let id = self.id(&relationship.about.id);
        let (source, target) = (self.id(&relationship.source.id), self.id(&relationship.target.id));
        let mut attributes = vec![
            ("identifier", id.as_str()),
            ("source", &source),
            ("target", &target),
            ("xsi:type", relationship.concept.name.as_ref()),
        ];
        let kind = relationship.concept.name.as_ref();
        if let Some(access) = relationship.access.filter(|_| kind == "Access") {
            let word = match access {
                Access::Access => "Access",
                Access::Read => "Read",
                Access::Write => "Write",
                Access::ReadWrite => "ReadWrite",
            };
            attributes.push(("accessType", word));
        }
        let modifier = relationship.modifier.as_deref().filter(|_| kind == "Influence").map(carried);
        if let Some(modifier) = &modifier {
            attributes.push(("modifier", modifier));
        }
        if let Some(directed) = relationship.directed.filter(|_| kind == "Association") {
            attributes.push(("isDirected", if directed { "true" } else { "false" }));
        }
        self.start("relationship", &attributes)?;
        self.about(&relationship.about)?;
        self.end("relationship")
    }

    fn about(&mut self, about: &Referenceable) -> io::Result<()> {
        self.texts("name", &about.names)?;
        self.texts("documentation", &about.documentation)?;
        self.properties(&about.properties)
    }

    fn properties(&mut self, properties: &[Property]) -> io::Result<()> {
        if properties.is_empty() {
            return Ok(());
        }
        self.start("properties", &[])?;
        for property in properties {
            let id = self.keys.get(key(property)).cloned().unwrap_or_default(); // every key is defined
            self.start("property", &[("propertyDefinitionRef", &id)])?;
            if property.value.is_empty() {
                self.text("value", None, "")?; // a property must have one
            }
            self.texts("value", &property.value)?;
            self.end("property")?;
        }
        self.end("properties")
    }

    /// Gives every key of a property an identifier, in the order in which they come.
    fn define_keys(&mut self, description: &Description, relationships: &[&Relationship]) {
        let elements = description.elements.iter().map(|element| &element.about);
        let relationships = relationships.iter().map(|relationship| &relationship.about);
        let views = description.views.iter().map(|view| &view.about);
        for property in elements.chain(relationships).chain(views).flat_map(|about| &about.properties) {
            if !self.keys.contains_key(key(property)) {
                let id = self.new_id(&format!("propid-{}", self.keys.len() + 1));
                self.keys.insert(key(property).to_owned(), id);
            }
        }
    }

    fn definitions(&mut self) -> io::Result<()> {
        if self.keys.is_empty() {
            return Ok(());
        }
        self.start("propertyDefinitions", &[])?;
        for (key, id) in self.keys.clone() {
            self.start("propertyDefinition", &[("identifier", &id), ("type", "string")])?;
            self.text("name", None, &key)?;
            self.end("propertyDefinition")?;
        }
        self.end("propertyDefinitions")
    }

    fn organizations(&mut self, description: &Description, relationships: &[&Relationship]) -> io::Result<()> {
        let mut root = Folder::default();
        let elements = description.elements.iter().map(|element| &element.about);
        let relationships = relationships.iter().map(|relationship| &relationship.about);
        for about in elements.chain(relationships).chain(description.views.iter().map(|view| &view.about)) {
            if let Some(path) = about.folder.and_then(|folder| description.folders.get(folder)) {
                let folder = path.split(" / ").fold(&mut root, |folder, part| folder.inner.entry(part).or_default());
                folder.ids.push(self.id(&about.id));
            }
        }
        if root.inner.is_empty() {
            return Ok(());
        }
        self.start("organizations", &[])?;
        self.folder(&root)?;
        self.end("organizations")
    }

    fn folder(&mut self, folder: &Folder<'_>) -> io::Result<()> {
        for (name, inner) in &folder.inner {
            self.start("item", &[])?;
            self.text("label", None, name)?;
            self.folder(inner)?;
            self.end("item")?;
        }
        for id in &folder.ids {
            self.empty("item", &[("identifierRef", id)])?;
        }
        Ok(())
    }

    fn view(
        &mut self,
        view: &View,
        ends: &FxHashMap<&str, (&str, &str)>,
        views: &FxHashSet<&str>,
        losses: &mut LossReport,
    ) -> io::Result<()> {
        let id = self.id(&view.about.id);
        let mut attributes = vec![("identifier", id.as_str()), ("xsi:type", "Diagram")];
        let viewpoint = view.viewpoint.as_deref().map(carried);
        if let Some(viewpoint) = &viewpoint {
            attributes.push(("viewpoint", viewpoint));
        }
        self.start("view", &attributes)?;
        if view.about.names.is_empty() {
            self.text("name", None, "")?; // a view must have one
        }
        self.about(&view.about)?;
        let mut boxes: FxHashMap<&str, String> = FxHashMap::default();
        for (index, element) in view.nodes.iter().filter_map(|node| node.element.as_deref()).enumerate() {
            let node = self.new_id(&format!("{id}-n{}", index + 1));
            let (x, y) = (20 + index % ROW * (BOX.0 + 40), 20 + index / ROW * (BOX.1 + 40));
            let [x, y, w, h] = [x, y, BOX.0, BOX.1].map(|number| number.to_string());
            let shown = self.id(element);
            let attributes = [
                ("identifier", node.as_str()),
                ("xsi:type", "Element"),
                ("elementRef", &shown),
                ("x", &x),
                ("y", &y),
                ("w", &w),
                ("h", &h),
            ];
            self.empty("node", &attributes)?;
            boxes.insert(element, node);
        }
        for (index, note) in view.notes.iter().enumerate() {
            let node = self.new_id(&format!("{id}-t{}", index + 1));
            let x = (20 + index * (BOX.0 + 40)).to_string();
            let [w, h] = [BOX.0, BOX.1].map(|number| number.to_string());
            let attributes =
                [("identifier", node.as_str()), ("xsi:type", "Label"), ("x", &x), ("y", "0"), ("w", &w), ("h", &h)];
            self.start("node", &attributes)?;
            self.text("label", None, note)?;
            self.end("node")?;
        }
        for (index, other) in view.references.iter().filter(|other| views.contains(other.as_str())).enumerate() {
            let node = self.new_id(&format!("{id}-r{}", index + 1));
            let x = (20 + index * (BOX.0 + 40)).to_string();
            let [w, h] = [BOX.0, BOX.1].map(|number| number.to_string());
            let attributes =
                [("identifier", node.as_str()), ("xsi:type", "Label"), ("x", &x), ("y", "0"), ("w", &w), ("h", &h)];
            self.start("node", &attributes)?;
            let other = self.id(other);
            self.empty("viewRef", &[("ref", &other)])?;
            self.end("node")?;
        }
        let mut hidden = 0_u64;
        for (index, relationship) in view.relationships.iter().enumerate() {
            let drawn = ends.get(relationship.as_str()).and_then(|(from, to)| Some((boxes.get(from)?, boxes.get(to)?)));
            let Some((from, to)) = drawn else {
                hidden += 1;
                continue;
            };
            let line = self.new_id(&format!("{id}-c{}", index + 1));
            let shown = self.id(relationship);
            let attributes = [
                ("identifier", line.as_str()),
                ("xsi:type", "Relationship"),
                ("relationshipRef", &shown),
                ("source", from),
                ("target", to),
            ];
            self.empty("connection", &attributes)?;
        }
        if hidden > 0 {
            let name = view.about.names.first().unwrap_or_default();
            losses.tell(At::FILE, notes::lines_without_ends(hidden, name));
        }
        self.end("view")
    }
}

/// The key of a property: the first of its names.
fn key(property: &Property) -> &str {
    property.keys.first().map_or("", String::as_str)
}

/// A folder of the organization: what it holds by name, and the identifiers of what lies in it.
#[derive(Default)]
struct Folder<'d> {
    inner: BTreeMap<&'d str, Self>,
    ids: Vec<String>,
}

/// The relationships with both ends in the file; one may end at another, which then must be whole itself.
fn whole(description: &Description) -> Vec<&Relationship> {
    let mut whole: Vec<&Relationship> = description.relationships.iter().collect();
    let elements: FxHashSet<&str> = description.elements.iter().map(|element| element.about.id.as_str()).collect();
    loop {
        let known: FxHashSet<&str> = whole.iter().map(|relationship| relationship.about.id.as_str()).collect();
        let has = |id: &str| elements.contains(id) || known.contains(id);
        let before = whole.len();
        whole.retain(|relationship| has(&relationship.source.id) && has(&relationship.target.id));
        if whole.len() == before {
            return whole;
        }
    }
}

/// A text without the characters that XML 1.0 does not have (section 2.2).
fn carried(text: &str) -> String {
    let known = |c: &char| !matches!(c, '\0'..='\x08' | '\x0B' | '\x0C' | '\x0E'..='\x1F' | '\u{FFFE}' | '\u{FFFF}');
    text.chars().filter(known).collect()
}

/// Whether a name may begin with a character (XML 1.0, production 4, without the colon: Namespaces in XML, production 4).
fn begins_name(c: char) -> bool {
    matches!(c,
        'A'..='Z' | '_' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
        | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
        | '\u{10000}'..='\u{EFFFF}')
}

/// Whether a name may go on with a character (production 4a).
fn continues_name(c: char) -> bool {
    begins_name(c) || matches!(c, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

/// The identifier, or where it is taken one made of it.
fn free(wanted: &str, taken: &mut FxHashSet<String>) -> String {
    let mut id = wanted.to_owned();
    let mut next = 2_u64;
    while !taken.insert(id.clone()) {
        id = format!("{wanted}-{next}");
        next += 1;
    }
    id
}

/// Identifiers as XML takes them (NCName), distinct; `id-` before what no name begins with, as Archi writes.
fn identifiers(
    description: &Description,
    taken: &mut FxHashSet<String>,
    losses: &mut LossReport,
) -> FxHashMap<String, String> {
    let elements = description.elements.iter().map(|element| &element.about.id);
    let relationships = description.relationships.iter().map(|relationship| &relationship.about.id);
    let views = description.views.iter().map(|view| &view.about.id);
    let mut ids = FxHashMap::default();
    let mut changed = 0_u64;
    for id in elements.chain(relationships).chain(views) {
        let begins = id.starts_with(begins_name);
        let wanted = if begins { id.clone() } else { format!("id-{id}") };
        let named: String = wanted.chars().map(|c| if continues_name(c) { c } else { '_' }).collect();
        let written = free(&named, taken);
        changed += u64::from(written != wanted);
        ids.insert(id.clone(), written);
    }
    if changed > 0 {
        losses.tell(At::FILE, notes::identifiers_changed(changed));
    }
    ids
}
