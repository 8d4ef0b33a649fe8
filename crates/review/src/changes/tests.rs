use super::*;
use oxrdf::{Literal, Quad, Term};
use viite_model::ns;

fn node(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("https://example.org/{name}"))
}

fn viite(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{}{name}", ns::VIITE))
}

/// A region with systems of these names, and these facts between them.
fn described(systems: &[(&str, &str)], facts: &[(&str, &str, &str)]) -> Arc<Snapshot> {
    let mut quads = Vec::new();
    let mut add = |s: NamedNode, p: NamedNode, o: Term| quads.push(Quad::new(s, p, o, node("graph")));
    for (line, (id, name)) in systems.iter().enumerate() {
        add(node(id), ns::rdf::TYPE.into_owned(), viite("InformationSystem").into());
        add(node(id), ns::rdfs::LABEL.into_owned(), Literal::from(*name).into());
        add(node(id), viite("sourceLine"), Literal::from(line as i64).into());
    }
    for (s, p, o) in facts {
        add(node(s), viite(p), node(o).into());
    }
    Arc::new(Snapshot::from_quads(quads).unwrap())
}

fn between(before: &Arc<Snapshot>, after: &Arc<Snapshot>) -> Changes {
    let graph = [node("graph")];
    Changes::between((before, &graph), (after, &graph), State::Current, Language::En)
}

#[test]
fn a_rename_is_a_change_and_a_move_in_the_file_is_none() {
    let before = described(&[("a", "Tuisku"), ("b", "Pyry")], &[("a", "uses", "b")]);
    let after = described(&[("b", "Pyry"), ("a", "Tuiskula")], &[("a", "uses", "b")]);
    let changes = between(&before, &after);
    let [element] = &changes.elements[..] else { panic!("{changes:?}") };
    assert_eq!((element.change, element.label.as_str()), (Change::Changed, "Tuiskula"));
    assert_eq!(element.properties[0].before, ["Tuisku"]);
    assert!(changes.relationships.is_empty(), "{changes:?}");
}

#[test]
fn what_comes_and_goes_is_told_by_name() {
    let before = described(&[("a", "Tuisku"), ("b", "Pyry")], &[("a", "uses", "b")]);
    let after = described(&[("a", "Tuisku"), ("c", "Halla")], &[("a", "uses", "c")]);
    let changes = between(&before, &after);
    assert_eq!(changes.element_counts(), [1, 0, 1]);
    assert_eq!(changes.relationship_counts(), [1, 0, 1]);
    let targets: Vec<&str> = changes.relationships.iter().map(|change| change.target.as_str()).collect();
    assert_eq!(targets, ["Halla", "Pyry"]);
}

#[test]
fn an_integration_is_one_relationship_and_its_data_are_what_it_says() {
    let systems = [("a", "Tuisku"), ("b", "Pyry"), ("d", "Ajat"), ("e", "Laskut")];
    let integration = |data| {
        let mut quads: Vec<Quad> =
            described(&systems, &[("a", "integratesWith", "b"), ("i", "source", "a"), ("i", "target", "b")])
                .quads()
                .collect();
        quads.push(Quad::new(node("i"), ns::rdf::TYPE, viite("Integration"), node("graph")));
        quads.push(Quad::new(node("i"), viite("dataGroup"), node(data), node("graph")));
        Arc::new(Snapshot::from_quads(quads).unwrap())
    };
    let changes = between(&integration("d"), &integration("e"));
    assert!(changes.elements.is_empty(), "{changes:?}");
    let [relationship] = &changes.relationships[..] else { panic!("{changes:?}") };
    assert_eq!(relationship.change, Change::Changed);
    assert_eq!(
        (&relationship.properties[0].before[..], &relationship.properties[0].after[..]),
        (&["Ajat".to_owned()][..], &["Laskut".to_owned()][..])
    );
    assert!(between(&integration("d"), &integration("d")).relationships.is_empty());
}
