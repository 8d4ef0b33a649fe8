//! Data stores: what they hold, what is an original and what a copy.

use super::{Ground, ReviewError, Thing, node};
use oxrdf::NamedNode;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use viite_model::{State, ns};

const STORES: &str = include_str!("../../../../queries/review/data-stores.rq");
const UNPLACED: &str = include_str!("../../../../queries/review/unplaced-data.rq");

/// Stores, originals and copies.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DataStores {
    /// The region's stores, and what else is the place of an original or a copy.
    pub stores: Vec<Store>,
    /// Data groups that are processed, and of which nobody tells the place of the original.
    pub without_master: Vec<Unplaced>,
}

/// A data group without a place of the original in a state.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Unplaced {
    /// The state.
    pub state: State,
    /// The data group.
    #[serde(flatten)]
    pub thing: Thing,
}

/// A store in one state.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Store {
    /// The store.
    #[serde(flatten)]
    pub thing: Thing,
    /// The state.
    pub state: State,
    /// The data groups in it.
    pub holds: Vec<String>,
    /// Of what it is the original.
    pub master_of: Vec<String>,
    /// Of what it is a copy.
    pub copy_of: Vec<String>,
    /// Why there is the copy. None is told as missing, where there is a copy.
    pub ground: Vec<String>,
    /// Who owns it or answers for it.
    pub owner: Vec<String>,
}

pub(super) fn gather(ground: &Ground<'_>) -> Result<DataStores, ReviewError> {
    let mut stores = Vec::new();
    let mut without_master = Vec::new();
    for (state, scope) in &ground.states {
        let mut told: BTreeMap<NamedNode, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
        for row in ground.ask("data stores", STORES, scope)? {
            let Some(store) = node(&row, "store") else { continue };
            let said = told.entry(store).or_default();
            if let (Some(property), Some(value)) = (node(&row, "property"), row.get("value")) {
                let name = property.as_str().strip_prefix(ns::VIITE).unwrap_or_default();
                said.entry(name.to_owned()).or_default().insert(ground.label(value));
            }
        }
        stores.extend(told.into_iter().map(|(store, mut said)| {
            let mut take = |name: &str| said.remove(name).into_iter().flatten().collect::<Vec<_>>();
            let mut owner = take("owner");
            owner.extend(take("responsible"));
            owner.dedup();
            Store {
                thing: ground.thing(&store),
                state: *state,
                holds: take("holds"),
                master_of: take("masterOf"),
                copy_of: take("copyOf"),
                ground: take("businessReason"),
                owner,
            }
        }));
        for row in ground.ask("place of originals", UNPLACED, scope)? {
            let Some(group) = node(&row, "group") else { continue };
            without_master.push(Unplaced { state: *state, thing: ground.thing(&group) });
        }
    }
    stores.sort_by(|a, b| (a.state, &a.thing).cmp(&(b.state, &b.thing)));
    without_master.sort();
    Ok(DataStores { stores, without_master })
}
