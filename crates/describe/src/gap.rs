//! What differs between the current state and the target state.

use crate::{
    content::{Cell, Part, Phrase, Table},
    fill::{DescribeError, Filler},
    product::{Form, Product},
};
use std::collections::{BTreeMap, BTreeSet};
use viite_model::{State, Text};

/// The cells of each thing in one state.
type Cells = BTreeMap<Option<String>, Vec<Cell>>;

impl Filler<'_> {
    /// A row for everything that goes, is new or changes, and how much stays; nothing when a state is not described.
    pub(crate) fn gap(&self, product: &Product) -> Result<Vec<Part>, DescribeError> {
        let Form::Table { columns, .. } = &product.form else { return Ok(Vec::new()) };
        let cells = |wanted: State| -> Result<Option<Cells>, DescribeError> {
            let Some((_, scope)) = self.grounds.iter().find(|(state, _)| *state == Some(wanted)) else {
                return Ok(None);
            };
            let rows = self.rows(product, Some(wanted), scope)?;
            Ok(Some(self.cells(columns, rows.iter())))
        };
        let (Some(now), Some(then)) = (cells(State::Current)?, cells(State::Target)?) else { return Ok(Vec::new()) };
        let things: BTreeSet<&Option<String>> = now.keys().chain(then.keys()).collect();
        let mut rows = Vec::new();
        for thing in &things {
            let (change, cells) = match (now.get(*thing), then.get(*thing)) {
                (Some(now), None) => (self.words.gone, now.clone()),
                (None, Some(then)) => (self.words.new, then.clone()),
                (Some(now), Some(then)) if now != then => (self.words.changed, self.both(now, then)),
                _ => continue,
            };
            let mut row = cells;
            row.insert(1, Cell(vec![Phrase::plain(change)]));
            rows.push(row);
        }
        rows.sort_by(|a, b| self.naming.compare(&a[0].line(), &b[0].line()));
        let unchanged = format!("{}: {}", self.words.unchanged, things.len() - rows.len());
        let text = |text: &Text| text.get(self.order.language).unwrap_or_default().to_owned();
        let mut titles: Vec<String> = columns.iter().map(|(_, title)| text(title)).collect();
        titles.insert(1, self.words.change.to_owned());
        let table = Table { number: 0, caption: text(&product.title), columns: titles, rows, matrix: false };
        let table = (!table.rows.is_empty()).then_some(Part::Table(table));
        Ok(table.into_iter().chain([Part::Paragraph(unchanged)]).collect())
    }

    /// Where the states differ, both; the name is that of the target state.
    fn both(&self, now: &[Cell], then: &[Cell]) -> Vec<Cell> {
        let told = |state: State, cell: &Cell| {
            let value = if cell.0.is_empty() { self.words.lacking.to_owned() } else { cell.line() };
            Phrase::plain(format!("{}: {value}", self.words.state(state)))
        };
        let cell = |(at, (now, then)): (usize, (&Cell, &Cell))| {
            if now == then || at == 0 {
                then.clone()
            } else {
                Cell(vec![told(State::Current, now), told(State::Target, then)])
            }
        };
        now.iter().zip(then).enumerate().map(cell).collect()
    }
}
