//! A workbook with a sheet per table: headings that stay, filters, widths, wrapped texts, ready to print.

use super::{Table, Value};
use crate::palette;
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};
use std::{
    collections::HashMap,
    io::{self, Write},
};
use viite_model::{Language, Outcome};

/// What a workbook is made of.
#[derive(Clone, Debug)]
pub struct Workbook<'a> {
    /// What it is about.
    pub title: &'a str,
    /// The language of its texts.
    pub language: Language,
    /// The day on which it was made, `YYYY-MM-DD`.
    pub day: &'a str,
    /// A sheet for each.
    pub tables: &'a [Table],
}

/// Why a workbook could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WorkbookError {
    /// The tables do not fit into a workbook.
    #[error("the workbook cannot be made: {0}")]
    Content(#[from] XlsxError),
    /// The writer refused.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// A4, as the paper of a sheet.
const A4: u8 = 9;
/// Excel's limit; a longer text would be refused.
const LONGEST_TEXT: usize = 32_767;

impl Workbook<'_> {
    /// Writes the workbook (Office Open XML). The same tables give the same bytes.
    ///
    /// # Errors
    /// When a table is larger than a sheet may be, or when the writer refuses.
    pub fn write(&self, mut to: impl Write) -> Result<(), WorkbookError> {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        workbook.set_properties(
            &DocProperties::new()
                .set_title(self.title)
                .set_author("Viite")
                .set_creation_datetime(&ExcelDateTime::parse_from_str(self.day)?)
                .set_custom_property("Language", self.language.tag()),
        );
        let formats = Formats::new(self.language);
        for table in self.tables {
            sheet(table, self.language, &formats, workbook.add_worksheet())?;
        }
        to.write_all(&workbook.save_to_buffer()?)?;
        Ok(())
    }
}

fn sheet(table: &Table, language: Language, formats: &Formats, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let (rows, columns) = (table.rows.len() as u32, table.columns.len() as u16);
    sheet.set_name(sheet_name(&table.name))?;
    for (index, column) in (0..).zip(&table.columns) {
        sheet.set_column_width(index, f64::from(column.width))?;
        sheet.write_string_with_format(0, index, &column.heading, &formats.heading)?;
    }
    for (row, cells) in (1..).zip(&table.rows) {
        for (column, cell) in (0..).zip(cells) {
            let format = formats.of(&cell.value, cell.outcome);
            match &cell.value {
                Value::Empty => sheet.write_blank(row, column, format)?,
                Value::Text(text) => sheet.write_string_with_format(row, column, cut(text), format)?,
                Value::Day(day) => match ExcelDateTime::parse_from_str(day) {
                    Ok(date) => sheet.write_datetime_with_format(row, column, &date, format)?,
                    Err(_) => sheet.write_string_with_format(row, column, cut(day), format)?,
                },
                Value::Count(count) => sheet.write_number_with_format(row, column, *count as f64, format)?,
                Value::Change(change) => sheet.write_number_with_format(row, column, *change as f64, format)?,
                Value::Share(share) | Value::ShareChange(share) => {
                    sheet.write_number_with_format(row, column, *share, format)?
                }
            };
        }
    }
    if rows > 0 && columns > 0 {
        sheet.autofilter(0, 0, rows, columns - 1)?;
    }
    sheet.set_freeze_panes(1, table.keys)?;
    // In print: the headings on every page, as many columns as there are on one page.
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    sheet.set_header(format!("&L{}", table.caption.replace('&', "&&")));
    sheet.set_footer(format!("&L{}&R&P / &N", language.tag()));
    Ok(())
}

/// Excel refuses some characters in the name of a sheet, and more than 31 of any.
fn sheet_name(name: &str) -> String {
    name.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(31).collect()
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST_TEXT).collect()
}

/// The formats of all kinds of cells, made once.
struct Formats {
    heading: Format,
    cells: HashMap<(Kind, Option<Outcome>), Format>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Text,
    Day,
    Count,
    Change,
    Share,
    ShareChange,
}

impl Kind {
    const ALL: [Self; 6] = [Self::Text, Self::Day, Self::Count, Self::Change, Self::Share, Self::ShareChange];

    fn of(value: &Value) -> Self {
        match value {
            Value::Empty | Value::Text(_) => Self::Text,
            Value::Day(_) => Self::Day,
            Value::Count(_) => Self::Count,
            Value::Change(_) => Self::Change,
            Value::Share(_) => Self::Share,
            Value::ShareChange(_) => Self::ShareChange,
        }
    }

    fn number_format(self, language: Language) -> &'static str {
        match self {
            Self::Text => "@",
            Self::Day if language == Language::En => "yyyy-mm-dd",
            Self::Day => "d.m.yyyy",
            Self::Count => "#,##0",
            Self::Change => "+#,##0;−#,##0;±0",
            Self::Share => "0 %",
            Self::ShareChange => "+0 %;−0 %;±0 %",
        }
    }
}

impl Formats {
    fn new(language: Language) -> Self {
        let plain = Format::new()
            .set_align(FormatAlign::Top)
            .set_text_wrap()
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(0xC8_CD_D3));
        let heading = plain
            .clone()
            .set_bold()
            .set_background_color(palette::HEADING.background)
            .set_font_color(palette::HEADING.text);
        let outcomes = Outcome::ALL.into_iter().map(Some).chain([None]);
        let cells = outcomes
            .flat_map(|outcome| Kind::ALL.map(|kind| (kind, outcome)))
            .map(|(kind, outcome)| {
                let mut format = plain.clone().set_num_format(kind.number_format(language));
                if let Some(outcome) = outcome {
                    let pair = palette::of(outcome);
                    format = format.set_background_color(pair.background).set_font_color(pair.text);
                }
                ((kind, outcome), format)
            })
            .collect();
        Self { heading, cells }
    }

    fn of(&self, value: &Value, outcome: Option<Outcome>) -> &Format {
        // `new` made every combination.
        self.cells.get(&(Kind::of(value), outcome)).unwrap_or(&self.heading)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Cell, Column};

    #[test]
    fn a_workbook_takes_any_text_and_is_the_same_every_time() {
        let long = "å".repeat(LONGEST_TEXT + 10);
        let table = Table {
            name: "a/b: [very] long name of a sheet, indeed".to_owned(),
            caption: "R&D".to_owned(),
            columns: vec![Column::new("thing", 20), Column::new("share", 8)],
            rows: vec![
                vec![Cell::from("=1+1"), Cell::from(Value::Share(0.5)).colored(Outcome::Violates)],
                vec![Cell::from(long), Cell::default()],
            ],
            keys: 1,
        };
        let bytes = || {
            let mut bytes = Vec::new();
            let workbook = Workbook {
                title: "T",
                language: Language::Sv,
                day: "2026-01-31",
                tables: std::slice::from_ref(&table),
            };
            workbook.write(&mut bytes).unwrap();
            bytes
        };
        assert!(bytes().starts_with(b"PK"));
        assert_eq!(bytes(), bytes());
    }

    #[test]
    fn every_kind_of_cell_has_its_format() {
        assert_eq!(Formats::new(Language::Fi).cells.len(), Kind::ALL.len() * (Outcome::ALL.len() + 1));
    }
}
