//! As a picture: the thing at the left, what is reached in columns by distance.

use super::words::words;
use crate::{Direction, Impact};
use std::collections::BTreeSet;
use viite_diagram::{Drawing, Edge, Graph, Node, Paper, Tone};
use viite_model::Language;

/// One picture of an impact.
pub fn picture(impact: &Impact, language: Language) -> Option<Drawing> {
    let words = words(language);
    let thing = &impact.thing;
    let mut nodes = vec![
        Node::new(&thing.iri, &thing.name)
            .concept(concept(&thing.iri, impact))
            .note(words.focus)
            .column(0)
            .tone(Tone::Focus),
    ];
    let mut edges = Vec::new();
    for reached in &impact.reached {
        let region = reached.thing.region.as_deref().unwrap_or(words.nation);
        nodes.push(
            Node::new(&reached.thing.iri, &reached.thing.name)
                .concept(concept(&reached.thing.iri, impact))
                .note(format!("{} · {region}", reached.thing.class))
                .column(reached.distance),
        );
        // An arrow leads from what depends to what it depends on.
        let (from, to) = match impact.direction {
            Direction::In => (&reached.thing.iri, &reached.through),
            Direction::Out => (&reached.through, &reached.thing.iri),
        };
        edges.push(Edge::new(from, to).label(&reached.relation));
    }
    let distances: BTreeSet<usize> = impact.reached.iter().map(|reached| reached.distance).collect();
    let columns = std::iter::once(thing.name.clone()).chain(distances.into_iter().map(|distance| match distance {
        1 => words.directly.to_owned(),
        more => format!("{more} {}", words.steps),
    }));
    let title = format!("{}: {}", thing.name, words.heading(impact.direction));
    let graph = Graph { title, columns: columns.collect(), nodes, edges };
    graph.draw(&Paper::endless(language)).into_iter().next()
}

/// The local name of the class that the picture colours by.
fn concept<'a>(iri: &str, impact: &'a Impact) -> &'a str {
    impact.concepts.get(iri).map_or("", String::as_str)
}
