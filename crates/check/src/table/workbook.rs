//! A workbook with a sheet per table: headings that stay, filters, widths, wrapped texts, ready to print.

use super::{Cell, Column, Table, Value};
use crate::palette;
use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Worksheet, XlsxError,
};
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
/// Characters that stand side by side on a page and can still be read.
const PAGE_WIDTH: u16 = 220;
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
    let headings: Vec<Cell> = table.columns.iter().map(|column| Cell::from(column.heading.as_str())).collect();
    for (index, column) in (0..).zip(&table.columns) {
        sheet.set_column_width(index, f64::from(column.width))?;
        sheet.write_string_with_format(0, index, &column.heading, &formats.heading)?;
        if !column.choices.is_empty() && rows > 0 {
            let list = DataValidation::new().allow_list_strings(&column.choices)?;
            sheet.add_data_validation(1, index, rows, index, &list)?;
        }
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
    for (row, cells) in (1..).zip(&table.rows) {
        sheet.set_row_height(row, height(table, language, cells))?;
    }
    sheet.set_row_height(0, height(table, language, &headings))?;
    if rows > 0 && columns > 0 {
        sheet.set_print_area(0, 0, rows, table.printed.unwrap_or(columns).min(columns) - 1)?;
        sheet.autofilter(0, 0, rows, columns - 1)?;
    }
    sheet.set_freeze_panes(1, table.keys)?;
    // In print: headings and names of rows on every page, and as many pages side by side as stay readable.
    sheet.set_repeat_rows(0, 0)?;
    if table.keys > 0 {
        sheet.set_repeat_columns(0, table.keys - 1)?;
    }
    let printed = usize::from(table.printed.unwrap_or(columns));
    let width: u16 = table.columns.iter().take(printed).map(|column| column.width).sum();
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(width.div_ceil(PAGE_WIDTH).max(1), 0);
    sheet.set_header(format!("&L{}", table.caption.replace('&', "&&")));
    sheet.set_footer(format!("&L{}&R&P / &N", language.tag()));
    Ok(())
}

/// The height that a row's wrapped texts need. Programs that open the file do not work it out themselves.
fn height(table: &Table, language: Language, cells: &[Cell]) -> f64 {
    const LINE: f64 = 15.0;
    const HIGHEST: f64 = 405.0; // Excel's limit is 409
    let lines = |(column, cell): (&Column, &Cell)| {
        let width = usize::from(column.width).max(3) - 2; // a word that does not fit wastes some of the line
        cell.value.text(language).lines().map(|line| line.chars().count().div_ceil(width).max(1)).sum::<usize>()
    };
    let lines = table.columns.iter().zip(cells).map(lines).max().unwrap_or(1).max(1);
    (lines as f64 * LINE).min(HIGHEST)
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
            printed: None,
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
    fn a_row_is_as_high_as_its_longest_text_needs() {
        let table = Table {
            name: String::new(),
            caption: String::new(),
            columns: vec![Column::new("a", 12), Column::new("b", 30)],
            rows: Vec::new(),
            keys: 0,
            printed: None,
        };
        let height = |text: &str| height(&table, Language::En, &[Cell::from(text), Cell::from("short")]);
        assert_eq!(height("one line"), 15.0);
        assert_eq!(height("ten or more letters"), 30.0);
        assert_eq!(height("a\nb\nc"), 45.0);
        assert_eq!(height(&"x".repeat(9000)), 405.0);
    }

    #[test]
    fn every_kind_of_cell_has_its_format() {
        assert_eq!(Formats::new(Language::Fi).cells.len(), Kind::ALL.len() * (Outcome::ALL.len() + 1));
    }
}
