//! Relationships that ArchiMate 3.2 does not allow between the types at their ends (`data/archimate/relationships.toml`).

use crate::Place;
use crate::loss::LossReport;
use crate::model::Description;
use crate::notes::archimate as notes;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let text = include_str!("../../../../data/archimate/relationships.toml");
    let file: File = toml::from_str(text).expect("a test reads the embedded table");
    file.table()
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    groups: BTreeMap<String, Vec<String>>,
    allowed: Vec<Rows>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rows {
    relationships: Vec<String>,
    ends: Vec<Ends>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ends {
    from: Vec<String>,
    to: Vec<String>,
}

impl File {
    fn table(&self) -> Table {
        let mut table = Table::default();
        for rows in &self.allowed {
            for Ends { from, to } in &rows.ends {
                for source in from.iter().flat_map(|name| self.types(name)) {
                    let targets: FxHashSet<String> = to
                        .iter()
                        .flat_map(|name| if name == "itself" { vec![source.clone()] } else { self.types(name) })
                        .collect();
                    for relationship in &rows.relationships {
                        let sources = table.0.entry(relationship.clone()).or_default();
                        sources.entry(source.clone()).or_default().extend(targets.iter().cloned());
                    }
                }
            }
        }
        table
    }

    /// The types that a group stands for, or the type itself. No group of the file holds itself.
    fn types(&self, name: &str) -> Vec<String> {
        match self.groups.get(name) {
            Some(members) => members.iter().flat_map(|member| self.types(member)).collect(),
            None => vec![name.to_owned()],
        }
    }
}

/// The targets that a relationship type may have from a source type.
#[derive(Default)]
struct Table(FxHashMap<String, FxHashMap<String, FxHashSet<String>>>);

impl Table {
    fn allows(&self, relationship: &str, source: &str, target: &str) -> bool {
        if relationship == "Association" || [source, target].contains(&"Junction") {
            return true;
        }
        let Some(sources) = self.0.get(relationship) else { return false };
        // A grouping stands for whatever it may hold.
        match (source, target) {
            ("Grouping", "Grouping") => true,
            ("Grouping", _) => sources.values().any(|targets| targets.contains(target)),
            (_, "Grouping") => sources.contains_key(source),
            _ => sources.get(source).is_some_and(|targets| targets.contains(target)),
        }
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
        losses.tell((place, id), notes::not_allowed(name, source, target, count));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archimate::types::{ELEMENTS, RELATIONSHIPS};

    #[test]
    fn the_table_speaks_of_every_type_that_there_is_and_of_no_other() {
        let known = |name: &String| ELEMENTS.contains(&name.as_str());
        assert!(TABLE.0.keys().all(|name| RELATIONSHIPS.contains(&name.as_str())));
        assert!(TABLE.0.values().all(|sources| sources.iter().all(|(s, t)| known(s) && t.iter().all(known))));
        let missing: Vec<&&str> = ELEMENTS
            .iter()
            .filter(|name| **name != "Grouping" && !TABLE.0["Specialization"].contains_key(**name))
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
        assert_eq!(TABLE.0.len() + 1, RELATIONSHIPS.len(), "all but Association");
    }

    /// How many pairs of types, without groupings, the source of the table allows: a slip in a group shows here.
    #[test]
    fn as_many_pairs_are_allowed_as_the_source_has() {
        let pairs = |name: &str| TABLE.0[name].values().map(FxHashSet::len).sum::<usize>();
        let counts: Vec<(&str, usize)> =
            RELATIONSHIPS.iter().filter(|name| **name != "Association").map(|name| (*name, pairs(name))).collect();
        assert_eq!(
            counts,
            [
                ("Access", 207),
                ("Aggregation", 242),
                ("Assignment", 232),
                ("Composition", 218),
                ("Flow", 1181),
                ("Influence", 580),
                ("Realization", 937),
                ("Serving", 1172),
                ("Specialization", 63),
                ("Triggering", 1181),
            ]
        );
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
            ("Composition", "Location", "Goal", true),
            ("Serving", "Grouping", "DataObject", false),
            ("Access", "DataObject", "Grouping", false),
            ("Flow", "Junction", "Plateau", true),
            ("Serving", "ApplicationService", "BusinessProcess", true),
            ("Serving", "DataObject", "BusinessProcess", false),
            ("Triggering", "WorkPackage", "Plateau", true),
            ("Serving", "WorkPackage", "Plateau", false),
            ("Assignment", "BusinessActor", "BusinessRole", true),
            ("Assignment", "BusinessRole", "BusinessActor", false),
            ("Assignment", "Device", "Artifact", true),
            ("Assignment", "ApplicationComponent", "BusinessProcess", false),
            ("Influence", "Gap", "Goal", false),
            ("Influence", "Goal", "BusinessProcess", false),
            ("Flow", "Capability", "ApplicationComponent", false),
        ] {
            assert_eq!(TABLE.allows(name, source, target), allowed, "{name} {source} {target}");
        }
    }
}
