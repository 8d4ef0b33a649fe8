//! Tables, in CSV or in workbooks: one thing per row, one property per column.
//!
//! A table's header says what its rows are: with `actor` and `of what` they are responsibilities, with
//! `source` and `target` integrations, else things of the kind that the name of the sheet or file says.
//! All other columns are properties, which the mapping profile knows by their names. Rows become the
//! same model that the ArchiMate readers give, so that everything after it is the same too.

mod archi_csv;
mod cell;
mod columns;
pub(crate) mod csv_text;
pub(crate) mod formula;
pub(crate) mod grid;
mod guess;
mod header;
mod ods;
pub(crate) mod sheets;
pub(crate) mod spreadsheet;

use crate::loss::LossReport;
use crate::mapping::Mapping;
use crate::model::{ConceptType, Description, Element, End, Property, Referenceable, Relationship, Texts};
use crate::notes::tables as notes;
use crate::workbook::Workbook;
use crate::{Fault, Place, ReadError, archimate};
use columns::{Columns, Kind};
use grid::{Grid, Row};
pub use guess::guess;
use oxrdf::NamedNode;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use viite_model::label;

/// Reads the tables of a set. In a workbook, sheets that hold no table are left out with a note.
pub(crate) fn read(
    file: &str,
    grids: Vec<Grid>,
    workbook: bool,
    mapping: &Mapping,
    mut losses: LossReport,
) -> Result<(Description, LossReport), ReadError> {
    let mut set =
        Set { description: Description::default(), ids: FxHashSet::default(), names: FxHashMap::default(), mapping };
    let mut links = Vec::new();
    let mut archi = Vec::new();
    let mut understood = false;
    for grid in grids {
        let (name, part) = (grid.name.clone(), grid.part);
        if grid.rows.is_empty() || (workbook && Workbook::is_guide(&name)) {
            continue;
        }
        let place = Place { file: part, ..Place::START };
        let line = mapping.table(&name).and_then(|profile| profile.header);
        let Some(table) = header::find(grid, line, |text| columns::is_header(text, &name, mapping), &mut losses) else {
            continue;
        };
        if let Some(part) = archi_csv::part(&table) {
            archi.push((part, table));
            understood = true;
            continue;
        }
        let columns = Columns::of(&table.header, &table.name, file, mapping);
        for header in &columns.supposed {
            losses.tell_once(place, notes::column_supposed(header));
        }
        match columns.kind.clone() {
            Kind::Things(concept, class) => {
                for row in &table.rows {
                    set.thing(row, &columns, concept, class.as_ref(), &mut losses);
                }
            }
            Kind::Integrations | Kind::Responsibilities => links.push((columns, table.rows)),
            Kind::Unknown if workbook => {
                losses.tell(place, notes::unknown_sheet(&name));
                continue;
            }
            Kind::Unknown => {
                return Err(ReadError::new(
                    &name,
                    Some(Place::START),
                    Fault::WrongKind,
                    "neither the header row nor the file's name tells what the rows of this table are",
                    columns::HELP,
                ));
            }
        }
        understood = true;
    }
    if !understood {
        let problem = "no sheet of the workbook tells what its rows are";
        return Err(ReadError::new(file, None, Fault::WrongKind, problem, columns::HELP));
    }
    // Links come last, when all things of the set are known.
    for (columns, rows) in &links {
        for row in rows {
            set.link(row, columns, &mut losses);
        }
    }
    if archi.is_empty() {
        return Ok((set.description, losses));
    }
    archi_csv::add(&archi, &mut set.description, &mut losses);
    Ok(archimate::resolved(set.description, losses))
}

struct Set<'m> {
    description: Description,
    ids: FxHashSet<String>,
    /// Identifiers of things by name; none when two things have it.
    names: FxHashMap<String, Option<String>>,
    mapping: &'m Mapping,
}

impl Set<'_> {
    fn thing(
        &mut self,
        row: &Row,
        columns: &Columns,
        concept: Option<&'static str>,
        class: Option<&NamedNode>,
        losses: &mut LossReport,
    ) {
        if is_example(row, columns, losses) {
            return;
        }
        let Some(name) = columns.name.and_then(|column| row.text(column)).map(cell::line) else {
            losses.tell(row.place, notes::row_without_name());
            return;
        };
        let kind = concept.or(class.map(|class| class.as_str().rsplit(['#', '/']).next().unwrap_or_default()));
        let about = self.about(row, columns, kind.unwrap_or_default(), &name, losses);
        self.names.entry(label::key(&name)).and_modify(|known| *known = None).or_insert_with(|| Some(about.id.clone()));
        let concept = concept.map_or(ConceptType::NONE, known);
        self.description.elements.push(Element { about, concept, class: class.cloned(), junction: None });
    }

    fn link(&mut self, row: &Row, columns: &Columns, losses: &mut LossReport) {
        if is_example(row, columns, losses) {
            return;
        }
        let responsibility = columns.kind == Kind::Responsibilities;
        let (from, to) =
            if responsibility { (columns.actor, columns.object) } else { (columns.source, columns.target) };
        let end = |column: Option<usize>| column.and_then(|column| row.text(column)).map(cell::line);
        let (Some(source), Some(target)) = (end(from), end(to)) else {
            losses.tell(
                row.place,
                if responsibility { notes::responsibility_without_end() } else { notes::integration_without_end() },
            );
            return;
        };
        let kind = columns.responsibility.and_then(|column| row.text(column));
        let name = if responsibility { kind } else { columns.name.and_then(|column| row.text(column)) };
        let key = format!("{source} > {target} {}", name.unwrap_or_default());
        let mut about =
            self.about(row, columns, if responsibility { "responsibility" } else { "integration" }, &key, losses);
        about.names = name.map(|name| Texts::plain(cell::line(name))).unwrap_or_default();
        let at = |column: Option<usize>| column.map_or(row.place, |column| row.at(column));
        let (near, far) = if responsibility {
            ("BusinessActor", "ApplicationService")
        } else {
            ("ApplicationComponent", "ApplicationComponent")
        };
        let source = self.end(&source, near, at(from), losses);
        let target = self.end(&target, far, at(to), losses);
        self.description.relationships.push(Relationship {
            about,
            concept: known(if responsibility { "Association" } else { "Flow" }),
            source: End { id: source, known: true },
            target: End { id: target, known: true },
            access: None,
            modifier: None,
            directed: None,
        });
    }

    /// The thing of an identifier or a name, or one that is only named.
    fn end(&mut self, name: &str, concept: &'static str, place: Place, losses: &mut LossReport) -> String {
        if self.ids.contains(name) {
            return name.to_owned();
        }
        if let Some(Some(id)) = self.names.get(&label::key(name)) {
            return id.clone();
        }
        let id = format!("named~{concept}~{}", label::key(name));
        if self.ids.insert(id.clone()) {
            // Actors are often named only; of systems and services a table is expected.
            if concept != "BusinessActor" {
                let twice = matches!(self.names.get(&label::key(name)), Some(None));
                losses.tell(place, if twice { notes::end_ambiguous(name) } else { notes::end_not_described(name) });
            }
            let mut about = Referenceable::new(&id, place);
            about.names = Texts::plain(name);
            about.described = false;
            self.description.elements.push(Element { about, concept: known(concept), class: None, junction: None });
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
            losses.tell((row.place, id.as_str()), notes::identifier_again(&id, &unique));
        }
        let mut about = Referenceable::new(&unique, row.place);
        about.source_id = id;
        about.names = Texts::plain(name);
        about.documentation =
            columns.description.and_then(|column| row.text(column)).map(Texts::plain).unwrap_or_default();
        for property in &columns.properties {
            let Some(text) = row.text(property.column) else { continue };
            let place = row.at(property.column);
            let nothing =
                self.mapping.property(&property.key).is_some_and(|known| cell::says_nothing(text, &known.value));
            if nothing {
                losses.tell_once(place, notes::read_as_empty(text, &property.key));
                continue;
            }
            about.properties.push(Property { keys: vec![property.key.clone()], value: Texts::plain(text), place });
        }
        about
    }
}

/// Whether a row only shows how to fill the sheet.
fn is_example(row: &Row, columns: &Columns, losses: &mut LossReport) -> bool {
    let id = columns.id.and_then(|column| row.text(column));
    let example = id.is_some_and(Workbook::is_example);
    if example {
        losses.tell_once(row.place, notes::example_row());
    }
    example
}

/// A concept of ArchiMate.
fn known(name: &'static str) -> ConceptType {
    ConceptType { name: Cow::Borrowed(name), known: true }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;

    fn set(tables: &[(&str, &str)]) -> (Description, Vec<crate::Loss>) {
        let mut losses = LossReport::new("set", 100);
        let grids = tables.iter().map(|(name, text)| {
            let part = losses.add_file(name);
            csv_text::read(name, text, part, &Limits::default(), &mut LossReport::new("x.csv", 9)).unwrap()
        });
        let grids = grids.collect();
        let (description, losses) = read("set", grids, false, Mapping::archimate(), losses).unwrap();
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
        let grid =
            csv_text::read("x.csv", "a,b\n1,2\n", 0, &Limits::default(), &mut LossReport::new("x.csv", 9)).unwrap();
        let losses = LossReport::new("x.csv", 9);
        let error = read("x.csv", vec![grid], false, Mapping::archimate(), losses).unwrap_err();
        assert_eq!(error.fault, Fault::WrongKind);
        assert!(error.to_string().contains("nimi"), "{error}");
    }
}
