//! What the columns of a table are: by the mapping profile, by our own workbook, or by their headers in fi, sv and en.

use super::cell;
use crate::Vocabulary;
use crate::mapping::{Mapping, Table as Profile};
use crate::workbook::{Role, Rows, Sheet, Workbook};
use oxrdf::NamedNode;
use viite_model::{label, ns};

const ID: &[&str] = &["tunniste", "id", "identifierare", "identifier", "entityid", "entity id"];
const NAME: &[&str] = &["nimi", "namn", "name", "otsikko", "rubrik", "title"];
const DESCRIPTION: &[&str] = &["kuvaus", "beskrivning", "description", "selite", "documentation", "dokumentaatio"];
const SOURCE: &[&str] =
    &["lähde", "lähdejärjestelmä", "källa", "källsystem", "source", "source system", "mistä järjestelmästä"];
const TARGET: &[&str] =
    &["kohde", "kohdejärjestelmä", "mål", "målsystem", "target", "target system", "mihin järjestelmään"];
const ACTOR: &[&str] = &["toimija", "aktör", "actor"];
const OBJECT: &[&str] = &[
    "kohde",
    "mistä",
    "objekt",
    "av vad",
    "object",
    "of what",
    "vastuun kohde",
    "ansvarets föremål",
    "responsible for",
];
/// A property whose values are classes: with it, a table need not be named for what it holds.
const CLASS: &[&str] = &["tyyppi", "luokka", "typ", "klass", "type", "class"];
const RESPONSIBILITY: &[&str] =
    &["vastuu", "vastuun laji", "ansvar", "ansvarets art", "responsibility", "kind of responsibility", "kind"];

/// Last words of headers such as `Järjestelmän nimi`, `Systemets namn`.
const NAME_ENDS: &[&str] = &["nimi", "namn", "name"];
const ID_ENDS: &[&str] = &["tunniste", "tunnus", "id", "identifierare", "identifier"];
const DESCRIPTION_ENDS: &[&str] = &["kuvaus", "beskrivning", "description"];

/// What a table needs, for whoever gave another one.
pub(super) const HELP: &str = "for things, call a column nimi, namn or name, and say what they are by the file's or sheet's \
     name (systems.csv, Palvelut, …) or a column tyyppi, typ or type; for integrations, have lähde and kohde, källa and mål \
     or source and target; for responsibilities toimija and kohde, aktör and objekt or actor and object; or let \
     'viite mapping guess FILE' propose a profile, and import with --mapping";

/// Words in a name of a file, a sheet or a column, and the ArchiMate concept that the rows are.
const CONCEPTS: &[(&[&str], &str)] = &[
    (&["system", "järjestelm", "jarjestelm", "sovellu"], "ApplicationComponent"),
    (&["varanto", "rekister", "lager", "store", "register"], "Artifact"),
    (&["service", "palvelu", "tjänst", "tjanst"], "BusinessService"),
    (&["group", "ryhm", "grupp"], "BusinessObject"),
    (&["process", "prosess"], "BusinessProcess"),
    (&["function", "toiminno", "toiminto", "funktion"], "BusinessFunction"),
    (&["actor", "toimija", "aktör", "aktor", "organi"], "BusinessActor"),
    (&["project", "hanke", "hankkeet", "projekt"], "WorkPackage"),
];

/// What the rows of a table are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Things, of this ArchiMate concept and class unless a column says otherwise.
    Things(Option<&'static str>, Option<NamedNode>),
    Integrations,
    Responsibilities,
    Unknown,
}

/// A column that is a property.
#[derive(Clone, Debug)]
pub(super) struct Property {
    pub(super) column: usize,
    /// What the mapping knows it by: the header, or the short name of a property.
    pub(super) key: String,
}

/// Which column holds what.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    pub(super) kind: Kind,
    pub(super) id: Option<usize>,
    pub(super) name: Option<usize>,
    pub(super) description: Option<usize>,
    pub(super) source: Option<usize>,
    pub(super) target: Option<usize>,
    pub(super) actor: Option<usize>,
    pub(super) object: Option<usize>,
    pub(super) responsibility: Option<usize>,
    /// The others that have a header.
    pub(super) properties: Vec<Property>,
    /// Columns that the profile leaves out on purpose.
    pub(super) ignored: Vec<usize>,
    /// Headers that were taken for name, identifier or description by their last word.
    pub(super) supposed: Vec<String>,
}

impl Columns {
    /// The columns of a table, by its name (of a sheet or a file) and its file's name.
    pub(super) fn of(header: &[String], name: &str, file: &str, mapping: &Mapping) -> Self {
        let profile = mapping.table(name);
        let sheet = Workbook::sheet(name);
        let mut columns = Self {
            kind: Kind::Unknown,
            id: None,
            name: None,
            description: None,
            source: None,
            target: None,
            actor: None,
            object: None,
            responsibility: None,
            properties: Vec::new(),
            ignored: Vec::new(),
            supposed: Vec::new(),
        };
        let mut open = Vec::new();
        for (column, text) in header.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            match profile.and_then(|profile| profile.role(text)) {
                Some(None) => columns.ignored.push(column),
                Some(Some(role)) => columns.place(role, column),
                None => {
                    match sheet.and_then(|sheet| sheet.column(text).or_else(|| sheet.column(cell::unbracketed(text)))) {
                        Some(described) => columns.place(&described.role, column),
                        None => open.push((column, text.as_str())),
                    }
                }
            }
        }
        columns.by_words(&mut open);
        let concept = concept(name).or_else(|| concept(file));
        columns.kind = columns.rows(profile, sheet, header, concept);
        columns.suppose(&mut open);
        if columns.kind == Kind::Unknown && columns.name.is_some() {
            let supposed = columns.supposed.iter().find_map(|header| self::concept(header));
            columns.kind = supposed.map_or(Kind::Unknown, |concept| Kind::Things(Some(concept), None));
        }
        // An end that this kind of table does not have is a property like any other.
        let unused = columns.drop_unused();
        open.extend(unused.into_iter().filter_map(|column| Some((column, header.get(column)?.as_str()))));
        open.sort_unstable();
        for (column, text) in open {
            let known = mapping.property(text).is_some() || mapping.property(cell::unbracketed(text)).is_none();
            let key = if known { text } else { cell::unbracketed(text) };
            columns.properties.push(Property { column, key: key.to_owned() });
        }
        columns.properties.sort_by_key(|property| property.column);
        columns
    }

    fn place(&mut self, role: &Role, column: usize) {
        let slot = match role {
            Role::Id => &mut self.id,
            Role::Name => &mut self.name,
            Role::Description => &mut self.description,
            Role::Source => &mut self.source,
            Role::Target => &mut self.target,
            Role::Actor => &mut self.actor,
            Role::Object => &mut self.object,
            Role::Responsibility => &mut self.responsibility,
            Role::Property(property) => {
                self.properties.push(Property { column, key: ns::shorten(property.as_str()) });
                return;
            }
        };
        slot.get_or_insert(column);
    }

    /// Takes the columns whose headers are among the words for a role.
    fn by_words(&mut self, open: &mut Vec<(usize, &str)>) {
        let find = |names: &[&str]| {
            let found = open.iter().find(|(_, text)| names.contains(&label::key(cell::unbracketed(text)).as_str()));
            found.map(|(column, _)| *column)
        };
        let found = [ID, NAME, DESCRIPTION, SOURCE, TARGET, ACTOR, OBJECT, RESPONSIBILITY].map(find);
        let slots = [
            &mut self.id,
            &mut self.name,
            &mut self.description,
            &mut self.source,
            &mut self.target,
            &mut self.actor,
            &mut self.object,
            &mut self.responsibility,
        ];
        for (slot, found) in slots.into_iter().zip(found) {
            *slot = slot.or(found);
        }
        let used = self.roles();
        open.retain(|(column, _)| !used.contains(column));
    }

    /// Takes `Järjestelmän nimi` for the name where no column is called by that word alone.
    fn suppose(&mut self, open: &mut Vec<(usize, &str)>) {
        if matches!(self.kind, Kind::Integrations | Kind::Responsibilities) {
            return;
        }
        for (slot, ends) in
            [(&mut self.name, NAME_ENDS), (&mut self.id, ID_ENDS), (&mut self.description, DESCRIPTION_ENDS)]
        {
            if slot.is_some() {
                continue;
            }
            let ending = |text: &str| {
                let key = label::key(cell::unbracketed(text));
                // One word more: what the table is about. `Järjestelmänimi` is written together.
                let words = key.split(' ').count();
                ends.iter().any(|end| key.ends_with(end)) && words <= 2 && concept(&key).is_some()
            };
            if let Some(at) = open.iter().position(|(_, text)| ending(text)) {
                let (column, text) = open.remove(at);
                *slot = Some(column);
                self.supposed.push(text.to_owned());
            }
        }
    }

    fn rows(
        &self,
        profile: Option<&Profile>,
        sheet: Option<&Sheet>,
        header: &[String],
        concept: Option<&'static str>,
    ) -> Kind {
        let rows = profile.and_then(|profile| profile.rows).or(sheet.map(|sheet| sheet.rows));
        let links = self.source.is_some() && self.target.is_some();
        let duties = self.actor.is_some() && self.object.is_some();
        match rows {
            Some(Rows::Integrations) if links => Kind::Integrations,
            Some(Rows::Responsibilities) if duties => Kind::Responsibilities,
            None if links => Kind::Integrations,
            None if duties => Kind::Responsibilities,
            None | Some(Rows::Things) => {
                let class =
                    profile.and_then(|profile| profile.class.clone()).or(sheet.map(|sheet| sheet.class.clone()));
                let named = profile.and_then(|profile| profile.concept).or(sheet.and_then(|sheet| sheet.concept));
                let typed = header.iter().any(|text| CLASS.contains(&label::key(text).as_str()));
                if class.is_some() {
                    Kind::Things(named, class)
                } else if self.name.is_none() {
                    Kind::Unknown
                } else if let Some(concept) = named.or(concept) {
                    Kind::Things(Some(concept), None)
                } else if typed {
                    // Rows without a class of their own are systems, in a table that says the class of others.
                    Kind::Things(Some("ApplicationComponent"), None)
                } else {
                    Kind::Unknown
                }
            }
            Some(_) => Kind::Unknown,
        }
    }

    /// Gives back the columns whose role has no place in this kind of table.
    fn drop_unused(&mut self) -> Vec<usize> {
        let mut unused = Vec::new();
        let mut drop = |slot: &mut Option<usize>| unused.extend(slot.take());
        match self.kind {
            Kind::Integrations => {
                [&mut self.actor, &mut self.object, &mut self.responsibility].into_iter().for_each(&mut drop);
            }
            Kind::Responsibilities => {
                [&mut self.name, &mut self.source, &mut self.target].into_iter().for_each(&mut drop);
            }
            Kind::Things(..) | Kind::Unknown => {
                [&mut self.source, &mut self.target, &mut self.actor, &mut self.object, &mut self.responsibility]
                    .into_iter()
                    .for_each(&mut drop);
            }
        }
        let used = self.roles();
        unused.retain(|column| !used.contains(column));
        unused.sort_unstable();
        unused.dedup();
        unused
    }

    fn roles(&self) -> Vec<usize> {
        let slots = [
            self.id,
            self.name,
            self.description,
            self.source,
            self.target,
            self.actor,
            self.object,
            self.responsibility,
        ];
        slots.into_iter().flatten().collect()
    }
}

/// Whether a cell looks like a header: a word for a role, a column of our workbook, a property.
pub(super) fn is_header(text: &str, name: &str, mapping: &Mapping) -> bool {
    let plain = cell::unbracketed(text);
    let key = label::key(plain);
    if key.is_empty() {
        return false;
    }
    let words = [ID, NAME, DESCRIPTION, SOURCE, TARGET, ACTOR, OBJECT, RESPONSIBILITY, CLASS];
    words.iter().any(|words| words.contains(&key.as_str()))
        || mapping.table(name).is_some_and(|profile| profile.role(text).is_some())
        || Workbook::sheet(name).is_some_and(|sheet| sheet.column(plain).is_some())
        || mapping.property(plain).is_some()
        || (concept(&key).is_some()
            && [NAME_ENDS, ID_ENDS].iter().any(|ends| ends.iter().any(|end| key.ends_with(end))))
}

/// The concept that a name of a file, a sheet or a column speaks of.
pub(super) fn concept(name: &str) -> Option<&'static str> {
    if let Some(class) = Vocabulary::shared().class(name) {
        let sheets = Workbook::all().iter().flat_map(Workbook::sheets);
        if let Some(concept) = sheets.filter(|sheet| sheet.class == *class).find_map(|sheet| sheet.concept) {
            return Some(concept);
        }
    }
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name).to_lowercase();
    let known = CONCEPTS.iter().find(|(words, _)| words.iter().any(|word| name.contains(word)));
    known.map(|(_, concept)| *concept)
}
