//! Where the header row is: titles, dates and explanations often stand above it.

use super::cell;
use super::grid::{Grid, Row};
use crate::loss::LossReport;
use crate::notes::tables as notes;
use crate::text::beginning;

/// How far down a header is looked for.
const SEARCHED: usize = 40;

/// A table with its header found.
pub(super) struct Table {
    pub(super) name: String,
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<Row>,
}

/// Splits off the row that has most headers that are known, the first of equals; else the first row.
pub(super) fn find(
    grid: Grid,
    line: Option<u32>,
    known: impl Fn(&str) -> bool,
    losses: &mut LossReport,
) -> Option<Table> {
    let score = |row: &Row| row.cells.iter().filter(|cell| known(&cell::header(cell))).count();
    let told = line.and_then(|line| grid.rows.iter().position(|row| row.place.line == line));
    let mut at = 0;
    let mut best = 0;
    for (index, row) in grid.rows.iter().take(SEARCHED).enumerate() {
        let found = score(row);
        if found > best {
            (at, best) = (index, found);
        }
    }
    let mut rows = grid.rows;
    let below = rows.split_off((told.unwrap_or(at) + 1).min(rows.len()));
    let header = rows.pop()?;
    if let Some(first) = rows.first() {
        let text = first.cells.iter().find(|cell| !cell.trim().is_empty()).map(|cell| cell::line(cell));
        let text = text.unwrap_or_default();
        losses.tell(first.place, notes::above_header(beginning(&text, 60), header.place.line));
    }
    let header: Vec<String> = header.cells.iter().map(|text| cell::header(text)).collect();
    let mut kept = Vec::with_capacity(below.len());
    for row in below {
        let again = row.cells.iter().map(|text| cell::header(text)).eq(header.iter().cloned());
        if again {
            losses.tell(row.place, notes::header_again());
            continue;
        }
        if let Some(extra) = (header.len()..row.cells.len()).find(|column| !row.cells[*column].trim().is_empty()) {
            losses.tell(row.at(extra), notes::beyond_header(beginning(row.cells[extra].trim(), 60)));
        }
        kept.push(row);
    }
    Some(Table { name: grid.name, header, rows: kept })
}
