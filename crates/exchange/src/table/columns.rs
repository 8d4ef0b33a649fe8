//! What the columns of a table are, by their headers in fi, sv and en.

use viite_model::label;

const ID: &[&str] = &["tunniste", "id", "identifierare", "identifier"];
const NAME: &[&str] = &["nimi", "namn", "name"];
const DESCRIPTION: &[&str] = &["kuvaus", "beskrivning", "description"];
const SOURCE: &[&str] = &["lähde", "lähdejärjestelmä", "källa", "källsystem", "source"];
const TARGET: &[&str] = &["kohde", "kohdejärjestelmä", "mål", "målsystem", "target"];
const ACTOR: &[&str] = &["toimija", "aktör", "actor"];
const OBJECT: &[&str] = &["kohde", "mistä", "objekt", "av vad", "object", "of what"];
/// A property whose values are classes: with it, a table need not be named for what it holds.
const CLASS: &[&str] = &["tyyppi", "luokka", "typ", "klass", "type", "class"];
const RESPONSIBILITY: &[&str] = &["vastuu", "ansvar", "responsibility", "kind"];

/// What a table needs, for whoever gave another one.
pub(super) const HELP: &str = "for things, call a column nimi, namn or name, and say what they are by the file's name \
     (systems.csv, palvelut.csv, …) or a column tyyppi, typ or type; for integrations, have lähde and kohde, källa and mål \
     or source and target; for responsibilities toimija and kohde, aktör and objekt or actor and object";

/// Words in a file's name, and the ArchiMate concept that its rows are.
const CONCEPTS: &[(&[&str], &str)] = &[
    (&["system", "järjestelm", "jarjestelm"], "ApplicationComponent"),
    (&["service", "palvelu", "tjänst", "tjanst"], "BusinessService"),
    (&["store", "varanto", "rekister", "lager", "register"], "Artifact"),
    (&["group", "ryhm", "grupp"], "BusinessObject"),
    (&["function", "toimin", "funktion"], "BusinessFunction"),
    (&["process", "prosess"], "BusinessProcess"),
    (&["actor", "toimija", "aktör", "aktor", "organi"], "BusinessActor"),
    (&["project", "hanke", "hankkeet", "projekt"], "WorkPackage"),
];

/// What the rows of a table are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Things, of this ArchiMate concept unless a column says otherwise.
    Things(&'static str),
    Integrations,
    Responsibilities,
    Unknown,
}

/// Which column holds what.
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
    /// The others that have a header, as keys of properties.
    pub(super) properties: Vec<(usize, String)>,
}

impl Columns {
    pub(super) fn of(header: &[String], file: &str) -> Self {
        let keys = header.iter().map(|cell| label::key(cell)).collect::<Vec<_>>();
        let find = |names: &[&str]| keys.iter().position(|key| names.contains(&key.as_str()));
        let mut columns = Self {
            kind: Kind::Unknown,
            id: find(ID),
            name: find(NAME),
            description: find(DESCRIPTION),
            source: find(SOURCE),
            target: find(TARGET),
            actor: find(ACTOR),
            object: find(OBJECT),
            responsibility: find(RESPONSIBILITY),
            properties: Vec::new(),
        };
        let common = [columns.id, columns.description];
        let used: Vec<Option<usize>> = if columns.source.is_some() && columns.target.is_some() {
            columns.kind = Kind::Integrations;
            vec![columns.name, columns.source, columns.target]
        } else if columns.actor.is_some() && columns.object.is_some() {
            columns.kind = Kind::Responsibilities;
            vec![columns.actor, columns.object, columns.responsibility]
        } else if columns.name.is_some() {
            // Rows without a class of their own are systems, in a table that says the class of others.
            let concept = concept(file).or_else(|| find(CLASS).map(|_| "ApplicationComponent"));
            columns.kind = concept.map_or(Kind::Unknown, Kind::Things);
            vec![columns.name]
        } else {
            Vec::new()
        };
        columns.properties = header
            .iter()
            .enumerate()
            .filter(|(column, cell)| {
                !cell.trim().is_empty() && !used.contains(&Some(*column)) && !common.contains(&Some(*column))
            })
            .map(|(column, cell)| (column, cell.trim().to_owned()))
            .collect();
        columns
    }
}

fn concept(file: &str) -> Option<&'static str> {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file).to_lowercase();
    let known = CONCEPTS.iter().find(|(words, _)| words.iter().any(|word| name.contains(word)));
    known.map(|(_, concept)| *concept)
}
