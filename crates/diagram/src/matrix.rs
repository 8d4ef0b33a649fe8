//! Things against things, with a mark where they meet.

use crate::{
    Drawing, Paper,
    svg::{Anchor, Canvas, FRAME, INK, Rect, n},
    text::Type,
    words::words,
};
use std::collections::BTreeMap;

/// A matrix, such as that of responsibilities.
///
/// ```
/// use viite_diagram::{Matrix, Paper};
/// use viite_model::Language;
/// let matrix = Matrix {
///     title: "Responsibilities".to_owned(),
///     rows: vec!["Lifecare".to_owned()],
///     columns: vec!["IT unit".to_owned(), "Social services".to_owned()],
///     marks: [((0, 0), vec!["Responsible".to_owned()]), ((0, 1), vec!["Informed".to_owned()])].into(),
/// };
/// let drawing = &matrix.draw(&Paper::page(Language::En))[0];
/// assert_eq!(drawing.alternative, "Responsibilities. Lifecare: IT unit (Responsible), Social services (Informed).");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matrix {
    /// What it shows.
    pub title: String,
    /// The things down the side.
    pub rows: Vec<String>,
    /// The things along the top.
    pub columns: Vec<String>,
    /// What stands where a row and a column meet, counted from 0. The picture shows the first letters, the legend tells
    /// what they stand for.
    pub marks: BTreeMap<(usize, usize), Vec<String>>,
}

const MARGIN: f64 = 6.0;
const NAMES: f64 = 250.0;
const ROW: f64 = 20.0;
const COLUMN: f64 = 34.0;
const HEAD: f64 = 120.0;
const LEGEND: f64 = 26.0;
const TEXT: Type = Type::regular(11.0);
const MARK: Type = Type::bold(11.0);
/// A colour for each kind of mark, all dark enough for white letters (WCAG 2.1 AA); the letter says it without colour.
const COLORS: [&str; 6] = ["#a11616", "#0b5394", "#38761d", "#5b5b5b", "#6a3d9a", "#7f4f00"];
/// The alternative text names so many rows before it counts the rest.
const TOLD: usize = 40;

impl Matrix {
    /// Draws it: one picture, or several where the paper is too small.
    pub fn draw(&self, paper: &Paper) -> Vec<Drawing> {
        let words = words(paper.language);
        let across = (((paper.width - NAMES - 2.0 * MARGIN) / COLUMN) as usize).max(1);
        let down = (((paper.height - HEAD - LEGEND - 2.0 * MARGIN) / ROW).min(1e6) as usize).max(1);
        let mut pages = Vec::new();
        for first_row in (0..self.rows.len()).step_by(down) {
            for first_column in (0..self.columns.len()).step_by(across) {
                let rows = first_row..(first_row + down).min(self.rows.len());
                let columns = first_column..(first_column + across).min(self.columns.len());
                // A page on which nothing meets tells nothing.
                if self.marks.keys().any(|(row, column)| rows.contains(row) && columns.contains(column)) {
                    pages.push((rows, columns));
                }
            }
        }
        let letters = self.letters();
        let of = pages.len();
        pages
            .into_iter()
            .enumerate()
            .map(|(at, (rows, columns))| {
                let title = words.page(&self.title, at + 1, of);
                let mut alternative = format!("{title}.");
                let met = |row: usize| {
                    let marks = self.marks.range((row, columns.start)..(row, columns.end));
                    marks.map(|((_, column), marks)| format!("{} ({})", self.columns[*column], marks.join(", ")))
                };
                for row in rows.clone().take(TOLD) {
                    let met: Vec<String> = met(row).collect();
                    if !met.is_empty() {
                        alternative.push_str(&format!(" {}: {}.", self.rows[row], met.join(", ")));
                    }
                }
                let (canvas, size) = self.page(rows, columns, &letters);
                Drawing::new(canvas, title, alternative, size, paper.language)
            })
            .collect()
    }

    /// The letter and colour of each kind of mark: its first letter, or more where another has that already.
    fn letters(&self) -> BTreeMap<&str, (String, &'static str)> {
        let mut kinds: Vec<&str> = self.marks.values().flatten().map(String::as_str).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let mut letters: BTreeMap<&str, (String, &'static str)> = BTreeMap::new();
        for (at, kind) in kinds.into_iter().enumerate() {
            let upper: String = kind.to_uppercase();
            let letter = (1..=upper.chars().count())
                .map(|length| upper.chars().take(length).collect::<String>())
                .find(|letter| letters.values().all(|(taken, _)| taken != letter))
                .unwrap_or_default();
            letters.insert(kind, (letter, COLORS[at % COLORS.len()]));
        }
        letters
    }

    fn page(
        &self,
        rows: std::ops::Range<usize>,
        columns: std::ops::Range<usize>,
        letters: &BTreeMap<&str, (String, &'static str)>,
    ) -> (Canvas, (f64, f64)) {
        let mut canvas = Canvas::default();
        let right = MARGIN + NAMES + columns.len() as f64 * COLUMN;
        let top = MARGIN + HEAD;
        let bottom = top + rows.len() as f64 * ROW;
        for (place, column) in columns.clone().enumerate() {
            let x = MARGIN + NAMES + (place as f64 + 0.5) * COLUMN;
            let lines = TEXT.wrap(&self.columns[column], HEAD - 8.0, 2);
            for (line, text) in lines.iter().enumerate() {
                let shift = (line as f64 - (lines.len() as f64 - 1.0) / 2.0) * TEXT.leading() + 4.0;
                canvas.group(&format!("transform=\"translate({} {}) rotate(-90)\"", n(x + shift), n(top - 6.0)));
                canvas.text((0.0, 0.0), text, TEXT, Anchor::Start, INK, HEAD - 6.0);
                canvas.close();
            }
        }
        for (place, row) in rows.clone().enumerate() {
            let y = top + place as f64 * ROW;
            if place % 2 == 0 {
                canvas.rect(Rect::new(MARGIN, y, right - MARGIN, ROW), 0.0, "#f3f5f8", "none");
            }
            let name = TEXT.cut(&self.rows[row], NAMES - 10.0);
            canvas.text((MARGIN + 4.0, y + 14.0), &name, TEXT, Anchor::Start, INK, NAMES - 6.0);
            for (place, column) in columns.clone().enumerate() {
                let Some(marks) = self.marks.get(&(row, column)).filter(|marks| !marks.is_empty()) else { continue };
                let x = MARGIN + NAMES + place as f64 * COLUMN;
                let wide = (COLUMN - 6.0) / marks.len() as f64;
                for (place, mark) in marks.iter().enumerate() {
                    let Some((letter, color)) = letters.get(mark.as_str()) else { continue };
                    let at = Rect::new(x + 3.0 + place as f64 * wide, y + 2.0, wide - 1.0, ROW - 4.0);
                    canvas.rect(at, 2.0, color, "none");
                    let letter = MARK.cut(letter, wide);
                    canvas.text((at.middle().0, y + 14.0), &letter, MARK, Anchor::Middle, "#ffffff", wide);
                }
            }
        }
        for column in 0..=columns.len() {
            let x = MARGIN + NAMES + column as f64 * COLUMN;
            canvas.line((x, MARGIN), (x, bottom), FRAME, " stroke-width=\"0.4\"");
        }
        canvas.line((MARGIN, top), (right, top), FRAME, "");
        canvas.line((MARGIN, bottom), (right, bottom), FRAME, "");
        let mut x = MARGIN;
        for (kind, (letter, color)) in letters {
            let wide = (MARK.width(letter) + 8.0).max(16.0);
            canvas.rect(Rect::new(x, bottom + 8.0, wide, 16.0), 2.0, color, "none");
            canvas.text((x + wide / 2.0, bottom + 20.0), letter, MARK, Anchor::Middle, "#ffffff", wide);
            canvas.text((x + wide + 5.0, bottom + 20.0), kind, TEXT, Anchor::Start, INK, TEXT.width(kind) * 2.0);
            x += wide + TEXT.width(kind) + 20.0;
        }
        (canvas, (right.max(x) + MARGIN, bottom + LEGEND + MARGIN))
    }
}
