//! The comparison as text and as tables.

use super::{
    Compared, Comparison, Dimension, Project,
    words::{Words, words},
};
use std::io::{self, Write};
use viite_check::table::{Cell, Column, Table, Workbook, WorkbookError};
use viite_model::Outcome;

impl Comparison {
    /// Writes the differences for a terminal, counted first.
    ///
    /// # Errors
    /// When the writer refuses.
    pub fn write_text(&self, mut to: impl Write) -> io::Result<()> {
        let words = words(self.language);
        writeln!(to, "A  {}\nB  {}\n", words.side(&self.a), words.side(&self.b))?;
        for by in Dimension::ALL {
            let of: Vec<&Compared> = self.things.iter().filter(|thing| thing.by == by).collect();
            let only = |a: bool, b: bool| {
                of.iter().filter(|thing| (thing.in_a == Some(true), thing.in_b == Some(true)) == (a, b)).count()
            };
            writeln!(
                to,
                "{}: {} {}; {} A {}; {} B {}",
                words.dimension(by),
                words.in_both,
                only(true, true),
                words.only,
                only(true, false),
                words.only,
                only(false, true)
            )?;
        }
        if !self.things.iter().any(Compared::differs) {
            return writeln!(to, "\n{}", words.alike);
        }
        for by in Dimension::ALL {
            let of = self.things.iter().filter(|thing| thing.by == by && thing.differs());
            let (a, b): (Vec<&Compared>, Vec<&Compared>) = of.partition(|thing| thing.in_a == Some(true));
            for (sign, other, things) in [("A", "B", a), ("B", "A", b)] {
                let Some(first) = things.first() else { continue };
                write!(to, "\n{}: {} {sign}", words.dimension(by), words.only)?;
                if first.in_a.is_none() || first.in_b.is_none() {
                    write!(to, " ({other} {})", words.untold)?;
                }
                writeln!(to)?;
                for thing in things {
                    let carriers = if sign == "A" { &thing.carried_in_a } else { &thing.carried_in_b };
                    let carriers =
                        if carriers.is_empty() { String::new() } else { format!("  ({})", carriers.join(", ")) };
                    writeln!(to, "  {}{carriers}", thing.label)?;
                    if let Some(projects) = self.projects(thing, words) {
                        writeln!(to, "    {projects}")?;
                    }
                }
            }
        }
        Ok(())
    }

    /// The differences as a table.
    pub fn differences(&self) -> Table {
        self.table(words(self.language).differences, Compared::differs)
    }

    /// Writes a workbook: the differences, and everything.
    ///
    /// # Errors
    /// When the writer refuses.
    pub fn write_workbook(&self, to: impl Write) -> Result<(), WorkbookError> {
        let words = words(self.language);
        let title = format!("{}: {} – {}", words.title, words.side(&self.a), words.side(&self.b));
        let tables = [self.differences(), self.table(words.all, |_| true)];
        Workbook { title: &title, language: self.language, day: &self.date, tables: &tables }.write(to)
    }

    fn table(&self, name: &str, shown: impl Fn(&Compared) -> bool) -> Table {
        let words = words(self.language);
        let sides = [&self.a, &self.b].map(|side| words.side(side));
        let mut columns = vec![Column::new(words.by, 16), Column::new(words.thing, 44)];
        for side in &sides {
            columns.push(Column::new(side.as_str(), 22));
            columns.push(Column::new(format!("{}: {side}", words.carried), 36));
        }
        if self.projects_described.is_some() {
            columns.push(Column::new(words.projects, 44));
        }
        let rows = self
            .things
            .iter()
            .filter(|thing| shown(thing))
            .map(|thing| {
                let mut row: Vec<Cell> = vec![words.dimension(thing.by).into(), thing.label.as_str().into()];
                for (has, carriers) in [(thing.in_a, &thing.carried_in_a), (thing.in_b, &thing.carried_in_b)] {
                    let (text, outcome) = match has {
                        Some(true) => (words.yes, None),
                        Some(false) => (words.no, Some(Outcome::Violates)),
                        None => (words.unknown, Some(Outcome::NotAssessable)),
                    };
                    row.push(Cell::from(text).colored(outcome));
                    row.push(carriers.join(", ").into());
                }
                if self.projects_described.is_some() {
                    row.push(self.projects(thing, words).unwrap_or_default().into());
                }
                row
            })
            .collect();
        Table {
            name: name.to_owned(),
            caption: format!("{}: {}", words.title, sides.join(" – ")),
            columns,
            rows,
            keys: 2,
            printed: None,
        }
    }

    /// The projects that bring a change, or that none does.
    fn projects(&self, thing: &Compared, words: &Words) -> Option<String> {
        let projects = thing.projects.as_ref()?;
        if self.projects_described == Some(false) {
            return Some(words.no_projects_at_all.to_owned());
        }
        if projects.is_empty() {
            return Some(words.no_project.to_owned());
        }
        let named = |project: &Project| {
            let day = |day: &Option<String>| day.as_deref().map(|day| self.language.day(day)).unwrap_or_default();
            let time = match (&project.from, &project.until) {
                (None, None) => String::new(),
                (from, until) => format!(" ({}–{})", day(from), day(until)),
            };
            format!("{}{time}", project.label)
        };
        Some(projects.iter().map(named).collect::<Vec<_>>().join(", "))
    }
}
