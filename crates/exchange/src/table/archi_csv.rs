//! The three CSV files that Archi exports: elements, relations and properties.
//!
//! `"ID","Type","Name","Documentation"`, the same with `"Source","Target"`, and `"ID","Key","Value"`;
//! newer versions add `"Specialization"`. Attributes of relationships stand among the properties.

use super::grid::Row;
use super::header::Table;
use crate::archimate::Kind;
use crate::archimate::types;
use crate::loss::LossReport;
use crate::model::{Access, Description, Element, End, Junction, Property, Referenceable, Relationship, Texts};
use crate::notes::tables as notes;
use rustc_hash::FxHashMap;
use viite_model::label;

/// Which of the three a table is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part {
    Elements,
    Relations,
    Properties,
}

/// Tells Archi's tables by their headers, whatever the file is called, and by a type of ArchiMate in the first row.
pub(super) fn part(table: &Table) -> Option<Part> {
    let header: Vec<String> = table.header.iter().map(|text| label::key(text)).collect();
    let is = |names: &[&str]| header.len() >= names.len() && header.iter().zip(names).all(|(text, name)| text == name);
    let typed = |known: fn(&str) -> types::Found| {
        let types = table.rows.iter().filter_map(|row| row.text(1));
        types.take(5).any(|name| name == "ArchimateModel" || name.contains("Junction") || known(name).concept.known)
    };
    if is(&["id", "type", "name", "documentation", "source", "target"]) {
        return typed(types::relationship).then_some(Part::Relations);
    }
    if is(&["id", "type", "name", "documentation"]) {
        return typed(types::element).then_some(Part::Elements);
    }
    is(&["id", "key", "value"]).then_some(Part::Properties)
}

/// Adds the rows of Archi's tables to a description; properties come last, when their owners are known.
pub(super) fn add(tables: &[(Part, Table)], description: &mut Description, losses: &mut LossReport) {
    let of = |part: Part| tables.iter().filter(move |(is, _)| *is == part).map(|(_, table)| table);
    let mut model = None;
    for (table, row) in of(Part::Elements).flat_map(|table| table.rows.iter().map(move |row| (table, row))) {
        if row.text(1) == Some("ArchimateModel") {
            model = row.text(0).map(str::to_owned);
            description.names = row.text(2).map(Texts::plain).unwrap_or_default();
            description.documentation = row.text(3).map(Texts::plain).unwrap_or_default();
            continue;
        }
        let about = about(row, &table.header);
        let junction = types::junction(row.text(1).unwrap_or_default(), None);
        let concept = if junction.is_some() {
            types::JUNCTION
        } else {
            crate::archimate::concept(types::element(row.text(1).unwrap_or_default()), &about, Kind::Element, losses)
        };
        description.elements.push(Element { about, concept, class: None, junction });
    }
    for (table, row) in of(Part::Relations).flat_map(|table| table.rows.iter().map(move |row| (table, row))) {
        let about = about(row, &table.header);
        let found = types::relationship(row.text(1).unwrap_or_default());
        let concept = crate::archimate::concept(found, &about, Kind::Relationship, losses);
        let end = |column| End { id: row.text(column).unwrap_or_default().to_owned(), known: false };
        let access = (concept.name == "Access").then_some(Access::Write); // Archi's default
        let (source, target) = (end(4), end(5));
        let (modifier, directed) = (None, None);
        description.relationships.push(Relationship { about, concept, source, target, access, modifier, directed });
    }
    properties(of(Part::Properties), model.as_deref(), description, losses);
}

fn about(row: &Row, header: &[String]) -> Referenceable {
    let mut about = Referenceable::new(row.text(0).unwrap_or_default(), row.place);
    about.names = row.text(2).map(|name| Texts::plain(super::cell::line(name))).unwrap_or_default();
    about.documentation = row.text(3).map(Texts::plain).unwrap_or_default();
    let special = header.iter().position(|text| label::key(text).starts_with("specializ"));
    about.specialisations.extend(special.and_then(|column| row.text(column)).map(str::to_owned));
    about
}

fn properties<'t>(
    tables: impl Iterator<Item = &'t Table>,
    model: Option<&str>,
    description: &mut Description,
    losses: &mut LossReport,
) {
    enum Owner {
        Element(usize),
        Relationship(usize),
    }
    let mut owners: FxHashMap<String, Owner> = FxHashMap::default();
    for (index, element) in description.elements.iter().enumerate() {
        owners.insert(element.about.source_id.clone(), Owner::Element(index));
    }
    for (index, relationship) in description.relationships.iter().enumerate() {
        owners.insert(relationship.about.source_id.clone(), Owner::Relationship(index));
    }
    for row in tables.flat_map(|table| &table.rows) {
        let id = row.text(0).unwrap_or_default();
        let key = row.text(1).unwrap_or_default();
        let value = row.cells.get(2).map(|value| value.trim()).unwrap_or_default();
        let texts = if value.is_empty() { Texts::default() } else { Texts::plain(value) };
        let property = Property { keys: vec![key.to_owned()], value: texts, place: row.at(2) };
        match owners.get(id) {
            Some(Owner::Element(index)) => {
                let element = &mut description.elements[*index];
                if key == "Junction_Type" && element.junction.is_some() {
                    element.junction =
                        Some(if value.eq_ignore_ascii_case("or") { Junction::Or } else { Junction::And });
                } else {
                    element.about.properties.push(property);
                }
            }
            Some(Owner::Relationship(index)) => {
                let relationship = &mut description.relationships[*index];
                match key {
                    "Access_Type" if relationship.access.is_some() => {
                        relationship.access = Some(match value {
                            "Read" => Access::Read,
                            "Access" => Access::Access,
                            "ReadWrite" => Access::ReadWrite,
                            _ => Access::Write,
                        });
                    }
                    "Influence_Strength" => relationship.modifier = Some(value.to_owned()),
                    "Association_Directed" => relationship.directed = Some(value == "true"),
                    _ => relationship.about.properties.push(property),
                }
            }
            None if model == Some(id) => description.properties.push(property),
            None => losses.tell((row.place, id), notes::property_of_nothing(key, value)),
        }
    }
}
