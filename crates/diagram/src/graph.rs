//! Things and what leads from one to the other, in columns from left to right.

use crate::{
    Drawing, Paper, layered,
    node::{Node, Tone},
    words::{Words, words},
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// A graph. Its groups are bands from left to right, its columns the steps of the way.
///
/// ```
/// use viite_diagram::{Edge, Graph, Node, Paper};
/// use viite_model::Language;
/// let graph = Graph {
///     title: "What hangs on Lifecare".to_owned(),
///     nodes: vec![
///         Node::new("lifecare", "Lifecare").concept("InformationSystem"),
///         Node::new("kanta", "Patient Data Repository").concept("NationalService"),
///     ],
///     edges: vec![Edge::new("lifecare", "kanta").label("patient records")],
///     columns: Vec::new(),
/// };
/// let drawings = graph.draw(&Paper::endless(Language::En));
/// assert_eq!(drawings.len(), 1);
/// assert!(drawings[0].alternative.contains("Lifecare to Patient Data Repository (patient records)"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Graph {
    /// What the picture shows.
    pub title: String,
    /// The things.
    pub nodes: Vec<Node>,
    /// What leads from one to the other. One whose end is no node is left out.
    pub edges: Vec<Edge>,
    /// Headings over the columns, if they have any.
    pub columns: Vec<String>,
}

/// What leads from one thing to another.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Edge {
    /// The node that it starts from.
    pub from: String,
    /// The node that it leads to.
    pub to: String,
    /// What stands on it.
    pub label: String,
    /// How it is drawn.
    pub line: Line,
}

/// How an edge is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Line {
    /// An arrow.
    #[default]
    Arrow,
    /// A broken arrow: a flow, or something that is less certain.
    Dashed,
    /// A line without a direction.
    Plain,
}

impl Edge {
    /// An arrow.
    pub fn new(from: impl Into<String>, to: impl Into<String>) -> Self {
        Self { from: from.into(), to: to.into(), label: String::new(), line: Line::Arrow }
    }

    /// With a text on it.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Drawn like this.
    #[must_use]
    pub fn line(mut self, line: Line) -> Self {
        self.line = line;
        self
    }
}

/// Up to so many things are shown one by one; of more, those that are linked alike become one box.
const SINGLY: usize = 30;
/// A page of a document shows of more boxes than this those with the most links, and says so.
const MOST: usize = 48;
/// With so few boxes, pages that repeat each other are no longer made fewer.
const FEWEST: usize = 16;
/// As [`MOST`], around what stands in the middle: there the links do not cross each other over many columns.
const MOST_AROUND: usize = 150;
/// The alternative text names so many links before it counts the rest: the tables hold all.
const TOLD: usize = 60;

/// How many boxes stand under each other on a page: some 44 pixels for a box and the air below it.
fn rows(paper: &Paper) -> usize {
    ((paper.height - 60.0) / 44.0).clamp(4.0, 1e6) as usize
}

/// Where the edges of a node lead to (true) and come from.
type Links<'a> = BTreeSet<(bool, &'a str)>;
/// What things that become one box have in common: group, column, concept, tone and links.
type Alike<'a> = (&'a str, Option<usize>, &'a str, Tone, Links<'a>);

impl Graph {
    /// Draws it: one picture, or several where the paper is not high enough.
    pub fn draw(&self, paper: &Paper) -> Vec<Drawing> {
        let whole = self.clean();
        let whole = if whole.nodes.len() > SINGLY { whole.clustered(paper) } else { whole };
        let (mut shown, mut pages) = whole.thinned_pages(MOST, paper);
        // Where boxes are left out anyway, pages that repeat each other say less than fewer boxes do.
        let mut most = MOST;
        while whole.nodes.len() > MOST && most > FEWEST && Self::boxes(&pages) > 2 * shown.nodes.len() {
            most -= most / 4;
            (shown, pages) = whole.thinned_pages(most, paper);
        }
        Self::drawn(&shown.title, &pages, paper)
    }

    fn thinned_pages(&self, most: usize, paper: &Paper) -> (Self, Vec<Self>) {
        let shown = self.clone().thinned(most, paper);
        let pages = shown.pages(paper);
        (shown, pages)
    }

    fn boxes(pages: &[Self]) -> usize {
        pages.iter().map(|page| page.nodes.len()).sum()
    }

    /// Draws it with one column in the middle, and what is linked to that at both sides: systems around the national
    /// services that they use. The nodes of column 1 stand in the middle; of the others the side is chosen here.
    pub fn draw_around(&self, paper: &Paper) -> Vec<Drawing> {
        let mut whole = self.clean();
        for node in whole.nodes.iter_mut().filter(|node| node.column != Some(1)) {
            node.column = Some(0);
        }
        let whole = if whole.nodes.len() > SINGLY { whole.clustered(paper) } else { whole };
        let whole = whole.thinned(MOST_AROUND, paper);
        let place: HashMap<&str, usize> = whole.nodes.iter().map(|node| node.id.as_str()).zip(0..).collect();
        let mut linked: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); whole.nodes.len()];
        for edge in &whole.edges {
            let (from, to) = (place[edge.from.as_str()], place[edge.to.as_str()]);
            linked[from].insert(to);
            linked[to].insert(from);
        }
        // What is linked to the same stands together, so that a page shows few services and all that uses them.
        let mut around: Vec<usize> = (0..whole.nodes.len()).filter(|at| whole.nodes[*at].column == Some(0)).collect();
        around.sort_by(|a, b| linked[*a].cmp(&linked[*b]).then(a.cmp(b)));
        let pieces = around.len().div_ceil(2 * rows(paper)).max(1);
        let size = around.len().div_ceil(pieces).max(1);
        let pages: Vec<Self> = around.chunks(size).map(|piece| whole.page_around(piece, &linked)).collect();
        Self::drawn(&whole.title, if pages.is_empty() { std::slice::from_ref(&whole) } else { &pages }, paper)
    }

    /// Some of what stands around, at both sides in turn, and what of the middle it is linked to.
    fn page_around(&self, piece: &[usize], linked: &[BTreeSet<usize>]) -> Self {
        let mut middle: BTreeSet<usize> = piece.iter().flat_map(|at| &linked[*at]).copied().collect();
        middle.retain(|at| self.nodes[*at].column == Some(1));
        let sides = piece.iter().enumerate().map(|(turn, at)| self.nodes[*at].clone().column(turn % 2 * 2));
        let nodes = middle.iter().map(|at| self.nodes[*at].clone()).chain(sides).collect();
        Self { nodes, ..self.clone() }.clean()
    }

    fn drawn(title: &str, pages: &[Self], paper: &Paper) -> Vec<Drawing> {
        let words = words(paper.language);
        let draw = |(at, page): (usize, &Self)| {
            let title = words.page(title, at + 1, pages.len());
            let (canvas, size) = layered::draw(page, paper);
            Drawing::new(canvas, title.clone(), page.alternative(&title, paper), size, paper.language)
        };
        pages.iter().enumerate().map(draw).collect()
    }

    /// Without edges that lead nowhere, doubles and nodes with an id that is taken.
    fn clean(&self) -> Self {
        let mut ids = HashSet::new();
        let nodes: Vec<Node> = self.nodes.iter().filter(|node| ids.insert(node.id.as_str())).cloned().collect();
        let mut seen = HashSet::new();
        let edges = self
            .edges
            .iter()
            .filter(|edge| ids.contains(edge.from.as_str()) && ids.contains(edge.to.as_str()) && edge.from != edge.to)
            .filter(|edge| seen.insert(*edge))
            .cloned()
            .collect();
        Self { title: self.title.clone(), nodes, edges, columns: self.columns.clone() }
    }

    /// The boxes with the most links, where there are more than a reader takes in; the title says how many are left out.
    fn thinned(self, most: usize, paper: &Paper) -> Self {
        if self.nodes.len() <= most || paper.height.is_infinite() {
            return self;
        }
        let mut links: HashMap<&str, usize> = HashMap::new();
        for edge in &self.edges {
            *links.entry(&edge.from).or_default() += 1;
            *links.entry(&edge.to).or_default() += 1;
        }
        let links = |at: usize| links.get(self.nodes[at].id.as_str()).copied().unwrap_or_default();
        let mut order: Vec<usize> = (0..self.nodes.len()).collect();
        order.sort_by_key(|&at| (std::cmp::Reverse(links(at)), at));
        order.truncate(most);
        order.sort_unstable();
        let nodes = order.into_iter().map(|at| self.nodes[at].clone()).collect();
        let title = words(paper.language).most_linked(&self.title, most, self.nodes.len());
        Self { title, nodes, ..self.clone() }.clean()
    }

    /// Things of one kind that are linked to the same things become one box.
    fn clustered(&self, paper: &Paper) -> Self {
        let mut links: HashMap<&str, Links<'_>> = HashMap::new();
        for edge in &self.edges {
            links.entry(&edge.from).or_default().insert((true, &edge.to));
            links.entry(&edge.to).or_default().insert((false, &edge.from));
        }
        let mut alike: BTreeMap<Alike<'_>, Vec<&Node>> = BTreeMap::new();
        for node in &self.nodes {
            let concept = node.concept.map_or("", |concept| concept.name);
            let key = links.get(node.id.as_str()).cloned().unwrap_or_default();
            alike.entry((&node.group, node.column, concept, node.tone, key)).or_default().push(node);
        }
        let words = words(paper.language);
        let mut stands_for: HashMap<&str, &str> = HashMap::new();
        let mut labels: HashMap<&str, String> = HashMap::new();
        for nodes in alike.into_values().filter(|nodes| nodes.len() > 2) {
            let label = words.list(nodes.iter().map(|node| node.label.as_str()), 2);
            labels.insert(&nodes[0].id, label);
            stands_for.extend(nodes.iter().map(|node| (node.id.as_str(), nodes[0].id.as_str())));
        }
        let first = |id: &str| stands_for.get(id).map_or_else(|| id.to_owned(), |id| (*id).to_owned());
        let nodes = self
            .nodes
            .iter()
            .filter(|node| first(&node.id) == node.id)
            .map(|node| match labels.get(node.id.as_str()) {
                Some(label) => Node { label: label.clone(), note: String::new(), ..node.clone() },
                None => node.clone(),
            })
            .collect();
        let edges = self.edges.iter().map(|edge| Edge { from: first(&edge.from), to: first(&edge.to), ..edge.clone() });
        Self { title: self.title.clone(), nodes, edges: edges.collect(), columns: self.columns.clone() }.clean()
    }

    /// Parts that fit on a page: the fullest column is cut into pieces, each with what it is linked to.
    fn pages(&self, paper: &Paper) -> Vec<Self> {
        if layered::height(self, paper) <= paper.height {
            return vec![self.clone()];
        }
        let columns = layered::columns(self, paper);
        let mut full: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (node, column) in columns.iter().enumerate() {
            full.entry(*column).or_default().push(node);
        }
        // Of two equally full columns the first.
        let Some((&cut, members)) =
            full.iter().max_by_key(|(column, nodes)| (nodes.len(), std::cmp::Reverse(**column)))
        else {
            return vec![self.clone()];
        };
        let mut members = members.clone();
        // Groups stay together; inside a group the order of the graph stays.
        members.sort_by_key(|&node| self.nodes.iter().position(|other| other.group == self.nodes[node].group));
        let room = rows(paper);
        let pieces = members.len().div_ceil(room);
        let size = members.len().div_ceil(pieces); // pages of one size
        members.chunks(size).flat_map(|piece| self.fitting(piece, cut, &columns, room, paper)).collect()
    }

    /// The piece on one page, or halves of it where high boxes leave less room.
    fn fitting(&self, piece: &[usize], cut: usize, columns: &[usize], room: usize, paper: &Paper) -> Vec<Self> {
        let page = self.page(piece, cut, columns, room, paper);
        if piece.len() < 4 || layered::height(&page, paper) <= paper.height {
            return vec![page];
        }
        let halves = piece.split_at(piece.len() / 2);
        let room = room.min(piece.len()).max(4);
        [halves.0, halves.1].into_iter().flat_map(|half| self.fitting(half, cut, columns, room, paper)).collect()
    }

    /// A piece of the column that is cut, with everything that hangs on it.
    fn page(&self, piece: &[usize], cut: usize, columns: &[usize], room: usize, paper: &Paper) -> Self {
        let index: HashMap<&str, usize> =
            self.nodes.iter().enumerate().map(|(at, node)| (node.id.as_str(), at)).collect();
        let mut reached: HashSet<usize> = piece.iter().copied().collect();
        let mut front: Vec<usize> = piece.to_vec();
        while let Some(node) = front.pop() {
            for edge in &self.edges {
                let ends = [index[edge.from.as_str()], index[edge.to.as_str()]];
                if let Some(at) = ends.iter().position(|end| *end == node) {
                    let other = ends[1 - at];
                    if columns[other] != cut && reached.insert(other) {
                        front.push(other);
                    }
                }
            }
        }
        let mut page = Self { title: self.title.clone(), columns: self.columns.clone(), ..Self::default() };
        let words = words(paper.language);
        let mut stands_for: HashMap<&str, String> = HashMap::new();
        let of_column: BTreeSet<usize> = columns.iter().copied().collect();
        for column in of_column {
            let inside: Vec<usize> =
                (0..self.nodes.len()).filter(|at| columns[*at] == column && reached.contains(at)).collect();
            let shown = if inside.len() > room { room.saturating_sub(1) } else { inside.len() };
            for &at in &inside[..shown] {
                // The column is kept, however the links on this page would have it.
                page.nodes.push(self.nodes[at].clone().column(column));
            }
            if shown < inside.len() {
                let rest = format!("{cut}-{column}-rest");
                let label = words.and_more(inside.len() - shown);
                page.nodes.push(Node::new(rest.clone(), label).column(column).tone(Tone::Faint));
                stands_for.extend(inside[shown..].iter().map(|&at| (self.nodes[at].id.as_str(), rest.clone())));
            }
        }
        let end = |id: &String| stands_for.get(id.as_str()).cloned().unwrap_or_else(|| id.clone());
        page.edges = self
            .edges
            .iter()
            .filter(|edge| [&edge.from, &edge.to].iter().all(|id| reached.contains(&index[id.as_str()])))
            .map(|edge| Edge { from: end(&edge.from), to: end(&edge.to), ..edge.clone() })
            .collect();
        page.clean()
    }

    fn alternative(&self, title: &str, paper: &Paper) -> String {
        let words = words(paper.language);
        let label: HashMap<&str, &str> =
            self.nodes.iter().map(|node| (node.id.as_str(), node.label.as_str())).collect();
        let links: Vec<String> = self
            .edges
            .iter()
            .take(TOLD)
            .map(|edge| {
                let link = format!("{} {} {}", label[edge.from.as_str()], words.to, label[edge.to.as_str()]);
                if edge.label.is_empty() { link } else { format!("{link} ({})", edge.label) }
            })
            .collect();
        let mut text = format!(
            "{title}: {}, {}.",
            Words::count(self.nodes.len(), words.boxes),
            Words::count(self.edges.len(), words.lines)
        );
        if !links.is_empty() {
            text = format!("{text} {}", links.join("; "));
            if self.edges.len() > TOLD {
                text = format!("{text} {}", words.and_more(self.edges.len() - TOLD));
            }
            text.push('.');
        }
        let linked: HashSet<&str> = self.edges.iter().flat_map(|edge| [edge.from.as_str(), edge.to.as_str()]).collect();
        let alone: Vec<&str> = self
            .nodes
            .iter()
            .filter(|node| !linked.contains(node.id.as_str()))
            .map(|node| node.label.as_str())
            .collect();
        if !alone.is_empty() {
            text = format!("{text} {}.", words.list(alone, TOLD));
        }
        text
    }
}
