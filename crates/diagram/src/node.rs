//! A box for a thing.

use crate::{
    concept::{self, Concept, SIGN},
    svg::{Anchor, Canvas, INK, Rect, n},
    text::Type,
};

/// A thing that a picture shows as a box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What edges name it by. Within a picture no two have the same.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// A short text below the name.
    pub note: String,
    /// What it is in ArchiMate; gives colour and shape.
    pub concept: Option<Concept>,
    /// The group that it stands in; empty for none.
    pub group: String,
    /// The column that it stands in, from 0; without one, the edges tell.
    pub column: Option<usize>,
    /// What is said about it.
    pub tone: Tone,
}

/// How a box stands out. Colour never says it alone: the frame or the text under the name does too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tone {
    /// As its concept is shown.
    #[default]
    Plain,
    /// What the picture is about: a thick frame.
    Focus,
    /// Something is wrong: red, with a thick frame.
    Bad,
    /// Less certain or of less weight: a broken frame and no colour.
    Faint,
    /// A degree, such as the maturity of a capability, from 0 to [`Tone::HIGHEST`]: the higher, the darker.
    Degree(u8),
}

impl Tone {
    /// The highest degree.
    pub const HIGHEST: u8 = 5;
}

/// Fill and text of each degree: one hue, so that it reads in grey too, and enough contrast for the text (WCAG 2.1 AA).
const DEGREES: [(&str, &str); Tone::HIGHEST as usize + 1] = [
    ("#ffffff", INK),
    ("#e1ecf7", INK),
    ("#b3cfe8", INK),
    ("#7aabd6", INK),
    ("#2b6ca8", "#ffffff"),
    ("#0b3a66", "#ffffff"),
];

impl Node {
    /// A plain box.
    pub fn new(id: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            label: label.into(),
            note: String::new(),
            concept: None,
            group: String::new(),
            column: None,
            tone: Tone::Plain,
        }
    }

    /// With the shape of a concept: its name in ArchiMate, or that of a class of Viite's vocabulary.
    #[must_use]
    pub fn concept(mut self, name: &str) -> Self {
        self.concept = Concept::named(name);
        self
    }

    /// With a text below the name.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    /// In a group.
    #[must_use]
    pub fn group(mut self, group: impl Into<String>) -> Self {
        self.group = group.into();
        self
    }

    /// In this column, from 0.
    #[must_use]
    pub fn column(mut self, column: usize) -> Self {
        self.column = Some(column);
        self
    }

    /// With this tone.
    #[must_use]
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    fn lines(&self, width: f64) -> (Vec<String>, Vec<String>) {
        let sign = if self.concept.is_some() { SIGN } else { 0.0 };
        let name = self.type_of_name().wrap(&self.label, width - PAD - sign, MOST_LINES);
        (name, NOTE.wrap(&self.note, width - PAD, 2))
    }

    fn type_of_name(&self) -> Type {
        Type { bold: matches!(self.tone, Tone::Focus), ..NAME }
    }

    /// How high its box must be at this width.
    pub(crate) fn height(&self, width: f64) -> f64 {
        let (name, note) = self.lines(width);
        let text = name.len() as f64 * NAME.leading() + note.len() as f64 * NOTE.leading();
        (text + 12.0).max(LEAST_HEIGHT)
    }

    /// Draws the box with its text.
    pub(crate) fn draw(&self, canvas: &mut Canvas, at: Rect) {
        canvas.open(if self.note.is_empty() { &self.label } else { &self.note });
        let (fill, frame, ink) = match self.tone {
            Tone::Plain => (None, None, INK),
            Tone::Focus => (None, Some(INK), INK),
            Tone::Bad => (Some("#fbe3e3"), Some("#a11616"), INK),
            Tone::Faint => (Some("#ffffff"), Some("#5c626b"), "#3d424a"),
            Tone::Degree(degree) => {
                let (fill, ink) = DEGREES[usize::from(degree.min(Tone::HIGHEST))];
                (Some(fill), Some(if ink == INK { INK } else { fill }), ink)
            }
        };
        match self.tone {
            Tone::Focus | Tone::Bad => canvas.group("stroke-width=\"2.5\""),
            Tone::Faint => canvas.group("stroke-dasharray=\"4 3\""),
            Tone::Plain | Tone::Degree(_) => canvas.group("stroke-width=\"1\""),
        }
        let sign = if matches!(self.tone, Tone::Degree(_)) { None } else { self.concept };
        concept::draw(canvas, sign, at, fill, frame);
        canvas.close();
        let (name, note) = self.lines(at.w);
        let text = name.len() as f64 * NAME.leading() + note.len() as f64 * NOTE.leading();
        // Centred, but left of the sign in the corner.
        let room = if self.concept.is_some() { SIGN } else { 0.0 };
        let middle = at.x + (at.w - room) / 2.0;
        let mut y = at.y + (at.h - text) / 2.0 + NAME.size;
        for line in &name {
            canvas.text((middle, y), line, self.type_of_name(), Anchor::Middle, ink, at.w - room - PAD / 2.0);
            y += NAME.leading();
        }
        y += NOTE.size - NAME.size;
        for line in &note {
            canvas.text((at.x + at.w / 2.0, y), line, NOTE, Anchor::Middle, ink, at.w - PAD / 2.0);
            y += NOTE.leading();
        }
        canvas.close();
    }
}

const NAME: Type = Type::regular(12.0);
const NOTE: Type = Type::regular(10.0);
const PAD: f64 = 12.0;
const MOST_LINES: usize = 3;
const LEAST_HEIGHT: f64 = 30.0;

/// A frame with a heading, for a group.
pub(crate) fn frame(canvas: &mut Canvas, at: Rect, title: &str) {
    canvas.rect(at, 4.0, "#f7f8fa", crate::svg::FRAME);
    let heading = HEADING.cut(title, at.w - 16.0);
    canvas.text((at.x + 8.0, at.y + 15.0), &heading, HEADING, Anchor::Start, INK, at.w - 12.0);
}

/// The heading of a group or a column.
pub(crate) const HEADING: Type = Type::bold(12.0);

/// The title over a picture is the caption's; here only where a picture stands alone does a reader need it.
pub(crate) fn point((x, y): (f64, f64)) -> String {
    format!("{} {}", n(x), n(y))
}
