//! CSV text to rows with their places (RFC 4180, with the separators that people use).

use crate::loss::LossReport;
use crate::{Fault, Limits, Place, ReadError};

/// A table's header and rows.
pub(super) struct Table {
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<Row>,
}

/// One row.
pub(super) struct Row {
    cells: csv::StringRecord,
    pub(super) place: Place,
}

impl Row {
    /// What a cell says; none when it is empty.
    pub(super) fn text(&self, column: usize) -> Option<&str> {
        self.cells.get(column).map(str::trim).filter(|text| !text.is_empty())
    }
}

pub(super) fn read(
    name: &str,
    text: &str,
    file: u16,
    limits: Limits,
    losses: &mut LossReport,
) -> Result<Table, ReadError> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(text))
        .from_reader(text.as_bytes());
    let mut header: Option<csv::StringRecord> = None;
    let mut rows = Vec::new();
    for record in reader.records() {
        let cells = record.map_err(|error| {
            let line = error.position().map_or(1, csv::Position::line);
            let place = Place { file, ..Place::new(u32::try_from(line).unwrap_or(u32::MAX), 1) };
            ReadError::new(name, Some(place), Fault::Syntax, error.to_string(), "save the table as CSV in UTF-8 again")
        })?;
        let line = cells.position().map_or(1, csv::Position::line);
        let place = Place { file, ..Place::new(u32::try_from(line).unwrap_or(u32::MAX), 1) };
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let Some(header) = &header else {
            header = Some(cells);
            continue;
        };
        if let Some(extra) = (header.len()..cells.len()).find(|column| !cells[*column].trim().is_empty()) {
            losses.lost(
                Place { column: u32::try_from(extra + 1).unwrap_or(u32::MAX), ..place },
                format!("'{}' and what follows it in the row", &cells[extra]),
                "the header row has no column for it; quote cells that hold the separator",
            );
        }
        if rows.len() >= limits.things {
            let problem = format!("the table has more than {} rows", limits.things);
            return Err(ReadError::new(name, Some(place), Fault::TooLarge, problem, "split the table"));
        }
        rows.push(Row { cells, place });
    }
    let header = header.unwrap_or_default().iter().map(str::to_owned).collect();
    Ok(Table { header, rows })
}

/// The separator that the first line has most of, outside quotes.
fn separator(text: &str) -> u8 {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |separator: u8| {
        let mut quoted = false;
        line.bytes()
            .filter(|byte| {
                quoted ^= *byte == b'"';
                !quoted && *byte == separator
            })
            .count()
    };
    // The first of equals: a comma is the standard's.
    [b';', b'\t', b','].into_iter().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_told_by_the_header() {
        assert_eq!(separator("a;b,c;d\n1,2,3,4,5"), b';');
        assert_eq!(separator("a,\"x;y;z\",c"), b',');
        assert_eq!(separator("\n\na\tb"), b'\t');
        assert_eq!(separator("alone"), b',');
    }
}
