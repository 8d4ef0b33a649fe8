//! CSV as RFC 4180 has it, safe to open in a spreadsheet.

use super::{Table, Value};
use std::{
    borrow::Cow,
    io::{self, Write},
};

pub(super) fn write(table: &Table, to: impl Write) -> io::Result<()> {
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(to);
    csv.write_record(table.columns.iter().map(|column| harmless(&column.heading).into_owned()))?;
    for row in &table.rows {
        csv.write_record(row.iter().map(|cell| match &cell.value {
            Value::Empty => String::new(),
            Value::Text(text) => harmless(text).into_owned(),
            Value::Day(day) => day.clone(),
            Value::Count(count) => count.to_string(),
            Value::Change(change) => change.to_string(),
            Value::Share(share) | Value::ShareChange(share) => format!("{share:.4}"),
        }))?;
    }
    csv.flush()
}

/// A spreadsheet runs what begins so as a formula, also when it came from somebody's model.
fn harmless(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use crate::table::{Cell, Column, Table, Value};

    #[test]
    fn texts_are_quoted_and_made_harmless_and_numbers_stay_numbers() {
        let table = Table {
            name: String::new(),
            caption: String::new(),
            columns: vec![Column::new("thing", 1), Column::new("=1+1", 1), Column::new("change", 1)],
            rows: vec![
                vec![Cell::from("a \"b\", c\nd"), Cell::from("=HYPERLINK(\"http://x\")"), Value::Change(-2).into()],
                vec![Cell::default(), Cell::from("@SUM(A1)"), Value::Share(0.5).into()],
            ],
            keys: 0,
            printed: None,
        };
        let mut csv = Vec::new();
        table.write_csv(&mut csv).unwrap();
        let csv = String::from_utf8(csv).unwrap();
        assert_eq!(
            csv,
            "thing,'=1+1,change\r\n\"a \"\"b\"\", c\nd\",\"'=HYPERLINK(\"\"http://x\"\")\",-2\r\n,'@SUM(A1),0.5000\r\n"
        );
    }
}
