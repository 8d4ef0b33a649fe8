//! ArchiMate models: the exchange format of The Open Group, and Archi's own.

pub mod types;

pub(crate) mod archi;
pub(crate) mod grafico;
mod legal;
pub(crate) mod open_exchange;
mod resolve;

use crate::loss::LossReport;
use crate::model::{Description, Element, Relationship, Texts, View};
use crate::text::beginning;
use crate::xml::Xml;
use crate::{Fault, Place, ReadError};
use rustc_hash::FxHashMap;

/// What a reader gathers before identifiers are resolved.
#[derive(Default)]
struct Draft {
    description: Description,
    /// Folder of a thing that is sorted elsewhere than where it is defined.
    sorted: FxHashMap<String, usize>,
    /// Names of the keys, by the identifier of their definition.
    keys: FxHashMap<String, Texts>,
    /// Properties name the definition of their key, not the key.
    keys_are_defined: bool,
    /// Names of specialisations, by identifier.
    profiles: FxHashMap<String, String>,
    /// How many things are kept, which bounds the memory.
    held: usize,
}

impl Draft {
    /// Counts one more thing, and ends the reading beyond the limit.
    fn hold(&mut self, xml: &Xml<'_>, place: Place) -> Result<(), ReadError> {
        self.held += 1;
        let limit = xml.limits().things;
        if self.held > limit {
            return Err(xml.error(
                place,
                Fault::TooLarge,
                format!("the model has more than {limit} things"),
                "split the model, or import the part that concerns the region",
            ));
        }
        Ok(())
    }

    fn element(&mut self, xml: &Xml<'_>, element: Element) -> Result<(), ReadError> {
        self.hold(xml, element.about.place)?;
        self.description.elements.push(element);
        Ok(())
    }

    fn relationship(&mut self, xml: &Xml<'_>, relation: Relationship) -> Result<(), ReadError> {
        self.hold(xml, relation.about.place)?;
        self.description.relationships.push(relation);
        Ok(())
    }

    fn view(&mut self, xml: &Xml<'_>, view: View) -> Result<(), ReadError> {
        self.hold(xml, view.about.place)?;
        self.description.views.push(view);
        Ok(())
    }

    /// The index of a folder within another.
    fn folder(&mut self, parent: Option<usize>, name: &str) -> usize {
        let path = match parent.and_then(|parent| self.description.folders.get(parent)) {
            Some(parent) => format!("{parent} / {name}"),
            None => name.to_owned(),
        };
        let path = short(&path);
        self.description.folders.push(path);
        self.description.folders.len() - 1
    }
}

pub(crate) use resolve::{Kind, concept};

/// A description whose identifiers are normalised and whose references are resolved.
pub(crate) fn resolved(description: Description, losses: LossReport) -> (Description, LossReport) {
    resolve::finish(Draft { description, ..Draft::default() }, losses)
}

/// A text that is repeated wherever it is referred to, and must not make a small file large.
fn short(text: &str) -> String {
    const LONGEST: usize = 300;
    if text.len() <= LONGEST {
        return text.to_owned();
    }
    format!("{}…", beginning(text, LONGEST))
}

/// A name without the spaces around it; inner runs of space become one.
fn tidy(name: &str) -> String {
    let mut words = name.split_whitespace();
    let mut tidy = words.next().unwrap_or_default().to_owned();
    for word in words {
        tidy.push(' ');
        tidy.push_str(word);
    }
    tidy
}

/// Line ends as XML has them, also where a reference wrote a carriage return.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned()
}
