//! A view of an ArchiMate file, as the architect laid it out.

use crate::{
    Drawing, Paper,
    concept::{self, Concept, SIGN},
    graph::Line,
    node::point,
    svg::{Anchor, Canvas, INK, Rect},
    text::Type,
    words::{Words, words},
};

/// A view.
///
/// ```
/// use viite_diagram::{Concept, Paper, Shown, View};
/// use viite_model::Language;
/// let view = View {
///     title: "Systems".to_owned(),
///     boxes: vec![Shown {
///         label: "Lifecare".to_owned(),
///         concept: Concept::named("ApplicationComponent"),
///         at: [20, 20, 120, 55],
///         holds: false,
///         fill: None,
///     }],
///     connections: Vec::new(),
/// };
/// assert!(view.draw(&Paper::page(Language::En)).svg.contains(">Lifecare</text>"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// What it is called.
    pub title: String,
    /// The boxes, an outer one before those that stand in it.
    pub boxes: Vec<Shown>,
    /// The lines.
    pub connections: Vec<Connection>,
}

/// A box of a view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// What stands in it.
    pub label: String,
    /// What it is; without one it is a group or a note.
    pub concept: Option<Concept>,
    /// Left, top, width and height in the view.
    pub at: [i32; 4],
    /// Whether other boxes stand in it: then its name stands at the top.
    pub holds: bool,
    /// The colour that the architect gave it: red, green, blue.
    pub fill: Option<[u8; 3]>,
}

/// A line of a view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// The box that it starts from, as its place in [`View::boxes`].
    pub from: usize,
    /// The box that it leads to.
    pub to: usize,
    /// Where it bends.
    pub bends: Vec<[i32; 2]>,
    /// How it is drawn.
    pub line: Line,
}

const MARGIN: f64 = 10.0;
const TEXT: Type = Type::regular(11.0);
/// The alternative text names so many boxes before it counts the rest.
const TOLD: usize = 60;
/// Coordinates beyond this are a fault of the file.
const FARTHEST: i32 = 100_000;

impl View {
    /// Draws it, in its own size.
    pub fn draw(&self, paper: &Paper) -> Drawing {
        let words = words(paper.language);
        let place = |shown: &Shown| {
            let [x, y, w, h] = shown.at.map(|value| f64::from(value.clamp(-FARTHEST, FARTHEST)));
            Rect::new(x, y, w.max(1.0), h.max(1.0))
        };
        let places: Vec<Rect> = self.boxes.iter().map(place).collect();
        let bends = self.connections.iter().flat_map(|connection| &connection.bends);
        let bends: Vec<(f64, f64)> = bends.map(|[x, y]| (f64::from(*x), f64::from(*y))).collect();
        let left = places.iter().map(|at| at.x).chain(bends.iter().map(|at| at.0)).fold(f64::INFINITY, f64::min);
        let top = places.iter().map(|at| at.y).chain(bends.iter().map(|at| at.1)).fold(f64::INFINITY, f64::min);
        let (left, top) = if left.is_finite() { (left, top) } else { (0.0, 0.0) };
        let right = places.iter().map(|at| at.right()).chain(bends.iter().map(|at| at.0)).fold(left, f64::max);
        let bottom = places.iter().map(|at| at.bottom()).chain(bends.iter().map(|at| at.1)).fold(top, f64::max);
        let moved = |at: &Rect| Rect { x: at.x - left + MARGIN, y: at.y - top + MARGIN, ..*at };
        let places: Vec<Rect> = places.iter().map(moved).collect();
        let mut canvas = Canvas::default();
        for (shown, at) in self.boxes.iter().zip(&places) {
            draw_box(shown, *at, &mut canvas);
        }
        for connection in &self.connections {
            let (Some(from), Some(to)) = (places.get(connection.from), places.get(connection.to)) else { continue };
            let bends: Vec<(f64, f64)> = connection
                .bends
                .iter()
                .map(|[x, y]| (f64::from(*x) - left + MARGIN, f64::from(*y) - top + MARGIN))
                .collect();
            draw_line(connection.line, (*from, *to), &bends, &mut canvas);
        }
        let names = self.boxes.iter().map(|shown| shown.label.as_str()).filter(|label| !label.is_empty());
        let alternative = format!(
            "{}: {}, {}. {}.",
            self.title,
            Words::count(self.boxes.len(), words.boxes),
            Words::count(self.connections.len(), words.lines),
            words.list(names, TOLD)
        );
        let size = (right - left + 2.0 * MARGIN, bottom - top + 2.0 * MARGIN);
        Drawing::new(canvas, self.title.clone(), alternative, size, paper.language)
    }
}

fn draw_box(shown: &Shown, at: Rect, canvas: &mut Canvas) {
    canvas.open(&shown.label);
    let fill = shown.fill.map(|[r, g, b]| format!("#{r:02x}{g:02x}{b:02x}"));
    let dark = shown.fill.is_some_and(|[r, g, b]| u32::from(r) * 3 + u32::from(g) * 6 + u32::from(b) < 1000);
    let ink = if dark { "#ffffff" } else { INK };
    match (shown.concept, &fill) {
        // A group or note of the architect's.
        (None, None) => canvas.rect(at, 0.0, "#fafafa", "#5c626b"),
        (concept, fill) => concept::draw(canvas, concept, at, fill.as_deref(), None),
    }
    let sign = if shown.concept.is_some() { SIGN } else { 4.0 };
    let room = (at.w - sign - 6.0).max(12.0);
    let lines = if shown.holds { 1 } else { ((at.h - 4.0) / TEXT.leading()).max(1.0) as usize };
    let lines = TEXT.wrap(&shown.label, room, lines);
    let high = lines.len() as f64 * TEXT.leading();
    let mut y = if shown.holds { at.y + 14.0 } else { at.y + (at.h - high) / 2.0 + TEXT.size };
    for line in lines {
        canvas.text((at.x + (at.w - sign + 4.0) / 2.0, y), &line, TEXT, Anchor::Middle, ink, room);
        y += TEXT.leading();
    }
    canvas.close();
}

fn draw_line(line: Line, (from, to): (Rect, Rect), bends: &[(f64, f64)], canvas: &mut Canvas) {
    let start = border(from, bends.first().copied().unwrap_or(to.middle()));
    let end = border(to, bends.last().copied().unwrap_or(from.middle()));
    let points: Vec<(f64, f64)> = [start].into_iter().chain(bends.iter().copied()).chain([end]).collect();
    let path: Vec<String> = points.iter().map(|at| point(*at)).collect();
    let more = if line == Line::Dashed { " stroke-dasharray=\"5 3\"" } else { "" };
    canvas.path(&format!("M{}", path.join("L")), "none", INK, more);
    if line != Line::Plain {
        canvas.head(end, points[points.len() - 2], INK);
    }
}

/// Where the line from the middle of the box to a point leaves the box; straight up or across where the point is above,
/// below or beside it, as tools draw it.
fn border(at: Rect, (x, y): (f64, f64)) -> (f64, f64) {
    let (mx, my) = at.middle();
    let (dx, dy) = (x - mx, y - my);
    if (at.x..=at.right()).contains(&x) && !(at.y..=at.bottom()).contains(&y) {
        return (x, if dy > 0.0 { at.bottom() } else { at.y });
    }
    if (at.y..=at.bottom()).contains(&y) && !(at.x..=at.right()).contains(&x) {
        return (if dx > 0.0 { at.right() } else { at.x }, y);
    }
    let across = if dx == 0.0 { f64::INFINITY } else { at.w / 2.0 / dx.abs() };
    let down = if dy == 0.0 { f64::INFINITY } else { at.h / 2.0 / dy.abs() };
    let share = across.min(down).min(1.0);
    (mx + dx * share, my + dy * share)
}
