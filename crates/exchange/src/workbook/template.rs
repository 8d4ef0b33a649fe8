//! Writes the workbook to fill: headers, help, drop-down lists and an example on every sheet.

use super::{Column, Role, Rows, Sheet, Values, Workbook};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, Format, FormatAlign, Formula, Note, Workbook as Xlsx, Worksheet,
    XlsxError,
};
use viite_model::{Language, Text};

/// Rows that have drop-down lists.
const ROWS: u32 = 2000;

/// The name of the hidden sheet with the words to choose from.
const LISTS: &str = "_";

/// Longest texts that Excel takes for a prompt and its title.
const PROMPT: usize = 255;
const PROMPT_TITLE: usize = 32;

/// Longest text that Excel takes for a cell.
const CELL: usize = 32_767;

impl Workbook {
    /// The workbook as an `.xlsx` file, with headers in a language.
    ///
    /// ```
    /// use viite_exchange::workbook::Workbook;
    /// use viite_model::Language;
    /// let bytes = Workbook::description().template(Language::Fi)?;
    /// assert!(bytes.starts_with(b"PK"));
    /// # Ok::<(), rust_xlsxwriter::XlsxError>(())
    /// ```
    ///
    /// # Errors
    /// What the writer cannot write, such as a sheet's name that Excel does not take.
    pub fn template(&self, language: Language) -> Result<Vec<u8>, XlsxError> {
        self.write(language, |_| None)
    }

    /// The workbook with rows on its sheets, each row's cells in the order of the columns; without rows, an example.
    pub(crate) fn write(
        &self,
        language: Language,
        rows: impl Fn(&Sheet) -> Option<Vec<Vec<String>>>,
    ) -> Result<Vec<u8>, XlsxError> {
        let mut xlsx = Xlsx::new();
        self.guide(xlsx.add_worksheet(), language)?;
        let mut lists = Lists::default();
        for sheet in &self.sheets {
            self.sheet_to(xlsx.add_worksheet(), sheet, language, rows(sheet).as_deref(), &mut lists)?;
        }
        lists.write(xlsx.add_worksheet())?;
        xlsx.save_to_buffer()
    }

    fn guide(&self, page: &mut Worksheet, language: Language) -> Result<(), XlsxError> {
        let bold = Format::new().set_bold();
        let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        page.set_name(text(&self.guide.name, language))?;
        for (column, width) in [24.0, 30.0, 90.0, 24.0].into_iter().enumerate() {
            page.set_column_width(column as u16, width)?; // four columns
        }
        let mut row = 0;
        for line in &self.guide.lines {
            page.merge_range(row, 0, row, 3, text(line, language), &wrap)?;
            page.set_row_height(row, 32)?;
            row += 1;
        }
        row += 1;
        for (column, heading) in self.guide.headings.iter().enumerate() {
            page.write_with_format(row, column as u16, text(heading, language), &bold)?; // a few
        }
        for sheet in &self.sheets {
            row += 1;
            page.write_with_format(row, 0, text(&sheet.names, language), &bold)?;
            page.write_with_format(row, 2, text(&sheet.help, language), &wrap)?;
            page.write(row, 3, sheet.basis.as_str())?;
            for column in &sheet.columns {
                row += 1;
                page.write(row, 1, header(column, language))?;
                page.write_with_format(row, 2, text(&column.help, language), &wrap)?;
            }
        }
        Ok(())
    }

    fn sheet_to(
        &self,
        page: &mut Worksheet,
        sheet: &Sheet,
        language: Language,
        rows: Option<&[Vec<String>]>,
        lists: &mut Lists,
    ) -> Result<(), XlsxError> {
        let heading = Format::new().set_bold().set_background_color(Color::RGB(0xDD_E6_F0)).set_text_wrap();
        let plain = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let quoted = plain.clone().set_quote_prefix();
        let example = Format::new().set_italic().set_font_color(Color::Gray);
        page.set_name(text(&sheet.names, language))?;
        page.set_freeze_panes(1, 2)?;
        for (index, column) in sheet.columns.iter().enumerate() {
            let at = index as u16; // a sheet has few columns
            let help = text(&column.help, language);
            page.write_with_format(0, at, header(column, language), &heading)?;
            page.insert_note(0, at, &Note::new(help).add_author_prefix(false).set_width(320))?;
            page.set_column_width(at, if matches!(column.role, Role::Id) { 14.0 } else { 26.0 })?;
            let mut validation = match &column.values {
                Values::Choices(words) => {
                    let words: Vec<&str> = words.iter().map(|word| text(word, language)).collect();
                    DataValidation::new().allow_list_formula(lists.range(&words))
                }
                Values::Names(class) => match self.names_of(class, language) {
                    Some(range) => DataValidation::new().allow_list_formula(range),
                    None => DataValidation::new().allow_any_value(),
                },
                Values::Day | Values::Free => DataValidation::new().allow_any_value(),
            };
            // Several values may stand in a cell, so what is typed is never refused.
            validation = validation
                .set_error_style(DataValidationErrorStyle::Information)
                .show_error_message(false)
                .set_input_title(cut(text(&column.names, language), PROMPT_TITLE))?
                .set_input_message(cut(help, PROMPT))?;
            page.add_data_validation(1, at, ROWS, at, &validation)?;
        }
        let Some(rows) = rows else {
            for (index, column) in sheet.columns.iter().enumerate() {
                let value = sheet.example.get(&column.key).map(|value| text(value, language)).unwrap_or_default();
                let value = match column.role {
                    Role::Id => format!("{}: {value}", text(&self.example, language)),
                    _ => value.to_owned(),
                };
                page.write_with_format(1, index as u16, value, &example)?; // a sheet has few columns
            }
            return Ok(());
        };
        for (row, cells) in (1..).zip(rows) {
            for (index, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                // As a string, and marked as one, so that what begins with '=' is no formula after an edit either.
                let format = if crate::table::formula::runs(cell) { &quoted } else { &plain };
                page.write_string_with_format(row, index as u16, cut(cell, CELL), format)?;
            }
        }
        Ok(())
    }

    /// Where the names of the things of a class stand.
    fn names_of(&self, class: &oxrdf::NamedNode, language: Language) -> Option<Formula> {
        let sheet = self.sheets.iter().find(|sheet| sheet.class == *class && sheet.rows == Rows::Things)?;
        let column = sheet.columns.iter().position(|column| column.role == Role::Name)?;
        let letter = char::from(b'A' + u8::try_from(column).ok().filter(|column| *column < 26)?);
        let name = text(&sheet.names, language).replace('\'', "''");
        Some(Formula::new(format!("='{name}'!${letter}$2:${letter}${}", ROWS + 1)))
    }
}

/// Words to choose from, every list in a column of the hidden sheet.
#[derive(Default)]
struct Lists(Vec<Vec<String>>);

impl Lists {
    /// Where the words stand.
    fn range(&mut self, words: &[&str]) -> Formula {
        let known = self.0.iter().position(|list| list.iter().map(String::as_str).eq(words.iter().copied()));
        let column = known.unwrap_or_else(|| {
            self.0.push(words.iter().map(|word| (*word).to_owned()).collect());
            self.0.len() - 1
        });
        let from = rust_xlsxwriter::utility::row_col_to_cell_absolute(0, column as u16);
        let to =
            rust_xlsxwriter::utility::row_col_to_cell_absolute(words.len().saturating_sub(1) as u32, column as u16);
        Formula::new(format!("='{LISTS}'!{from}:{to}"))
    }

    fn write(&self, page: &mut Worksheet) -> Result<(), XlsxError> {
        page.set_name(LISTS)?.set_hidden(true);
        for (column, list) in self.0.iter().enumerate() {
            for (row, word) in (0..).zip(list) {
                page.write_string(row, column as u16, word)?; // as many lists as columns
            }
        }
        Ok(())
    }
}

/// A header, with a star where a row is of no use without it.
pub(crate) fn header(column: &Column, language: Language) -> String {
    let star = if column.required { " *" } else { "" };
    format!("{}{star}", text(&column.names, language))
}

fn text(text: &Text, language: Language) -> &str {
    text.get(language).unwrap_or_default()
}

pub(super) fn cut(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        text.to_owned()
    } else {
        text.chars().take(longest - 1).chain(['…']).collect()
    }
}
