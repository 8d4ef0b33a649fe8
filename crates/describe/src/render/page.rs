//! What fits on a page, for the formats that have pages. Lengths are in twentieths of a point.

use crate::content::{Figure, Part, Section, Table};

/// From so many columns on, a product stands on pages in landscape.
const WIDE: usize = 5;
/// A4 with margins of 2 cm.
pub(super) const SHORT: usize = 11906;
pub(super) const LONG: usize = 16838;
pub(super) const MARGIN: usize = 1134;
/// A CSS pixel.
const PIXEL: usize = 15;
/// What a heading and a caption take on the page of a picture.
const CAPTION: usize = 2000;

/// Whether a section needs pages in landscape.
pub(super) fn is_wide(section: &Section) -> bool {
    section.parts.iter().any(|part| match part {
        Part::Table(table) => table.columns.len() >= WIDE,
        Part::Figure(figure) => figure.size.0 as usize * PIXEL > SHORT - 2 * MARGIN,
        _ => false,
    })
}

/// The width and height of a picture: as large as it is, smaller where the page is smaller.
pub(super) fn fitting(figure: &Figure, landscape: bool) -> (usize, usize) {
    let (width, height) = if landscape { (LONG, SHORT) } else { (SHORT, LONG) };
    let (room, high) = (width - 2 * MARGIN, height - 2 * MARGIN - CAPTION);
    let (w, h) = (figure.size.0 as usize * PIXEL, figure.size.1 as usize * PIXEL);
    let (w, h) = if w > room { (room, h * room / w) } else { (w, h) };
    if h > high { (w * high / h, high) } else { (w, h) }
}

/// What a character of a table takes, in twentieths of a point.
const CHARACTER: usize = 95;

/// Columns as wide as their texts ask for, and where there is room none so narrow that a word breaks.
pub(super) fn widths(table: &Table, whole: usize) -> Vec<usize> {
    let texts = |at: usize| {
        let cells = table.rows.iter().filter_map(move |row| row.get(at)).flat_map(|cell| &cell.0);
        cells.map(|phrase| phrase.text.as_str()).chain([table.columns[at].as_str()])
    };
    let word = |at: usize| texts(at).flat_map(str::split_whitespace).map(|word| word.chars().count()).max();
    let text = |at: usize| texts(at).map(|text| text.chars().count()).max();
    let columns = 0..table.columns.len();
    // A cell has margins besides its text.
    let least: Vec<usize> = columns.map(|at| (word(at).unwrap_or_default() + 2) * CHARACTER).collect();
    let wish = |(at, least): (usize, &usize)| ((text(at).unwrap_or_default().min(60) + 2) * CHARACTER).max(*least);
    let wished: Vec<usize> = least.iter().enumerate().map(wish).collect();
    let (sum, wish) = (least.iter().sum::<usize>().max(1), wished.iter().sum::<usize>());
    if sum >= whole {
        return least.into_iter().map(|width| width * whole / sum).collect();
    }
    let more = (wish - sum).max(1);
    least.into_iter().zip(wished).map(|(least, wish)| least + (wish - least) * (whole - sum) / more).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Cell, Phrase};

    #[test]
    fn columns_fill_the_page_and_a_very_long_word_takes_no_more_than_that() {
        for longest in [1, 20, 70, 400] {
            let cell = |text: String| Cell(vec![Phrase::plain(text)]);
            let table = Table {
                number: 1,
                caption: String::new(),
                columns: vec!["Nimi".to_owned(), "Kuvaus".to_owned()],
                rows: vec![vec![cell("x".repeat(longest)), cell("sana ja toinen ".repeat(longest))]],
                matrix: false,
            };
            let sum: usize = widths(&table, 9000).iter().sum();
            assert!((8990..=9000).contains(&sum), "{longest}: {sum}");
        }
    }
}
