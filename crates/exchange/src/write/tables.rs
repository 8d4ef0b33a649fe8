//! From facts to the rows of our own workbook.

use super::WriteOptions;
use super::said::{Said, archimate, viite};
use crate::Vocabulary;
use crate::model::Texts;
use crate::workbook::{Column, Role, Rows, Sheet, Workbook};
use oxrdf::{NamedNode, Term, Triple};
use rustc_hash::{FxHashMap, FxHashSet};
use viite_model::{Language, label, ns};

/// A sheet with its rows: the cells in the order of its columns.
pub(super) struct Table {
    pub(super) sheet: &'static Sheet,
    pub(super) rows: Vec<Vec<String>>,
}

/// What parts the values of a cell.
const SEPARATOR: &str = "; ";

/// The sheets of the description's workbook, filled.
pub(super) fn fill(facts: &[Triple], options: &WriteOptions<'_>) -> Vec<Table> {
    let mut filler =
        Filler { said: Said::of(facts), options, written: FxHashMap::default(), named: FxHashMap::default() };
    let sheets = Workbook::description().sheets();
    let mut things: Vec<&NamedNode> = filler.said.things().filter(|thing| !filler.only_named(thing)).collect();
    things.sort_unstable();
    for thing in &things {
        let Some(sheet) = filler.sheet_of(thing) else { continue };
        filler.written.insert(thing, sheet);
        if sheet.rows == Rows::Things {
            let name = label::key(&filler.text(&filler.said.texts(thing, ns::rdfs::LABEL.as_str())));
            filler.named.entry(name).and_modify(|known| *known = false).or_insert(true);
        }
    }
    sheets
        .iter()
        .map(|sheet| {
            let mut rows: Vec<Vec<String>> = match sheet.rows {
                Rows::Things => filler.rows_of(sheet, &things).map(|thing| filler.row(thing, sheet)).collect(),
                Rows::Integrations => filler.integrations(sheet, &things),
                Rows::Responsibilities => filler.responsibilities(sheet, &things),
            };
            // By name, as people look for it; a link is known by its ends.
            let by =
                |role: &Role| matches!(role, Role::Name | Role::Source | Role::Target | Role::Object | Role::Actor);
            let keys: Vec<usize> = (0..sheet.columns.len()).filter(|at| by(&sheet.columns[*at].role)).collect();
            rows.sort_by_cached_key(|row| {
                (keys.iter().map(|at| label::key(&row[*at])).collect::<Vec<_>>(), row.clone())
            });
            Table { sheet, rows }
        })
        .collect()
}

struct Filler<'f, 'o> {
    said: Said<'f>,
    options: &'o WriteOptions<'o>,
    /// The sheet of every thing that has one.
    written: FxHashMap<&'f NamedNode, &'static Sheet>,
    /// Whether a name is that of one thing alone.
    named: FxHashMap<String, bool>,
}

impl<'f> Filler<'f, '_> {
    /// Whether the description says nothing of a thing but its name.
    fn only_named(&self, thing: &NamedNode) -> bool {
        self.options.id(thing).starts_with("named~")
    }

    fn sheet_of(&self, thing: &NamedNode) -> Option<&'static Sheet> {
        let classes: Vec<&NamedNode> = self.said.nodes(thing, ns::rdf::TYPE.as_str()).collect();
        let sheets = Workbook::description().sheets().iter();
        sheets.filter(|sheet| sheet.rows != Rows::Responsibilities).find(|sheet| classes.contains(&&sheet.class))
    }

    fn rows_of<'t>(
        &'t self,
        sheet: &'t Sheet,
        things: &'t [&'f NamedNode],
    ) -> impl Iterator<Item = &'f NamedNode> + 't {
        let on = |thing: &&NamedNode| self.written.get(*thing).is_some_and(|known| known.id == sheet.id);
        things.iter().copied().filter(on)
    }

    fn row(&self, thing: &NamedNode, sheet: &Sheet) -> Vec<String> {
        sheet.columns.iter().map(|column| self.cell(thing, column)).collect()
    }

    fn cell(&self, thing: &NamedNode, column: &Column) -> String {
        let end = |predicate: &str| self.said.nodes(thing, &viite(predicate)).next();
        match &column.role {
            Role::Id => self.options.id(thing),
            Role::Name => self.text(&self.said.texts(thing, ns::rdfs::LABEL.as_str())),
            Role::Description => self.text(&self.said.texts(thing, ns::dcterms::DESCRIPTION.as_str())),
            Role::Source => end("source").map(|end| self.end(end)).unwrap_or_default(),
            Role::Target => end("target").map(|end| self.end(end)).unwrap_or_default(),
            Role::Property(property) => self.values(thing, property, column),
            Role::Actor | Role::Object | Role::Responsibility => String::new(), // of rows that are no things
        }
    }

    /// The text in the language of the export, else the first.
    fn text(&self, texts: &Texts) -> String {
        let wanted = texts.iter().find(|(tag, _)| *tag == Some(self.options.language.tag()));
        wanted.or(texts.iter().next()).map(|(_, text)| text.to_owned()).unwrap_or_default()
    }

    /// Everything that a property says of a thing, in one cell.
    fn values(&self, thing: &NamedNode, property: &NamedNode, column: &Column) -> String {
        let mut names: Vec<String> = self.said.nodes(thing, property.as_str()).map(|node| self.name(node)).collect();
        if !names.is_empty() {
            names.sort_unstable();
            names.dedup();
            return names.join(SEPARATOR);
        }
        let text = self.text(&self.said.texts(thing, property.as_str()));
        let truth = self.said.all(thing, property.as_str()).find_map(|object| match object {
            Term::Literal(word) if word.datatype() == oxrdf::vocab::xsd::BOOLEAN => Some(word.value() == "true"),
            _ => None,
        });
        match truth.and_then(|truth| column.answer(truth, self.options.language)) {
            Some(word) => word.to_owned(),
            None => text,
        }
    }

    /// How a cell names a thing or a code: as a reader finds it again.
    fn name(&self, thing: &NamedNode) -> String {
        if let Some(label) = Vocabulary::shared().label(thing, self.options.language) {
            return label.to_owned();
        }
        let own = self.text(&self.said.texts(thing, ns::rdfs::LABEL.as_str()));
        if self.written.contains_key(thing) {
            let alone = self.named.get(&label::key(&own)) == Some(&true) && !own.contains(['\n', ';', '|']);
            return if alone { own } else { self.options.id(thing) };
        }
        if !own.is_empty() {
            return own;
        }
        let short = ns::shorten(thing.as_str());
        if short.starts_with('<') { (self.options.label)(thing).unwrap_or(short) } else { short }
    }

    /// How a link names its end: what the reference has, by its label, since a link knows no short names.
    fn end(&self, thing: &NamedNode) -> String {
        let name = self.name(thing);
        let foreign = !self.written.contains_key(thing) && ns::expand(&name).is_some();
        if foreign { (self.options.label)(thing).unwrap_or(name) } else { name }
    }

    /// Integrations, and what only says that two things are connected.
    fn integrations(&self, sheet: &Sheet, things: &[&'f NamedNode]) -> Vec<Vec<String>> {
        let mut linked: FxHashSet<(&NamedNode, &NamedNode)> = FxHashSet::default();
        let mut rows = Vec::new();
        for thing in self.rows_of(sheet, things) {
            let ends = ["source", "target"].map(|end| self.said.nodes(thing, &viite(end)).next());
            if let [Some(source), Some(target)] = ends {
                linked.extend([(source, target), (target, source)]);
            }
            rows.push(self.row(thing, sheet));
        }
        let connects = viite("integratesWith");
        for thing in things {
            let column = self.written.get(*thing).is_some_and(|sheet| has_column(sheet, &connects));
            for other in self.said.nodes(thing, &connects).filter(|_| !column) {
                // It is said both ways, and one row says both.
                if linked.insert((*thing, other)) {
                    linked.insert((other, *thing));
                    rows.push(self.link(sheet, |role| match role {
                        Role::Source => Some(self.end(thing)),
                        Role::Target => Some(self.end(other)),
                        _ => None,
                    }));
                }
            }
        }
        rows
    }

    /// Who answers for what: as relationships say it, and else what no column of the thing itself says.
    fn responsibilities(&self, sheet: &Sheet, things: &[&'f NamedNode]) -> Vec<Vec<String>> {
        let Some(kinds) = sheet.columns.iter().find(|column| column.role == Role::Responsibility) else {
            return Vec::new(); // the sheet of no workbook of ours
        };
        let word = |kind: &str| kinds.choices().iter().find(|choice| choice.exact(Language::En) == Some(kind));
        let shown = |kind: &str| word(kind).and_then(|choice| choice.get(self.options.language));
        let mut said: FxHashSet<(&NamedNode, String, &NamedNode)> = FxHashSet::default();
        let mut rows = Vec::new();
        for thing in things {
            let relationship = self.said.nodes(thing, ns::rdf::PREDICATE.as_str()).next();
            let drawn = ["association", "assignment"].map(archimate);
            let (actor, object, kind) = if relationship.is_some_and(|kind| drawn.iter().any(|d| kind.as_str() == d)) {
                let name = self.text(&self.said.texts(thing, ns::rdfs::LABEL.as_str()));
                let means = |choice: &&viite_model::Text| {
                    let named = |l: &Language| choice.exact(*l).is_some_and(|w| label::key(w) == label::key(&name));
                    Language::ALL.iter().any(named)
                };
                let kind = kinds.choices().iter().find(means).and_then(|choice| choice.exact(Language::En));
                (viite("source"), viite("target"), kind.map(str::to_owned))
            } else {
                let kind = self.said.nodes(thing, &viite("responsibilityKind")).next();
                let kind = kind.and_then(|kind| kind.as_str().strip_prefix(ns::VIITE)).map(str::to_lowercase);
                (viite("actor"), viite("object"), kind)
            };
            let ends = [actor, object].map(|end| self.said.nodes(thing, &end).next());
            let ([Some(actor), Some(object)], Some(kind)) = (ends, kind) else { continue };
            let Some(word) = shown(&kind) else { continue };
            rows.push(self.link(sheet, |role| match role {
                Role::Id => Some(self.options.id(thing)),
                Role::Object => Some(self.end(object)),
                Role::Actor => Some(self.end(actor)),
                Role::Responsibility => Some(word.to_owned()),
                Role::Property(property) => {
                    let column = sheet.columns.iter().find(|column| column.role == *role)?;
                    Some(self.values(thing, property, column))
                }
                _ => None,
            }));
            said.insert((object, kind, actor));
        }
        for thing in things {
            for kind in kinds.choices().iter().filter_map(|choice| choice.exact(Language::En)) {
                let predicate = viite(kind);
                if self.written.get(*thing).is_some_and(|sheet| has_column(sheet, &predicate)) {
                    continue;
                }
                for actor in self.said.nodes(thing, &predicate) {
                    if said.insert((*thing, kind.to_owned(), actor)) {
                        rows.push(self.link(sheet, |role| match role {
                            Role::Object => Some(self.end(thing)),
                            Role::Actor => Some(self.end(actor)),
                            Role::Responsibility => shown(kind).map(str::to_owned),
                            _ => None,
                        }));
                    }
                }
            }
        }
        rows
    }

    fn link(&self, sheet: &Sheet, cell: impl Fn(&Role) -> Option<String>) -> Vec<String> {
        sheet.columns.iter().map(|column| cell(&column.role).unwrap_or_default()).collect()
    }
}

fn has_column(sheet: &Sheet, predicate: &str) -> bool {
    sheet.columns.iter().any(|column| matches!(&column.role, Role::Property(known) if known.as_str() == predicate))
}
