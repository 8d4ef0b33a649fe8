//! What fits on a page, for the formats that have pages. Lengths are in twentieths of a point.

use crate::content::{Chapter, Figure, Part, Section, Table};

/// From so many columns on, a product stands on pages in landscape.
const WIDE: usize = 5;
/// A CSS pixel.
const PIXEL: usize = 15;
/// What the caption of a picture takes, what the heading of a section and its first words do, and those of a chapter.
pub(super) const CAPTION: usize = 700;
pub(super) const SECTION: usize = 1300;
pub(super) const CHAPTER: usize = 1700;

/// A page and its margins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) top: usize,
    pub(super) right: usize,
    pub(super) bottom: usize,
    pub(super) left: usize,
}

impl Page {
    /// Upright, with margins of 2 cm.
    pub(super) const A4: Self = Self { width: 11906, height: 16838, top: 1134, right: 1134, bottom: 1134, left: 1134 };

    /// The page in landscape.
    pub(super) fn wide(self) -> Self {
        let (short, long) = (self.width.min(self.height), self.width.max(self.height));
        Self { width: long, height: short, ..self }
    }

    /// The width and height within the margins.
    pub(super) fn room(self) -> (usize, usize) {
        (self.width.saturating_sub(self.left + self.right), self.height.saturating_sub(self.top + self.bottom))
    }
}

/// Which sections of a chapter stand on pages in landscape: from the first that needs it on, so that no page is left half
/// empty by a turn back.
pub(super) fn turns(chapter: &Chapter) -> Vec<bool> {
    let mut wide = false;
    let turned = |section| {
        wide |= is_wide(section);
        wide
    };
    chapter.sections.iter().map(turned).collect()
}

fn is_wide(section: &Section) -> bool {
    section.parts.iter().any(|part| match part {
        Part::Table(table) => table.columns.len() >= WIDE,
        Part::Figure(figure) => figure.size.0 as usize * PIXEL > Page::A4.room().0,
        _ => false,
    })
}

/// The width and height of a picture below what stands `above` it: as large as it is, smaller where the page is smaller.
pub(super) fn fitting(figure: &Figure, page: Page, above: usize) -> (usize, usize) {
    let (room, high) = page.room();
    let high = high.saturating_sub(above + CAPTION);
    let (w, h) = (figure.size.0 as usize * PIXEL, figure.size.1 as usize * PIXEL);
    let (w, h) = if w > room { (room, h * room / w) } else { (w, h) };
    if h > high { (w * high / h, high) } else { (w, h) }
}

/// What a character of a table takes, in twentieths of a point.
const CHARACTER: usize = 85;
/// A longer word, such as an address, may break: it shall not take the room of the other columns.
const LONGEST_WORD: usize = 24;
/// From this length on a text asks for no more room: it runs over lines anyway.
const LONG_TEXT: usize = 150;
/// No header stands higher than this, in twentieths of a point.
const HIGHEST: usize = 2600;

/// How high the header of a matrix is when its words stand upright.
pub(super) fn upright(table: &Table) -> usize {
    let longest = table.columns.iter().map(|column| column.chars().count()).max().unwrap_or_default();
    ((longest + 2) * CHARACTER).min(HIGHEST)
}

/// Columns as wide as their texts ask for, and where there is room none so narrow that a word breaks. A matrix, whose
/// headers stand upright, takes no more of the page than it needs.
pub(super) fn widths(table: &Table, whole: usize) -> Vec<usize> {
    let header = |at: usize| (!table.matrix || at == 0).then_some(table.columns[at].as_str());
    let texts = |at: usize| {
        let cells = table.rows.iter().filter_map(move |row| row.get(at)).flat_map(|cell| &cell.0);
        cells.map(|phrase| phrase.text.as_str()).chain(header(at))
    };
    let word =
        |at: usize| texts(at).flat_map(str::split_whitespace).map(|word| word.chars().count().min(LONGEST_WORD)).max();
    // Headers are bold, and so wider.
    let bold = |at: usize| header(at).map_or(0, |header| header.split_whitespace().map(wide).max().unwrap_or_default());
    let text = |at: usize| texts(at).map(|text| text.chars().count()).max();
    let columns = 0..table.columns.len();
    // A cell has margins besides its text.
    let least: Vec<usize> =
        columns.map(|at| (word(at).unwrap_or_default().max(bold(at)).max(3) + 2) * CHARACTER).collect();
    let wish =
        |(at, least): (usize, &usize)| ((text(at).unwrap_or_default().min(LONG_TEXT) + 2) * CHARACTER).max(*least);
    let wished: Vec<usize> = least.iter().enumerate().map(wish).collect();
    let (sum, wish) = (least.iter().sum::<usize>().max(1), wished.iter().sum::<usize>());
    if table.matrix && wish < whole {
        return wished;
    }
    if sum >= whole {
        return shared(&least, whole);
    }
    let more = (wish - sum).max(1);
    least.into_iter().zip(wished).map(|(least, wish)| least + (wish - least) * (whole - sum) / more).collect()
}

/// Where not every column can have what it needs, those that need least get it, and the others share the rest.
fn shared(needed: &[usize], whole: usize) -> Vec<usize> {
    let mut narrowest_first: Vec<usize> = (0..needed.len()).collect();
    narrowest_first.sort_by_key(|at| needed[*at]);
    let (mut widths, mut left) = (vec![0; needed.len()], whole);
    for (served, at) in narrowest_first.into_iter().enumerate() {
        widths[at] = needed[at].min(left / (needed.len() - served));
        left -= widths[at];
    }
    widths
}

/// The characters that a bold word takes the room of.
fn wide(word: &str) -> usize {
    let characters = word.chars().count();
    characters + characters.div_ceil(4)
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

    #[test]
    fn an_address_in_one_column_does_not_break_the_names_in_another() {
        let cell = |text: &str| Cell(vec![Phrase::plain(text)]);
        let table = Table {
            number: 1,
            caption: String::new(),
            columns: vec!["Toimija".to_owned(), "Kuvaus".to_owned(), "Vastaa".to_owned()],
            rows: vec![vec![cell("Tietohallintoyksikkö"), cell(&"https://esimerkki.fi/".repeat(20)), cell("")]],
            matrix: false,
        };
        let widths = widths(&table, 9000);
        assert!(widths[0] >= 20 * CHARACTER && widths[2] >= 6 * CHARACTER, "{widths:?}");
        assert_eq!(shared(&[500, 2400, 2400, 2400], 5000), [500, 1500, 1500, 1500]);
    }
}
