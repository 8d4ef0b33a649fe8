//! Groups of things, without what lies between them: maps of systems and services, layers, capabilities.

use crate::{
    Drawing, Paper,
    node::{Node, Tone, frame},
    svg::{Anchor, Canvas, FRAME, INK, Rect},
    text::Type,
    words::{Words, words},
};

/// A map.
///
/// ```
/// use viite_diagram::{Arrangement, Group, Map, Node, Paper};
/// use viite_model::Language;
/// let systems = ["Lifecare", "Effica"].map(|name| Node::new(name, name).concept("InformationSystem"));
/// let map = Map {
///     title: "Systems by function".to_owned(),
///     groups: vec![Group { title: "Appointment booking".to_owned(), nodes: systems.to_vec() }],
///     arrangement: Arrangement::Tiles,
///     legend: Vec::new(),
/// };
/// let drawing = &map.draw(&Paper::page(Language::En))[0];
/// assert_eq!(drawing.alternative, "Systems by function: 2 things. Appointment booking: Lifecare, Effica.");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Map {
    /// What it shows.
    pub title: String,
    /// The groups, in order.
    pub groups: Vec<Group>,
    /// How the groups stand.
    pub arrangement: Arrangement,
    /// What tones mean, shown below.
    pub legend: Vec<(Tone, String)>,
}

/// Things that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What they have in common.
    pub title: String,
    /// The things.
    pub nodes: Vec<Node>,
}

/// How groups stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrangement {
    /// Beside each other, as many as fit.
    Tiles,
    /// Under each other, each as wide as the paper: layers.
    Bands,
}

const MARGIN: f64 = 6.0;
const AIR: f64 = 8.0;
const HEAD: f64 = 24.0;
const TILES: usize = 4;
const LEGEND: f64 = 26.0;
const TEXT: Type = Type::regular(11.0);
/// A map of more things than this names some of each group and counts the rest.
const MOST: usize = 240;
/// Of each group the alternative text names so many things before it counts the rest.
const TOLD: usize = 12;
const GROUPS_TOLD: usize = 40;

/// A frame with a place, and the boxes in it.
struct Tile<'a> {
    title: String,
    at: Rect,
    boxes: Vec<(&'a Node, Rect)>,
}

impl Map {
    /// Draws it: one picture, or several where the paper is not high enough.
    pub fn draw(&self, paper: &Paper) -> Vec<Drawing> {
        let all: usize = self.groups.iter().map(|group| group.nodes.len()).sum();
        if all > MOST {
            return self.abbreviated(MOST / self.groups.len(), paper).drawn(paper);
        }
        self.drawn(paper)
    }

    /// Of each group so many things, and how many are left.
    fn abbreviated(&self, most: usize, paper: &Paper) -> Self {
        let most = most.max(1);
        let mut short = self.clone();
        for group in short.groups.iter_mut().filter(|group| group.nodes.len() > most + 1) {
            let rest = words(paper.language).and_more(group.nodes.len() - most);
            group.nodes.truncate(most);
            group.nodes.push(Node::new("rest", rest).tone(Tone::Faint));
        }
        short
    }

    fn drawn(&self, paper: &Paper) -> Vec<Drawing> {
        let words = words(paper.language);
        let foot = if self.legend.is_empty() { 0.0 } else { LEGEND };
        let pages = match self.arrangement {
            Arrangement::Tiles => self.tiles(paper, paper.height - 2.0 * MARGIN - foot, words),
            Arrangement::Bands => self.bands(paper, paper.height - 2.0 * MARGIN - foot, words),
        };
        let of = pages.len();
        pages
            .iter()
            .enumerate()
            .map(|(at, tiles)| {
                let title = words.page(&self.title, at + 1, of);
                let bottom = tiles.iter().map(|tile| tile.at.bottom()).fold(MARGIN, f64::max);
                let mut canvas = Canvas::default();
                for tile in tiles {
                    frame(&mut canvas, tile.at, &tile.title);
                    for (node, at) in &tile.boxes {
                        node.draw(&mut canvas, *at);
                    }
                }
                self.legend(&mut canvas, bottom + AIR);
                let size = (paper.width, bottom + MARGIN + foot);
                Drawing::new(canvas, title.clone(), alternative(&title, tiles, words), size, paper.language)
            })
            .collect()
    }

    /// Columns of tiles: each next tile goes where there is most room, on a new page when there is none.
    fn tiles(&self, paper: &Paper, room: f64, words: &Words) -> Vec<Vec<Tile<'_>>> {
        let wide = (paper.width - 2.0 * MARGIN - (TILES as f64 - 1.0) * AIR) / TILES as f64;
        let mut pages: Vec<Vec<Tile<'_>>> = vec![Vec::new()];
        let mut filled = [0.0_f64; TILES];
        for group in &self.groups {
            for (title, nodes) in pieces(group, words, |node| node.height(wide - 2.0 * AIR) + 4.0, room - HEAD - AIR) {
                let inner: f64 = nodes.iter().map(|node| node.height(wide - 2.0 * AIR) + 4.0).sum();
                let high = HEAD + inner + AIR;
                let mut column = emptiest(&filled);
                if filled[column] > 0.0 && filled[column] + high > room {
                    pages.push(Vec::new());
                    filled = [0.0; TILES];
                    column = 0;
                }
                let at = Rect::new(MARGIN + column as f64 * (wide + AIR), MARGIN + filled[column], wide, high);
                let mut y = at.y + HEAD;
                let boxes = nodes
                    .iter()
                    .map(|&node| {
                        let place = Rect::new(at.x + AIR, y, wide - 2.0 * AIR, node.height(wide - 2.0 * AIR));
                        y = place.bottom() + 4.0;
                        (node, place)
                    })
                    .collect();
                filled[column] += high + AIR;
                if let Some(page) = pages.last_mut() {
                    page.push(Tile { title, at, boxes });
                }
            }
        }
        pages
    }

    /// Bands as wide as the paper, their boxes in rows.
    fn bands(&self, paper: &Paper, room: f64, words: &Words) -> Vec<Vec<Tile<'_>>> {
        const ROW: usize = 6;
        let wide = paper.width - 2.0 * MARGIN;
        let box_width = (wide - 2.0 * AIR - (ROW as f64 - 1.0) * AIR) / ROW as f64;
        let row_height = |row: &[&Node]| row.iter().map(|node| node.height(box_width)).fold(0.0, f64::max);
        let mut pages: Vec<Vec<Tile<'_>>> = vec![Vec::new()];
        let mut filled = 0.0;
        for group in &self.groups {
            let all: Vec<&Node> = group.nodes.iter().collect();
            let rows: Vec<&[&Node]> = all.chunks(ROW).collect();
            let mut first = 0;
            let mut part = 1;
            while first < rows.len() {
                // As many rows as there is room for, and one at least.
                let mut high = HEAD + AIR / 2.0;
                let mut last = first;
                while last < rows.len() && (last == first || filled + high + row_height(rows[last]) + AIR <= room) {
                    high += row_height(rows[last]) + AIR;
                    last += 1;
                }
                if filled > 0.0 && filled + high > room {
                    pages.push(Vec::new());
                    filled = 0.0;
                    continue;
                }
                let at = Rect::new(MARGIN, MARGIN + filled, wide, high);
                let mut boxes = Vec::new();
                let mut y = at.y + HEAD;
                for row in &rows[first..last] {
                    let height = row_height(row);
                    for (place, &node) in row.iter().enumerate() {
                        let x = at.x + AIR + place as f64 * (box_width + AIR);
                        boxes.push((node, Rect::new(x, y, box_width, height)));
                    }
                    y += height + AIR;
                }
                let title = if first == 0 && last == rows.len() {
                    title_of(group, words).to_owned()
                } else {
                    format!("{} ({} {part})", title_of(group, words), words.part)
                };
                if let Some(page) = pages.last_mut() {
                    page.push(Tile { title, at, boxes });
                }
                filled += high + AIR;
                first = last;
                part += 1;
            }
        }
        pages
    }

    fn legend(&self, canvas: &mut Canvas, y: f64) {
        let mut x = MARGIN;
        for (tone, meaning) in &self.legend {
            Node::new("", "").tone(*tone).draw(canvas, Rect::new(x, y, 18.0, 14.0));
            canvas.text((x + 24.0, y + 11.0), meaning, TEXT, Anchor::Start, INK, TEXT.width(meaning) * 2.0);
            x += 24.0 + TEXT.width(meaning) + 18.0;
        }
        if !self.legend.is_empty() {
            canvas.line((MARGIN, y - 4.0), (x, y - 4.0), FRAME, " stroke-width=\"0.5\"");
        }
    }
}

fn title_of<'a>(group: &'a Group, words: &'a Words) -> &'a str {
    if group.title.is_empty() { words.ungrouped } else { &group.title }
}

/// A group, cut where it is higher than the room.
fn pieces<'a>(
    group: &'a Group,
    words: &Words,
    height: impl Fn(&Node) -> f64,
    room: f64,
) -> Vec<(String, Vec<&'a Node>)> {
    let mut parts: Vec<Vec<&Node>> = vec![Vec::new()];
    let mut filled = 0.0;
    for node in &group.nodes {
        let high = height(node);
        if filled + high > room && filled > 0.0 {
            parts.push(Vec::new());
            filled = 0.0;
        }
        filled += high;
        if let Some(part) = parts.last_mut() {
            part.push(node);
        }
    }
    let of = parts.len();
    let title = title_of(group, words);
    let heading = |at: usize| if of > 1 { format!("{at}/{of} {title}") } else { title.to_owned() };
    parts.into_iter().enumerate().map(|(at, part)| (heading(at + 1), part)).collect()
}

fn emptiest(filled: &[f64; TILES]) -> usize {
    // Of equals the first: from left to right.
    (0..TILES).min_by(|a, b| filled[*a].total_cmp(&filled[*b])).unwrap_or_default()
}

fn alternative(title: &str, tiles: &[Tile<'_>], words: &Words) -> String {
    let count: usize = tiles.iter().map(|tile| tile.boxes.len()).sum();
    let mut text = format!("{title}: {}.", Words::count(count, words.boxes));
    for tile in tiles.iter().take(GROUPS_TOLD) {
        let names = tile.boxes.iter().map(|(node, _)| node.label.as_str());
        text.push_str(&format!(" {}: {}.", tile.title, words.list(names, TOLD)));
    }
    if tiles.len() > GROUPS_TOLD {
        text.push_str(&format!(" {}.", words.and_more(tiles.len() - GROUPS_TOLD)));
    }
    if count == 0 {
        return format!("{title}. {}", words.nothing);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use viite_model::Language;

    fn map(groups: usize, nodes: usize) -> Map {
        let groups = (0..groups)
            .map(|group| Group {
                title: format!("Toiminto {group}"),
                nodes: (0..nodes)
                    .map(|node| Node::new(format!("{group}-{node}"), format!("Asiakastietojärjestelmä {node}")))
                    .collect(),
            })
            .collect();
        Map { title: "Kartta".to_owned(), groups, arrangement: Arrangement::Tiles, legend: Vec::new() }
    }

    #[test]
    fn a_page_is_no_higher_than_the_paper_and_no_box_is_lost() {
        let paper = Paper::page(Language::Fi);
        for arrangement in [Arrangement::Tiles, Arrangement::Bands] {
            for (groups, nodes) in [(1, 1), (5, 1), (10, 5), (2, 120), (24, 10), (100, 2)] {
                let drawings = Map { arrangement, ..map(groups, nodes) }.draw(&paper);
                let boxes: usize = drawings.iter().map(|drawing| drawing.svg.matches("<g><title>").count()).sum();
                assert_eq!(boxes, groups * nodes);
                assert!(drawings.iter().all(|drawing| f64::from(drawing.size.1) <= paper.height + 1.0));
            }
        }
    }

    #[test]
    fn a_large_map_names_some_of_each_group_and_counts_the_rest() {
        let drawings = map(10, 300).draw(&Paper::page(Language::Fi));
        let boxes: usize = drawings.iter().map(|drawing| drawing.svg.matches("<g><title>").count()).sum();
        assert_eq!(boxes, 10 * (24 + 1));
        assert!(drawings[0].svg.contains(">ja 276 muuta</text>"));
    }

    #[test]
    fn what_has_no_group_is_told_so() {
        let mut map = map(1, 1);
        map.groups[0].title = String::new();
        assert!(map.draw(&Paper::page(Language::Sv))[0].svg.contains("Utan grupp"));
    }
}
