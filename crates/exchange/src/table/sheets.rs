//! The sheets of a workbook as they are, for those who know their columns.

use super::spreadsheet;
use crate::{Limits, LossReport, ReadError, archive};

/// A sheet that is shown, with its rows that are not empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// The number of each row, from 1, with what its cells show.
    pub rows: Vec<(u32, Vec<String>)>,
}

/// The sheets of a workbook; none when the bytes are no workbook.
///
/// # Errors
/// When the workbook cannot be read, or is beyond the limits.
pub fn sheets(file: &str, bytes: &[u8], limits: &Limits) -> Result<Option<Vec<Sheet>>, ReadError> {
    let names =
        if archive::is_zip(bytes) && bytes.len() <= limits.bytes { archive::names(file, bytes)? } else { Vec::new() };
    if !spreadsheet::is_workbook(bytes, &names) {
        return Ok(None);
    }
    let grids = spreadsheet::read(file, bytes, limits, &mut LossReport::new(file, 0))?;
    let sheets = grids.into_iter().map(|grid| Sheet {
        name: grid.name,
        rows: grid.rows.into_iter().map(|row| (row.place.line, row.cells)).collect(),
    });
    Ok(Some(sheets.collect()))
}
