//! Tables that text, CSV and a workbook show in their own ways: reports, the steering view, the RACI matrix.

mod csv;
mod text;
mod workbook;

pub(crate) use text::shortened;
pub use workbook::{Workbook, WorkbookError};

use std::io::{self, Write};
use viite_model::{Language, Outcome};

/// A table with a heading for each column.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// One or two words; a sheet of a workbook is called so.
    pub name: String,
    /// What the table shows.
    pub caption: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, each with a cell per column.
    pub rows: Vec<Vec<Cell>>,
    /// How many columns name the row. They stay in sight when a sheet is scrolled.
    pub keys: u16,
    /// How many columns go on paper, if not all: the others are there to sort and filter by.
    pub printed: Option<u16>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub heading: String,
    /// Its width on a sheet, in characters; longer texts are wrapped.
    pub width: u16,
    /// What a person may choose from who fills in the column of a sheet; none where nothing is to be filled in.
    pub choices: Vec<String>,
}

impl Column {
    /// A column with this heading and width.
    pub fn new(heading: impl Into<String>, width: u16) -> Self {
        Self { heading: heading.into(), width, choices: Vec::new() }
    }

    /// The column with a drop-down list of these words in every row of a sheet.
    #[must_use]
    pub fn choosing(self, choices: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { choices: choices.into_iter().map(Into::into).collect(), ..self }
    }
}

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Nothing.
    #[default]
    Empty,
    /// A text.
    Text(String),
    /// A day, `YYYY-MM-DD`.
    Day(String),
    /// A number of things.
    Count(u64),
    /// A difference between two numbers of things.
    Change(i64),
    /// A share between 0 and 1.
    Share(f64),
    /// A difference between two shares.
    ShareChange(f64),
}

impl Value {
    /// The value for people. A colour never stands alone: what it says is in this text too.
    pub fn text(&self, language: Language) -> String {
        let percent = |share: f64| (share * 100.0).round();
        // Finnish and Swedish put a no-break space before the sign.
        let sign = if language == Language::En { "%" } else { "\u{a0}%" };
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Day(day) => language.day(day),
            Self::Count(count) => count.to_string(),
            Self::Change(0) => "±0".to_owned(),
            Self::Change(change) => format!("{change:+}").replace('-', "−"),
            Self::Share(share) => format!("{}{sign}", percent(*share)),
            Self::ShareChange(change) if percent(*change) == 0.0 => format!("±0{sign}"),
            Self::ShareChange(change) => format!("{:+}{sign}", percent(*change)).replace('-', "−"),
        }
    }

    /// Whether it is a number, which stands at the right of its column.
    pub fn is_number(&self) -> bool {
        !matches!(self, Self::Empty | Self::Text(_) | Self::Day(_))
    }
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// What stands in it.
    pub value: Value,
    /// The outcome whose colour it has.
    pub outcome: Option<Outcome>,
}

impl Cell {
    /// The cell in the colour of an outcome.
    #[must_use]
    pub fn colored(self, outcome: impl Into<Option<Outcome>>) -> Self {
        Self { outcome: outcome.into(), ..self }
    }
}

impl From<Value> for Cell {
    fn from(value: Value) -> Self {
        Self { value, outcome: None }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Value::Text(text).into()
    }
}

impl From<u64> for Cell {
    fn from(count: u64) -> Self {
        Value::Count(count).into()
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or_else(Self::default, Into::into)
    }
}

impl Table {
    /// Writes the table in columns for a terminal or a pipe, without its caption.
    ///
    /// # Errors
    /// When the writer refuses.
    pub fn write_text(&self, language: Language, color: bool, to: impl Write) -> io::Result<()> {
        text::write(self, language, color, to)
    }

    /// Writes the table as CSV (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe
    /// before it; numbers are written without signs of the language, shares between 0 and 1.
    ///
    /// # Errors
    /// When the writer refuses.
    pub fn write_csv(&self, to: impl Write) -> io::Result<()> {
        csv::write(self, to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_language_has_them() {
        assert_eq!(Value::Share(0.456).text(Language::Fi), "46\u{a0}%");
        assert_eq!(Value::Share(0.456).text(Language::En), "46%");
        assert_eq!(Value::Change(-3).text(Language::Sv), "−3");
        assert_eq!(Value::Change(3).text(Language::Sv), "+3");
        assert_eq!(Value::ShareChange(-0.001).text(Language::En), "±0%");
        assert_eq!(Value::ShareChange(-0.25).text(Language::En), "−25%");
    }
}
