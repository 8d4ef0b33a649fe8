//! The pictures of products: from the rows of an answer to drawings.

use crate::{content::Figure, naming::Naming, words::Words};
use oxrdf::{NamedNode, NamedOrBlankNode, Term, vocab::rdf};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use viite_diagram::{Arrangement, Bar, Concept, Drawing, Edge, Graph, Group, Map, Matrix, Node, Paper, Timeline, Tone};
use viite_model::{Language, ns};
use viite_query::facts::Facts;

/// Which picture a product has: its kind, and the variables that it is drawn from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum Diagram {
    /// Boxes in frames: systems by function.
    Map {
        /// What the frames are.
        group: String,
        /// What stands in them.
        node: String,
    },
    /// Boxes in bands, from motives at the top to technology at the bottom.
    Layers {
        /// What the bands are: classes, whose ArchiMate layer gives the order.
        group: String,
        /// What stands in them.
        node: String,
    },
    /// Boxes by how many things support them.
    Heat {
        /// What is shown.
        node: String,
        /// What is counted for each.
        count: String,
    },
    /// What leads from one to the other.
    Graph {
        /// Where it starts.
        from: String,
        /// Where it leads.
        to: String,
        /// What stands on the arrows.
        label: Option<String>,
    },
    /// What is linked to what stands in the middle: systems around national services.
    Hub {
        /// What stands at both sides.
        around: String,
        /// What stands in the middle.
        middle: String,
    },
    /// Who answers for what, in coloured letters.
    Matrix {
        /// The things.
        rows: String,
        /// Those who answer.
        columns: String,
        /// How.
        cell: String,
    },
    /// What lasts from a day to a day.
    Timeline {
        /// What lasts.
        item: String,
        /// The variable of its first day.
        from: String,
        /// The variable of its last day.
        until: String,
    },
}

impl Diagram {
    /// The variables that the query must give.
    pub(crate) fn variables(&self) -> Vec<&str> {
        match self {
            Self::Map { group, node } | Self::Layers { group, node } => vec![group, node],
            Self::Heat { node, count } => vec![node, count],
            Self::Graph { from, to, label } => [from, to].into_iter().chain(label).map(String::as_str).collect(),
            Self::Hub { around, middle } => vec![around, middle],
            Self::Matrix { rows, columns, cell } => vec![rows, columns, cell],
            Self::Timeline { item, from, until } => vec![item, from, until],
        }
    }
}

/// A row of an answer: its terms by variable.
pub(crate) type Row = BTreeMap<String, Term>;

/// Draws in one language.
pub(crate) struct Painter<'a> {
    pub(crate) facts: &'a Facts<'a>,
    pub(crate) naming: &'a Naming<'a>,
    pub(crate) words: &'static Words,
    pub(crate) language: Language,
    pub(crate) today: &'a str,
    /// What the document is about, if it is one thing.
    pub(crate) focus: Option<&'a NamedNode>,
}

impl Painter<'_> {
    /// The pictures of a product; none when the rows hold nothing to draw.
    pub(crate) fn figures(&self, diagram: &Diagram, title: &str, rows: &[Row]) -> Vec<Figure> {
        let paper = Paper::page(self.language);
        let title = title.to_owned();
        let rows = &self.originals(rows);
        let drawings = match diagram {
            Diagram::Map { group, node } => {
                let groups = self.groups(rows, group, node);
                self.map(title, groups, Arrangement::Tiles, Vec::new())
            }
            Diagram::Layers { group, node } => {
                let groups = self.layers(rows, group, node);
                self.map(title, groups, Arrangement::Bands, Vec::new())
            }
            Diagram::Heat { node, count } => self.heat(title, rows, node, count),
            Diagram::Graph { from, to, label } => {
                self.graph(title, rows, [from, to], label.as_deref(), None).draw(&paper)
            }
            Diagram::Hub { around, middle } => {
                let graph = self.graph(title, rows, [around, middle], None, Some(middle));
                if graph.edges.is_empty() { Vec::new() } else { graph.draw_around(&paper) }
            }
            Diagram::Matrix { rows: of, columns, cell } => self.matrix(title, rows, [of, columns, cell]),
            // An axis of nothing would tell of years that nobody named.
            Diagram::Timeline { from, until, .. }
                if rows.iter().all(|row| !row.contains_key(from) && !row.contains_key(until)) =>
            {
                Vec::new()
            }
            Diagram::Timeline { item, from, until } => self.timeline(title, rows, [item, from, until]),
        };
        let is_drawn = |drawing: &Drawing| drawing.size.1 > 30;
        drawings.into_iter().filter(is_drawn).map(Figure::from).collect()
    }

    /// A box for a thing, with the shape of what it is.
    pub(crate) fn node(&self, term: &Term) -> Node {
        let is_focus = matches!(term, Term::NamedNode(thing) if Some(thing) == self.focus);
        let tone = if is_focus { Tone::Focus } else { Tone::Plain };
        Node { concept: self.concept(term), tone, ..Node::new(term.to_string(), self.naming.text(term)) }
    }

    /// What the architect drew to stand for a thing of the reference gives way to that thing.
    pub(crate) fn originals(&self, rows: &[Row]) -> Vec<Row> {
        let original = |term: &Term| match term {
            Term::NamedNode(thing) => {
                let of = self.facts.objects(&thing.clone().into(), ns::viite::CORRESPONDS_TO);
                // Of several the same one every time.
                of.into_iter().min_by_key(ToString::to_string).unwrap_or_else(|| term.clone())
            }
            _ => term.clone(),
        };
        rows.iter().map(|row| row.iter().map(|(name, term)| (name.clone(), original(term))).collect()).collect()
    }

    /// The concept of a thing: that of its class in our vocabulary, else that of ArchiMate.
    fn concept(&self, term: &Term) -> Option<Concept> {
        let thing: NamedOrBlankNode = match term {
            Term::NamedNode(node) => node.clone().into(),
            Term::BlankNode(node) => node.clone().into(),
            Term::Literal(_) => return None,
        };
        let classes = self.facts.objects(&thing, rdf::TYPE);
        let local = |base: &str| {
            let mut names: Vec<&str> = classes
                .iter()
                .filter_map(|class| match class {
                    Term::NamedNode(class) => class.as_str().strip_prefix(base),
                    _ => None,
                })
                .collect();
            names.sort_unstable();
            names.into_iter().find_map(Concept::named)
        };
        local(ns::VIITE).or_else(|| local(ns::ARCHIMATE))
    }

    fn groups(&self, rows: &[Row], group: &str, node: &str) -> Vec<Group> {
        let mut groups: BTreeMap<String, Vec<Node>> = BTreeMap::new();
        for row in rows {
            let Some(thing) = row.get(node) else { continue };
            let name = row.get(group).map(|term| self.naming.text(term)).unwrap_or_default();
            let nodes = groups.entry(name).or_default();
            let thing = self.node(thing);
            if nodes.iter().all(|other| other.id != thing.id) {
                nodes.push(thing);
            }
        }
        let mut groups: Vec<Group> = groups.into_iter().map(|(title, nodes)| Group { title, nodes }).collect();
        for group in &mut groups {
            group.nodes.sort_by(|a, b| self.naming.compare(&a.label, &b.label));
        }
        // What belongs to no group comes last.
        groups.sort_by(|a, b| {
            a.title.is_empty().cmp(&b.title.is_empty()).then_with(|| self.naming.compare(&a.title, &b.title))
        });
        groups
    }

    /// Groups in the order of ArchiMate's layers.
    fn layers(&self, rows: &[Row], group: &str, node: &str) -> Vec<Group> {
        let mut groups = self.groups(rows, group, node);
        let layer =
            |group: &Group| group.nodes.iter().filter_map(|node| node.concept).map(|concept| concept.layer).min();
        // What has no layer comes last.
        groups.sort_by_key(|group| (layer(group).is_none(), layer(group)));
        groups
    }

    fn map(
        &self,
        title: String,
        groups: Vec<Group>,
        arrangement: Arrangement,
        legend: Vec<(Tone, String)>,
    ) -> Vec<Drawing> {
        Map { title, groups, arrangement, legend }.draw(&Paper::page(self.language))
    }

    fn heat(&self, title: String, rows: &[Row], node: &str, count: &str) -> Vec<Drawing> {
        let mut counted: BTreeMap<String, (&Term, BTreeSet<String>)> = BTreeMap::new();
        for row in rows {
            let Some(thing) = row.get(node) else { continue };
            let (_, supports) = counted.entry(thing.to_string()).or_insert_with(|| (thing, BTreeSet::new()));
            supports.extend(row.get(count).map(ToString::to_string));
        }
        let mut nodes: Vec<Node> = counted
            .into_values()
            .map(|(thing, supports)| {
                let degree = u8::try_from(supports.len()).unwrap_or(u8::MAX).min(Tone::HIGHEST);
                let note = match supports.len() {
                    0 => self.words.lacking.to_owned(),
                    count => count.to_string(),
                };
                self.node(thing).tone(Tone::Degree(degree)).note(note)
            })
            .collect();
        nodes.sort_by(|a, b| self.naming.compare(&a.label, &b.label));
        let legend = (0..=Tone::HIGHEST).map(|degree| {
            let more = if degree == Tone::HIGHEST { "–" } else { "" };
            (Tone::Degree(degree), if degree == 0 { self.words.lacking.to_owned() } else { format!("{degree}{more}") })
        });
        let groups = vec![Group { title: title.clone(), nodes }];
        self.map(title, groups, Arrangement::Bands, legend.collect())
    }

    fn graph(
        &self,
        title: String,
        rows: &[Row],
        [from, to]: [&str; 2],
        label: Option<&str>,
        middle: Option<&str>,
    ) -> Graph {
        let mut nodes: BTreeMap<String, Node> = BTreeMap::new();
        let mut edges: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
        for row in rows {
            let (Some(a), Some(b)) = (row.get(from), row.get(to)) else { continue };
            for (variable, term) in [(from, a), (to, b)] {
                let node = nodes.entry(term.to_string()).or_insert_with(|| self.node(term));
                if middle.is_some() {
                    node.column = Some(usize::from(middle == Some(variable)));
                }
            }
            let labels = edges.entry((a.to_string(), b.to_string())).or_default();
            labels.extend(label.and_then(|label| row.get(label)).map(|term| self.naming.text(term)));
        }
        let mut nodes: Vec<Node> = nodes.into_values().collect();
        nodes.sort_by(|a, b| self.naming.compare(&a.label, &b.label));
        let edge = |((from, to), labels): ((String, String), BTreeSet<String>)| {
            Edge::new(from, to).label(labels.into_iter().collect::<Vec<_>>().join(", "))
        };
        Graph { title, nodes, edges: edges.into_iter().map(edge).collect(), columns: Vec::new() }
    }

    fn matrix(&self, title: String, rows: &[Row], [of, across, cell]: [&str; 3]) -> Vec<Drawing> {
        let names = |variable: &str| {
            let mut names: Vec<String> =
                rows.iter().filter_map(|row| row.get(variable)).map(|term| self.naming.text(term)).collect();
            names.sort_by(|a, b| self.naming.compare(a, b));
            names.dedup();
            names
        };
        let (down, right) = (names(of), names(across));
        let mut marks: BTreeMap<(usize, usize), Vec<String>> = BTreeMap::new();
        for row in rows {
            let (Some(thing), Some(other), Some(mark)) = (row.get(of), row.get(across), row.get(cell)) else {
                continue;
            };
            let place = |names: &[String], term: &Term| {
                let name = self.naming.text(term);
                names.binary_search_by(|other| self.naming.compare(other, &name)).ok()
            };
            let (Some(row), Some(column)) = (place(&down, thing), place(&right, other)) else { continue };
            let (marks, mark) = (marks.entry((row, column)).or_default(), self.naming.text(mark));
            if !marks.contains(&mark) {
                marks.push(mark);
                marks.sort();
            }
        }
        Matrix { title, rows: down, columns: right, marks }.draw(&Paper::page(self.language))
    }

    fn timeline(&self, title: String, rows: &[Row], [item, from, until]: [&str; 3]) -> Vec<Drawing> {
        let day = |row: &Row, variable: &str| match row.get(variable) {
            Some(Term::Literal(day)) => Some(day.value().to_owned()),
            _ => None,
        };
        let mut bars: BTreeMap<String, Bar> = BTreeMap::new();
        for row in rows {
            let Some(thing) = row.get(item) else { continue };
            bars.entry(thing.to_string()).or_insert_with(|| Bar {
                label: self.naming.text(thing),
                group: String::new(),
                from: day(row, from),
                until: day(row, until),
            });
        }
        let mut bars: Vec<Bar> = bars.into_values().collect();
        // By their beginning; what has none comes last.
        bars.sort_by(|a, b| {
            let key = |bar: &Bar| (bar.from.is_none() && bar.until.is_none(), bar.from.clone(), bar.until.clone());
            key(a).cmp(&key(b)).then_with(|| self.naming.compare(&a.label, &b.label))
        });
        let today = bars.iter().any(|bar| bar.from.is_some() || bar.until.is_some()).then(|| self.today.to_owned());
        Timeline { title, bars, today }.draw(&Paper::page(self.language))
    }
}

impl From<Drawing> for Figure {
    fn from(drawing: Drawing) -> Self {
        Self {
            number: 0,
            caption: drawing.title,
            alternative: drawing.alternative,
            svg: drawing.svg,
            size: drawing.size,
        }
    }
}
