use super::*;
use oxrdf::{GraphName, NamedNode, Quad};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn node(number: u8) -> NamedNode {
    NamedNode::new_unchecked(format!("http://example.org/{number}"))
}

fn quads() -> impl Strategy<Value = Vec<Quad>> {
    let quad = (0..6_u8, 0..3_u8, 0..6_u8, 0..4_u8).prop_map(|(s, p, o, g)| {
        let graph = if g == 0 { GraphName::DefaultGraph } else { node(100 + g).into() };
        Quad::new(node(s), node(50 + p), node(o), graph)
    });
    prop::collection::vec(quad, 0..120)
}

/// What the filter means, said in another way.
fn passes(filter: &str, graph: &GraphName) -> bool {
    let is = |number| *graph == GraphName::from(node(number));
    match filter {
        "union" => true,
        "some as one" | "one as one" if is(101) => true,
        "some as one" => *graph == GraphName::DefaultGraph || is(103),
        "each named" => *graph != GraphName::DefaultGraph,
        "each of some" => is(101) || is(102),
        "default" => *graph == GraphName::DefaultGraph,
        "one" => is(102),
        _ => false,
    }
}

fn filter(snapshot: &Snapshot, name: &str) -> Option<GraphFilter> {
    let [one, two, three] = [node(101), node(102), node(103)];
    let set = |graphs: &[Option<&NamedNode>]| {
        Arc::new(snapshot.graph_set(graphs.iter().map(|graph| graph.map(TermRef::from))))
    };
    Some(match name {
        "union" => GraphFilter::Union,
        "some as one" => GraphFilter::UnionOf(set(&[Some(&one), None, Some(&three), Some(&one)])),
        "one as one" => GraphFilter::UnionOf(set(&[Some(&one)])),
        "each named" => GraphFilter::EachNamed,
        "each of some" => GraphFilter::EachOf(set(&[Some(&one), Some(&two)])),
        "default" => GraphFilter::Default,
        _ => GraphFilter::Graph(snapshot.term_id(&two)?),
    })
}

proptest! {
    #[test]
    fn a_scan_yields_what_a_look_at_every_quad_yields(quads in quads()) {
        let snapshot = Snapshot::from_quads(quads.clone()).unwrap();
        let all = quads.into_iter().collect::<std::collections::HashSet<_>>();
        for name in ["union", "some as one", "one as one", "each named", "each of some", "default", "one"] {
            let Some(graph) = filter(&snapshot, name) else { continue };
            let as_one = matches!(name, "union" | "some as one" | "one as one");
            for bound in 0..8_u8 {
                for (s, p, o) in [(0, 0, 1), (1, 2, 0), (5, 1, 5)] {
                    let given = [node(s), node(50 + p), node(o)];
                    let wanted = |position: usize| bound & (1 << position) != 0;
                    let mut ids = [None; 3];
                    let mut unknown = false;
                    for position in (0..3).filter(|position| wanted(*position)) {
                        ids[position] = snapshot.term_id(&given[position]);
                        unknown |= ids[position].is_none();
                    }
                    if unknown {
                        continue;
                    }
                    let pattern =
                        Pattern { subject: ids[0], predicate: ids[1], object: ids[2], graph: graph.clone() };
                    let found = snapshot.scan(&pattern).map(|row| snapshot.quad(row)).collect::<Vec<_>>();
                    let show = |quad: &Quad| {
                        let graph = if as_one { GraphName::DefaultGraph } else { quad.graph_name.clone() };
                        Quad { graph_name: graph, ..quad.clone() }.to_string()
                    };
                    let expected = all.iter().filter(|quad| {
                        passes(name, &quad.graph_name)
                            && (!wanted(0) || quad.subject == given[0].clone().into())
                            && (!wanted(1) || quad.predicate == given[1])
                            && (!wanted(2) || quad.object == given[2].clone().into())
                    });
                    let expected = expected.map(show).collect::<BTreeSet<_>>();
                    prop_assert_eq!(found.len(), expected.len(), "{} {:?}", name, &pattern);
                    prop_assert_eq!(found.iter().map(show).collect::<BTreeSet<_>>(), expected);
                    prop_assert!(snapshot.count(&pattern) >= found.len() as u64);
                    if name == "each named" && all.iter().all(|quad| !quad.graph_name.is_default_graph())
                        && bound != 5
                    {
                        prop_assert_eq!(snapshot.count(&pattern), found.len() as u64);
                    }
                }
            }
        }
    }

    #[test]
    fn the_order_of_arrival_does_not_matter(quads in quads()) {
        let forwards = Snapshot::from_quads(quads.clone()).unwrap();
        let backwards = Snapshot::from_quads(quads.into_iter().rev()).unwrap();
        prop_assert_eq!(forwards.image.bytes(), backwards.image.bytes());
        prop_assert_eq!(forwards.compute_state(), forwards.state());
    }

    #[test]
    fn changing_a_snapshot_gives_that_of_the_changed_quads(before in quads(), after in quads()) {
        let changed = Snapshot::from_quads(before.clone()).unwrap()
            .with_changes(before.iter().map(Quad::as_ref), after.iter().map(Quad::as_ref)).unwrap();
        let fresh = Snapshot::from_quads(after).unwrap();
        prop_assert_eq!(changed.image.bytes(), fresh.image.bytes());
    }
}
