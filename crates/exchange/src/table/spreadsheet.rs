//! Workbooks (`.xlsx`, `.xlsm`, `.xlsb`, `.xls`, `.ods`) to rows with their places.

use super::grid::{Grid, Row, too_large};
use crate::loss::LossReport;
use crate::notes::tables as notes;
use crate::{Fault, Limits, Place, ReadError, archive};
use calamine::{Data, Dimensions, ExcelDateTime, Ods, Reader, SheetType, SheetVisible, Sheets, Xls, Xlsx};
use std::io::Cursor;

/// The first bytes of the older binary workbook (and of other old office files).
const OLE: &[u8] = b"\xD0\xCF\x11\xE0";

/// Whether these bytes are a workbook: by what is in the archive, not by the file's name.
pub(crate) fn is_workbook(bytes: &[u8], names: &[String]) -> bool {
    bytes.starts_with(OLE)
        || names.iter().any(|name| name.starts_with("xl/workbook."))
        || (names.iter().any(|name| name == "content.xml") && names.iter().any(|name| name == "META-INF/manifest.xml"))
}

/// Reads every sheet that may hold a table.
pub(crate) fn read(file: &str, bytes: &[u8], limits: &Limits, losses: &mut LossReport) -> Result<Vec<Grid>, ReadError> {
    if archive::is_zip(bytes) {
        archive::check(file, bytes, limits)?;
    }
    let fault = |error: &dyn std::fmt::Display| {
        let help = "open it in the program that made it, save it as .xlsx, and import it again";
        ReadError::new(file, None, Fault::Syntax, format!("the workbook cannot be read: {error}"), help)
    };
    let mut book = open(bytes).map_err(|error| fault(&error))?;
    let sheets = book.sheets_metadata().to_vec();
    let mut grids = Vec::new();
    for sheet in sheets {
        if sheet.typ != SheetType::WorkSheet || sheet.visible != SheetVisible::Visible {
            // Lists behind drop-downs and charts; but a table that somebody hid is worth a word.
            if !sheet.name.starts_with('_') {
                losses.tell(crate::loss::At::FILE, notes::hidden_sheet(&sheet.name));
            }
            continue;
        }
        let part = losses.add_sheet(file, &sheet.name);
        let cells = match &mut book {
            Sheets::Xlsx(xlsx) => streamed(xlsx, &sheet.name, limits).map_err(|error| fault(&error))?,
            other => dense(other, &sheet.name, limits).map_err(|error| fault(&error))?,
        };
        let Some(cells) = cells else {
            return Err(too_large(file, &format!("the sheet '{}'", sheet.name), limits).in_sheet(&sheet.name));
        };
        let merged = match &mut book {
            Sheets::Xlsx(xlsx) => xlsx.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default(),
            Sheets::Xls(xls) => xls.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default(),
            _ => Vec::new(), // the library does not tell those of the other formats
        };
        let mut grid = grid(sheet.name, part, cells, &merged, limits, losses);
        grid.cut(limits, losses);
        grids.push(grid);
    }
    Ok(grids)
}

fn open(bytes: &[u8]) -> Result<Sheets<Cursor<&[u8]>>, calamine::Error> {
    if bytes.starts_with(OLE) {
        return Ok(Sheets::Xls(Xls::new(Cursor::new(bytes))?));
    }
    Xlsx::new(Cursor::new(bytes)).map(Sheets::Xlsx).map_err(calamine::Error::from).or_else(|error| {
        if let Ok(ods) = Ods::new(Cursor::new(bytes)) {
            return Ok(Sheets::Ods(ods));
        }
        calamine::Xlsb::new(Cursor::new(bytes)).map(Sheets::Xlsb).map_err(|_| error)
    })
}

/// A cell that holds something: row and column from 0.
type Cell = (u32, u32, Data);

/// The cells of a sheet one by one: a sheet with one cell at either end is not filled up in between.
fn streamed(
    xlsx: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &str,
    limits: &Limits,
) -> Result<Option<Vec<Cell>>, calamine::XlsxError> {
    let mut reader = xlsx.worksheet_cells_reader(sheet)?;
    let mut cells = Vec::new();
    while let Some(cell) = reader.next_cell()? {
        let value = Data::from(cell.get_value().clone());
        if value != Data::Empty {
            let (row, column) = cell.get_position();
            cells.push((row, column, value));
        }
        if cells.len() > limits.cells {
            return Ok(None);
        }
    }
    Ok(Some(cells))
}

fn dense(book: &mut Sheets<Cursor<&[u8]>>, sheet: &str, limits: &Limits) -> Result<Option<Vec<Cell>>, calamine::Error> {
    let range = book.worksheet_range(sheet)?;
    let (row, column) = range.start().unwrap_or_default();
    let cells = range.used_cells().take(limits.cells + 1);
    // A sheet has at most 2^20 rows and 2^14 columns.
    let cells: Vec<Cell> = cells.map(|(r, c, value)| (row + r as u32, column + c as u32, value.clone())).collect();
    Ok((cells.len() <= limits.cells).then_some(cells))
}

fn grid(
    name: String,
    part: u16,
    mut cells: Vec<Cell>,
    merged: &[Dimensions],
    limits: &Limits,
    losses: &mut LossReport,
) -> Grid {
    // What is written once for several rows is said of each.
    cells.sort_by_key(|(row, column, _)| (*row, *column));
    let mut filled = Vec::new();
    for region in merged.iter().filter(|region| region.end.0 > region.start.0) {
        let top = cells.binary_search_by_key(&region.start, |(row, column, _)| (*row, *column));
        let height = (region.end.0 - region.start.0) as usize;
        if let Some(value) = top.ok().map(|at| &cells[at].2).filter(|_| filled.len() + height <= limits.things) {
            filled.extend((region.start.0 + 1..=region.end.0).map(|row| (row, region.start.1, value.clone())));
        }
    }
    cells.extend(filled);
    cells.sort_by_key(|(row, column, _)| (*row, *column));
    let mut rows: Vec<Row> = Vec::new();
    for group in cells.chunk_by(|left, right| left.0 == right.0) {
        let mut texts: Vec<String> = Vec::new();
        let line = group[0].0 as usize + 1; // no group is empty
        for (row, column, value) in group {
            let place = Place { file: part, ..Place::new(row + 1, column + 1) };
            texts.resize(texts.len().max(*column as usize), String::new());
            texts.push(text(value, place, losses));
        }
        let row = Row::new(texts, part, line);
        if !row.is_empty() {
            rows.push(row);
        }
    }
    Grid { name, part, rows }
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
