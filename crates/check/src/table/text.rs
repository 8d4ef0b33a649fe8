//! Columns for a terminal or a pipe.

use super::{Cell, Table};
use std::io::{self, Write};
use viite_model::{Language, Outcome};

pub(super) fn write(table: &Table, language: Language, color: bool, mut to: impl Write) -> io::Result<()> {
    let rows: Vec<Vec<String>> =
        table.rows.iter().map(|row| row.iter().map(|cell| one_line(&cell.value.text(language))).collect()).collect();
    let widths: Vec<usize> = (0..table.columns.len())
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column)).map(|text| text.chars().count());
            cells.chain([table.columns[column].heading.chars().count()]).max().unwrap_or_default()
        })
        .collect();
    let right = |column: usize| table.rows.iter().any(|row| row.get(column).is_some_and(|cell| cell.value.is_number()));
    let headings = table.columns.iter().map(|column| (column.heading.as_str(), None));
    line(headings, &widths, right, color, &mut to)?;
    for (row, texts) in table.rows.iter().zip(&rows) {
        let cells = texts.iter().map(String::as_str).zip(row.iter().map(|cell: &Cell| cell.outcome));
        line(cells, &widths, right, color, &mut to)?;
    }
    Ok(())
}

fn line<'a>(
    cells: impl Iterator<Item = (&'a str, Option<Outcome>)>,
    widths: &[usize],
    right: impl Fn(usize) -> bool,
    color: bool,
    to: &mut impl Write,
) -> io::Result<()> {
    let mut line = String::new();
    for (column, (text, outcome)) in cells.enumerate() {
        let blanks = " ".repeat(widths[column] - text.chars().count());
        let text = match outcome {
            Some(outcome) if color => format!("\x1b[{}m{text}\x1b[0m", ansi(outcome)),
            _ => text.to_owned(),
        };
        let gap = if column == 0 { "" } else { "  " };
        line.push_str(&if right(column) { format!("{gap}{blanks}{text}") } else { format!("{gap}{text}{blanks}") });
    }
    writeln!(to, "{}", line.trim_end())
}

fn ansi(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Violates => "31",
        Outcome::NotAssessable => "33",
        Outcome::AcceptedDeviation => "36",
        Outcome::Conforms => "32",
    }
}

/// A name of at most so many characters, so that the columns beside it have room.
pub(crate) fn shortened(name: &str, longest: usize) -> String {
    if name.chars().count() <= longest {
        return name.to_owned();
    }
    let kept: String = name.chars().take(longest.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace(|c: char| c.is_control(), "")
}

#[cfg(test)]
mod tests {
    use crate::table::{Cell, Column, Table, Value};
    use viite_model::{Language, Outcome};

    fn table() -> Table {
        Table {
            name: String::new(),
            caption: String::new(),
            columns: vec![Column::new("region", 10), Column::new("share", 5)],
            rows: vec![
                vec![Cell::from("Revonkorpi\n\x1b[5m"), Cell::from(Value::Share(1.0)).colored(Outcome::Conforms)],
                vec![Cell::from("Å"), Cell::default()],
            ],
            keys: 1,
            printed: None,
        }
    }

    fn text(color: bool) -> String {
        let mut text = Vec::new();
        table().write_text(Language::En, color, &mut text).unwrap();
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn columns_line_up_and_numbers_stand_at_the_right() {
        assert_eq!(text(false), "region          share\nRevonkorpi [5m   100%\nÅ\n");
    }

    #[test]
    fn colour_only_when_asked_for_and_never_from_a_name() {
        assert!(!text(false).contains('\x1b'));
        assert!(text(true).contains("\x1b[32m100%\x1b[0m"));
        assert!(!text(true).contains("\x1b[5m"));
    }
}
