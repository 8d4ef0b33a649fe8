//! What a reader could not carry over, or had to mend: never silent, always with its place.

use crate::Place;
use crate::notes::{self, Note};
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt;
use viite_model::{Language, Text};

/// What became of the thing that a [`Loss`] tells about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    /// It is not in the repository.
    Lost,
    /// It is, but not as the file had it.
    Mended,
    /// It is, as a fact of the ArchiMate vocabulary that no rule of Viite reads.
    Kept,
    /// It is not, because it is no part of a description: layout, metadata, examples.
    Aside,
}

/// One thing that was left out, mended or left unmapped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// File, line, column and identifier, `model.xml:12:5 (id-7)`; of a workbook sheet and cell, `a.xlsx:Palvelut!B7`.
    pub at: String,
    /// Which kind of note it is: a name that stays the same when the words change.
    pub kind: &'static str,
    /// What it is.
    pub what: Text,
    /// Why, and what to do when it matters.
    pub why: Text,
    /// What became of it.
    pub fate: Fate,
}

/// A [`Loss`] in the language of a reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told<'a> {
    /// As [`Loss::at`].
    #[serde(rename = "where")]
    pub at: &'a str,
    /// As [`Loss::kind`].
    pub kind: &'static str,
    /// What it is.
    pub what: &'a str,
    /// Why, and what to do when it matters.
    pub why: &'a str,
    /// What became of it.
    pub fate: Fate,
}

impl Loss {
    /// What it says in a language.
    pub fn told(&self, language: Language) -> Told<'_> {
        let [what, why] = [&self.what, &self.why].map(|text| text.get(language).unwrap_or_default());
        Told { at: &self.at, kind: self.kind, what, why, fate: self.fate }
    }
}

/// A file of a set, or a sheet of a workbook.
#[derive(Clone, Debug)]
struct Part {
    file: String,
    sheet: Option<String>,
}

/// Collects losses in the order in which the file is read, up to a limit.
#[derive(Clone, Debug)]
pub struct LossReport {
    /// The file, or the set of files; then the files of the set.
    files: Vec<Part>,
    losses: Vec<Loss>,
    limit: usize,
    omitted: u64,
    told: BTreeSet<String>,
}

impl fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.at, self.what, self.why)
    }
}

impl LossReport {
    /// An empty report on a file, which lists `limit` losses and counts the rest.
    pub fn new(file: &str, limit: usize) -> Self {
        Self {
            files: vec![Part { file: file.to_owned(), sheet: None }],
            losses: Vec::new(),
            limit,
            omitted: 0,
            told: BTreeSet::new(),
        }
    }

    /// Takes up a file of the set that the report is on; places in it carry the number.
    pub(crate) fn add_file(&mut self, file: &str) -> u16 {
        self.add(Part { file: file.to_owned(), sheet: None })
    }

    /// Takes up a sheet of a workbook; places in it carry the number.
    pub(crate) fn add_sheet(&mut self, file: &str, sheet: &str) -> u16 {
        self.add(Part { file: file.to_owned(), sheet: Some(sheet.to_owned()) })
    }

    fn add(&mut self, part: Part) -> u16 {
        self.files.push(part);
        u16::try_from(self.files.len() - 1).unwrap_or(u16::MAX)
    }

    /// A place with its file, and its sheet if it is in one.
    pub(crate) fn locate(&self, place: Place) -> String {
        match self.sheet_of(place) {
            Some(sheet) => format!("{}:{sheet}!{}", self.file_of(place), place.cell()),
            None => format!("{}:{place}", self.file_of(place)),
        }
    }

    fn part(&self, place: Place) -> Option<&Part> {
        self.files.get(usize::from(place.file)).or(self.files.first())
    }

    /// The sheet that a place is in.
    pub(crate) fn sheet_of(&self, place: Place) -> Option<&str> {
        self.part(place)?.sheet.as_deref()
    }

    /// The file that a place is in.
    pub(crate) fn file_of(&self, place: Place) -> &str {
        self.part(place).map_or("", |part| part.file.as_str())
    }

    /// Adds a note about a place.
    pub(crate) fn tell(&mut self, at: impl Into<At>, note: Note) {
        if self.losses.len() >= self.limit {
            self.omitted += 1;
            return;
        }
        let at = at.into();
        let mut text = at.place.map_or_else(|| self.file_of(Place::START).to_owned(), |place| self.locate(place));
        if let Some(id) = at.id {
            text += &format!(" ({id})");
        }
        let Note { fate, kind, what, why } = note;
        self.losses.push(Loss { at: text, kind, what, why, fate });
    }

    /// As [`tell`](Self::tell), but only the first time that a note says this.
    pub(crate) fn tell_once(&mut self, at: impl Into<At>, note: Note) {
        if self.told.insert(note.what.get(Language::En).unwrap_or_default().to_owned()) {
            self.tell(at, note);
        }
    }

    /// The losses, the last one saying how many more there were than the limit.
    pub fn into_losses(mut self) -> Vec<Loss> {
        if self.omitted > 0 {
            let Note { fate, kind, what, why } = notes::files::more_notes(self.omitted, self.limit);
            let at = self.files.swap_remove(0).file; // there is always the first
            self.losses.push(Loss { at, kind, what, why, fate });
        }
        self.losses
    }
}

/// Where a loss happened: the file alone, a place in it, or a thing at a place.
#[derive(Clone, Debug, Default)]
pub struct At {
    place: Option<Place>,
    id: Option<String>,
}

impl At {
    /// The file as a whole.
    pub const FILE: Self = Self { place: None, id: None };
}

impl From<Place> for At {
    fn from(place: Place) -> Self {
        Self { place: Some(place), id: None }
    }
}

impl From<(Place, &str)> for At {
    fn from((place, id): (Place, &str)) -> Self {
        Self { place: Some(place), id: (!id.is_empty()).then(|| id.to_owned()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beyond_the_limit_losses_are_counted_not_listed() {
        let mut report = LossReport::new("m.xml", 2);
        for line in 1..=5 {
            report.tell(Place::new(line, 1), notes::tables::header_again());
        }
        let losses = report.into_losses();
        assert_eq!(losses.len(), 3);
        assert_eq!(losses[1].at, "m.xml:2:1");
        assert!(losses[2].told(Language::En).what.starts_with("3 more"), "{:?}", losses[2]);
    }

    #[test]
    fn the_json_has_where_what_and_why() {
        let mut report = LossReport::new("m.xml", 9);
        report.tell((Place::START, "id-1"), notes::archimate::said_twice());
        let [loss] = &report.into_losses()[..] else { panic!("one loss") };
        assert_eq!(loss.at, "m.xml:1:1 (id-1)");
        assert_eq!(loss.fate, Fate::Mended);
    }
}
