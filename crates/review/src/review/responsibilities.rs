//! For what nobody answers, or for what it is not clear who does.

use super::{Ground, ReviewError, Thing};
use serde::Serialize;
use std::collections::BTreeMap;
use viite_check::{
    Raci,
    raci::{Gap, Object},
};
use viite_model::State;

/// Who answers for what, where that is not clear, in one state.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Responsibilities {
    /// The state.
    pub state: State,
    /// How many things somebody must answer for.
    pub objects: usize,
    /// For how many of them it is clear.
    pub without_gap: usize,
    /// The gaps, with the things that have them.
    pub gaps: Vec<GapOf>,
}

/// A gap, and the things of one class that have it.
#[derive(Clone, Debug, Serialize)]
pub struct GapOf {
    /// Which gap.
    pub gap: Gap,
    /// What people call it.
    pub label: String,
    /// What people call the class.
    pub class: String,
    /// The things.
    pub things: Vec<Thing>,
}

pub(super) fn gather(ground: &Ground<'_>) -> Result<Vec<Responsibilities>, ReviewError> {
    let order = ground.order;
    ground
        .states
        .iter()
        .map(|(state, _)| {
            let of = Some((&order.region, *state));
            let raci = Raci::of(ground.snapshot, ground.names, of, &[], order.language, &order.today)?;
            let mut gaps: BTreeMap<(Gap, &str), Vec<&Object>> = BTreeMap::new();
            for object in &raci.objects {
                for gap in &object.gaps {
                    gaps.entry((*gap, &object.class_label)).or_default().push(object);
                }
            }
            Ok(Responsibilities {
                state: *state,
                objects: raci.objects.len(),
                without_gap: raci.objects.iter().filter(|object| object.gaps.is_empty()).count(),
                gaps: gaps
                    .into_iter()
                    .map(|((gap, class), objects)| GapOf {
                        gap,
                        label: gap.label(order.language).to_owned(),
                        class: class.to_owned(),
                        things: objects.into_iter().map(|object| thing(ground, object)).collect(),
                    })
                    .collect(),
            })
        })
        .collect()
}

fn thing(ground: &Ground<'_>, object: &Object) -> Thing {
    let place = oxrdf::NamedNode::new(&object.iri).ok().and_then(|node| ground.thing(&node).place);
    Thing { label: object.label.clone(), iri: object.iri.clone(), place }
}
