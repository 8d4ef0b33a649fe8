//! Archi's own file, `.archimate`: `<archimate:model xmlns:archimate="http://www.archimatetool.com/archimate">`.
//!
//! Folders hold elements, relationships and views alike, all as `<element xsi:type="archimate:…">`.

use super::{Draft, lines, resolve, short, tidy, types};
use crate::loss::LossReport;
use crate::model::{
    Access, Connection, Description, Element, End, Node, Property, Referenceable, Relationship, Texts, View,
};
use crate::notes::archimate as notes;
use crate::xml::{Space, Tag, Xml};
use crate::{Limits, ReadError};

/// Reads a whole text whose root is known to be an Archi model.
pub(crate) fn read(text: &str, losses: LossReport, limits: Limits) -> Result<(Description, LossReport), ReadError> {
    let mut xml = Xml::new(text, losses, limits);
    let mut draft = Draft::default();
    while let Some(tag) = xml.child()? {
        if tag.name == "model" && tag.space == Space::Archi {
            model(&mut xml, &mut draft, &tag)?;
        } else {
            xml.skip_unknown(&tag, "the document")?;
        }
    }
    let losses = std::mem::replace(&mut xml.losses, LossReport::new("", 0));
    Ok(resolve::finish(draft, losses))
}

pub(super) fn model(xml: &mut Xml<'_>, draft: &mut Draft, tag: &Tag) -> Result<(), ReadError> {
    if let Some(name) = tag.get("name").map(tidy).filter(|name| !name.is_empty()) {
        draft.description.names = Texts::plain(name);
    }
    while let Some(tag) = xml.child()? {
        match tag.name.as_str() {
            "folder" => folder(xml, draft, &tag, None)?,
            "purpose" | "documentation" => {
                let text = lines(&xml.text()?);
                if !text.is_empty() {
                    draft.description.documentation.0.push((None, text));
                }
            }
            "property" | "properties" => {
                let found = property(xml, &tag)?;
                draft.description.properties.extend(found);
            }
            "profile" | "profiles" => profile(xml, draft, &tag)?,
            "metadata" => {
                xml.losses.tell(tag.place, notes::metadata());
                xml.skip()?;
            }
            // settings of the program
            "feature" | "features" => xml.skip()?,
            _ => xml.skip_unknown(&tag, "<archimate:model>")?,
        }
    }
    Ok(())
}

/// A specialisation that elements refer to.
pub(super) fn profile(xml: &mut Xml<'_>, draft: &mut Draft, tag: &Tag) -> Result<(), ReadError> {
    draft.hold(xml, tag.place)?;
    if let (Some(id), Some(name)) = (tag.get("id"), tag.get("name")) {
        draft.profiles.insert(id.to_owned(), short(&tidy(name)));
    } else {
        xml.losses.tell(tag.place, notes::specialisation_without_name());
    }
    xml.skip()
}

fn folder(xml: &mut Xml<'_>, draft: &mut Draft, tag: &Tag, parent: Option<usize>) -> Result<(), ReadError> {
    draft.hold(xml, tag.place)?;
    let name = tidy(tag.get("name").unwrap_or_default());
    let folder_index = draft.folder(parent, &name);
    while let Some(tag) = xml.child()? {
        match tag.name.as_str() {
            "folder" => folder(xml, draft, &tag, Some(folder_index))?,
            "element" => thing(xml, draft, &tag, folder_index)?,
            "documentation" | "property" => {
                xml.losses.tell(tag.place, notes::folder_documentation(&tag.name, &name));
                xml.skip()?;
            }
            "feature" => xml.skip()?,
            _ => xml.skip_unknown(&tag, "<folder>")?,
        }
    }
    Ok(())
}

/// An element, a relationship or a view: the type tells, or the name where every thing has a file of its own.
pub(super) fn thing(xml: &mut Xml<'_>, draft: &mut Draft, tag: &Tag, folder: usize) -> Result<(), ReadError> {
    let name = tag.xsi_type().unwrap_or(if tag.name == "element" { "" } else { &tag.name });
    if name.ends_with("DiagramModel") || name.ends_with("SketchModel") || name.ends_with("CanvasModel") {
        return view(xml, draft, tag, folder);
    }
    let mut ends = [tag.get("source").map(str::to_owned), tag.get("target").map(str::to_owned)];
    let about = referenceable(xml, tag, folder, |xml, child| match (child.name.as_str(), linked(&child)) {
        ("source", Some(id)) => {
            ends[0] = Some(id);
            xml.skip()
        }
        ("target", Some(id)) => {
            ends[1] = Some(id);
            xml.skip()
        }
        _ => xml.skip_unknown(&child, "<element>"),
    })?;
    if name.ends_with("Relationship") || ends.iter().all(Option::is_some) {
        let relationship = relationship(xml, about, tag, name, ends);
        return draft.relationship(xml, relationship);
    }
    let junction = types::junction(name, tag.get("type"));
    let concept = if junction.is_some() {
        types::JUNCTION
    } else {
        resolve::concept(types::element(name), &about, resolve::Kind::Element, &mut xml.losses)
    };
    let element = Element { about, concept, class: None, junction };
    draft.element(xml, element)
}

/// The thing that an element of coArchi refers to: `href="BusinessActor_1.xml#1"`.
fn linked(tag: &Tag) -> Option<String> {
    tag.get("href").and_then(|href| href.rsplit_once('#')).map(|(_, id)| id.to_owned())
}

fn relationship(
    xml: &mut Xml<'_>,
    about: Referenceable,
    tag: &Tag,
    name: &str,
    ends: [Option<String>; 2],
) -> Relationship {
    let found = types::relationship(name);
    let concept = resolve::concept(found, &about, resolve::Kind::Relationship, &mut xml.losses);
    let access = (concept.name == "Access").then(|| match tag.get("accessType") {
        // Archi leaves its default out
        None | Some("0") => Access::Write,
        Some("1") => Access::Read,
        Some("2") => Access::Access,
        Some("3") => Access::ReadWrite,
        Some(other) => {
            xml.losses.tell((tag.place, about.source_id.as_str()), notes::access_type_number(other));
            Access::Access
        }
    });
    let [source, target] = ends.map(|id| End { id: id.unwrap_or_default(), known: false });
    Relationship {
        access,
        modifier: tag.get("strength").map(str::to_owned),
        directed: tag.get("directed").map(|word| word == "true"),
        source,
        target,
        about,
        concept,
    }
}

fn referenceable(
    xml: &mut Xml<'_>,
    tag: &Tag,
    folder: usize,
    mut more: impl FnMut(&mut Xml<'_>, Tag) -> Result<(), ReadError>,
) -> Result<Referenceable, ReadError> {
    let mut about = Referenceable::new(tag.get("id").unwrap_or_default(), tag.place);
    about.folder = Some(folder);
    if let Some(name) = tag.get("name").map(tidy).filter(|name| !name.is_empty()) {
        about.names = Texts::plain(name);
    }
    if let Some(profiles) = tag.get("profiles") {
        about.specialisations = profiles.split_whitespace().map(str::to_owned).collect();
    }
    while let Some(child) = xml.child()? {
        match child.name.as_str() {
            "documentation" => {
                let text = lines(&xml.text()?);
                if !text.is_empty() {
                    about.documentation.0.push((None, text));
                }
            }
            "property" | "properties" => about.properties.extend(property(xml, &child)?),
            "profiles" => {
                about.specialisations.extend(linked(&child));
                xml.skip()?;
            }
            // settings of the program
            "feature" | "features" => xml.skip()?,
            _ => more(xml, child)?,
        }
    }
    Ok(about)
}

fn property(xml: &mut Xml<'_>, tag: &Tag) -> Result<Option<Property>, ReadError> {
    xml.skip()?;
    let value = lines(tag.get("value").unwrap_or_default());
    let key = tidy(tag.get("key").unwrap_or_default());
    if key.is_empty() && value.is_empty() {
        xml.losses.tell(tag.place, notes::empty_property());
        return Ok(None);
    }
    Ok(Some(Property {
        keys: vec![key],
        value: if value.is_empty() { Texts::default() } else { Texts::plain(value) },
        place: tag.place,
    }))
}

fn view(xml: &mut Xml<'_>, draft: &mut Draft, tag: &Tag, folder: usize) -> Result<(), ReadError> {
    let mut view = View {
        about: Referenceable::new("", tag.place),
        viewpoint: tag.get("viewpoint").map(str::to_owned),
        nodes: Vec::new(),
        relationships: Vec::new(),
        connections: Vec::new(),
        notes: Vec::new(),
        references: Vec::new(),
    };
    let about = referenceable(xml, tag, folder, |xml, child| match child.name.as_str() {
        "child" | "children" => node(xml, draft, &mut view, &child, None),
        "hintContent" => xml.skip(),
        _ => xml.skip_unknown(&child, "a view"),
    })?;
    view.about = about;
    draft.view(xml, view)
}

fn node(
    xml: &mut Xml<'_>,
    draft: &mut Draft,
    view: &mut View,
    tag: &Tag,
    parent: Option<usize>,
) -> Result<(), ReadError> {
    draft.hold(xml, tag.place)?;
    let index = view.nodes.len();
    view.nodes.push(Node {
        id: tag.get("id").unwrap_or_default().to_owned(),
        element: tag.get("archimateElement").map(str::to_owned),
        parent,
        label: tag.get("name").map(tidy).filter(|name| !name.is_empty()),
        fill: tag.get("fillColor").and_then(color),
        ..Node::default()
    });
    view.references.extend(tag.get("model").map(str::to_owned));
    while let Some(child) = xml.child()? {
        match child.name.as_str() {
            "child" | "children" => node(xml, draft, view, &child, Some(index))?,
            "sourceConnection" | "sourceConnections" => connection(xml, draft, view, &child)?,
            "archimateElement" => {
                view.nodes[index].element = linked(&child);
                xml.skip()?;
            }
            "referencedModel" => {
                view.references.extend(linked(&child));
                xml.skip()?;
            }
            "content" | "notes" => {
                let text = lines(&xml.text()?);
                if !text.is_empty() {
                    view.nodes[index].label.get_or_insert_with(|| text.clone());
                    view.notes.push(text);
                }
            }
            "bounds" => {
                view.nodes[index].bounds = Some(bounds(&child, parent.and_then(|parent| view.nodes[parent].bounds)));
                xml.skip()?;
            }
            "feature" | "features" | "documentation" | "property" | "properties" => xml.skip()?,
            _ => xml.skip_unknown(&child, "a view")?,
        }
    }
    Ok(())
}

/// Left, top, width and height: the file counts from the box around it, and leaves out the usual size.
fn bounds(tag: &Tag, around: Option<[i32; 4]>) -> [i32; 4] {
    let number = |name: &str| tag.get(name).and_then(|text| text.trim().parse::<i32>().ok());
    let [left, top, ..] = around.unwrap_or_default();
    let size = |name: &str, usual: i32| number(name).filter(|size| *size > 0).unwrap_or(usual);
    [
        left.saturating_add(number("x").unwrap_or_default()),
        top.saturating_add(number("y").unwrap_or_default()),
        size("width", 120),
        size("height", 55),
    ]
}

/// `#rrggbb`
fn color(text: &str) -> Option<[u8; 3]> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

/// A line; lines may start at lines.
fn connection(xml: &mut Xml<'_>, draft: &mut Draft, view: &mut View, tag: &Tag) -> Result<(), ReadError> {
    draft.hold(xml, tag.place)?;
    let shown = tag.get("archimateRelationship").or_else(|| tag.get("relationship"));
    let end = |name: &str| tag.get(name).unwrap_or_default().to_owned();
    let mut line = Connection {
        relationship: shown.map(str::to_owned),
        source: end("source"),
        target: end("target"),
        bends: Vec::new(),
    };
    while let Some(child) = xml.child()? {
        match child.name.as_str() {
            "sourceConnection" | "sourceConnections" => connection(xml, draft, view, &child)?,
            "archimateRelationship" => {
                line.relationship = linked(&child);
                xml.skip()?;
            }
            "bendpoint" | "bendpoints" => {
                // Counted from the middle of the box where the line starts, which may not be read to its end yet:
                // its bounds stand before its lines.
                let start = view.nodes.iter().rev().find(|node| node.id == line.source).and_then(|node| node.bounds);
                let number =
                    |name: &str| child.get(name).and_then(|text| text.trim().parse::<i32>().ok()).unwrap_or_default();
                if let Some([x, y, width, height]) = start {
                    let middle = [x.saturating_add(width / 2), y.saturating_add(height / 2)];
                    line.bends
                        .push([middle[0].saturating_add(number("startX")), middle[1].saturating_add(number("startY"))]);
                }
                xml.skip()?;
            }
            "feature" | "features" | "documentation" | "property" | "properties" => xml.skip()?,
            _ => xml.skip_unknown(&child, "a line of a view")?,
        }
    }
    view.relationships.extend(line.relationship.clone());
    view.connections.push(line);
    Ok(())
}
