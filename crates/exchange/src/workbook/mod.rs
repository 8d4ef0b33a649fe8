//! Our own workbook: one description of its sheets, from which the template is written and by which a filled one is read.
//!
//! The description is `data/mappings/workbook.toml`. A column is a property of the vocabulary, which gives its name,
//! help, kind of value and drop-down list; the few that are no property (identifier, name, ends of an integration)
//! are described in the file itself.

pub(crate) mod matrix;
mod template;

pub use matrix::{Axis, Matrix};
pub(crate) use template::header;

use crate::mapping::{MappingError, Value};
use crate::{Vocabulary, archimate::types};
use oxrdf::NamedNode;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use viite_model::{Language, Text, label, ns};

/// Name and text of every description of a workbook that the program carries.
const FILES: &[(&str, &str)] = &[
    ("workbook.toml", include_str!("../../../../data/mappings/workbook.toml")),
    ("investment.toml", include_str!("../../../../data/mappings/investment.toml")),
];

static WORKBOOKS: LazyLock<Vec<Workbook>> = LazyLock::new(|| {
    FILES.iter().map(|(file, text)| Workbook::parse(file, text).expect("a test reads the embedded files")).collect()
});

/// A workbook to fill: its sheets, and what they mean.
#[derive(Clone, Debug)]
pub struct Workbook {
    /// The description's own name.
    pub name: String,
    /// What a file is called that is written from it, without its ending.
    pub file: Text,
    /// The word with which the identifier of an example begins.
    pub example: Text,
    guide: Guide,
    sheets: Vec<Sheet>,
}

/// A sheet: what its rows are, and its columns.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// A word for it that never changes.
    pub id: String,
    /// What its rows are.
    pub rows: Rows,
    /// The class of its rows.
    pub class: NamedNode,
    /// The concept of ArchiMate that its rows are written as.
    pub concept: Option<&'static str>,
    /// Its name.
    pub names: Text,
    /// What it is for.
    pub help: Text,
    /// Which act or recommendation asks for it.
    pub basis: String,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    example: BTreeMap<String, Text>,
}

/// What the rows of a sheet are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rows {
    /// Things of the sheet's class.
    #[default]
    Things,
    /// What flows between two things.
    Integrations,
    /// Who answers for what.
    Responsibilities,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// The identifier.
    Id,
    /// The name.
    Name,
    /// The description.
    Description,
    /// Where an integration starts.
    Source,
    /// Where an integration leads.
    Target,
    /// Who has a responsibility.
    Actor,
    /// What a responsibility is for.
    Object,
    /// The kind of a responsibility.
    Responsibility,
    /// A property of the vocabulary.
    Property(NamedNode),
}

/// A column of a sheet.
#[derive(Clone, Debug)]
pub struct Column {
    /// What it holds.
    pub role: Role,
    /// Its header.
    pub names: Text,
    /// What to write in it.
    pub help: Text,
    /// Whether a row is of no use without it.
    pub required: bool,
    values: Values,
    key: String,
}

/// What may be chosen in a column.
#[derive(Clone, Debug)]
enum Values {
    Free,
    Day,
    /// One of these words.
    Choices(Vec<Text>),
    /// The name of something on another sheet, whose rows have this class.
    Names(NamedNode),
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Guide {
    name: Text,
    #[serde(default)]
    lines: Vec<Text>,
    headings: Vec<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    file: Text,
    example: Text,
    guide: Guide,
    #[serde(default)]
    columns: BTreeMap<String, FileColumn>,
    sheets: Vec<FileSheet>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileColumn {
    names: Option<Text>,
    help: Option<Text>,
    #[serde(default)]
    choices: Vec<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileSheet {
    id: String,
    #[serde(default)]
    kind: Rows,
    class: String,
    concept: Option<String>,
    names: Text,
    help: Text,
    #[serde(default)]
    basis: String,
    columns: Vec<String>,
    #[serde(default)]
    example: BTreeMap<String, Text>,
}

impl Workbook {
    /// The workbook of an architecture description, `data/mappings/workbook.toml`.
    pub fn description() -> &'static Self {
        &WORKBOOKS[0] // FILES begins with it
    }

    /// The workbook of an investment proposal, `data/mappings/investment.toml`.
    pub fn investment() -> &'static Self {
        &WORKBOOKS[1] // FILES has it second
    }

    /// Every workbook that the program carries, by which sheets are known.
    pub fn all() -> &'static [Self] {
        &WORKBOOKS
    }

    /// Reads a description of a workbook.
    ///
    /// # Errors
    /// Text that is no TOML, an unknown field, a class, property or concept that the vocabulary lacks, a sheet
    /// whose rows could not be told, two sheets or columns of one name.
    ///
    /// ```
    /// use viite_exchange::workbook::Workbook;
    /// let text = r#"
    ///     name = "Small"
    ///     file = { en = "small" }
    ///     example = { en = "Example" }
    ///     guide = { name = { en = "Guide" }, headings = [] }
    ///     columns.id = { names = { en = "Identifier" } }
    ///     columns.name = { names = { en = "Name" } }
    ///     [[sheets]]
    ///     id = "projects"
    ///     class = "viite:Project"
    ///     names = { en = "Projects" }
    ///     help = { en = "Work of limited time" }
    ///     columns = ["id", "name*", "viite:owner"]
    /// "#;
    /// let workbook = Workbook::parse("small.toml", text)?;
    /// assert_eq!(workbook.sheets()[0].columns[2].names.fi.as_deref(), Some("Omistaja"));
    /// # Ok::<(), viite_exchange::MappingError>(())
    /// ```
    pub fn parse(file: &str, text: &str) -> Result<Self, MappingError> {
        let fail = |problem: String| MappingError { file: file.to_owned(), problem };
        let read: File = toml::from_str(text).map_err(|error| fail(error.to_string()))?;
        let mut workbook =
            Self { name: read.name, file: read.file, example: read.example, guide: read.guide, sheets: Vec::new() };
        for sheet in read.sheets {
            let at = format!("[[sheets]] '{}'", sheet.id);
            let sheet = parse_sheet(sheet, &read.columns).map_err(|problem| fail(format!("{at}: {problem}")))?;
            for language in Language::ALL {
                let name = sheet.names.get(language).unwrap_or_default();
                if workbook.sheets.iter().any(|other| other.names.get(language) == Some(name)) {
                    return Err(fail(format!("{at}: another sheet is called '{name}' too")));
                }
                // Excel takes no longer names, and none of these characters.
                if name.is_empty() || name.chars().count() > 31 || name.contains(['[', ']', ':', '*', '?', '/', '\\']) {
                    return Err(fail(format!("{at}: '{name}' cannot be the name of a sheet")));
                }
            }
            workbook.sheets.push(sheet);
        }
        Ok(workbook)
    }

    /// The sheets, in order.
    pub fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    /// The sheet of a name in any language, or of its id; a table of a set is called so as a file.
    pub(crate) fn sheet(name: &str) -> Option<&'static Sheet> {
        let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let key = label::key(file.strip_suffix(".csv").or_else(|| file.strip_suffix(".tsv")).unwrap_or(name));
        Self::all().iter().flat_map(|workbook| &workbook.sheets).find(|sheet| {
            label::key(&sheet.id) == key
                || Language::ALL.iter().any(|l| sheet.names.exact(*l).is_some_and(|n| label::key(n) == key))
        })
    }

    /// Whether a sheet tells how to fill the others, and holds nothing itself.
    pub(crate) fn is_guide(name: &str) -> bool {
        let key = label::key(name);
        Self::all().iter().any(|workbook| {
            let names = &workbook.guide.name;
            Language::ALL.iter().any(|language| names.exact(*language).is_some_and(|n| label::key(n) == key))
        })
    }

    /// Whether an identifier says that its row is an example.
    pub(crate) fn is_example(id: &str) -> bool {
        let key = label::key(id);
        Self::all().iter().any(|workbook| {
            let word = |language| workbook.example.exact(language).map(label::key);
            Language::ALL.into_iter().filter_map(word).any(|word| key == word || key.starts_with(&format!("{word}:")))
        })
    }
}

impl Sheet {
    /// The column that a header means, in any language.
    pub(crate) fn column(&self, header: &str) -> Option<&Column> {
        let key = label::key(header);
        self.columns.iter().find(|column| {
            column.key == key
                || Language::ALL.iter().any(|l| column.names.exact(*l).is_some_and(|name| label::key(name) == key))
        })
    }
}

impl Column {
    /// The word for yes or for no, in a column that asks.
    pub(crate) fn answer(&self, truth: bool, language: Language) -> Option<&str> {
        match &self.values {
            Values::Choices(words) => words.get(usize::from(!truth))?.get(language),
            _ => None,
        }
    }

    /// The words to choose from; none where anything may be written.
    pub(crate) fn choices(&self) -> &[Text] {
        match &self.values {
            Values::Choices(words) => words,
            _ => &[],
        }
    }
}

fn parse_sheet(read: FileSheet, described: &BTreeMap<String, FileColumn>) -> Result<Sheet, String> {
    let vocabulary = Vocabulary::shared();
    let class = term(&read.class)?;
    if vocabulary.label(&class, Language::En).is_none() {
        return Err(format!("the vocabulary has no class {}", read.class));
    }
    let concept = match &read.concept {
        None => None,
        Some(name) => match types::ELEMENTS.iter().find(|known| *known == name) {
            Some(known) => Some(*known),
            None => return Err(format!("ArchiMate 3.2 has no element type '{name}'")),
        },
    };
    let mut columns: Vec<Column> = Vec::new();
    for key in &read.columns {
        let column = parse_column(key, described)?;
        if columns.iter().any(|other| other.role == column.role) {
            return Err(format!("the column '{key}' stands twice"));
        }
        columns.push(column);
    }
    let has = |role: &Role| columns.iter().any(|column| column.role == *role);
    let told = match read.kind {
        Rows::Things => has(&Role::Name),
        Rows::Integrations => has(&Role::Source) && has(&Role::Target),
        Rows::Responsibilities => has(&Role::Actor) && has(&Role::Object) && has(&Role::Responsibility),
    };
    if !told {
        return Err(
            "it needs the column name; for integrations source and target; for responsibilities actor, object \
                    and responsibility"
                .to_owned(),
        );
    }
    if let Some(unknown) = read.example.keys().find(|key| !columns.iter().any(|column| column.key == **key)) {
        return Err(format!("the example has '{unknown}', which is no column"));
    }
    Ok(Sheet {
        id: read.id,
        rows: read.kind,
        class,
        concept,
        names: read.names,
        help: read.help,
        basis: read.basis,
        columns,
        example: read.example,
    })
}

fn parse_column(written: &str, described: &BTreeMap<String, FileColumn>) -> Result<Column, String> {
    let required = written.ends_with('*');
    let key = written.trim_end_matches('*');
    let described = described.get(key);
    let role = match key {
        "id" => Role::Id,
        "name" => Role::Name,
        "description" => Role::Description,
        "source" => Role::Source,
        "target" => Role::Target,
        "actor" => Role::Actor,
        "object" => Role::Object,
        "responsibility" => Role::Responsibility,
        _ => Role::Property(term(key)?),
    };
    let mut names = described.and_then(|column| column.names.clone()).unwrap_or_default();
    let mut help = described.and_then(|column| column.help.clone()).unwrap_or_default();
    let mut values = Values::Free;
    if let Role::Property(property) = &role {
        let vocabulary = Vocabulary::shared();
        let Some(known) = vocabulary.property(key) else {
            return Err(format!("the vocabulary has no property {key} that a column could hold"));
        };
        let from = |text: fn(&Vocabulary, &NamedNode, Language) -> Option<String>, into: &mut Text| {
            for (language, slot) in
                [(Language::Fi, &mut into.fi), (Language::Sv, &mut into.sv), (Language::En, &mut into.en)]
            {
                *slot = slot.take().or_else(|| text(vocabulary, property, language));
            }
        };
        from(|vocabulary, term, language| vocabulary.label(term, language).map(capital), &mut names);
        from(|vocabulary, term, language| vocabulary.definition(term, language).map(str::to_owned), &mut help);
        values = values_of(&known.value, property);
    }
    if let Some(column) = described.filter(|column| !column.choices.is_empty()) {
        values = Values::Choices(column.choices.clone());
    }
    if names.get(Language::En).is_none() {
        return Err(format!("the column '{key}' has no name: describe it as [columns.{key}]"));
    }
    Ok(Column { role, names, help, required, values, key: key.to_owned() })
}

fn values_of(value: &Value, property: &NamedNode) -> Values {
    let vocabulary = Vocabulary::shared();
    match value {
        Value::Boolean => Values::Choices(vec![
            Text { fi: Some("kyllä".into()), sv: Some("ja".into()), en: Some("yes".into()) },
            Text { fi: Some("ei".into()), sv: Some("nej".into()), en: Some("no".into()) },
        ]),
        Value::Date(_) => Values::Day,
        Value::Code(_) => {
            let codes = vocabulary.range(property).map(|class| vocabulary.codes(class)).unwrap_or_default();
            let label = |code, language| vocabulary.label(code, language).map(str::to_owned);
            Values::Choices(
                codes
                    .iter()
                    .map(|code| Text {
                        fi: label(code, Language::Fi),
                        sv: label(code, Language::Sv),
                        en: label(code, Language::En),
                    })
                    .collect(),
            )
        }
        Value::Thing { class: Some(class), .. } => Values::Names(class.clone()),
        _ => Values::Free,
    }
}

fn term(name: &str) -> Result<NamedNode, String> {
    ns::expand(name)
        .and_then(|iri| NamedNode::new(iri).ok())
        .ok_or_else(|| format!("'{name}' is neither a column that [columns] describes nor a term such as viite:owner"))
}

/// A label as a heading begins.
fn capital(label: &str) -> String {
    let mut characters = label.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_workbook_speaks_three_languages() {
        let workbook = Workbook::parse(FILES[0].0, FILES[0].1).unwrap();
        assert!(workbook.sheets.len() >= 14);
        for sheet in &workbook.sheets {
            assert_eq!(sheet.names.missing().count(), 0, "{}", sheet.id);
            for column in &sheet.columns {
                assert_eq!(column.names.missing().count(), 0, "{} {}", sheet.id, column.key);
                assert_eq!(column.help.missing().count(), 0, "{} {}", sheet.id, column.key);
            }
            for (index, column) in sheet.columns.iter().enumerate() {
                for language in Language::ALL {
                    let name = column.names.get(language).unwrap();
                    let same = sheet.columns.iter().position(|other| other.names.get(language) == Some(name));
                    assert_eq!(same, Some(index), "{} has two columns {name}", sheet.id);
                }
            }
        }
    }

    #[test]
    fn a_faulty_description_says_where_and_why() {
        let with = |sheet: &str| {
            let text = format!(
                "name='x'\nfile={{en='x'}}\nexample={{en='Example'}}\nguide={{name={{en='G'}},headings=[]}}\n\
                 [columns.name]\nnames={{en='Name'}}\n[[sheets]]\nid='s'\nnames={{en='S'}}\nhelp={{en='h'}}\n{sheet}"
            );
            Workbook::parse("w.toml", &text).unwrap_err().to_string()
        };
        assert!(with("class='viite:Spaceship'\ncolumns=['name']").contains("Spaceship"));
        assert!(with("class='viite:Project'\ncolumns=['viite:owner']").contains("needs the column name"));
        assert!(with("class='viite:Project'\ncolumns=['name','viite:nothing']").contains("viite:nothing"));
        assert!(with("class='viite:Project'\ncolumns=['name','nothing']").contains("'nothing'"));
        assert!(with("class='viite:Project'\nconcept='Ship'\ncolumns=['name']").contains("'Ship'"));
        assert!(with("class='viite:Project'\ncolumns=['name','name*']").contains("stands twice"));
    }

    #[test]
    fn a_row_whose_identifier_says_example_is_an_example() {
        assert!(Workbook::is_example("ESIMERKKI") && Workbook::is_example("Exempel: S001"));
        assert!(!Workbook::is_example("Esimerkkijärjestelmä") && !Workbook::is_example(""));
    }
}
