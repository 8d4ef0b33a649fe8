//! ArchiMate model exchange file format 3.1: elements in the order that its schema has, identifiers that XML takes.

use super::WriteOptions;
use crate::loss::{At, LossReport};
use crate::model::{Access, Description, Element, Junction, Property, Referenceable, Relationship, Texts, View};
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

pub(super) fn write(
    description: &Description,
    options: &WriteOptions<'_>,
    losses: &mut LossReport,
) -> io::Result<String> {
    let mut file = File {
        xml: Writer::new_with_indent(Vec::new(), b' ', 2),
        ids: identifiers(description, losses),
        keys: BTreeMap::new(),
        language: options.language.tag(),
    };
    file.model(description, losses)?;
    // The writer is given text only.
    String::from_utf8(file.xml.into_inner()).map_err(io::Error::other)
}

struct File {
    xml: Writer<Vec<u8>>,
    /// The identifier that a thing has in the file.
    ids: FxHashMap<String, String>,
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
        // XML 1.0 has no control characters but these three.
        let text: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t')).collect();
        self.xml.write_event(Event::Start(start))?;
        self.xml.write_event(Event::Text(BytesText::new(&text)))?;
        self.end(name)
    }

    fn id(&self, id: &str) -> String {
        self.ids.get(id).cloned().unwrap_or_else(|| id.to_owned())
    }

    fn model(&mut self, description: &Description, losses: &mut LossReport) -> io::Result<()> {
        self.xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let attributes = [
            ("xmlns", NAMESPACE),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            ("xsi:schemaLocation", SCHEMA),
            ("identifier", "id-viite-model"),
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
        // An end that the file does not define would not be valid.
        let known: FxHashSet<&str> = description
            .elements
            .iter()
            .map(|element| element.about.id.as_str())
            .chain(description.relationships.iter().map(|relationship| relationship.about.id.as_str()))
            .collect();
        let (whole, broken): (Vec<&Relationship>, Vec<&Relationship>) = description
            .relationships
            .iter()
            .partition(|r| known.contains(r.source.id.as_str()) && known.contains(r.target.id.as_str()));
        if !broken.is_empty() {
            let what = format!("{} relationships", broken.len());
            losses.lost(At::FILE, what, "an end of them is no element of the description, but only named in it");
        }
        if !whole.is_empty() {
            self.start("relationships", &[])?;
            for relationship in &whole {
                self.relationship(relationship)?;
            }
            self.end("relationships")?;
        }
        self.organizations(description)?;
        if !self.keys.is_empty() {
            self.start("propertyDefinitions", &[])?;
            for (key, id) in std::mem::take(&mut self.keys) {
                self.start("propertyDefinition", &[("identifier", &id), ("type", "string")])?;
                self.text("name", None, &key)?;
                self.end("propertyDefinition")?;
            }
            self.end("propertyDefinitions")?;
        }
        if !description.views.is_empty() {
            let ends: FxHashMap<&str, (&str, &str)> =
                whole.iter().map(|r| (r.about.id.as_str(), (r.source.id.as_str(), r.target.id.as_str()))).collect();
            self.start("views", &[])?;
            self.start("diagrams", &[])?;
            for view in &description.views {
                self.view(view, &ends, losses)?;
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
        if let Some(access) = relationship.access {
            let word = match access {
                Access::Access => "Access",
                Access::Read => "Read",
                Access::Write => "Write",
                Access::ReadWrite => "ReadWrite",
            };
            attributes.push(("accessType", word));
        }
        if let Some(modifier) = &relationship.modifier {
            attributes.push(("modifier", modifier));
        }
        if let Some(directed) = relationship.directed {
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
            let key = property.keys.first().cloned().unwrap_or_default();
            let next = format!("propid-{}", self.keys.len() + 1);
            let id = self.keys.entry(key).or_insert(next).clone();
            self.start("property", &[("propertyDefinitionRef", &id)])?;
            self.texts("value", &property.value)?;
            self.end("property")?;
        }
        self.end("properties")
    }

    fn organizations(&mut self, description: &Description) -> io::Result<()> {
        let mut folders: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        let elements = description.elements.iter().map(|element| &element.about);
        let relationships = description.relationships.iter().map(|relationship| &relationship.about);
        for about in elements.chain(relationships).chain(description.views.iter().map(|view| &view.about)) {
            if let Some(path) = about.folder.and_then(|folder| description.folders.get(folder)) {
                folders.entry(path).or_default().push(self.id(&about.id));
            }
        }
        if folders.is_empty() {
            return Ok(());
        }
        self.start("organizations", &[])?;
        for (path, ids) in folders {
            let parts: Vec<&str> = path.split(" / ").collect();
            for part in &parts {
                self.start("item", &[])?;
                self.text("label", None, part)?;
            }
            for id in ids {
                self.empty("item", &[("identifierRef", &id)])?;
            }
            for _ in &parts {
                self.end("item")?;
            }
        }
        self.end("organizations")
    }

    fn view(&mut self, view: &View, ends: &FxHashMap<&str, (&str, &str)>, losses: &mut LossReport) -> io::Result<()> {
        let id = self.id(&view.about.id);
        let mut attributes = vec![("identifier", id.as_str()), ("xsi:type", "Diagram")];
        if let Some(viewpoint) = &view.viewpoint {
            attributes.push(("viewpoint", viewpoint));
        }
        self.start("view", &attributes)?;
        if view.about.names.is_empty() {
            self.text("name", None, "")?; // a view must have one
        }
        self.about(&view.about)?;
        let mut boxes: FxHashMap<&str, String> = FxHashMap::default();
        for (index, element) in view.nodes.iter().filter_map(|node| node.element.as_deref()).enumerate() {
            let node = format!("{id}-n{}", index + 1);
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
            let node = format!("{id}-t{}", index + 1);
            let x = (20 + index * (BOX.0 + 40)).to_string();
            let [w, h] = [BOX.0, BOX.1].map(|number| number.to_string());
            let attributes =
                [("identifier", node.as_str()), ("xsi:type", "Label"), ("x", &x), ("y", "0"), ("w", &w), ("h", &h)];
            self.start("node", &attributes)?;
            self.text("label", None, note)?;
            self.end("node")?;
        }
        let mut hidden = 0_u64;
        for (index, relationship) in view.relationships.iter().enumerate() {
            let drawn = ends.get(relationship.as_str()).and_then(|(from, to)| Some((boxes.get(from)?, boxes.get(to)?)));
            let Some((from, to)) = drawn else {
                hidden += 1;
                continue;
            };
            let line = format!("{id}-c{}", index + 1);
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
            let what = format!("{hidden} lines of the view '{}'", view.about.names.first().unwrap_or_default());
            losses.lost(
                At::FILE,
                what,
                "a line needs a box at either end, and these join relationships or what is not shown",
            );
        }
        self.end("view")
    }
}

/// Identifiers as XML takes them (NCName), distinct; `id-` before what does not begin with a letter, as Archi writes.
fn identifiers(description: &Description, losses: &mut LossReport) -> FxHashMap<String, String> {
    let elements = description.elements.iter().map(|element| &element.about.id);
    let relationships = description.relationships.iter().map(|relationship| &relationship.about.id);
    let views = description.views.iter().map(|view| &view.about.id);
    let mut ids = FxHashMap::default();
    let mut taken: FxHashSet<String> = FxHashSet::default();
    let mut changed = 0_u64;
    for id in elements.chain(relationships).chain(views) {
        let begins = id.starts_with(|c: char| c.is_alphabetic() || c == '_');
        let whole = id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
        let mut written = if begins { id.clone() } else { format!("id-{id}") };
        if !whole {
            changed += 1;
            written = written
                .chars()
                .map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '_' })
                .collect();
        }
        if !taken.insert(written.clone()) {
            written = format!("id-{}", &blake3::hash(id.as_bytes()).to_hex()[..32]);
            taken.insert(written.clone());
        }
        ids.insert(id.clone(), written);
    }
    if changed > 0 {
        let what = format!("the identifiers of {changed} things");
        losses.mended(
            At::FILE,
            what,
            "XML identifiers hold letters, digits, '-', '_' and '.' only; the others became '_'",
        );
    }
    ids
}
