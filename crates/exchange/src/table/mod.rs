//! Sets of CSV tables: one thing per row, one property per column.
//!
//! A table's header says what its rows are: with `actor` and `of what` they are responsibilities, with
//! `source` and `target` integrations, else things of the kind that the table's file name says.
//! All other columns are properties, which the mapping profile knows by their names. Rows become the
//! same model that the ArchiMate readers give, so that everything after it is the same too.

mod columns;
mod rows;

use crate::loss::LossReport;
use crate::model::{ConceptType, Description, Element, End, Property, Referenceable, Relationship, Texts};
use crate::{Fault, Limits, Place, ReadError};
use columns::{Columns, Kind};
use rows::Row;
use rustc_hash::{FxHashMap, FxHashSet};
use viite_model::label;

/// Reads the tables of a set, by name and text.
pub(crate) fn read(
    tables: &[(&str, &str)],
    mut losses: LossReport,
    limits: Limits,
) -> Result<(Description, LossReport), ReadError> {
    let mut set = Set { description: Description::default(), ids: FxHashSet::default(), names: FxHashMap::default() };
    let mut links = Vec::new();
    for (name, text) in tables {
        let number = losses.add_file(name);
        let table = rows::read(name, text, number, limits, &mut losses)?;
        let columns = Columns::of(&table.header, name);
        match columns.kind {
            Kind::Things(concept) => {
                for row in &table.rows {
                    set.thing(row, &columns, concept, &mut losses);
                }
            }
            Kind::Integrations | Kind::Responsibilities => links.push((columns, table.rows)),
            Kind::Unknown => {
                return Err(ReadError::new(
                    name,
                    Some(Place::START),
                    Fault::WrongKind,
                    "neither the header row nor the file's name tells what the rows of this table are",
                    columns::HELP,
                ));
            }
        }
    }
    // Links come last, when all things of the set are known.
    for (columns, rows) in &links {
        for row in rows {
            set.link(row, columns, &mut losses);
        }
    }
    Ok((set.description, losses))
}

struct Set {
    description: Description,
    ids: FxHashSet<String>,
    /// Identifiers of things by name; none when two things have it.
    names: FxHashMap<String, Option<String>>,
}

impl Set {
    fn thing(&mut self, row: &Row, columns: &Columns, concept: &'static str, losses: &mut LossReport) {
        let Some(name) = columns.name.and_then(|column| row.text(column)) else {
            losses.lost(row.place, "a row without a name", "give the thing a name, and import again");
            return;
        };
        let about = self.about(row, columns, concept, name, losses);
        self.add(about, concept, name);
    }

    fn add(&mut self, about: Referenceable, concept: &'static str, name: &str) {
        let id = about.id.clone();
        self.names.entry(label::key(name)).and_modify(|known| *known = None).or_insert(Some(id));
        let concept = ConceptType { name: concept.into(), known: true };
        self.description.elements.push(Element { about, concept, junction: None });
    }

    fn link(&mut self, row: &Row, columns: &Columns, losses: &mut LossReport) {
        let responsibility = columns.kind == Kind::Responsibilities;
        let (from, to) =
            if responsibility { (columns.actor, columns.object) } else { (columns.source, columns.target) };
        let end = |column: Option<usize>| column.and_then(|column| row.text(column));
        let (Some(source), Some(target)) = (end(from), end(to)) else {
            let what = if responsibility { "a responsibility" } else { "an integration" };
            losses.lost(row.place, format!("{what} with an end missing"), "name both ends, and import again");
            return;
        };
        let kind = columns.responsibility.and_then(|column| row.text(column));
        let name = if responsibility { kind } else { columns.name.and_then(|column| row.text(column)) };
        let key = format!("{source} > {target} {}", name.unwrap_or_default());
        let mut about =
            self.about(row, columns, if responsibility { "responsibility" } else { "integration" }, &key, losses);
        about.names = name.map(Texts::plain).unwrap_or_default();
        let source = self.end(source, if responsibility { "BusinessActor" } else { "ApplicationComponent" }, row.place);
        let target =
            self.end(target, if responsibility { "ApplicationService" } else { "ApplicationComponent" }, row.place);
        self.description.relationships.push(Relationship {
            about,
            concept: ConceptType { name: if responsibility { "Association" } else { "Flow" }.into(), known: true },
            source: End { id: source, known: true },
            target: End { id: target, known: true },
            access: None,
            modifier: None,
            directed: None,
        });
    }

    /// The thing of an identifier or a name, or one that is only named.
    fn end(&mut self, name: &str, concept: &'static str, place: Place) -> String {
        if self.ids.contains(name) {
            return name.to_owned();
        }
        if let Some(Some(id)) = self.names.get(&label::key(name)) {
            return id.clone();
        }
        let id = format!("named~{concept}~{}", label::key(name));
        if self.ids.insert(id.clone()) {
            let mut about = Referenceable::new(&id, place);
            about.names = Texts::plain(name);
            about.described = false;
            let concept = ConceptType { name: concept.into(), known: true };
            self.description.elements.push(Element { about, concept, junction: None });
        }
        id
    }

    /// Identifier, name, description and properties of a row.
    fn about(
        &mut self,
        row: &Row,
        columns: &Columns,
        kind: &str,
        name: &str,
        losses: &mut LossReport,
    ) -> Referenceable {
        let given = columns.id.and_then(|column| row.text(column));
        let id = given.map_or_else(|| format!("{kind}~{}", label::key(name)), str::to_owned);
        let mut unique = id.clone();
        let mut copy = 2;
        while !self.ids.insert(unique.clone()) {
            unique = format!("{id}~{copy}");
            copy += 1;
        }
        if unique != id {
            losses.mended(
                (row.place, id.as_str()),
                format!("the identifier '{id}' is used again"),
                format!("it is read as '{unique}'; give every row an identifier of its own"),
            );
        }
        let mut about = Referenceable::new(&unique, row.place);
        about.source_id = id;
        about.names = Texts::plain(name);
        about.documentation =
            columns.description.and_then(|column| row.text(column)).map(Texts::plain).unwrap_or_default();
        about.properties = columns
            .properties
            .iter()
            .filter_map(|(column, key)| {
                let place = Place { column: u32::try_from(column + 1).unwrap_or(u32::MAX), ..row.place };
                Some(Property { keys: vec![key.clone()], value: Texts::plain(row.text(*column)?), place })
            })
            .collect();
        about
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(tables: &[(&str, &str)]) -> (Description, Vec<crate::Loss>) {
        let (description, losses) = read(tables, LossReport::new("set", 100), Limits::default()).unwrap();
        (description, losses.into_losses())
    }

    #[test]
    fn a_row_is_a_thing_and_a_column_a_property() {
        let (description, losses) =
            set(&[("systems.csv", "tunniste;nimi;toiminto;kuvaus\nJ1;Keksitty;Ajanvaraus|Kirjaus;\n;Toinen;;pitkä\n")]);
        assert!(losses.is_empty(), "{losses:?}");
        let [first, second] = &description.elements[..] else { panic!("two things") };
        assert_eq!((first.about.id.as_str(), first.about.place.line), ("J1", 2));
        assert_eq!(first.about.properties.len(), 1);
        assert_eq!(first.about.properties[0].place.column, 3);
        assert_eq!(second.about.id, "ApplicationComponent~toinen");
        assert_eq!(second.about.documentation.first(), Some("pitkä"));
    }

    #[test]
    fn an_integration_finds_its_ends_by_identifier_and_by_name() {
        let (description, _) = set(&[
            ("integrations.csv", "source,target,data group\nJ1,keksitty  B,X\nJ1,Somebody else,\n"),
            ("systems.csv", "id,name\nJ1,Keksitty A\nJ2,Keksitty B\n"),
        ]);
        let ends = description.relationships.iter().map(|r| (r.source.id.as_str(), r.target.id.as_str()));
        assert_eq!(ends.collect::<Vec<_>>(), [("J1", "J2"), ("J1", "named~ApplicationComponent~somebody else")]);
        assert_eq!(description.elements.iter().filter(|element| !element.about.described).count(), 1);
    }

    #[test]
    fn a_name_that_two_things_have_means_neither() {
        let (description, _) = set(&[
            ("systems.csv", "id,name\nJ1,Same\nJ2,Same\nJ3,Other\n"),
            ("integrations.csv", "source,target\nJ3,Same\n"),
        ]);
        assert_eq!(description.relationships[0].target.id, "named~ApplicationComponent~same");
    }

    #[test]
    fn faults_are_told_with_file_and_line() {
        let (description, losses) = set(&[
            ("systems.csv", "id,name\nJ1,A\nJ1,B\nJ3,\nJ4,C,too,many\n"),
            ("integrations.csv", "source,target\nJ1,\n"),
        ]);
        assert_eq!(description.elements.len(), 3);
        let places = losses.iter().map(|loss| loss.at.as_str()).collect::<Vec<_>>();
        assert_eq!(places, ["systems.csv:5:3", "systems.csv:3:1 (J1)", "systems.csv:4:1", "integrations.csv:2:1"]);
    }

    #[test]
    fn a_table_of_nothing_known_is_refused_with_what_would_do() {
        let error = read(&[("x.csv", "a,b\n1,2\n")], LossReport::new("x.csv", 9), Limits::default()).unwrap_err();
        assert_eq!(error.fault, Fault::WrongKind);
        assert!(error.to_string().contains("nimi"), "{error}");
    }
}
