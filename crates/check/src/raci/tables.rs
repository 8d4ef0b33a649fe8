//! The responsibility matrix as tables.

use super::{Actor, Kind, Object, Raci, words::words};
use crate::{
    report::words as common,
    table::{Cell, Column, Table, Workbook, WorkbookError, shortened},
};
use std::{
    collections::BTreeSet,
    io::{self, Write},
};
use viite_model::{Outcome, ns};

impl Raci {
    /// Objects against actors, with the signs of [`Kind`] in the cells and the gaps at the end.
    pub fn matrix(&self) -> Table {
        let own = words(self.language);
        let mut columns = vec![Column::new(own.class, 18), Column::new(own.object, 40), Column::new(own.gaps, 26)];
        columns.extend(self.actors.iter().map(|actor| Column::new(self.name(actor), 12)));
        let rows = self.objects.iter().map(|object| {
            let mut row = vec![object.class_label.as_str().into(), name(object).into(), self.gaps(object)];
            row.extend(self.actors.iter().map(|actor| {
                object.named.get(&actor.iri).map(|kinds| self.signs(kinds)).map(Cell::from).unwrap_or_default()
            }));
            row
        });
        Table {
            name: own.matrix.to_owned(),
            caption: self.caption(),
            columns,
            rows: rows.collect(),
            keys: 2,
            printed: None,
        }
    }

    /// A row for each object, with the names of those who are named in each way.
    pub fn by_object(&self) -> Table {
        let own = words(self.language);
        let kinds: Vec<Kind> = self.kinds().into_iter().collect();
        let mut columns = vec![Column::new(own.class, 18), Column::new(own.object, 40)];
        columns.extend(kinds.iter().map(|kind| Column::new(own.kind(*kind), 30)));
        columns.extend([Column::new(own.gaps, 26), Column::new(common(self.language).iri, 44)]);
        let rows = self.objects.iter().map(|object| {
            let mut row: Vec<Cell> = vec![object.class_label.as_str().into(), name(object).into()];
            row.extend(kinds.iter().map(|kind| {
                let named = |actor: &&Actor| object.named.get(&actor.iri).is_some_and(|kinds| kinds.contains(kind));
                let names: Vec<String> = self.actors.iter().filter(named).map(|actor| self.name(actor)).collect();
                Cell::from(names.join("; "))
            }));
            row.extend([self.gaps(object), object.iri.as_str().into()]);
            row
        });
        Table {
            name: own.by_object.to_owned(),
            caption: self.caption(),
            columns,
            rows: rows.collect(),
            keys: 2,
            printed: None,
        }
    }

    /// Writes the matrix for a terminal: actors are numbered, and named below.
    ///
    /// # Errors
    /// When the writer refuses.
    pub fn write_text(&self, color: bool, mut to: impl Write) -> io::Result<()> {
        let own = words(self.language);
        writeln!(to, "{}\n", self.caption())?;
        if self.objects.is_empty() {
            return writeln!(to, "{}", own.nothing);
        }
        if !self.actors.is_empty() {
            writeln!(to, "{}", own.actors)?;
            for (actor, number) in self.actors.iter().zip(1..) {
                writeln!(to, "  {number:>3}  {}", self.name(actor))?;
            }
            let kinds = self.kinds().into_iter();
            let legend: Vec<String> = kinds.map(|kind| format!("{} {}", own.sign(kind), own.kind(kind))).collect();
            writeln!(to, "  {}\n", legend.join(", "))?;
        }
        let mut table = self.matrix();
        for (column, number) in table.columns[3..].iter_mut().zip(1..) {
            column.heading = format!("{number}");
        }
        // The gaps are long: at the end they push nothing aside.
        table.columns[2..].rotate_left(1);
        for (row, object) in table.rows.iter_mut().zip(&self.objects) {
            row[2..].rotate_left(1);
            row[1] = shortened(&name(object), LONGEST).into();
        }
        table.write_text(self.language, color, to)
    }

    /// Writes the matrix as a workbook: the matrix, and a row for each object.
    ///
    /// # Errors
    /// When the writer refuses.
    pub fn write_workbook(&self, to: impl Write) -> Result<(), WorkbookError> {
        let tables = [self.matrix(), self.by_object(), self.legend()];
        let title = self.caption();
        Workbook { title: &title, language: self.language, day: &self.today, tables: &tables }.write(to)
    }

    /// What the signs mean.
    fn legend(&self) -> Table {
        let (own, words) = (words(self.language), common(self.language));
        Table {
            name: words.signs.to_owned(),
            caption: self.caption(),
            columns: vec![Column::new(words.signs, 10), Column::new(words.value, 40)],
            rows: Kind::ALL.map(|kind| vec![own.sign(kind).into(), own.kind(kind).into()]).to_vec(),
            keys: 1,
            printed: None,
        }
    }

    /// The ways in which somebody is named somewhere.
    fn kinds(&self) -> BTreeSet<Kind> {
        self.objects.iter().flat_map(|object| object.named.values().flatten()).copied().collect()
    }

    fn signs(&self, kinds: &BTreeSet<Kind>) -> String {
        kinds.iter().map(|kind| words(self.language).sign(*kind)).collect::<Vec<_>>().join("/")
    }

    fn gaps(&self, object: &Object) -> Cell {
        let gaps: Vec<&str> = object.gaps.iter().map(|gap| words(self.language).gap(*gap)).collect();
        Cell::from(gaps.join("; ")).colored((!gaps.is_empty()).then_some(Outcome::NotAssessable))
    }

    fn name(&self, actor: &Actor) -> String {
        match &actor.ended {
            Some(day) => format!("{} ({} {})", actor.label, words(self.language).ended, self.language.day(day)),
            None => actor.label.clone(),
        }
    }

    fn caption(&self) -> String {
        let own = words(self.language);
        let of = self.of.as_deref().unwrap_or(own.reference);
        format!("{}: {of}, {}", own.title, self.language.day(&self.today))
    }
}

/// What an object is called, a clause with its number before it: `M16 …`.
fn name(object: &Object) -> String {
    match ns::shorten(&object.iri).rsplit_once(':') {
        Some((_, number)) if object.iri.contains("/source/") => format!("{number} {}", object.label),
        _ => object.label.clone(),
    }
}

/// The longest name that leaves room for the columns beside it.
const LONGEST: usize = 56;
