//! Fills our own workbook with what is described.

use super::{WriteOptions, said::Said};
use crate::{
    Vocabulary,
    loss::{At, LossReport},
    workbook::{Role, Rows, Sheet, Workbook},
};
use oxrdf::{Literal, NamedNode, Term, vocab::xsd};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};
use viite_model::{Language, ns};

/// What no cell says because the import finds it again: places in files, what was recognised, what ArchiMate calls it.
const FOUND_AGAIN: &[&str] = &[
    "inRegion",
    "sourceFile",
    "sourceLine",
    "sourceSheet",
    "sourceCell",
    "sourceId",
    "correspondsTo",
    "source",
    "target",
];

/// The rows of every sheet of a workbook, by the sheet's id.
pub(super) struct Filled(BTreeMap<String, Vec<Vec<String>>>);

impl Filled {
    /// The rows of a sheet, the cells in the order of its columns.
    pub(super) fn rows(&self, sheet: &Sheet) -> Vec<Vec<String>> {
        self.0.get(&sheet.id).cloned().unwrap_or_default()
    }
}

/// Fills the sheets. What they have no place for is told.
pub(super) fn fill(
    workbook: &Workbook,
    said: &Said<'_>,
    options: &WriteOptions<'_>,
    losses: &mut LossReport,
) -> Filled {
    let mut things: Vec<&NamedNode> = said.0.keys().copied().collect();
    things.sort_unstable();
    let mut filler = Filler { said, options, names: FxHashMap::default(), left: BTreeMap::new() };
    filler.name(&things);
    let mut rows: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    let mut homeless: BTreeMap<String, u64> = BTreeMap::new();
    for thing in things {
        let classes: FxHashSet<&NamedNode> = said.nodes(thing, ns::rdf::TYPE.as_str()).collect();
        let sheet = workbook.sheets().iter().find(|sheet| classes.contains(&sheet.class));
        match sheet.and_then(|sheet| Some((sheet, filler.row(thing, sheet)?))) {
            Some((sheet, row)) => rows.entry(sheet.id.clone()).or_default().push(row),
            None => {
                // A class of ours tells enough; what a tool calls it besides, does not.
                let class = classes.into_iter().min_by_key(|class| (!class.as_str().starts_with(ns::VIITE), *class));
                if let Some(class) = class {
                    *homeless.entry(filler.word(class)).or_default() += 1;
                }
            }
        }
    }
    for (class, count) in homeless {
        losses.lost(At::FILE, format!("{count} × {class}"), "the workbook has no sheet for them, or they have no name");
    }
    let (of_tools, left): (Vec<_>, Vec<_>) = std::mem::take(&mut filler.left)
        .into_iter()
        .partition(|(property, _)| !property.as_str().starts_with(ns::VIITE));
    let count: u64 = of_tools.iter().map(|(_, count)| count).sum();
    if count > 0 {
        let what = format!("{count} facts in the words of ArchiMate and of others");
        losses.lost(
            At::FILE,
            what,
            "the sheets have columns for the properties of the vocabulary; --format archimate or RDF carries them",
        );
    }
    for (property, count) in left {
        let what = format!("{count} × {}", filler.word(&property));
        losses.lost(At::FILE, what, "the sheets have no column for it");
    }
    for rows in rows.values_mut() {
        rows.sort();
    }
    Filled(rows)
}

struct Filler<'f, 'o> {
    said: &'o Said<'f>,
    options: &'o WriteOptions<'o>,
    /// What cells call a thing: its name, or its identifier where a name would not do.
    names: FxHashMap<NamedNode, String>,
    /// Facts that no column takes.
    left: BTreeMap<NamedNode, u64>,
}

impl Filler<'_, '_> {
    /// Finds what cells call each thing. A name that two things have, or that would be read as two, cannot serve.
    fn name(&mut self, things: &[&NamedNode]) {
        let mut of_name: BTreeMap<String, BTreeSet<&NamedNode>> = BTreeMap::new();
        for thing in things {
            if let Some(name) = self.text(thing, ns::rdfs::LABEL.as_str()) {
                of_name.entry(viite_model::label::key(&name)).or_default().insert(thing);
            }
        }
        for thing in things {
            let id = self.id(thing);
            let name = self.text(thing, ns::rdfs::LABEL.as_str()).filter(|name| {
                of_name.get(&viite_model::label::key(name)).is_some_and(|things| things.len() == 1)
                    && !name.contains(['\n', ';', '|'])
            });
            self.names.insert((*thing).clone(), name.unwrap_or(id));
        }
    }

    /// The cells of a thing; none where the sheet cannot tell of it.
    fn row(&mut self, thing: &NamedNode, sheet: &Sheet) -> Option<Vec<String>> {
        let mut written: FxHashSet<String> = [ns::rdf::TYPE, ns::rdfs::LABEL, ns::dcterms::DESCRIPTION]
            .map(|property| property.as_str().to_owned())
            .into_iter()
            .collect();
        let mut row = Vec::with_capacity(sheet.columns.len());
        for column in &sheet.columns {
            let cell = match &column.role {
                Role::Id => self.id(thing),
                Role::Name => self.text(thing, ns::rdfs::LABEL.as_str()).unwrap_or_default(),
                Role::Description => self.text(thing, ns::dcterms::DESCRIPTION.as_str()).unwrap_or_default(),
                Role::Source => self.cell(thing, &ours("source"), &mut written),
                Role::Target => self.cell(thing, &ours("target"), &mut written),
                Role::Actor => self.cell(thing, &ours("actor"), &mut written),
                Role::Object => self.cell(thing, &ours("object"), &mut written),
                Role::Responsibility => self.cell(thing, &ours("responsibilityKind"), &mut written),
                Role::Property(property) => self.cell(thing, property, &mut written),
            };
            row.push(cell);
        }
        let told = |wanted: &Role| {
            sheet.columns.iter().zip(&row).any(|(column, cell)| column.role == *wanted && !cell.is_empty())
        };
        let tells = match sheet.rows {
            Rows::Things => told(&Role::Name),
            Rows::Integrations => told(&Role::Source) && told(&Role::Target),
            Rows::Responsibilities => told(&Role::Actor) && told(&Role::Object) && told(&Role::Responsibility),
        };
        if !tells {
            return None;
        }
        for (property, _) in &self.said.0[thing] {
            let found_again = property.strip_prefix(ns::VIITE).is_some_and(|name| FOUND_AGAIN.contains(&name));
            if !found_again && !written.contains(*property) && !self.follows(thing, property) {
                *self.left.entry(NamedNode::new_unchecked(*property)).or_default() += 1;
            }
        }
        Some(row)
    }

    /// Whether a fact follows from others when the workbook is read: an integration makes its ends integrate.
    fn follows(&self, thing: &NamedNode, property: &str) -> bool {
        property == ours("integratesWith").as_str()
            && self.said.nodes(thing, property).all(|other| {
                let ends = [(thing, other), (other, thing)];
                self.said.0.keys().any(|integration| {
                    let end = |name: &str| self.said.nodes(integration, ours(name).as_str()).collect::<Vec<_>>();
                    ends.iter().any(|(from, to)| end("source").contains(from) && end("target").contains(to))
                })
            })
    }

    /// The values of a property, a line for each.
    fn cell(&self, thing: &NamedNode, property: &NamedNode, written: &mut FxHashSet<String>) -> String {
        written.insert(property.as_str().to_owned());
        let mut values: Vec<String> = self.said.all(thing, property.as_str()).map(|value| self.value(value)).collect();
        values.sort();
        values.dedup();
        values.join("\n")
    }

    fn value(&self, value: &Term) -> String {
        let language = self.options.language;
        match value {
            Term::Literal(literal) => word(literal, language),
            Term::NamedNode(node) => self
                .names
                .get(node)
                .cloned()
                .or_else(|| Vocabulary::shared().label(node, language).map(str::to_owned))
                .or_else(|| (self.options.label)(node))
                .unwrap_or_else(|| node.as_str().to_owned()),
            Term::BlankNode(node) => node.to_string(), // a repository has none
        }
    }

    /// The identifier that the thing had in its file, else the end of its IRI.
    fn id(&self, thing: &NamedNode) -> String {
        self.said
            .text(thing, ours("sourceId").as_str())
            .unwrap_or_else(|| thing.as_str().rsplit(['/', '#']).next().unwrap_or(thing.as_str()).to_owned())
    }

    /// A text in the language of the workbook, else in another.
    fn text(&self, thing: &NamedNode, property: &str) -> Option<String> {
        let texts = self.said.texts(thing, property).0;
        let of = |language: Language| {
            texts.iter().find(|(tag, _)| tag.as_deref() == Some(language.tag())).map(|(_, text)| text.clone())
        };
        of(self.options.language)
            .or_else(|| Language::ALL.into_iter().find_map(of))
            .or_else(|| texts.first().map(|(_, text)| text.clone()))
    }

    /// A class or property in words.
    fn word(&self, term: &NamedNode) -> String {
        let known = Vocabulary::shared().label(term, self.options.language);
        known.map_or_else(|| ns::shorten(term.as_str()), str::to_owned)
    }
}

fn ours(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{}{name}", ns::VIITE))
}

/// A literal as a person writes it in a cell.
fn word(literal: &Literal, language: Language) -> String {
    match (literal.datatype() == xsd::BOOLEAN, literal.value(), language) {
        (true, "true" | "1", Language::Fi) => "kyllä".to_owned(),
        (true, "true" | "1", Language::Sv) => "ja".to_owned(),
        (true, "true" | "1", Language::En) => "yes".to_owned(),
        (true, _, Language::Fi) => "ei".to_owned(),
        (true, _, Language::Sv) => "nej".to_owned(),
        (true, _, Language::En) => "no".to_owned(),
        (false, value, _) => value.to_owned(),
    }
}
