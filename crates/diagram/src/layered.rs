//! The layout of a graph: columns by longest way, order by barycentre (Sugiyama, Tagawa and Toda 1981), bands for groups.

use crate::{
    Paper,
    graph::{Edge, Graph, Line},
    node::{HEADING, frame, point},
    svg::{Anchor, Canvas, INK, Rect},
    text::Type,
};
use std::collections::{BTreeMap, HashMap};

const MARGIN: f64 = 10.0;
const AIR: f64 = 12.0;
const BAND_HEAD: f64 = 24.0;
const COLUMN_HEAD: f64 = 24.0;
const WIDEST_BOX: f64 = 190.0;
const NARROWEST_BOX: f64 = 120.0;
const NARROWEST_GAP: f64 = 56.0;
const WIDEST_GAP: f64 = 240.0;
const LABEL: Type = Type::regular(10.0);
/// With more edges than this their texts would cover each other: the tables tell them.
const MOST_LABELS: usize = 36;

/// The column of each node: the one that it names, else the longest way from where nothing leads to.
/// Where a page is too narrow for the longest way, what would stand beyond it goes on from the left.
pub(crate) fn columns(graph: &Graph, paper: &Paper) -> Vec<usize> {
    let index = index(graph);
    let mut out: Vec<Vec<usize>> = vec![Vec::new(); graph.nodes.len()];
    for edge in &graph.edges {
        out[index[edge.from.as_str()]].push(index[edge.to.as_str()]);
    }
    // Depth first; an edge back to what is still open closes a circle and does not count.
    let mut order = Vec::with_capacity(out.len());
    let mut state = vec![0_u8; out.len()];
    let mut back = std::collections::HashSet::new();
    for root in 0..out.len() {
        let mut stack = vec![(root, 0)];
        while let Some((node, next)) = stack.pop() {
            if next == 0 {
                if state[node] != 0 {
                    continue;
                }
                state[node] = 1;
            }
            match out[node].get(next) {
                Some(&other) => {
                    stack.push((node, next + 1));
                    match state[other] {
                        0 => stack.push((other, 0)),
                        1 => _ = back.insert((node, other)),
                        _ => {}
                    }
                }
                None => {
                    state[node] = 2;
                    order.push(node);
                }
            }
        }
    }
    let mut column: Vec<usize> = graph.nodes.iter().map(|node| node.column.unwrap_or_default()).collect();
    for &node in order.iter().rev() {
        for &other in &out[node] {
            if graph.nodes[other].column.is_none() && !back.contains(&(node, other)) {
                column[other] = column[other].max(column[node] + 1);
            }
        }
    }
    let room = (paper.width - 2.0 * MARGIN + NARROWEST_GAP) / (NARROWEST_BOX + NARROWEST_GAP);
    let most = room.clamp(1.0, 100.0) as usize;
    if paper.height.is_finite() && graph.columns.is_empty() && column.iter().any(|column| *column >= most) {
        for column in &mut column {
            *column %= most;
        }
    }
    column
}

/// How high the picture becomes.
pub(crate) fn height(graph: &Graph, paper: &Paper) -> f64 {
    Layout::of(graph, paper).size.1
}

/// Draws the graph; gives its size too.
pub(crate) fn draw(graph: &Graph, paper: &Paper) -> (Canvas, (f64, f64)) {
    let layout = Layout::of(graph, paper);
    let mut canvas = Canvas::default();
    for (at, title) in &layout.bands {
        if !title.is_empty() {
            frame(&mut canvas, *at, title);
        }
    }
    for (column, title) in graph.columns.iter().enumerate().filter(|(column, _)| *column < layout.count) {
        let x = layout.x(column);
        for line in HEADING.wrap(title, layout.box_width, 1) {
            canvas.text(
                (x + layout.box_width / 2.0, MARGIN + 14.0),
                &line,
                HEADING,
                Anchor::Middle,
                INK,
                layout.box_width,
            );
        }
    }
    layout.edges(graph, &mut canvas);
    for (node, at) in graph.nodes.iter().zip(&layout.boxes) {
        node.draw(&mut canvas, *at);
    }
    (canvas, layout.size)
}

fn index(graph: &Graph) -> HashMap<&str, usize> {
    graph.nodes.iter().enumerate().map(|(at, node)| (node.id.as_str(), at)).collect()
}

/// What stands in a column: a box, or the place where a longer edge passes through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Item {
    Box(usize),
    Pass { edge: usize },
}

struct Layout {
    boxes: Vec<Rect>,
    bands: Vec<(Rect, String)>,
    /// For each edge the points between its ends, from left to right.
    passes: Vec<Vec<(f64, f64)>>,
    columns: Vec<usize>,
    count: usize,
    box_width: f64,
    gap: f64,
    /// How high each box must be for the texts of its edges to stand under each other.
    least: Vec<f64>,
    size: (f64, f64),
}

impl Layout {
    fn of(graph: &Graph, paper: &Paper) -> Self {
        let columns = columns(graph, paper);
        let count = columns.iter().max().map_or(1, |last| last + 1);
        let room = paper.width - 2.0 * MARGIN;
        // Texts on edges need room between the columns.
        let has_labels = graph.edges.iter().any(|edge| !edge.label.is_empty()) && graph.edges.len() <= MOST_LABELS;
        let wish = if has_labels { 130.0 } else { NARROWEST_GAP };
        let gaps = count.saturating_sub(1) as f64;
        let box_width = ((room - gaps * wish) / count as f64).clamp(NARROWEST_BOX, WIDEST_BOX);
        let gap =
            if count > 1 { ((room - count as f64 * box_width) / gaps).clamp(NARROWEST_GAP, WIDEST_GAP) } else { 0.0 };
        let mut layout = Self {
            boxes: vec![Rect::default(); graph.nodes.len()],
            bands: Vec::new(),
            passes: vec![Vec::new(); graph.edges.len()],
            columns,
            count,
            box_width,
            gap,
            least: vec![0.0; graph.nodes.len()],
            size: (0.0, 0.0),
        };
        if has_labels {
            layout.make_room(graph);
        }
        layout.place(graph);
        layout
    }

    fn make_room(&mut self, graph: &Graph) {
        let index = index(graph);
        let mut sides: HashMap<(usize, bool), f64> = HashMap::new();
        for edge in graph.edges.iter().filter(|edge| !edge.label.is_empty()) {
            let ends = [index[edge.from.as_str()], index[edge.to.as_str()]];
            for (node, other) in [(ends[0], ends[1]), (ends[1], ends[0])] {
                *sides.entry((node, self.columns[other] >= self.columns[node])).or_default() += 1.0;
            }
        }
        for ((node, _), edges) in sides {
            self.least[node] = self.least[node].max((edges + 1.0) * LABEL.leading());
        }
    }

    fn x(&self, column: usize) -> f64 {
        MARGIN + column as f64 * (self.box_width + self.gap)
    }

    /// Bands from top to bottom, in each the columns from left to right, in each the boxes by where their links lead.
    fn place(&mut self, graph: &Graph) {
        let mut names: Vec<&str> = Vec::new();
        for node in &graph.nodes {
            if !names.contains(&node.group.as_str()) {
                names.push(&node.group);
            }
        }
        let band: Vec<usize> = graph
            .nodes
            .iter()
            .map(|node| names.iter().position(|name| *name == node.group).unwrap_or_default())
            .collect();
        let mut stacks = self.ordered(graph, &band, names.len());
        let head = if graph.columns.is_empty() { 0.0 } else { COLUMN_HEAD };
        let right = self.x(self.count - 1) + self.box_width;
        let mut y = MARGIN + head;
        for (of_band, name) in names.iter().enumerate() {
            let inner = if name.is_empty() { 0.0 } else { BAND_HEAD };
            let heights: Vec<f64> =
                (0..self.count).map(|column| self.stack_height(graph, &stacks[of_band][column])).collect();
            let height = heights.iter().copied().fold(0.0, f64::max);
            for (column, stack) in stacks[of_band].iter_mut().enumerate() {
                let mut at = y + inner + (height - heights[column]) / 2.0;
                for item in std::mem::take(stack) {
                    let high = self.item_height(graph, item);
                    match item {
                        Item::Box(node) => self.boxes[node] = Rect::new(self.x(column), at, self.box_width, high),
                        Item::Pass { edge } => {
                            let x = self.x(column);
                            self.passes[edge].push((x, at + high / 2.0));
                        }
                    }
                    at += high + AIR;
                }
            }
            let foot = if name.is_empty() { 0.0 } else { AIR / 2.0 };
            let margin = MARGIN - 4.0;
            let frame = Rect::new(MARGIN - margin, y, right - MARGIN + 2.0 * margin, inner + height + foot);
            self.bands.push((frame, (*name).to_owned()));
            y += inner + height + foot + AIR;
        }
        for passes in &mut self.passes {
            passes.sort_by(|a, b| a.0.total_cmp(&b.0));
        }
        self.size = (right + MARGIN, (y - AIR + MARGIN).max(3.0 * MARGIN));
    }

    fn item_height(&self, graph: &Graph, item: Item) -> f64 {
        match item {
            Item::Box(node) => graph.nodes[node].height(self.box_width).max(self.least[node]),
            Item::Pass { .. } => 6.0,
        }
    }

    fn stack_height(&self, graph: &Graph, stack: &[Item]) -> f64 {
        let high: f64 = stack.iter().map(|item| self.item_height(graph, *item) + AIR).sum();
        (high - AIR).max(0.0)
    }

    /// The order in each band and column that lets few edges cross.
    fn ordered(&self, graph: &Graph, band: &[usize], bands: usize) -> Vec<Vec<Vec<Item>>> {
        let index = index(graph);
        let mut stacks: Vec<Vec<Vec<Item>>> = vec![vec![Vec::new(); self.count]; bands];
        for node in 0..graph.nodes.len() {
            stacks[band[node]][self.columns[node]].push(Item::Box(node));
        }
        // Items that follow each other along an edge, one column apart.
        let mut near: Vec<(usize, Item, Item)> = Vec::new();
        for (at, edge) in graph.edges.iter().enumerate() {
            let (mut left, mut right) = (index[edge.from.as_str()], index[edge.to.as_str()]);
            if self.columns[left] > self.columns[right] {
                (left, right) = (right, left);
            }
            let mut last = Item::Box(left);
            let between = self.columns[left] + 1..self.columns[right];
            for (column, stack) in stacks[band[left]].iter_mut().enumerate().filter(|(at, _)| between.contains(at)) {
                let pass = Item::Pass { edge: at };
                stack.push(pass);
                near.push((column - 1, last, pass));
                last = pass;
            }
            if self.columns[left] != self.columns[right] {
                near.push((self.columns[right] - 1, last, Item::Box(right)));
            }
        }
        for sweep in 0..6 {
            let mut order: Vec<usize> = (0..self.count).collect();
            let forth = sweep % 2 == 0;
            if !forth {
                order.reverse();
            }
            for column in order {
                let from =
                    if forth { column.checked_sub(1) } else { Some(column + 1).filter(|next| *next < self.count) };
                let Some(from) = from else { continue };
                // Where the items of the neighbouring column stand, over all bands.
                let places: HashMap<(usize, usize), f64> = stacks
                    .iter()
                    .flat_map(|band| &band[from])
                    .enumerate()
                    .map(|(place, item)| (key(*item), place as f64))
                    .collect();
                let mut sums: BTreeMap<(usize, usize), (f64, f64)> = BTreeMap::new();
                for (left, a, b) in &near {
                    let (of, item, other) = if forth { (left + 1, b, a) } else { (*left, a, b) };
                    if of == column
                        && let Some(place) = places.get(&key(*other))
                    {
                        let sum = sums.entry(key(*item)).or_default();
                        *sum = (sum.0 + place, sum.1 + 1.0);
                    }
                }
                for band in &mut stacks {
                    let mut ranked: Vec<(f64, Item)> = band[column]
                        .iter()
                        .enumerate()
                        .map(|(at, item)| (sums.get(&key(*item)).map_or(at as f64, |(sum, count)| sum / count), *item))
                        .collect();
                    ranked.sort_by(|a, b| a.0.total_cmp(&b.0)); // stable: equals stay as they were
                    band[column] = ranked.into_iter().map(|(_, item)| item).collect();
                }
            }
        }
        stacks
    }

    /// Curves from box to box, each with a place of its own at the side of the box.
    fn edges(&self, graph: &Graph, canvas: &mut Canvas) {
        let index = index(graph);
        let ends: Vec<(usize, usize)> =
            graph.edges.iter().map(|edge| (index[edge.from.as_str()], index[edge.to.as_str()])).collect();
        // For each side of each box its edges, by where they lead.
        let mut sides: BTreeMap<(usize, bool), Vec<(f64, usize)>> = BTreeMap::new();
        for (at, &(from, to)) in ends.iter().enumerate() {
            for (node, other) in [(from, to), (to, from)] {
                let leads_right = self.columns[other] >= self.columns[node];
                let towards = if leads_right { self.passes[at].first() } else { self.passes[at].last() };
                let y = towards.map_or(self.boxes[other].middle().1, |pass| pass.1);
                sides.entry((node, leads_right)).or_default().push((y, at));
            }
        }
        let mut port: HashMap<(usize, usize), (f64, f64)> = HashMap::new();
        for ((node, right), mut edges) in sides {
            edges.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            let at = self.boxes[node];
            let step = at.h / (edges.len() as f64 + 1.0);
            for (place, (_, edge)) in edges.iter().enumerate() {
                let x = if right { at.right() } else { at.x };
                port.insert((*edge, node), (x, at.y + step * (place as f64 + 1.0)));
            }
        }
        let show_labels = graph.edges.len() <= MOST_LABELS;
        let mut taken: Vec<Rect> = Vec::new();
        for (at, edge) in graph.edges.iter().enumerate() {
            let (from, to) = ends[at];
            self.edge(edge, at, (from, to), (port[&(at, from)], port[&(at, to)]), canvas);
            if show_labels && !edge.label.is_empty() {
                let (a, b) = (port[&(at, from)], port[&(at, to)]);
                self.label(edge, a, b, &mut taken, canvas);
            }
        }
    }

    fn edge(
        &self,
        edge: &Edge,
        at: usize,
        (from, to): (usize, usize),
        (start, end): ((f64, f64), (f64, f64)),
        canvas: &mut Canvas,
    ) {
        let more = match edge.line {
            Line::Dashed => " stroke-width=\"1.2\" stroke-dasharray=\"5 3\"",
            Line::Arrow | Line::Plain => " stroke-width=\"1.2\"",
        };
        let forth = self.columns[from] < self.columns[to];
        if self.columns[from] == self.columns[to] {
            // Out on the right, and back in.
            let out = start.0 + (self.gap * 0.4).clamp(20.0, 46.0);
            let path = format!("M{}C{} {} {}", point(start), point((out, start.1)), point((out, end.1)), point(end));
            canvas.path(&path, "none", LINE, more);
            if edge.line != Line::Plain {
                canvas.head(end, (out, end.1), LINE);
            }
            return;
        }
        let mut points = vec![start];
        let passes: Vec<(f64, f64)> = if forth {
            self.passes[at].iter().flat_map(|&(x, y)| [(x, y), (x + self.box_width, y)]).collect()
        } else {
            self.passes[at].iter().rev().flat_map(|&(x, y)| [(x + self.box_width, y), (x, y)]).collect()
        };
        points.extend(passes);
        points.push(end);
        let mut path = format!("M{}", point(start));
        for (leg, pair) in points.windows(2).enumerate() {
            let ((x1, y1), (x2, y2)) = (pair[0], pair[1]);
            if leg % 2 == 1 {
                path.push_str(&format!("L{}", point((x2, y2)))); // straight through a column
            } else {
                let bend = (x2 - x1) * 0.5;
                let bends = [point((x1 + bend, y1)), point((x2 - bend, y2)), point((x2, y2))];
                path.push_str(&format!("C{}", bends.join(" ")));
            }
        }
        canvas.path(&path, "none", LINE, more);
        if edge.line != Line::Plain {
            let side = if forth { -1.0 } else { 1.0 };
            canvas.head(end, (end.0 + side, end.1), LINE);
        }
    }

    /// The text of an edge, in the middle of its curve, lower where another text stands already.
    fn label(&self, edge: &Edge, a: (f64, f64), b: (f64, f64), taken: &mut Vec<Rect>, canvas: &mut Canvas) {
        let room = if a.0 == b.0 { self.gap } else { self.gap.max(70.0) } - 22.0;
        let text = LABEL.cut(&edge.label, room.max(40.0));
        let width = LABEL.width(&text) + 6.0;
        let (x, y) = if a.0 == b.0 {
            (a.0 + 24.0 + width / 2.0, f64::midpoint(a.1, b.1))
        } else {
            // The first gap that the edge crosses, where no box is.
            let side = if a.0 < b.0 { 1.0 } else { -1.0 };
            let far = (b.0 - a.0).abs() > self.gap + 1.0;
            let x = a.0 + side * self.gap / 2.0;
            (x, if far { a.1 } else { f64::midpoint(a.1, b.1) })
        };
        let mut at = Rect::new(x - width / 2.0, y - 7.0, width, 14.0);
        let meets = |at: &Rect, other: &Rect| {
            at.x < other.right() && other.x < at.right() && at.y < other.bottom() && other.y < at.bottom()
        };
        for _ in 0..8 {
            match taken.iter().find(|other| meets(&at, other)) {
                Some(other) => at.y = other.bottom(),
                None => break,
            }
        }
        taken.push(at);
        canvas.rect(at, 2.0, "#ffffff", "none");
        canvas.text((at.x + width / 2.0, at.y + 10.5), &text, LABEL, Anchor::Middle, INK, width);
    }
}

/// The colour of edges.
const LINE: &str = "#4a4f57";

fn key(item: Item) -> (usize, usize) {
    match item {
        Item::Box(node) => (0, node),
        Item::Pass { edge } => (1, edge),
    }
}
