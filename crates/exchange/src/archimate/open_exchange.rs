//! ArchiMate model exchange file format 3.x (The Open Group, C19C):
//! `<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/">`; and 2.1, its predecessor for ArchiMate 2, whose
//! elements and attributes have other names: `<model xmlns="http://www.opengroup.org/xsd/archimate">`.

use super::{Draft, lines, resolve, short, tidy, types};
use crate::loss::LossReport;
use crate::model::{
    Access, Connection, Description, Element, End, Node, Property, Referenceable, Relationship, Texts, View,
};
use crate::notes::archimate as notes;
use crate::xml::{Space, Tag, Xml};
use crate::{Limits, Place, ReadError};

/// Reads a whole text whose root is known to be a model.
pub(crate) fn read(text: &str, losses: LossReport, limits: Limits) -> Result<(Description, LossReport), ReadError> {
    let mut xml = Xml::new(text, losses, limits);
    let mut draft = Draft { keys_are_defined: true, ..Draft::default() };
    while let Some(tag) = xml.child()? {
        if tag.name == "model" && matches!(tag.space, Space::OpenExchange | Space::OpenExchange2) {
            if tag.space == Space::OpenExchange2 {
                xml.losses.tell(tag.place, notes::archimate_2());
            }
            model(&mut xml, &mut draft)?;
        } else {
            xml.skip_unknown(&tag, "the document")?;
        }
    }
    let losses = std::mem::replace(&mut xml.losses, LossReport::new("", 0));
    Ok(resolve::finish(draft, losses))
}

fn model(xml: &mut Xml<'_>, draft: &mut Draft) -> Result<(), ReadError> {
    while let Some(tag) = xml.child()? {
        match known(&tag) {
            "name" => text(xml, &tag, &mut draft.description.names, tidy)?,
            "documentation" => text(xml, &tag, &mut draft.description.documentation, lines)?,
            "properties" => {
                let found = properties(xml)?;
                draft.description.properties.extend(found);
            }
            "elements" => {
                while let Some(tag) = xml.child()? {
                    match known(&tag) {
                        "element" => element(xml, draft, &tag)?,
                        _ => xml.skip_unknown(&tag, "<elements>")?,
                    }
                }
            }
            "relationships" => {
                while let Some(tag) = xml.child()? {
                    match known(&tag) {
                        "relationship" => relationship(xml, draft, &tag)?,
                        _ => xml.skip_unknown(&tag, "<relationships>")?,
                    }
                }
            }
            "organizations" => organizations(xml, draft)?,
            "propertyDefinitions" => definitions(xml, draft)?,
            "views" => views(xml, draft)?,
            "metadata" => {
                xml.losses.tell(tag.place, notes::metadata());
                xml.skip()?;
            }
            _ => xml.skip_unknown(&tag, "<model>")?,
        }
    }
    Ok(())
}

/// The name of an element of the format; nothing for one of another namespace.
fn known(tag: &Tag) -> &str {
    match (tag.space, tag.name.as_str()) {
        (Space::OpenExchange2, "organization") => "organizations",
        (Space::OpenExchange2, "propertydefs") => "propertyDefinitions",
        (Space::OpenExchange2, "propertydef") => "propertyDefinition",
        (Space::OpenExchange | Space::OpenExchange2, name) => name,
        _ => "",
    }
}

/// A reference to another thing; 2.1 writes `elementref`, 3.x `elementRef`.
fn reference<'t>(tag: &'t Tag, name: &str) -> Option<&'t str> {
    tag.get(name).or_else(|| tag.get(&name.to_ascii_lowercase()))
}

/// An attribute, or the one that scripts write for it.
fn either<'t>(xml: &mut Xml<'_>, tag: &'t Tag, meant: (&str, Option<&'t str>), written: &str) -> &'t str {
    let (name, value) = meant;
    value.unwrap_or_else(|| {
        tag.get(written).map_or("", |value| {
            xml.losses.tell_once(tag.place, notes::attribute_otherwise(written, name));
            value
        })
    })
}

/// The concept that an element or a relationship says that it is of.
fn concept_name<'t>(xml: &mut Xml<'_>, tag: &'t Tag) -> &'t str {
    either(xml, tag, ("xsi:type", tag.xsi_type()), "type")
}

fn text(xml: &mut Xml<'_>, tag: &Tag, texts: &mut Texts, clean: fn(&str) -> String) -> Result<(), ReadError> {
    let text = clean(&xml.text()?);
    if !text.is_empty() {
        texts.0.push((tag.language().map(str::to_owned), text));
    }
    Ok(())
}

/// Reads what elements, relationships and views have in common; gives what else is there to `more`.
fn referenceable(
    xml: &mut Xml<'_>,
    tag: &Tag,
    mut more: impl FnMut(&mut Xml<'_>, Tag) -> Result<(), ReadError>,
) -> Result<Referenceable, ReadError> {
    let id = either(xml, tag, ("identifier", tag.get("identifier")), "id");
    let mut about = Referenceable::new(id, tag.place);
    while let Some(child) = xml.child()? {
        match known(&child) {
            "name" | "label" => text(xml, &child, &mut about.names, tidy)?,
            "documentation" => text(xml, &child, &mut about.documentation, lines)?,
            "properties" => about.properties.extend(properties(xml)?),
            _ => more(xml, child)?,
        }
    }
    Ok(about)
}

fn element(xml: &mut Xml<'_>, draft: &mut Draft, tag: &Tag) -> Result<(), ReadError> {
    let about = referenceable(xml, tag, |xml, child| xml.skip_unknown(&child, "<element>"))?;
    let name = concept_name(xml, tag);
    let junction = types::junction(name, tag.get("type"));
    let concept = if junction.is_some() {
        types::JUNCTION
    } else {
        resolve::concept(types::element(name), &about, resolve::Kind::Element, &mut xml.losses)
    };
    let element = Element { about, concept, class: None, junction };
    draft.element(xml, element)
}

fn relationship(xml: &mut Xml<'_>, draft: &mut Draft, tag: &Tag) -> Result<(), ReadError> {
    let about = referenceable(xml, tag, |xml, child| xml.skip_unknown(&child, "<relationship>"))?;
    let name = concept_name(xml, tag);
    let concept = resolve::concept(types::relationship(name), &about, resolve::Kind::Relationship, &mut xml.losses);
    let access = tag.get("accessType").and_then(|word| {
        let access = match word {
            "Access" => Some(Access::Access),
            "Read" => Some(Access::Read),
            "Write" => Some(Access::Write),
            "ReadWrite" => Some(Access::ReadWrite),
            _ => None,
        };
        if access.is_none() {
            xml.losses.tell((tag.place, about.source_id.as_str()), notes::access_type_word(word));
        }
        access
    });
    let relationship = Relationship {
        access,
        modifier: tag.get("modifier").map(str::to_owned),
        directed: tag.get("isDirected").map(|word| matches!(word, "true" | "1")),
        source: end(tag, "source"),
        target: end(tag, "target"),
        about,
        concept,
    };
    draft.relationship(xml, relationship)
}

fn end(tag: &Tag, name: &str) -> End {
    End { id: tag.get(name).unwrap_or_default().to_owned(), known: false }
}

/// Properties whose key so far is the identifier of its definition.
fn properties(xml: &mut Xml<'_>) -> Result<Vec<Property>, ReadError> {
    let mut found = Vec::new();
    while let Some(tag) = xml.child()? {
        if known(&tag) != "property" {
            xml.skip_unknown(&tag, "<properties>")?;
            continue;
        }
        let mut value = Texts::default();
        while let Some(child) = xml.child()? {
            match known(&child) {
                "value" => text(xml, &child, &mut value, lines)?,
                _ => xml.skip_unknown(&child, "<property>")?,
            }
        }
        let key = tag.get("propertyDefinitionRef").or_else(|| reference(&tag, "identifierRef")).unwrap_or_default();
        found.push(Property { keys: vec![key.to_owned()], value, place: tag.place });
    }
    Ok(found)
}

fn definitions(xml: &mut Xml<'_>, draft: &mut Draft) -> Result<(), ReadError> {
    while let Some(tag) = xml.child()? {
        if known(&tag) != "propertyDefinition" {
            xml.skip_unknown(&tag, "<propertyDefinitions>")?;
            continue;
        }
        let about = referenceable(xml, &tag, |xml, child| xml.skip_unknown(&child, "<propertyDefinition>"))?;
        let mut names = about.names;
        if let (true, Some(name)) = (names.is_empty(), tag.get("name")) {
            names = Texts::plain(tidy(name));
        }
        for (_, name) in &mut names.0 {
            *name = short(name);
        }
        if draft.keys.contains_key(&about.source_id) {
            let name = names.first().unwrap_or_default();
            xml.losses.tell((tag.place, about.source_id.as_str()), notes::definition_again(name));
        } else {
            draft.hold(xml, tag.place)?;
            draft.keys.insert(about.source_id, names);
        }
    }
    Ok(())
}

fn organizations(xml: &mut Xml<'_>, draft: &mut Draft) -> Result<(), ReadError> {
    while let Some(tag) = xml.child()? {
        match known(&tag) {
            "item" => item(xml, draft, &tag, None)?,
            // attributes of the organisation itself
            "label" | "documentation" | "name" => xml.skip()?,
            _ => xml.skip_unknown(&tag, "<organizations>")?,
        }
    }
    Ok(())
}

/// An item is a folder, or names a thing that lies in the folder around it.
fn item(xml: &mut Xml<'_>, draft: &mut Draft, tag: &Tag, parent: Option<usize>) -> Result<(), ReadError> {
    if let (Some(id), Some(parent)) = (reference(tag, "identifierRef"), parent) {
        draft.hold(xml, tag.place)?;
        draft.sorted.entry(id.to_owned()).or_insert(parent);
    }
    let mut folder = None;
    while let Some(child) = xml.child()? {
        match known(&child) {
            "label" if folder.is_none() && reference(tag, "identifierRef").is_none() => {
                let name = tidy(&xml.text()?);
                draft.hold(xml, child.place)?;
                folder = Some(draft.folder(parent, &name));
            }
            // the label of a thing repeats its name; a second label is a second language
            "label" | "documentation" => xml.skip()?,
            "item" => item(xml, draft, &child, folder.or(parent))?,
            _ => xml.skip_unknown(&child, "<item>")?,
        }
    }
    Ok(())
}

fn views(xml: &mut Xml<'_>, draft: &mut Draft) -> Result<(), ReadError> {
    while let Some(tag) = xml.child()? {
        match known(&tag) {
            "diagrams" => {
                while let Some(tag) = xml.child()? {
                    match known(&tag) {
                        "view" => view(xml, draft, &tag)?,
                        _ => xml.skip_unknown(&tag, "<diagrams>")?,
                    }
                }
            }
            "viewpoints" => viewpoints(xml, draft)?,
            // 3.0 let a view stand here
            "view" => view(xml, draft, &tag)?,
            _ => xml.skip_unknown(&tag, "<views>")?,
        }
    }
    Ok(())
}

/// Viewpoints that the file defines; their names are used where views refer to them.
fn viewpoints(xml: &mut Xml<'_>, draft: &mut Draft) -> Result<(), ReadError> {
    while let Some(tag) = xml.child()? {
        if known(&tag) != "viewpoint" {
            xml.skip_unknown(&tag, "<viewpoints>")?;
            continue;
        }
        let about = referenceable(xml, &tag, |xml, _| xml.skip())?;
        let name = short(about.names.first().unwrap_or_default());
        xml.losses.tell((tag.place, about.source_id.as_str()), notes::viewpoint_definition(&name));
        draft.hold(xml, tag.place)?;
        draft.profiles.insert(about.source_id, name);
    }
    Ok(())
}

fn view(xml: &mut Xml<'_>, draft: &mut Draft, tag: &Tag) -> Result<(), ReadError> {
    let mut view = View {
        about: Referenceable::new("", Place::START),
        viewpoint: tag.get("viewpoint").map(str::to_owned),
        nodes: Vec::new(),
        relationships: Vec::new(),
        connections: Vec::new(),
        notes: Vec::new(),
        references: Vec::new(),
    };
    if view.viewpoint.is_none() {
        view.viewpoint =
            tag.get("viewpointRef").map(|id| draft.profiles.get(id).cloned().unwrap_or_else(|| id.to_owned()));
    }
    let about = referenceable(xml, tag, |xml, child| match known(&child) {
        "node" => {
            draft.hold(xml, child.place)?;
            node(xml, draft, &mut view, &child, None)
        }
        "connection" => {
            draft.hold(xml, child.place)?;
            connection(xml, &mut view, &child)
        }
        "viewpoint" => xml.skip(),
        _ => xml.skip_unknown(&child, "<view>"),
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
    let index = view.nodes.len();
    let number = |name: &str| tag.get(name)?.trim().parse::<i32>().ok();
    let bounds = || Some([number("x")?, number("y")?, number("w")?, number("h")?]);
    view.nodes.push(Node {
        id: tag.get("identifier").unwrap_or_default().to_owned(),
        element: reference(tag, "elementRef").map(str::to_owned),
        parent,
        bounds: bounds(),
        ..Node::default()
    });
    let note = tag.xsi_type() == Some("Label");
    while let Some(child) = xml.child()? {
        match known(&child) {
            "label" if view.nodes[index].element.is_none() => {
                let text = lines(&xml.text()?);
                if !text.is_empty() {
                    if note {
                        view.notes.push(text.clone());
                    }
                    view.nodes[index].label.get_or_insert(text);
                }
            }
            "style" => view.nodes[index].fill = fill(xml)?,
            "node" => {
                draft.hold(xml, child.place)?;
                node(xml, draft, view, &child, Some(index))?;
            }
            "viewRef" => {
                view.references.extend(child.get("ref").map(str::to_owned));
                xml.skip()?;
            }
            "connection" => connection(xml, view, &child)?,
            "label" | "documentation" | "properties" => xml.skip()?,
            _ => xml.skip_unknown(&child, "<node>")?,
        }
    }
    Ok(())
}

/// The colour of a style.
fn fill(xml: &mut Xml<'_>) -> Result<Option<[u8; 3]>, ReadError> {
    let mut fill = None;
    while let Some(child) = xml.child()? {
        if known(&child) == "fillColor" {
            let part = |name: &str| child.get(name)?.trim().parse::<u8>().ok();
            fill = part("r").zip(part("g")).zip(part("b")).map(|((red, green), blue)| [red, green, blue]);
        }
        xml.skip()?;
    }
    Ok(fill)
}

fn connection(xml: &mut Xml<'_>, view: &mut View, tag: &Tag) -> Result<(), ReadError> {
    let relationship = reference(tag, "relationshipRef").map(str::to_owned);
    view.relationships.extend(relationship.clone());
    let end = |name: &str| tag.get(name).unwrap_or_default().to_owned();
    let mut line = Connection { relationship, source: end("source"), target: end("target"), bends: Vec::new() };
    while let Some(child) = xml.child()? {
        if known(&child) == "bendpoint" {
            let number = |name: &str| child.get(name)?.trim().parse::<i32>().ok();
            line.bends.extend(number("x").zip(number("y")).map(|(x, y)| [x, y]));
        }
        xml.skip()?;
    }
    view.connections.push(line);
    Ok(())
}
