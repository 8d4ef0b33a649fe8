//! After reading: identifiers are normalised, references resolved, faults named.

use super::{Draft, legal, short, types::Found};
use crate::loss::LossReport;
use crate::model::{ConceptType, Description, Element, Property, Referenceable, Relationship, View};
use crate::text::beginning;
use rustc_hash::{FxHashMap, FxHashSet};
use std::mem;

/// The concept of a type name, with a note where it is not of ArchiMate 3.2.
pub(crate) fn concept(found: Found, about: &Referenceable, what: &str, losses: &mut LossReport) -> ConceptType {
    if let Some(older) = found.older {
        losses.mended_once(
            (about.place, about.source_id.as_str()),
            &format!("{what} type '{older}' of an older ArchiMate"),
            format!("ArchiMate 3.2 calls it {}, and so it is read (the place is the first one's)", found.concept.name),
        );
    }
    if !found.concept.known {
        let id = about.source_id.as_str();
        let name = &found.concept.name;
        if name.is_empty() {
            losses.mended(
                (about.place, id),
                format!("{what} without a type (xsi:type)"),
                "it is kept, with no particular type",
            );
        } else {
            losses.mended(
                (about.place, id),
                format!("{what} of the unknown type '{name}'"),
                "ArchiMate 3.2 has no such type; it is kept, with no particular type",
            );
        }
    }
    found.concept
}

/// Resolves what the readers gathered.
pub(super) fn finish(draft: Draft, mut losses: LossReport) -> (Description, LossReport) {
    let Draft { mut description, sorted, keys, keys_are_defined, profiles, .. } = draft;
    drop_repeated(&mut description, &mut losses);
    let ids = Identifiers::assign(&mut description, &mut losses);
    for about in referenceables(&mut description) {
        about.folder = about.folder.or_else(|| sorted.get(&about.source_id).copied());
        for specialisation in &mut about.specialisations {
            if let Some(name) = profiles.get(specialisation) {
                specialisation.clone_from(name);
            } else {
                losses.lost(
                    (about.place, about.source_id.as_str()),
                    format!("the specialisation '{specialisation}'"),
                    "the file defines no specialisation with that identifier",
                );
                specialisation.clear();
            }
        }
        about.specialisations.retain(|name| !name.is_empty());
    }
    if keys_are_defined {
        name_keys(&mut description, &keys, &mut losses);
    }
    resolve_ends(&mut description, &ids, &mut losses);
    resolve_views(&mut description, &ids, &mut losses);
    legal::note(&description, &mut losses);
    for element in &description.elements {
        if element.about.names.is_empty() && element.junction.is_none() {
            losses.kept(
                (element.about.place, element.about.source_id.as_str()),
                format!("{} without a name", element.concept.name),
                "it is there, but no rule can recognise it and reports show its identifier: give it a name",
            );
        }
    }
    (description, losses)
}

fn referenceables(description: &mut Description) -> impl Iterator<Item = &mut Referenceable> {
    description
        .elements
        .iter_mut()
        .map(|e| &mut e.about)
        .chain(description.relationships.iter_mut().map(|r| &mut r.about))
        .chain(description.views.iter_mut().map(|v| &mut v.about))
}

/// Removes what stands twice with the same content: nothing is lost with it.
fn drop_repeated(description: &mut Description, losses: &mut LossReport) {
    fn unplaced<T: Clone>(thing: &T, about: fn(&mut T) -> &mut Referenceable) -> T {
        let mut thing = thing.clone();
        let about = about(&mut thing);
        about.place = crate::Place::START;
        for property in &mut about.properties {
            property.place = crate::Place::START;
        }
        thing
    }
    fn drop<T: Clone + PartialEq>(
        things: &mut Vec<T>,
        about: fn(&mut T) -> &mut Referenceable,
        losses: &mut LossReport,
    ) {
        let mut first: FxHashMap<String, usize> = FxHashMap::default();
        let mut repeated = FxHashSet::default();
        for at in 0..things.len() {
            let id = about(&mut things[at]).source_id.clone();
            let earlier = match first.get(&id) {
                Some(earlier) if !id.is_empty() => *earlier,
                _ => {
                    first.insert(id, at);
                    continue;
                }
            };
            if unplaced(&things[earlier], about) == unplaced(&things[at], about) {
                repeated.insert(at);
                losses.mended(
                    (about(&mut things[at]).place, id.as_str()),
                    "the same thing a second time",
                    "it has the identifier and the content of an earlier one; it is read once",
                );
            }
        }
        let mut at = 0;
        things.retain(|_| {
            at += 1;
            !repeated.contains(&(at - 1))
        });
    }
    drop::<Element>(&mut description.elements, |e| &mut e.about, losses);
    drop::<Relationship>(&mut description.relationships, |r| &mut r.about, losses);
    drop::<View>(&mut description.views, |v| &mut v.about, losses);
}

/// From the identifiers of a file to the normalised ones.
struct Identifiers(FxHashMap<String, String>);

impl Identifiers {
    /// Gives every thing its identifier, distinct from all others.
    fn assign(description: &mut Description, losses: &mut LossReport) -> Self {
        let mut declared: FxHashSet<String> = FxHashSet::default();
        for about in referenceables(description) {
            declared.insert(about.source_id.clone());
        }
        let mut taken: FxHashSet<String> = FxHashSet::default();
        let mut ids: FxHashMap<String, String> = FxHashMap::default();
        let mut again: Vec<&mut Referenceable> = Vec::new();
        for about in referenceables(description) {
            let raw = about.source_id.clone();
            if raw.is_empty() || ids.contains_key(&raw) {
                again.push(about);
                continue;
            }
            let id = normalise(&raw, &declared);
            if raw.strip_prefix("id-").is_some_and(|rest| declared.contains(rest)) {
                losses.mended(
                    (about.place, raw.as_str()),
                    "an identifier that is there with and without 'id-'",
                    "both are kept apart; a file that another tool writes may name them otherwise",
                );
            }
            taken.insert(id.clone());
            about.id.clone_from(&id);
            ids.insert(raw, id);
        }
        // What has no identifier of its own gets one that depends on its content, not its place.
        let mut numbers: FxHashMap<String, usize> = FxHashMap::default();
        for about in again {
            let raw = &about.source_id;
            let name = about.names.first().unwrap_or_default();
            let base = if raw.is_empty() { format!("unidentified~{}", short(name)) } else { normalise(raw, &declared) };
            let number = numbers.entry(base.clone()).or_insert(1);
            let id = loop {
                *number += 1;
                let id = format!("{base}~{number}");
                if taken.insert(id.clone()) {
                    break id;
                }
            };
            if raw.is_empty() {
                losses.mended(
                    about.place,
                    format!("'{name}' without an identifier"),
                    format!("nothing can refer to it; it is kept under the identifier '{id}'"),
                );
            } else {
                losses.mended(
                    (about.place, raw.as_str()),
                    format!("'{name}', whose identifier is taken"),
                    format!(
                        "an earlier thing has the identifier and keeps it, with every reference; \
                         this one is kept under the identifier '{id}'"
                    ),
                );
            }
            about.id = id;
        }
        Self(ids)
    }

    /// The thing that a reference means: exactly, else with or without `id-`.
    fn find(&self, reference: &str) -> Option<&str> {
        self.0
            .get(reference)
            .or_else(|| self.0.get(reference.strip_prefix("id-")?))
            .or_else(|| self.0.get(&format!("id-{reference}")))
            .map(String::as_str)
    }
}

/// Takes away the `id-` that Archi writes before identifiers when it exports, and that one file
/// may have and another of the same model not; unless the file uses both forms for two things.
fn normalise(raw: &str, declared: &FxHashSet<String>) -> String {
    const LONGEST: usize = 300;
    let id = match raw.strip_prefix("id-") {
        Some(rest) if !rest.is_empty() && !declared.contains(rest) => rest,
        _ => raw,
    };
    if id.len() <= LONGEST {
        return id.to_owned();
    }
    // A hash, so that two long identifiers stay two.
    let hash = blake3::hash(id.as_bytes()).to_hex();
    format!("{}~{}", beginning(id, 64), &hash[..32])
}

/// Puts the names of a key where so far the identifier of its definition stands.
fn name_keys(
    description: &mut Description,
    definitions: &FxHashMap<String, crate::model::Texts>,
    losses: &mut LossReport,
) {
    let mut name = |property: &mut Property| {
        let id = property.keys.first().cloned().unwrap_or_default();
        match definitions.get(&id) {
            Some(names) => {
                property.keys = names.iter().map(|(_, name)| name.to_owned()).collect();
            }
            None => losses.mended(
                (property.place, id.as_str()),
                "a property whose key the file does not define",
                "the identifier of the missing definition is its key",
            ),
        }
        if property.keys.is_empty() {
            property.keys.push(String::new());
        }
    };
    description.properties.iter_mut().for_each(&mut name);
    for about in referenceables(description) {
        about.properties.iter_mut().for_each(&mut name);
    }
}

fn resolve_ends(description: &mut Description, ids: &Identifiers, losses: &mut LossReport) {
    let mut concepts: FxHashSet<String> = FxHashSet::default();
    concepts.extend(description.elements.iter().map(|e| e.about.id.clone()));
    concepts.extend(description.relationships.iter().map(|r| r.about.id.clone()));
    for relationship in &mut description.relationships {
        let about = &relationship.about;
        for (name, end) in [("source", &mut relationship.source), ("target", &mut relationship.target)] {
            let raw = mem::take(&mut end.id);
            match ids.find(&raw).filter(|id| concepts.contains(*id)) {
                Some(id) => {
                    id.clone_into(&mut end.id);
                    end.known = true;
                }
                None if raw.is_empty() => losses.lost(
                    (about.place, about.source_id.as_str()),
                    format!("a {} without a {name}", relationship.concept.name),
                    "it is kept, but it connects nothing",
                ),
                None => {
                    losses.lost(
                        (about.place, about.source_id.as_str()),
                        format!("the {name} '{raw}' of a {}", relationship.concept.name),
                        "the file has no element or relationship with that identifier; \
                         the relationship is kept, but it connects nothing",
                    );
                    end.id = raw;
                }
            }
        }
    }
}

fn resolve_views(description: &mut Description, ids: &Identifiers, losses: &mut LossReport) {
    let mut boxes = 0_usize;
    let mut groups = 0_usize;
    for view in &mut description.views {
        let about = &view.about;
        let mut missing = |reference: &str, what: &str| {
            losses.lost(
                (about.place, about.source_id.as_str()),
                format!("{what} '{reference}' in the view '{}'", about.names.first().unwrap_or_default()),
                "the file has nothing with that identifier",
            );
        };
        for node in &mut view.nodes {
            boxes += 1;
            groups += usize::from(node.element.is_none());
            if let Some(reference) = node.element.take() {
                match ids.find(&reference) {
                    Some(id) => node.element = Some(id.to_owned()),
                    None => missing(&reference, "the element"),
                }
            }
        }
        for line in &mut view.connections {
            // What is not there is told once, below.
            line.relationship = line.relationship.take().and_then(|id| ids.find(&id).map(str::to_owned));
        }
        for (references, what) in [(&mut view.relationships, "the relationship"), (&mut view.references, "the view")] {
            references.retain_mut(|reference| match ids.find(reference) {
                Some(id) => {
                    id.clone_into(reference);
                    true
                }
                None => {
                    missing(reference, what);
                    false
                }
            });
        }
    }
    if boxes > 0 {
        losses.aside(
            crate::loss::At::FILE,
            format!(
                "the layout of {} views: {boxes} boxes, {groups} of them groups, notes or images",
                description.views.len()
            ),
            "which elements a view shows becomes facts; positions, colours, nesting and the names of \
             visual groups stay in the archived file, from which 'viite describe' draws the views",
        );
    }
}
