//! Relationships that ArchiMate 3.2 does not allow between the types at their ends (`data/archimate/relationships.toml`).

use crate::Place;
use crate::loss::LossReport;
use crate::model::Description;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let text = include_str!("../../../../data/archimate/relationships.toml");
    toml::from_str(text).expect("a test reads the embedded table")
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Table {
    neither_end: FxHashMap<String, FxHashSet<String>>,
    same: FxHashMap<String, Vec<[String; 2]>>,
    to: FxHashMap<String, FxHashMap<String, FxHashSet<String>>>,
}

impl Table {
    fn allows(&self, relationship: &str, source: &str, target: &str) -> bool {
        // What is drawn around things, and what joins relationships, may stand at any end.
        if [source, target].iter().any(|end| matches!(*end, "Grouping" | "Junction" | "Location")) {
            return true;
        }
        if let Some(excluded) = self.neither_end.get(relationship) {
            return !excluded.contains(source) && !excluded.contains(target);
        }
        if let Some(pairs) = self.same.get(relationship) {
            let pair =
                |[one, other]: &[String; 2]| (one == source && other == target) || (one == target && other == source);
            return source == target || pairs.iter().any(pair);
        }
        let targets = self.to.get(relationship).and_then(|sources| sources.get(source));
        targets.is_none_or(|targets| targets.contains(target))
    }
}

/// Notes the relationships that the table does not allow: how many of a kind, and where the first is.
pub(super) fn note(description: &Description, losses: &mut LossReport) {
    let types: FxHashMap<&str, &str> = description
        .elements
        .iter()
        .filter(|element| element.concept.known)
        .map(|element| (element.about.id.as_str(), element.concept.name.as_ref()))
        .collect();
    let mut illegal: BTreeMap<(&str, &str, &str), (u64, Place, &str)> = BTreeMap::new();
    for relationship in description.relationships.iter().filter(|relationship| relationship.concept.known) {
        let end = |id: &str| types.get(id).copied();
        // A relationship may end at a relationship, of which the table says nothing.
        let (Some(source), Some(target)) = (end(&relationship.source.id), end(&relationship.target.id)) else {
            continue;
        };
        let name = relationship.concept.name.as_ref();
        if !TABLE.allows(name, source, target) {
            let about = &relationship.about;
            illegal.entry((name, source, target)).or_insert((0, about.place, &about.source_id)).0 += 1;
        }
    }
    for ((name, source, target), (count, place, id)) in illegal {
        losses.kept(
            (place, id),
            format!("{name} from {source} to {target} ({count}×)"),
            "ArchiMate 3.2 has no such relationship; it is kept as it is drawn (the place is the first one's)",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archimate::types::{ELEMENTS, RELATIONSHIPS};

    #[test]
    fn the_table_speaks_of_types_that_there_are() {
        let known = |name: &String| ELEMENTS.contains(&name.as_str());
        let relationships = TABLE.to.keys().chain(TABLE.same.keys()).chain(TABLE.neither_end.keys());
        assert!(relationships.into_iter().all(|name| RELATIONSHIPS.contains(&name.as_str())));
        assert!(TABLE.to.values().all(|sources| sources.iter().all(|(s, t)| known(s) && t.iter().all(known))));
        assert!(TABLE.same.values().flatten().flatten().all(known) && TABLE.neither_end.values().flatten().all(known));
        assert_eq!(TABLE.to["Composition"].len(), 58);
    }

    #[test]
    fn what_the_specification_allows_is_allowed() {
        for (name, source, target, allowed) in [
            ("Realization", "BusinessProcess", "BusinessService", true),
            ("Access", "ApplicationComponent", "DataObject", true),
            ("Composition", "BusinessActor", "BusinessActor", true),
            ("Flow", "ApplicationComponent", "ApplicationComponent", true),
            ("Association", "DataObject", "Goal", true),
            ("Specialization", "Contract", "BusinessObject", true),
            ("Composition", "BusinessActor", "DataObject", false),
            ("Access", "ApplicationComponent", "BusinessActor", false),
            ("Flow", "DataObject", "ApplicationComponent", false),
            ("Specialization", "DataObject", "Node", false),
            ("Composition", "Grouping", "Goal", true),
        ] {
            assert_eq!(TABLE.allows(name, source, target), allowed, "{name} {source} {target}");
        }
    }
}
