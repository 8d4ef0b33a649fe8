//! Why a file cannot be read at all, where, and what to do about it.

use crate::Place;

/// What kind of fault makes a file unreadable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// There is nothing in it.
    Empty,
    /// It is in no format that Viite reads.
    WrongKind,
    /// Its characters cannot be told.
    Encoding,
    /// It breaks the rules of its own syntax, or ends before its end.
    Syntax,
    /// It holds something that is refused because it can do harm.
    Refused,
    /// It is larger or deeper than the limits allow.
    TooLarge,
}

/// A file that cannot be read: nothing of it was imported.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {problem}\n  help: {help}", self.location())]
pub struct ReadError {
    /// The file's name.
    pub file: String,
    /// The sheet of a workbook that the fault is in.
    pub sheet: Option<String>,
    /// Where the fault is, unless it is the file as a whole.
    pub place: Option<Place>,
    /// What kind of fault.
    pub fault: Fault,
    /// What is wrong.
    pub problem: String,
    /// What to do next.
    pub help: String,
}

impl ReadError {
    pub(crate) fn new(
        file: &str,
        place: Option<Place>,
        fault: Fault,
        problem: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self { file: file.to_owned(), sheet: None, place, fault, problem: problem.into(), help: help.into() }
    }

    pub(crate) fn in_sheet(mut self, sheet: &str) -> Self {
        self.sheet = Some(sheet.to_owned());
        self
    }

    /// `file`, `file:line:column`, or `file:sheet!cell`.
    pub fn location(&self) -> String {
        match (&self.sheet, self.place) {
            (Some(sheet), Some(place)) => format!("{}:{sheet}!{}", self.file, place.cell()),
            (Some(sheet), None) => format!("{}:{sheet}", self.file),
            (None, Some(place)) => format!("{}:{place}", self.file),
            (None, None) => self.file.clone(),
        }
    }
}

/// How large and how deep a file may be, so that none exhausts the memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Levels of nested XML elements.
    pub depth: usize,
    /// Bytes of one text (a name, a documentation, a value); what is longer is cut, and noted.
    pub text: usize,
    /// Elements, relationships, views, boxes and lines of a model.
    pub things: usize,
    /// Facts that a file yields.
    pub triples: usize,
    /// Losses that are listed one by one.
    pub losses: usize,
    /// Cells of a workbook's sheet.
    pub cells: usize,
    /// Bytes that an archive or a workbook unpacks to.
    pub unpacked: usize,
    /// Files in an archive or a folder.
    pub entries: usize,
    /// Blank nodes that hang together, in RDF; naming them costs more than linear time.
    pub blank_nodes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 1 << 30,
            depth: 200,
            text: 1 << 20,
            things: 400_000,
            triples: 3_000_000,
            losses: 10_000,
            cells: 8_000_000,
            unpacked: 1 << 29,
            entries: 200_000,
            blank_nodes: 20_000,
        }
    }
}
