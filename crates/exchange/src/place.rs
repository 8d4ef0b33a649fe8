//! Where in a file something stands.

use serde::Serialize;
use std::fmt;

/// A line and a column, counted from 1; a column counts characters, in a table cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// Which file of a set: the number that [`crate::LossReport::add_file`] gave; 0 for a file alone.
    #[serde(skip)]
    pub(crate) file: u16,
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
}

impl Place {
    /// The beginning of a file.
    pub const START: Self = Self::new(1, 1);

    /// Whether it is in a table of a set.
    pub(crate) fn in_table(self) -> bool {
        self.file > 0
    }

    /// The cell of a spreadsheet: `B7` for line 7, column 2.
    ///
    /// ```
    /// assert_eq!(viite_exchange::Place::new(7, 28).cell(), "AB7");
    /// ```
    pub fn cell(self) -> String {
        let mut letters = Vec::new();
        let mut column = self.column;
        while column > 0 {
            column -= 1;
            letters.push(char::from(b'A' + (column % 26) as u8)); // below 26
            column /= 26;
        }
        letters.iter().rev().collect::<String>() + &self.line.to_string()
    }

    /// A place in a file that is read alone.
    pub const fn new(line: u32, column: u32) -> Self {
        Self { file: 0, line, column }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// Turns byte offsets that only grow into places, reading every byte once.
pub(crate) struct Cursor<'t> {
    text: &'t [u8],
    offset: usize,
    place: Place,
}

impl<'t> Cursor<'t> {
    /// A cursor over a file of a set; 0 is a file alone.
    pub(crate) fn new(text: &'t str, part: u16) -> Self {
        Self { text: text.as_bytes(), offset: 0, place: Place { file: part, ..Place::START } }
    }

    /// The place of a byte offset; going back is allowed, but begins anew.
    pub(crate) fn at(&mut self, offset: usize) -> Place {
        let offset = offset.min(self.text.len());
        if offset < self.offset {
            self.offset = 0;
            self.place = Place { file: self.place.file, ..Place::START };
        }
        for &byte in &self.text[self.offset..offset] {
            if byte == b'\n' {
                self.place.line = self.place.line.saturating_add(1);
                self.place.column = 1;
            } else if byte & 0xC0 != 0x80 {
                // every character of UTF-8 has one byte that is no continuation
                self.place.column = self.place.column.saturating_add(1);
            }
        }
        self.offset = offset;
        self.place
    }
}

/// The place of one offset.
pub(crate) fn place_of(text: &str, offset: usize) -> Place {
    Cursor::new(text, 0).at(offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_from_one() {
        let text = "äö\nx<y";
        assert_eq!(place_of(text, 0), Place::START);
        assert_eq!(place_of(text, 4), Place::new(1, 3));
        assert_eq!(place_of(text, 6), Place::new(2, 2));
        assert_eq!(place_of(text, 99), Place::new(2, 4));
    }

    #[test]
    fn cells_are_named_as_spreadsheets_name_them() {
        for (column, cell) in [(1, "A3"), (26, "Z3"), (27, "AA3"), (702, "ZZ3"), (703, "AAA3"), (16384, "XFD3")] {
            assert_eq!(Place::new(3, column).cell(), cell);
        }
    }

    #[test]
    fn going_back_gives_the_same_place() {
        let mut cursor = Cursor::new("a\nb\nc", 0);
        let early = cursor.at(2);
        cursor.at(5);
        assert_eq!(cursor.at(2), early);
    }
}
