//! Graphs of every size stay readable and the same.

use std::collections::HashSet;
use viite_diagram::{Edge, Graph, Node, Paper, Tone};
use viite_model::Language;

/// So many systems, each linked to one or two of the services in the middle.
fn graph(systems: usize, services: usize) -> Graph {
    let middle = (0..services).map(|at| Node::new(format!("n{at}"), format!("Kansallinen palvelu {at}")).column(1));
    let around = (0..systems).map(|at| {
        Node::new(format!("s{at}"), format!("Asiakastietojärjestelmä {at}"))
            .concept("InformationSystem")
            .column(at % 2 * 2)
    });
    let edges = (0..systems).flat_map(|at| {
        let first = Edge::new(format!("s{at}"), format!("n{}", at % services));
        let second = Edge::new(format!("n{}", (at / 3) % services), format!("s{at}")).label("Potilastiedot");
        [first, second]
    });
    Graph {
        title: "Integraatiot".to_owned(),
        nodes: middle.chain(around).collect(),
        edges: edges.collect(),
        columns: Vec::new(),
    }
}

#[test]
fn small_middling_and_large_graphs_fit_their_pages() {
    let paper = Paper::page(Language::Fi);
    for (systems, services) in [(5, 1), (50, 8), (500, 20)] {
        let drawings = graph(systems, services).draw(&paper);
        assert!(!drawings.is_empty());
        for drawing in &drawings {
            assert!(f64::from(drawing.size.1) <= paper.height * 1.25, "{systems}: {:?}", drawing.size);
            assert!(f64::from(drawing.size.0) <= paper.width + 1.0);
        }
    }
}

#[test]
fn pages_of_a_dense_graph_do_not_repeat_each_other() {
    // As in data models: everything hangs on everything, by some hops.
    let nodes = (0..200).map(|at| Node::new(format!("n{at}"), format!("Tietoryhmä {at}"))).collect();
    let edges = (0..200).flat_map(|at: usize| {
        [1, 7, 31, 90].map(|step| Edge::new(format!("n{at}"), format!("n{}", (at * at * step + step) % 61)))
    });
    let graph = Graph { title: "Käsitteet".to_owned(), nodes, edges: edges.collect(), columns: Vec::new() };
    let drawings = graph.draw(&Paper::page(Language::Fi));
    let title = &drawings[0].title;
    assert!(title.contains("eniten kytkettyä"), "{title}");
    assert!((1..=2).contains(&drawings.len()), "{} pages, the first '{title}'", drawings.len());
}

#[test]
fn the_same_graph_gives_the_same_picture() {
    let paper = Paper::page(Language::Sv);
    assert_eq!(graph(120, 9).draw(&paper), graph(120, 9).draw(&paper));
}

#[test]
fn circles_and_edges_to_nowhere_do_no_harm() {
    let nodes = ["a", "b", "c"].map(|id| Node::new(id, id)).to_vec();
    let edges = vec![
        Edge::new("a", "b"),
        Edge::new("b", "c"),
        Edge::new("c", "a"),
        Edge::new("a", "a"),
        Edge::new("a", "nowhere"),
        Edge::new("a", "b"),
    ];
    let drawings =
        Graph { title: "Kehä".to_owned(), nodes, edges, columns: Vec::new() }.draw(&Paper::endless(Language::En));
    assert_eq!(drawings[0].alternative, "Kehä: 3 things, 3 links. a to b; b to c; c to a.");
}

#[test]
fn a_long_chain_is_no_wider_than_the_page() {
    let nodes = (0..28).map(|at| Node::new(at.to_string(), format!("Vaihe {at}"))).collect();
    let edges = (1..28).map(|at| Edge::new((at - 1).to_string(), at.to_string())).collect();
    let graph = Graph { title: "Ketju".to_owned(), nodes, edges, columns: Vec::new() };
    let paper = Paper::page(Language::Fi);
    let drawings = graph.draw(&paper);
    assert!(drawings.iter().all(|drawing| f64::from(drawing.size.0) <= paper.width + 1.0), "{:?}", drawings[0].size);
    assert!(f64::from(graph.draw(&Paper::endless(Language::Fi))[0].size.0) > paper.width);
}

#[test]
fn an_empty_graph_is_an_empty_picture() {
    let drawings = Graph::default().draw(&Paper::page(Language::Fi));
    assert_eq!(drawings.len(), 1);
}

#[test]
fn names_are_text_and_boxes_do_not_overlap() {
    let mut graph = graph(20, 4);
    graph.nodes[0].label = "<script>alert(\"1\")</script> & muut".to_owned();
    graph.nodes[1].tone = Tone::Focus;
    let drawing = graph.draw(&Paper::endless(Language::Fi)).remove(0);
    assert!(!drawing.svg.contains("<script"), "{}", drawing.svg);
    let boxes: Vec<[f64; 4]> = drawing.svg.lines().filter(|line| line.starts_with("<rect x=")).map(numbers).collect();
    let boxes: Vec<&[f64; 4]> = boxes.iter().filter(|at| at[2] > 100.0).collect();
    assert_eq!(boxes.len(), 24);
    for (at, a) in boxes.iter().enumerate() {
        for b in &boxes[at + 1..] {
            let apart = a[0] + a[2] <= b[0] || b[0] + b[2] <= a[0] || a[1] + a[3] <= b[1] || b[1] + b[3] <= a[1];
            assert!(apart, "{a:?} {b:?}");
        }
    }
}

#[test]
fn ids_that_are_taken_are_drawn_once() {
    let nodes = vec![Node::new("a", "first"), Node::new("a", "second")];
    let graph = Graph { title: String::new(), nodes, edges: Vec::new(), columns: Vec::new() };
    let svg = &graph.draw(&Paper::endless(Language::En))[0].svg;
    let texts: HashSet<&str> = svg.lines().filter(|line| line.starts_with("<text")).collect();
    assert_eq!(texts.len(), 1);
}

/// x, y, width and height of a rectangle.
fn numbers(line: &str) -> [f64; 4] {
    ["x", "y", "width", "height"].map(|name| {
        let from = line.find(&format!(" {name}=\"")).unwrap() + name.len() + 3;
        line[from..].split('"').next().unwrap().parse().unwrap()
    })
}
