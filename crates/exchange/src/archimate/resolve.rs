//! After reading: identifiers are normalised, references resolved, faults named.

use super::{Draft, legal, short, types::Found};
use crate::loss::{At, LossReport};
use crate::model::{ConceptType, Description, Element, Property, Referenceable, Relationship, View};
use crate::notes::Note;
use crate::notes::archimate as notes;
use crate::text::beginning;
use rustc_hash::{FxHashMap, FxHashSet};
use std::mem;

/// What has a type.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Element,
    Relationship,
}

/// The concept of a type name, with a note where it is not of ArchiMate 3.2.
pub(crate) fn concept(found: Found, about: &Referenceable, kind: Kind, losses: &mut LossReport) -> ConceptType {
    let at = (about.place, about.source_id.as_str());
    let name = &found.concept.name;
    if let Some(spelt) = &found.spelt {
        losses.tell_once(at, notes::spelt_type(spelt, name));
    } else if let Some(older) = found.older {
        losses.tell_once(at, notes::older_type(older, name));
    }
    if !found.concept.known {
        losses.tell(
            at,
            match kind {
                Kind::Element if name.is_empty() => notes::element_without_type(),
                Kind::Element => notes::element_of_unknown_type(name),
                Kind::Relationship if name.is_empty() => notes::relationship_without_type(),
                Kind::Relationship => notes::relationship_of_unknown_type(name),
            },
        );
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
                losses.tell((about.place, about.source_id.as_str()), notes::specialisation_undefined(&*specialisation));
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
            let about = &element.about;
            losses.tell((about.place, about.source_id.as_str()), notes::without_name(&element.concept.name));
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
                losses.tell((about(&mut things[at]).place, id.as_str()), notes::said_twice());
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
                losses.tell((about.place, raw.as_str()), notes::identifier_in_two_forms());
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
                losses.tell(about.place, notes::without_identifier(name, &id));
            } else {
                losses.tell((about.place, raw.as_str()), notes::identifier_taken(name, &id));
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
            None => losses.tell((property.place, id.as_str()), notes::key_undefined()),
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
        let at = (about.place, about.source_id.as_str());
        let kind = &relationship.concept.name;
        for (is_source, end) in [(true, &mut relationship.source), (false, &mut relationship.target)] {
            let raw = mem::take(&mut end.id);
            match ids.find(&raw).filter(|id| concepts.contains(*id)) {
                Some(id) => {
                    id.clone_into(&mut end.id);
                    end.known = true;
                }
                None if raw.is_empty() => {
                    losses.tell(at, if is_source { notes::source_missing(kind) } else { notes::target_missing(kind) });
                }
                None => {
                    let unknown =
                        if is_source { notes::source_unknown(&raw, kind) } else { notes::target_unknown(&raw, kind) };
                    losses.tell(at, unknown);
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
        let at = (about.place, about.source_id.as_str());
        let name = about.names.first().unwrap_or_default();
        for node in &mut view.nodes {
            boxes += 1;
            groups += usize::from(node.element.is_none());
            if let Some(reference) = node.element.take() {
                match ids.find(&reference) {
                    Some(id) => node.element = Some(id.to_owned()),
                    None => losses.tell(at, notes::shown_element_unknown(&reference, name)),
                }
            }
        }
        for line in &mut view.connections {
            // What is not there is told once, below.
            line.relationship = line.relationship.take().and_then(|id| ids.find(&id).map(str::to_owned));
        }
        let mut known = |reference: &mut String, unknown: &dyn Fn(&str) -> Note| match ids.find(reference) {
            Some(id) => {
                id.clone_into(reference);
                true
            }
            None => {
                losses.tell(at, unknown(reference));
                false
            }
        };
        view.relationships.retain_mut(|id| known(id, &|id| notes::shown_relationship_unknown(id, name)));
        view.references.retain_mut(|id| known(id, &|id| notes::shown_view_unknown(id, name)));
    }
    if boxes > 0 {
        losses.tell(At::FILE, notes::view_layout(description.views.len(), boxes, groups));
    }
}
