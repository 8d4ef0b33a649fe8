//! CSV text to rows with their places (RFC 4180, with the separators that people use).

use super::formula;
use super::grid::{Grid, Row, too_large};
use crate::{Fault, Limits, Place, ReadError, loss::LossReport};

/// Reads one table; its name is its file's.
pub(crate) fn read(
    name: &str,
    text: &str,
    part: u16,
    limits: &Limits,
    losses: &mut LossReport,
) -> Result<Grid, ReadError> {
    let (separator, body, skipped) = match declared(text) {
        Some((separator, body)) => (separator, body, 1),
        None => (guessed(text), text, 0),
    };
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(body.as_bytes());
    let mut rows = Vec::new();
    let mut cells = 0;
    let line_of = |position: Option<&csv::Position>| {
        // A record's position is where the one before ended: empty lines come in between.
        let start = position.map_or(0, |position| usize::try_from(position.byte()).unwrap_or(usize::MAX));
        let ends = body.as_bytes().get(start..).unwrap_or_default().iter().take_while(|b| matches!(b, b'\n' | b'\r'));
        let empty = ends.filter(|byte| **byte == b'\n').count();
        position.map_or(1, csv::Position::line) + skipped + empty as u64
    };
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = u32::try_from(line_of(error.position())).unwrap_or(u32::MAX);
            let place = Some(Place::new(line, 1));
            ReadError::new(name, place, Fault::Syntax, error.to_string(), "save the table as CSV in UTF-8 again")
        })?;
        let line = usize::try_from(line_of(record.position())).unwrap_or(usize::MAX);
        cells += record.len();
        if rows.len() >= limits.things || cells > limits.cells {
            return Err(too_large(name, "the table", limits));
        }
        let row = Row::new(record.iter().map(|cell| formula::plain(cell).to_owned()).collect(), part, line);
        if !row.is_empty() {
            rows.push(row);
        }
    }
    let mut grid = Grid { name: name.to_owned(), part, rows };
    grid.cut(limits, losses);
    Ok(grid)
}

/// The separator that a first line `sep=;` declares, as Excel writes it, and the text after that line.
fn declared(text: &str) -> Option<(u8, &str)> {
    let (line, body) = text.split_once('\n')?;
    let line = line.trim().trim_matches('"');
    let separator = line.strip_prefix("sep=").or_else(|| line.strip_prefix("SEP="))?;
    match separator.as_bytes() {
        [byte] => Some((*byte, body)),
        [] if line.len() < text.len() => Some((b'\t', body)), // a tab, trimmed away
        _ => None,
    }
}

/// The separator that most of the first lines have most of, outside quotes.
fn guessed(text: &str) -> u8 {
    let count = |line: &str, separator: u8| {
        let mut quoted = false;
        line.bytes()
            .filter(|byte| {
                quoted ^= *byte == b'"';
                !quoted && *byte == separator
            })
            .count()
    };
    // A title may stand above the header, so the fullest of the first lines decides.
    let lines = text.lines().filter(|line| !line.trim().is_empty()).take(10).collect::<Vec<_>>();
    let most = |separator: u8| lines.iter().map(|line| count(line, separator)).max().unwrap_or(0);
    // The last of equals: a comma is the standard's.
    [b'\t', b';', b','].into_iter().max_by_key(|separator| most(*separator)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u32, Vec<String>)> {
        let grid = read("t.csv", text, 0, &Limits::default(), &mut LossReport::new("t.csv", 9)).unwrap();
        grid.rows.into_iter().map(|row| (row.place.line, row.cells)).collect()
    }

    #[test]
    fn the_separator_is_told_by_the_first_lines() {
        assert_eq!(guessed("a;b,c;d\n1;2;3"), b';');
        assert_eq!(guessed("a,\"x;y;z\",c"), b',');
        assert_eq!(guessed("\n\na\tb"), b'\t');
        assert_eq!(guessed("alone"), b',');
        assert_eq!(guessed("Salkku, 2024\na;b;c;d\n1;2;3;4"), b';');
    }

    #[test]
    fn a_line_that_declares_the_separator_is_no_row() {
        assert_eq!(rows("sep=|\na|b\n1|2\n")[1], (3, vec!["1".into(), "2".into()]));
        assert_eq!(rows("\"sep=;\"\na,x;b\n")[0], (2, vec!["a,x".into(), "b".into()]));
    }

    #[test]
    fn empty_rows_are_no_rows_but_lines_count() {
        assert_eq!(rows("a;b\n;\n\n1;2\n").iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 4]);
    }
}
