//! The steering view as tables.

use super::{RegionStatus, Since, Standing, Status, words::words};
use crate::{
    coverage::Counts,
    report::{sign, verdict, words as common},
    table::{Cell, Column, Table, Value, Workbook, WorkbookError, shortened},
};
use std::io::{self, Write};
use viite_model::{Outcome, State};

impl Status {
    /// A row for each region, state and guideline.
    pub fn by_guideline(&self) -> Table {
        let (own, words) = (words(self.language), common(self.language));
        let mut columns = vec![
            Column::new(words.region_code, 7),
            Column::new(words.region, 26),
            Column::new(words.state, 11),
            Column::new(words.clause, 10),
            Column::new(words.guideline, 40),
            Column::new(own.rules, 9),
            Column::new(words.outcome, 18),
            Column::new(words.concerned, 10),
        ];
        columns.extend(Outcome::ALL.map(|outcome| Column::new(words.outcome(outcome), 13)));
        columns.push(Column::new(words.assessable, 13));
        if self.since.is_some() {
            columns.extend([
                Column::new(own.earlier_outcome, 18),
                Column::new(self.change_of(words.outcome(Outcome::Violates)), 14),
                Column::new(self.change_of(words.assessable), 14),
            ]);
        }
        let rows = self.regions.iter().flat_map(|region| {
            self.guidelines.iter().zip(&region.guidelines).map(move |(guideline, standing)| {
                let mut row = self.keys(region);
                row.extend([
                    guideline.heading.clause.as_str().into(),
                    guideline.heading.label.as_str().into(),
                    (guideline.rules as u64).into(),
                    self.outcome(region, guideline.rules, standing.outcomes),
                    standing.concerned.into(),
                ]);
                row.extend(Outcome::ALL.map(|outcome| Cell::from(standing.outcomes.of(outcome))));
                row.push(standing.assessable.map(Value::Share).into());
                if self.since.is_some() {
                    row.push(
                        standing.before.and_then(|before| before.outcomes.worst()).map(|o| words.outcome(o)).into(),
                    );
                    row.extend(changes(standing));
                }
                row
            })
        });
        Table {
            name: own.table.to_owned(),
            caption: self.caption(),
            columns,
            rows: rows.collect(),
            keys: 3,
            printed: None,
        }
    }

    /// A row for each region and state, a column for each guideline that a rule rests on.
    pub fn matrix(&self) -> Table {
        let (own, words) = (words(self.language), common(self.language));
        let mut columns = self.totals_columns();
        columns.extend(self.judged().map(|(_, guideline)| {
            Column::new(format!("{} {}", guideline.heading.short(), guideline.heading.label), 17)
        }));
        let rows = self.regions.iter().map(|region| {
            let mut row = self.totals(region);
            row.extend(self.judged().map(|(at, _)| {
                if region.described { verdict(region.guidelines[at].outcomes) } else { own.not_described.into() }
            }));
            row
        });
        Table {
            name: words.matrix.to_owned(),
            caption: self.caption(),
            columns,
            rows: rows.collect(),
            keys: 3,
            printed: None,
        }
    }

    /// Writes the status for a terminal: a line for each guideline, a column for each region and state, the numbers
    /// over all, and what was not judged. With `detail`, a row for each region and guideline instead.
    ///
    /// # Errors
    /// When the writer refuses.
    pub fn write_text(&self, detail: bool, color: bool, mut to: impl Write) -> io::Result<()> {
        let (own, words) = (words(self.language), common(self.language));
        writeln!(to, "{}\n", self.caption())?;
        if detail {
            return self.detail().write_text(self.language, color, to);
        }
        let described: Vec<&RegionStatus> = self.regions.iter().filter(|region| region.described).collect();
        if !described.is_empty() {
            for region in &described {
                let state = region.state.map_or(own.any_state, |state| words.state(state));
                writeln!(to, "  {:6} {}, {state}", column(region), region.region.name)?;
            }
            writeln!(to)?;
            self.signs(&described).write_text(self.language, color, &mut to)?;
            writeln!(to, "\n{}", words.signs_only)?;
        }
        let absent: Vec<String> = self
            .regions
            .iter()
            .filter(|region| !region.described)
            .map(|region| format!("{} ({})", region.region.name, region.region.code))
            .collect();
        if !absent.is_empty() {
            writeln!(to, "\n{}: {}", own.nobody_describes, absent.join(", "))?;
        }
        let unjudged: Vec<String> = self
            .guidelines
            .iter()
            .filter(|guideline| guideline.rules == 0)
            .map(|guideline| format!("{} {}", guideline.heading.short(), guideline.heading.label))
            .collect();
        if !unjudged.is_empty() {
            writeln!(to, "\n{}:\n  {}", own.no_rule, unjudged.join("\n  "))?;
        }
        Ok(())
    }

    /// A line for each guideline with the sign of its worst outcome in each of these regions, then the numbers.
    fn signs(&self, regions: &[&RegionStatus]) -> Table {
        let words = common(self.language);
        let mut columns = vec![Column::new(words.clause, 8), Column::new(words.guideline, 44)];
        columns.extend(regions.iter().map(|region| Column::new(column(region), 5)));
        let mut rows: Vec<Vec<Cell>> = self
            .judged()
            .map(|(at, guideline)| {
                let mut row: Vec<Cell> =
                    vec![guideline.heading.short().into(), shortened(&guideline.heading.label, LONGEST).into()];
                row.extend(regions.iter().map(|region| {
                    let worst = region.guidelines[at].outcomes.worst();
                    Cell::from(worst.map_or("–", sign)).colored(worst)
                }));
                row
            })
            .collect();
        // The totals of a region stand below its column.
        let totals: Vec<Vec<Cell>> = regions.iter().map(|region| self.totals(region)).collect();
        for (at, heading) in self.totals_columns().into_iter().enumerate().skip(KEYS) {
            let mut row: Vec<Cell> = vec![Cell::default(), heading.heading.into()];
            row.extend(totals.iter().map(|cells| cells[at].clone()));
            rows.push(row);
        }
        Table { name: String::new(), caption: String::new(), columns, rows, keys: 2, printed: None }
    }

    /// The columns of the matrix before its guidelines: what [`Self::totals`] fills.
    fn totals_columns(&self) -> Vec<Column> {
        let words = common(self.language);
        let mut columns = vec![
            Column::new(words.region_code, 7),
            Column::new(words.region, 26),
            Column::new(words.state, 12),
            Column::new(words.concerned, 10),
            Column::new(words.outcome(Outcome::Violates), 10),
            Column::new(words.assessable, 13),
        ];
        if self.since.is_some() {
            columns.extend([
                Column::new(self.change_of(words.outcome(Outcome::Violates)), 14),
                Column::new(self.change_of(words.assessable), 14),
            ]);
        }
        columns
    }

    /// Writes the status as a workbook: the matrix, and a row for each region and guideline.
    ///
    /// # Errors
    /// When the writer refuses.
    pub fn write_workbook(&self, to: impl Write) -> Result<(), WorkbookError> {
        let tables = [self.matrix(), self.by_guideline()];
        Workbook { title: words(self.language).title, language: self.language, day: &self.today, tables: &tables }
            .write(to)
    }

    /// The rows by guideline without what says nothing on a terminal.
    fn detail(&self) -> Table {
        let mut table = self.by_guideline();
        let mut spoken = self.regions.iter().flat_map(|region| {
            region.guidelines.iter().map(|standing| {
                standing.concerned > 0 || standing.before.is_some_and(|before| before.outcomes.concerned() > 0)
            })
        });
        table.rows.retain(|_| spoken.next().unwrap_or_default());
        // A terminal is narrow: no name of the region, no number of rules, of the outcomes what violates.
        for column in [11, 10, 9, 5, 1] {
            table.columns.remove(column);
            table.rows.iter_mut().for_each(|row| drop(row.remove(column)));
        }
        table
    }

    fn judged(&self) -> impl Iterator<Item = (usize, &super::Guideline)> {
        self.guidelines.iter().enumerate().filter(|(_, guideline)| guideline.rules > 0)
    }

    fn keys(&self, region: &RegionStatus) -> Vec<Cell> {
        vec![
            region.region.code.as_str().into(),
            region.region.name.as_str().into(),
            region.state.map(|state| common(self.language).state(state)).into(),
        ]
    }

    fn totals(&self, region: &RegionStatus) -> Vec<Cell> {
        let mut row = self.keys(region);
        let violates = region.total.outcomes.of(Outcome::Violates);
        row.extend([
            region.total.concerned.into(),
            Cell::from(violates).colored((violates > 0).then_some(Outcome::Violates)),
            region.total.assessable.map(Value::Share).into(),
        ]);
        if self.since.is_some() {
            row.extend(changes(&region.total));
        }
        row
    }

    fn outcome(&self, region: &RegionStatus, rules: usize, counts: Counts) -> Cell {
        let (own, words) = (words(self.language), common(self.language));
        match counts.worst() {
            Some(worst) => Cell::from(words.outcome(worst)).colored(worst),
            None if rules == 0 => own.no_rule.into(),
            None if !region.described => own.not_described.into(),
            None => words.nothing_concerned.into(),
        }
    }

    fn change_of(&self, what: &str) -> String {
        format!("{what}, {}", words(self.language).change)
    }

    fn caption(&self) -> String {
        let own = words(self.language);
        let since = self
            .since
            .as_ref()
            .map(|Since { revision, day }| format!("; {} {revision} ({})", own.since, self.language.day(day)));
        format!("{}, {}{}", own.title, self.language.day(&self.today), since.unwrap_or_default())
    }
}

/// Columns that say which region and state a row is about: code, name, state.
const KEYS: usize = 3;

/// The heading of a region's column: its code, with an arrow for the target state and a star for what goes by no state.
fn column(region: &RegionStatus) -> String {
    let mark = match region.state {
        Some(State::Current) => "",
        Some(State::Target) => "→",
        None => "*",
    };
    format!("{}{mark}", region.region.code)
}

/// The longest name of a guideline that a line on a terminal has room for.
const LONGEST: usize = 52;

/// More violations colour as a breach does, fewer as what conforms.
fn changes(standing: &Standing) -> [Cell; 2] {
    let Some(before) = standing.before else { return [Cell::default(), Cell::default()] };
    let violates = |counts: Counts| i64::try_from(counts.of(Outcome::Violates)).unwrap_or(i64::MAX);
    let more = violates(standing.outcomes) - violates(before.outcomes);
    let shares = standing.assessable.zip(before.assessable).map(|(now, then)| now - then);
    let color = |better: bool, worse: bool| match (better, worse) {
        (true, _) => Some(Outcome::Conforms),
        (_, true) => Some(Outcome::Violates),
        _ => None,
    };
    [
        Cell::from(Value::Change(more)).colored(color(more < 0, more > 0)),
        Cell::from(shares.map(Value::ShareChange)).colored(color(shares > Some(0.0), shares < Some(0.0))),
    ]
}
