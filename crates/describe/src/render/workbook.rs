//! A workbook: a sheet per table, and one that tells what is where.

use crate::{
    content::{Cell, Document, Part, Phrase, Property, Table},
    words::words,
};
use rust_xlsxwriter::{DocProperties, Format, FormatAlign, Url, Workbook, Worksheet, XlsxError};
use std::{
    collections::HashSet,
    io::{self, Write},
};

/// Excel's limit for the name of a sheet.
const LONGEST_NAME: usize = 31;
/// What the name of a sheet must not hold.
const FORBIDDEN: [char; 7] = ['[', ']', ':', '*', '?', '/', '\\'];

pub(super) fn write(document: &Document, mut to: impl Write) -> io::Result<()> {
    let bytes = workbook(document).and_then(|mut workbook| workbook.save_to_buffer()).map_err(io::Error::other)?;
    to.write_all(&bytes)
}

fn workbook(document: &Document) -> Result<Workbook, XlsxError> {
    let words = words(document.language);
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_title(&document.title).set_subject(&document.subtitle));
    let bold = Format::new().set_bold();
    let mut names = HashSet::from([words.contents.to_lowercase()]);
    let mut contents = Worksheet::new();
    contents.set_name(words.contents)?.set_column_width(0, 12)?.set_column_width(1, 70)?.set_column_width(2, 60)?;
    contents.write_with_format(0, 0, &document.title, &Format::new().set_bold().set_font_size(16))?;
    let mut row = 1;
    for Property { name, value, .. } in &document.properties {
        contents.write_with_format(row, 0, name, &bold)?.write(row, 1, value.marked())?;
        row += 1;
    }
    let mut sheets = Vec::new();
    for chapter in &document.chapters {
        row += 1;
        contents.write_with_format(row, 0, &chapter.number, &bold)?;
        contents.write_with_format(row, 1, &chapter.title, &bold)?;
        row += 1;
        for section in &chapter.sections {
            contents.write(row, 0, &section.number)?.write(row, 1, &section.title)?;
            for part in &section.parts {
                match part {
                    Part::Missing(what) => _ = contents.write(row, 2, format!("{} {what}", words.missing))?,
                    Part::Table(table) => {
                        let name = sheet_name(&format!("{} {}", section.number, table.caption), &mut names);
                        let place = Url::new(format!("internal:'{}'!A1", name.replace('\'', "''")));
                        contents.write_url_with_text(row, 2, place, &name)?;
                        sheets.push(sheet(&name, table)?);
                        row += 1;
                    }
                    _ => {}
                }
            }
            row += 1;
        }
    }
    workbook.push_worksheet(contents);
    for sheet in sheets {
        workbook.push_worksheet(sheet);
    }
    Ok(workbook)
}

fn sheet(name: &str, table: &Table) -> Result<Worksheet, XlsxError> {
    let header = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top).set_background_color("#EEF1F6");
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let mut sheet = Worksheet::new();
    sheet.set_name(name)?.set_freeze_panes(1, 1)?.set_landscape().set_repeat_rows(0, 0)?.set_print_fit_to_pages(1, 0);
    for (column, title) in (0..).zip(&table.columns) {
        sheet.write_with_format(0, column, title, &header)?;
        let cells = table.rows.iter().filter_map(|row| row.get(usize::from(column))).flat_map(|cell| &cell.0);
        let widest = cells.map(|phrase| phrase.text.chars().count()).max().unwrap_or_default();
        sheet.set_column_width(column, widest.max(title.chars().count()).clamp(8, 50) as f64 + 2.0)?;
    }
    for (at, row) in (1..).zip(&table.rows) {
        for (column, cell) in (0..).zip(row) {
            match number(cell) {
                Some(number) => sheet.write_number_with_format(at, column, number, &text)?,
                // As text: a name that begins with = is no formula.
                None => sheet.write_string_with_format(at, column, lines(cell), &text)?,
            };
        }
    }
    let last = u16::try_from(table.columns.len().saturating_sub(1)).unwrap_or_default();
    sheet.autofilter(0, 0, u32::try_from(table.rows.len()).unwrap_or_default(), last)?;
    Ok(sheet)
}

/// A count, which can be summed and sorted; a code such as `007` is none.
fn number(cell: &Cell) -> Option<f64> {
    let [Phrase { text, language: None }] = &cell.0[..] else { return None };
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && text.len() < 10;
    (plain && (text == "0" || !text.starts_with('0'))).then(|| text.parse().ok()).flatten()
}

/// What Excel takes in a cell, in UTF-16 units.
const LONGEST_TEXT: usize = 32_767;

/// What stands in the cell, each thing on a line of its own; what Excel would refuse is counted.
fn lines(cell: &Cell) -> String {
    let lines: Vec<String> = cell.0.iter().map(Phrase::marked).collect();
    let mut length = 0;
    let fits = |line: &&String| {
        length += line.encode_utf16().count() + 1;
        length < LONGEST_TEXT - 20 // room for the number of the others
    };
    let shown: Vec<&str> = lines.iter().take_while(fits).map(String::as_str).collect();
    match lines.len() - shown.len() {
        0 => shown.join("\n"),
        // One text that is longer than a cell may be.
        1 if shown.is_empty() => lines[0].chars().take(LONGEST_TEXT / 2).collect::<String>() + "…",
        rest => format!("{}\n… (+{rest})", shown.join("\n")),
    }
}

/// A name that Excel takes and no other sheet has.
fn sheet_name(wanted: &str, taken: &mut HashSet<String>) -> String {
    let clean: String = wanted.chars().map(|c| if FORBIDDEN.contains(&c) { ' ' } else { c }).collect();
    let clean = clean.trim_matches('\'');
    for number in 1.. {
        let ending = if number == 1 { String::new() } else { format!(" {number}") };
        let room = LONGEST_NAME - ending.len();
        let mut name: String = clean
            .chars()
            .scan(0, |used, c| {
                *used += c.len_utf16();
                (*used <= room).then_some(c)
            })
            .collect();
        name = format!("{}{ending}", name.trim_end());
        if taken.insert(name.to_lowercase()) {
            return name;
        }
    }
    unreachable!("the numbers do not end")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_holds_no_more_than_excel_takes() {
        let cell = Cell((0..4000).map(|at| Phrase::plain(format!("Järjestelmä {at}"))).collect());
        let text = lines(&cell);
        assert!(text.encode_utf16().count() <= LONGEST_TEXT);
        let rest = 4000 - (text.lines().count() - 1);
        assert!(text.ends_with(&format!("\n… (+{rest})")));
        assert!(lines(&Cell(vec![Phrase::plain("x".repeat(40_000))])).encode_utf16().count() <= LONGEST_TEXT);
    }

    #[test]
    fn a_count_is_a_number_and_a_code_a_text() {
        let of = |text: &str| number(&Cell(vec![Phrase::plain(text)]));
        assert_eq!((of("0"), of("46")), (Some(0.0), Some(46.0)));
        assert_eq!([of("007"), of(""), of("1.2"), of("12345678901"), of("-3")], [None; 5]);
        assert_eq!(number(&Cell::default()), None);
    }

    #[test]
    fn sheet_names_are_short_and_differ() {
        let mut taken = HashSet::new();
        let first = sheet_name("5.1 Tietojärjestelmäkartta: Sosiaalihuollon asiakastiedot", &mut taken);
        let second = sheet_name("5.1 Tietojärjestelmäkartta: Sosiaalihuollon palvelut", &mut taken);
        assert_eq!(first, "5.1 Tietojärjestelmäkartta  Sos");
        assert_ne!(first, second);
        assert!(first.chars().count() <= LONGEST_NAME && second.chars().count() <= LONGEST_NAME);
    }
}
