//! OpenDocument spreadsheets (`.ods`; OASIS OpenDocument 1.3, part 3, section 9): `content.xml`, cell by cell.
//!
//! Not calamine's reader: it does not tell which cells are merged, and it fills in what a file of a few bytes says is
//! repeated a million times before a limit can be kept.

use super::{
    grid::too_large,
    spreadsheet::{Cell, length},
};
use crate::loss::LossReport;
use crate::xml::{Tag, Xml};
use crate::{Fault, Limits, ReadError, archive, encoding};
use calamine::{CellErrorType, Data, Dimensions};
use rustc_hash::FxHashSet;
use std::mem;

/// One sheet as the file has it.
#[derive(Default)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) hidden: bool,
    pub(super) cells: Vec<Cell>,
    pub(super) merged: Vec<Dimensions>,
}

/// Reads every sheet of a spreadsheet.
pub(super) fn read(
    file: &str,
    bytes: &[u8],
    limits: &Limits,
    losses: &mut LossReport,
) -> Result<Vec<Sheet>, ReadError> {
    let mut content = Vec::new();
    for (name, bytes) in
        archive::entries(file, bytes, limits, |name| matches!(name, "content.xml" | "META-INF/manifest.xml"))?
    {
        if name == "content.xml" {
            content = bytes;
        } else if String::from_utf8_lossy(&bytes).contains(":encryption-data") {
            let help = "open it, save it without a password, and import it again";
            return Err(ReadError::new(file, None, Fault::Refused, "the workbook is protected by a password", help));
        }
    }
    let content = encoding::decode(file, &content)?;
    let mut xml = Xml::new(&content.text, mem::replace(losses, LossReport::new("", 0)), *limits);
    let mut book =
        Book { file, cells_left: limits.cells, limits, hidden_styles: FxHashSet::default(), sheets: Vec::new() };
    let read = book.part(&mut xml);
    *losses = mem::replace(&mut xml.losses, LossReport::new("", 0));
    read.map(|()| book.sheets)
}

struct Book<'r> {
    file: &'r str,
    limits: &'r Limits,
    /// How many more cells may be kept: of the whole book, for what is repeated costs a file nothing.
    cells_left: usize,
    hidden_styles: FxHashSet<String>,
    sheets: Vec<Sheet>,
}

impl Book<'_> {
    /// Whatever stands around the sheets.
    fn part(&mut self, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        while let Some(tag) = xml.child()? {
            match tag.name.as_str() {
                "document-content" | "automatic-styles" | "body" | "spreadsheet" => self.part(xml)?,
                "style" => {
                    let name = tag.open_document("name").unwrap_or_default().to_owned();
                    while let Some(tag) = xml.child()? {
                        if tag.name == "table-properties" && tag.open_document("display") == Some("false") {
                            self.hidden_styles.insert(name.clone());
                        }
                        xml.skip()?;
                    }
                }
                "table" => {
                    let hidden =
                        tag.open_document("style-name").is_some_and(|style| self.hidden_styles.contains(style));
                    let name = tag.open_document("name").unwrap_or_default().to_owned();
                    let mut sheet = Sheet { name, hidden, ..Sheet::default() };
                    self.rows(xml, &mut sheet, &mut 0)?;
                    self.sheets.push(sheet);
                }
                _ => xml.skip()?,
            }
        }
        Ok(())
    }

    /// Rows, also those in groups and those that are headers when printed.
    fn rows(&mut self, xml: &mut Xml<'_>, sheet: &mut Sheet, next: &mut u32) -> Result<(), ReadError> {
        while let Some(tag) = xml.child()? {
            match tag.name.as_str() {
                "table-row-group" | "table-header-rows" | "table-rows" => self.rows(xml, sheet, next)?,
                "table-row" => {
                    let first = sheet.cells.len();
                    self.row(xml, sheet, *next)?;
                    let times = repeated(&tag, "number-rows-repeated");
                    let row = sheet.cells.split_off(first);
                    if !row.is_empty() {
                        // The row has been counted once.
                        let cost = row.iter().map(|(_, _, value)| cost(value)).sum::<usize>();
                        self.take(cost.saturating_mul(times as usize - 1), sheet)?;
                        for again in 0..times {
                            let at = next.saturating_add(again);
                            sheet.cells.extend(row.iter().map(|(_, column, value)| (at, *column, value.clone())));
                        }
                    }
                    *next = next.saturating_add(times);
                }
                _ => xml.skip()?,
            }
        }
        Ok(())
    }

    fn row(&mut self, xml: &mut Xml<'_>, sheet: &mut Sheet, row: u32) -> Result<(), ReadError> {
        let mut column = 0_u32;
        while let Some(tag) = xml.child()? {
            let times = repeated(&tag, "number-columns-repeated");
            match tag.name.as_str() {
                "table-cell" => {
                    let value = value(xml, &tag)?;
                    if value != Data::Empty {
                        self.take(cost(&value).saturating_mul(times as usize - 1).saturating_add(1), sheet)?;
                        let at = (0..times).map(|again| column.saturating_add(again));
                        sheet.cells.extend(at.map(|column| (row, column, value.clone())));
                    }
                    let end = |from: u32, name| from.saturating_add(repeated(&tag, name) - 1);
                    let end = (end(row, "number-rows-spanned"), end(column, "number-columns-spanned"));
                    if end != (row, column) {
                        sheet.merged.push(Dimensions { start: (row, column), end });
                    }
                }
                // what a merged cell covers
                _ => xml.skip()?,
            }
            column = column.saturating_add(times);
        }
        Ok(())
    }

    fn take(&mut self, cells: usize, sheet: &Sheet) -> Result<(), ReadError> {
        let what = || too_large(self.file, &format!("the sheet '{}'", sheet.name), self.limits).in_sheet(&sheet.name);
        self.cells_left = self.cells_left.checked_sub(cells).ok_or_else(what)?;
        Ok(())
    }
}

/// In cells, so that a long text that is repeated is not as cheap as a short one.
fn cost(value: &Data) -> usize {
    1 + length(value) / 32
}

/// A number that counts; at least one.
fn repeated(tag: &Tag, name: &str) -> u32 {
    tag.open_document(name).and_then(|number| number.trim().parse().ok()).unwrap_or(1).max(1)
}

/// What a cell holds: the attribute where there is one, for the text is only how it is shown.
fn value(xml: &mut Xml<'_>, tag: &Tag) -> Result<Data, ReadError> {
    let mut shown = String::new();
    let mut paragraphs = 0;
    while let Some(child) = xml.child()? {
        // A comment has paragraphs too, but is none.
        if child.name != "p" {
            xml.skip()?;
            continue;
        }
        if paragraphs > 0 {
            shown.push('\n');
        }
        paragraphs += 1;
        shown.push_str(&xml.text_with(|_, markup| match markup.name.as_str() {
            "s" => " ",
            "tab" => "\t",
            "line-break" => "\n",
            _ => "",
        })?);
    }
    let number = || tag.open_document("value").and_then(|value| value.trim().parse().ok()).map(Data::Float);
    let text = |name| tag.open_document(name).map(str::to_owned);
    let found = match tag.open_document("value-type") {
        Some("float" | "percentage" | "currency") => number(),
        Some("date") => text("date-value").map(Data::DateTimeIso),
        Some("time") => text("time-value").map(Data::DurationIso),
        Some("boolean") => tag.open_document("boolean-value").map(|truth| Data::Bool(truth == "true")),
        Some("string") => text("string-value").filter(|_| shown.is_empty()).map(Data::String),
        _ => None,
    };
    // LibreOffice shows what a formula without a value lacks.
    let error = match shown.as_str() {
        "#N/A" => Some(CellErrorType::NA),
        "#REF!" => Some(CellErrorType::Ref),
        "#NAME?" => Some(CellErrorType::Name),
        "#VALUE!" => Some(CellErrorType::Value),
        "#DIV/0!" => Some(CellErrorType::Div0),
        _ => None,
    };
    Ok(match (error.filter(|_| tag.open_document("formula").is_some()), found) {
        (Some(error), _) => Data::Error(error),
        (None, Some(value)) => value,
        (None, None) if shown.is_empty() => Data::Empty,
        (None, None) => Data::String(shown),
    })
}
