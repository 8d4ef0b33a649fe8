//! Rows of cells with their places, whatever file they come from.

use crate::{Fault, Limits, Place, ReadError, loss::LossReport, notes::files as notes, text::beginning};

/// One table: a CSV file, or a sheet of a workbook.
pub(crate) struct Grid {
    /// The name of the file or the sheet, which may tell what the rows are.
    pub(crate) name: String,
    /// Its number among the parts of the import.
    pub(crate) part: u16,
    /// The rows that are not empty.
    pub(crate) rows: Vec<Row>,
}

impl Grid {
    /// Cuts the cells that are longer than any fact, so that no step has to read them through.
    pub(crate) fn cut(&mut self, limits: &Limits, losses: &mut LossReport) {
        for row in &mut self.rows {
            for column in 0..row.cells.len() {
                let (place, cell) = (row.at(column), &mut row.cells[column]);
                if cell.len() > limits.text {
                    losses.tell(place, notes::text_cut(cell.len(), limits.text));
                    cell.truncate(beginning(cell, limits.text).len());
                }
            }
        }
    }
}

/// One row.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) cells: Vec<String>,
    pub(crate) place: Place,
}

impl Row {
    pub(crate) fn new(cells: Vec<String>, part: u16, line: usize) -> Self {
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        let first = cells.iter().position(|cell| !cell.trim().is_empty()).unwrap_or(0);
        let column = u32::try_from(first + 1).unwrap_or(u32::MAX);
        Self { cells, place: Place { file: part, ..Place::new(line, column) } }
    }

    /// What a cell says; none when it is empty or says so.
    pub(super) fn text(&self, column: usize) -> Option<&str> {
        self.cells.get(column).map(|cell| cell.trim()).filter(|text| !super::cell::is_blank(text))
    }

    /// The place of a cell.
    pub(crate) fn at(&self, column: usize) -> Place {
        Place { column: u32::try_from(column + 1).unwrap_or(u32::MAX), ..self.place }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

/// The fault of a table with more rows or cells than the limits allow.
pub(super) fn too_large(file: &str, what: &str, limits: &Limits) -> ReadError {
    let problem = format!("{what} has more than {} rows or {} cells", limits.things, limits.cells);
    ReadError::new(file, None, Fault::TooLarge, problem, "split it, and import the parts")
}
