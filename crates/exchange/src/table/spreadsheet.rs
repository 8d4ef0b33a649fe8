//! Workbooks (`.xlsx`, `.xlsm`, `.xlsb`, `.xls`, `.ods`) to rows with their places.

use super::grid::{Grid, Row, too_large};
use super::ods;
use crate::guard::guarded;
use crate::loss::LossReport;
use crate::notes::tables as notes;
use crate::{Fault, Limits, Place, ReadError, archive};
use calamine::{
    CellErrorType, Data, DataRef, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Xls, Xlsb, Xlsx,
    XlsxCellFormulaMetadataRecord,
};
use std::io::Cursor;

/// The first bytes of the older binary workbook (and of other old office files).
const OLE: &[u8] = b"\xD0\xCF\x11\xE0";

/// Whether these bytes are a workbook: by what is in the archive, not by the file's name.
pub(crate) fn is_workbook(bytes: &[u8], names: &[String]) -> bool {
    bytes.starts_with(OLE) || names.iter().any(|name| name.starts_with("xl/workbook.")) || is_open_document(names)
}

fn is_open_document(names: &[String]) -> bool {
    names.iter().any(|name| name == "content.xml") && names.iter().any(|name| name == "META-INF/manifest.xml")
}

/// Reads every sheet that may hold a table.
pub(crate) fn read(file: &str, bytes: &[u8], limits: &Limits, losses: &mut LossReport) -> Result<Vec<Grid>, ReadError> {
    if archive::is_zip(bytes) {
        archive::check(file, bytes, limits)?;
        if is_open_document(&archive::names(file, bytes)?) {
            let mut grids = Vec::new();
            for sheet in ods::read(file, bytes, limits, losses)? {
                if sheet.hidden {
                    hidden(&sheet.name, losses);
                    continue;
                }
                let part = losses.add_sheet(file, &sheet.name);
                let large = too_large(file, &format!("the sheet '{}'", sheet.name), limits).in_sheet(&sheet.name);
                grids.push(grid(sheet.name, part, sheet.cells, &sheet.merged, limits, losses).ok_or(large)?);
            }
            return Ok(grids);
        }
    }
    // The library takes the lengths and numbers in a binary workbook at their word, and panics where they are false.
    let read = guarded(|| excel(file, bytes, limits, losses));
    read.unwrap_or_else(|| Err(unreadable(file, &"its records contradict one another")))
}

fn unreadable(file: &str, problem: &dyn std::fmt::Display) -> ReadError {
    let help = "open it in the program that made it, save it as .xlsx, and import it again";
    ReadError::new(file, None, Fault::Syntax, format!("the workbook cannot be read: {problem}"), help)
}

fn excel(file: &str, bytes: &[u8], limits: &Limits, losses: &mut LossReport) -> Result<Vec<Grid>, ReadError> {
    let fault = |error: &dyn std::fmt::Display| unreadable(file, error);
    let mut book = open(file, bytes)?;
    let sheets = match &book {
        Book::Xlsx(xlsx) => xlsx.sheets_metadata().to_vec(),
        Book::Xlsb(xlsb) => xlsb.sheets_metadata().to_vec(),
        Book::Xls(xls) => xls.sheets_metadata().to_vec(),
    };
    let mut grids = Vec::new();
    for sheet in sheets {
        if sheet.typ != SheetType::WorkSheet || sheet.visible != SheetVisible::Visible {
            hidden(&sheet.name, losses);
            continue;
        }
        let part = losses.add_sheet(file, &sheet.name);
        let name = &sheet.name;
        let cells = match &mut book {
            Book::Xlsx(xlsx) => xlsx
                .worksheet_cells_reader(name)
                .and_then(|mut reader| streamed(|| Ok(reader.next_cell_with_formula_metadata()?.map(computed)), limits))
                .map_err(|error| fault(&error)),
            Book::Xlsb(xlsb) => xlsb
                .worksheet_cells_reader(name)
                .and_then(|mut reader| streamed(|| Ok(reader.next_cell()?.map(|found| cell(&found))), limits))
                .map_err(|error| fault(&error)),
            Book::Xls(xls) => dense(xls, name, limits).map_err(|error| fault(&error)),
        };
        let large = || too_large(file, &format!("the sheet '{name}'"), limits).in_sheet(name);
        let cells = cells?.ok_or_else(large)?;
        let merged = match &mut book {
            Book::Xlsx(xlsx) => xlsx.merge_cells_by_sheet_name(name).unwrap_or_default(),
            Book::Xls(xls) => xls.merge_cells_by_sheet_name(name).unwrap_or_default(),
            Book::Xlsb(_) => Vec::new(), // the library does not tell those of this format
        };
        grids.push(grid(name.clone(), part, cells, &merged, limits, losses).ok_or_else(large)?);
    }
    Ok(grids)
}

/// Lists behind drop-downs and charts are left out; but a table that somebody hid is worth a word.
fn hidden(sheet: &str, losses: &mut LossReport) {
    if !sheet.starts_with('_') {
        losses.tell(crate::loss::At::FILE, notes::hidden_sheet(sheet));
    }
}

/// A workbook of Excel.
enum Book<'b> {
    Xlsx(Xlsx<Cursor<&'b [u8]>>),
    Xlsb(Xlsb<Cursor<&'b [u8]>>),
    Xls(Xls<Cursor<&'b [u8]>>),
}

fn open<'b>(file: &str, bytes: &'b [u8]) -> Result<Book<'b>, ReadError> {
    let fault = |error: &dyn std::fmt::Display| unreadable(file, error);
    let content = Cursor::new(bytes);
    if bytes.starts_with(OLE) {
        return Xls::new(content).map(Book::Xls).map_err(|error| fault(&error));
    }
    if archive::names(file, bytes)?.iter().any(|name| name == "xl/workbook.bin") {
        return Xlsb::new(content).map(Book::Xlsb).map_err(|error| fault(&error));
    }
    Xlsx::new(content).map(Book::Xlsx).map_err(|error| fault(&error))
}

/// A cell that holds something: row and column from 0.
pub(super) type Cell = (u32, u32, Data);

fn cell(cell: &calamine::Cell<DataRef<'_>>) -> Cell {
    let (row, column) = cell.get_position();
    (row, column, Data::from(cell.get_value().clone()))
}

/// A cell, or that its formula was never computed: a program that only writes files leaves its value out.
fn computed(found: XlsxCellFormulaMetadataRecord<'_>) -> Cell {
    let (row, column) = found.pos;
    let value = match found.value {
        DataRef::Empty if found.formula.is_some() => Data::Error(CellErrorType::GettingData),
        value => Data::from(value),
    };
    (row, column, value)
}

/// The cells of a sheet one by one: a sheet with one cell at either end is not filled up in between.
fn streamed<E>(mut next: impl FnMut() -> Result<Option<Cell>, E>, limits: &Limits) -> Result<Option<Vec<Cell>>, E> {
    let mut cells = Vec::new();
    while let Some(cell) = next()? {
        if cell.2 != Data::Empty {
            cells.push(cell);
        }
        if cells.len() > limits.cells {
            return Ok(None);
        }
    }
    Ok(Some(cells))
}

/// A sheet of the older format has 2^16 rows and 2^8 columns, so that filling it up is bounded.
fn dense(book: &mut Xls<Cursor<&[u8]>>, sheet: &str, limits: &Limits) -> Result<Option<Vec<Cell>>, calamine::XlsError> {
    let range = book.worksheet_range(sheet)?;
    let (row, column) = range.start().unwrap_or_default();
    let cells = range.used_cells().take(limits.cells + 1);
    let cells: Vec<Cell> = cells.map(|(r, c, value)| (row + r as u32, column + c as u32, value.clone())).collect();
    Ok((cells.len() <= limits.cells).then_some(cells))
}

/// The rows of a sheet; none when the cells, with the empty ones before them, are more than the limit.
fn grid(
    name: String,
    part: u16,
    mut cells: Vec<Cell>,
    merged: &[Dimensions],
    limits: &Limits,
    losses: &mut LossReport,
) -> Option<Grid> {
    // What is written once for several rows is said of each.
    cells.sort_by_key(|(row, column, _)| (*row, *column));
    let mut filled = Vec::new();
    let mut bytes_left = limits.unpacked / 8;
    for region in merged.iter().filter(|region| region.end.0 > region.start.0) {
        let top = cells.binary_search_by_key(&region.start, |(row, column, _)| (*row, *column));
        let height = (region.end.0 - region.start.0) as usize;
        let value = top.ok().map(|at| &cells[at].2).filter(|_| filled.len() + height <= limits.things);
        let bytes = height.saturating_mul(value.map_or(0, length));
        if let (Some(value), Some(left)) = (value, bytes_left.checked_sub(bytes)) {
            bytes_left = left;
            filled.extend((region.start.0 + 1..=region.end.0).map(|row| (row, region.start.1, value.clone())));
        }
    }
    cells.extend(filled);
    cells.sort_by_key(|(row, column, _)| (*row, *column));
    let mut rows: Vec<Row> = Vec::new();
    let mut slots_left = limits.cells;
    for group in cells.chunk_by(|left, right| left.0 == right.0) {
        let width = group.last().map_or(0, |(_, column, _)| *column as usize + 1);
        slots_left = slots_left.checked_sub(width)?;
        let mut texts: Vec<String> = Vec::with_capacity(width);
        let line = group[0].0 as usize + 1; // no group is empty
        for (row, column, value) in group {
            let place = Place { file: part, ..Place::new(row.saturating_add(1), column.saturating_add(1)) };
            texts.resize(texts.len().max(*column as usize), String::new());
            texts.push(text(value, place, losses));
        }
        let row = Row::new(texts, part, line);
        if !row.is_empty() {
            rows.push(row);
        }
    }
    let mut grid = Grid { name, part, rows };
    grid.cut(limits, losses);
    Some(grid)
}

/// How many bytes a repeated value costs.
pub(super) fn length(value: &Data) -> usize {
    match value {
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.len(),
        _ => 0,
    }
}

/// What a cell shows.
fn text(value: &Data, place: Place, losses: &mut LossReport) -> String {
    match value {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.replace('\r', ""),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(truth) => truth.to_string(),
        Data::DateTime(day) => self::day(day),
        Data::Error(CellErrorType::GettingData) => {
            losses.tell(place, notes::formula_never_computed());
            String::new()
        }
        Data::Error(error) => {
            losses.tell(place, notes::formula_without_value(error));
            String::new()
        }
    }
}

fn day(day: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = day.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) { date } else { format!("{date}T{hour:02}:{minute:02}:{second:02}") }
}
