//! Folders that coArchi keeps in version control: an XML file for every element, relationship and view (Grafico).
//!
//! A `folder.xml` names the folder that it lies in; the one at the top is the model. How folders and files are
//! called differs between versions of the plug-in and does not matter: what is in a file tells what it is.

use super::{Draft, archi, resolve, tidy};
use crate::loss::LossReport;
use crate::model::Description;
use crate::xml::{Space, Tag, Xml};
use crate::{Limits, ReadError};
use rustc_hash::FxHashMap;

/// Reads the files of a folder, by path and text.
pub(crate) fn read(
    files: &[(String, String)],
    mut losses: LossReport,
    limits: Limits,
) -> Result<(Description, LossReport), ReadError> {
    let mut draft = Draft::default();
    let mut things = Vec::new();
    let mut folders: FxHashMap<&str, String> = FxHashMap::default();
    for (path, text) in files {
        let part = losses.add_file(path);
        if file_name(path) == "folder.xml" {
            losses = with_root(text, part, losses, limits, |xml, tag| {
                if let Some(name) = tag.get("name").map(tidy).filter(|_| tag.name != "model") {
                    folders.insert(parent(path), name);
                }
                match (tag.space, tag.name.as_str()) {
                    (Space::Archi, "model") => archi::model(xml, &mut draft, tag),
                    _ => xml.skip(),
                }
            })?;
        } else {
            things.push((path, text, part));
        }
    }
    let mut known: FxHashMap<String, usize> = FxHashMap::default();
    for (path, text, part) in things {
        losses = with_root(text, part, losses, limits, |xml, tag| {
            if tag.name == "Profile" {
                return archi::profile(xml, &mut draft, tag);
            }
            let folder = folder(parent(path), &folders, &mut known, &mut draft);
            archi::thing(xml, &mut draft, tag, folder)
        })?;
    }
    Ok(resolve::finish(draft, losses))
}

/// Reads one file's root element.
fn with_root(
    text: &str,
    part: u16,
    losses: LossReport,
    limits: Limits,
    mut read: impl FnMut(&mut Xml<'_>, &Tag) -> Result<(), ReadError>,
) -> Result<LossReport, ReadError> {
    let mut xml = Xml::of_part(text, part, losses, limits);
    while let Some(tag) = xml.child()? {
        read(&mut xml, &tag)?;
    }
    Ok(std::mem::replace(&mut xml.losses, LossReport::new("", 0)))
}

/// The index of a folder by its path; one that no `folder.xml` names is called as it is on disk.
fn folder(
    path: &str,
    names: &FxHashMap<&str, String>,
    known: &mut FxHashMap<String, usize>,
    draft: &mut Draft,
) -> usize {
    if let Some(index) = known.get(path) {
        return *index;
    }
    // Only folders below the model's own have a name.
    let above = parent(path);
    let outer = names.contains_key(above).then(|| folder(above, names, known, draft));
    let name = names.get(path).map_or_else(|| file_name(path).to_owned(), Clone::clone);
    let index = draft.folder(outer, &name);
    known.insert(path.to_owned(), index);
    index
}

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

fn file_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}
