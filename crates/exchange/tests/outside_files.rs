//! Reads models that others made: counts equal those in the files, and the same model in two formats
//! gives the same facts. The files are not part of the repository: `VIITE_FIXTURES` names their folder,
//! by default `../shared` beside the workspace.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use viite_exchange::{
    Fate, Import, Mapping, ReadOptions, WriteOptions, read, read_tables, write_tables, write_workbook,
};
use viite_model::{Language, Names, ns};

fn fixtures() -> Option<PathBuf> {
    let folder = std::env::var_os("VIITE_FIXTURES")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let fixtures = folder.join("fixtures");
    if fixtures.is_dir() {
        return Some(fixtures);
    }
    // Past the harness, which keeps what a passing test prints to itself.
    let told = format!("NOT RUN: no outside files at {}; set VIITE_FIXTURES to their folder\n", fixtures.display());
    std::io::stderr().write_all(told.as_bytes()).unwrap();
    None
}

fn import(path: &Path) -> Import {
    let names = Names::new("https://example.org/ea/").unwrap();
    let bytes = fs::read(path).unwrap();
    let name = path.file_name().unwrap().to_str().unwrap();
    read(name, &bytes, &ReadOptions::new(&names, "05")).unwrap_or_else(|error| panic!("{error}"))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
    files.sort();
    assert!(!files.is_empty(), "{} is empty", folder.display());
    files
}

/// The opening tags of a name, found without any XML reader.
fn tags<'t>(text: &'t str, name: &str) -> Vec<&'t str> {
    text.match_indices(&format!("<{name} "))
        .map(|(at, _)| {
            let mut quote = None;
            let end = text[at..]
                .find(|c| {
                    match (quote, c) {
                        (None, '"' | '\'') => quote = Some(c),
                        (Some(q), c) if q == c => quote = None,
                        (None, '>') => return true,
                        _ => {}
                    }
                    false
                })
                .unwrap();
            &text[at..=at + end]
        })
        .collect()
}

#[test]
fn counts_of_exchange_files_equal_those_in_the_files() {
    let Some(fixtures) = fixtures() else { return };
    for path in files(&fixtures.join("oef")) {
        let text = fs::read_to_string(&path).unwrap();
        let import = import(&path);
        print(&path, &import);
        assert_eq!(import.elements, tags(&text, "element").len() as u64);
        assert_eq!(import.relationships, tags(&text, "relationship").len() as u64);
        assert_eq!(import.properties, tags(&text, "property").len() as u64);
        assert_eq!(import.views, tags(&text, "view").len() as u64);
    }
}

#[test]
fn counts_of_archi_files_equal_those_in_the_files() {
    let Some(fixtures) = fixtures() else { return };
    for path in files(&fixtures.join("archimate")) {
        let text = fs::read_to_string(&path).unwrap();
        let import = import(&path);
        print(&path, &import);
        let all = tags(&text, "element");
        let of_type = |ending: &str| {
            let ends = |tag: &&&str| {
                let (_, after) = tag.split_once("xsi:type=\"").unwrap();
                after.split('"').next().unwrap().ends_with(ending)
            };
            all.iter().filter(ends).count()
        };
        let (relationships, views) = (of_type("Relationship"), of_type("DiagramModel"));
        assert_eq!(import.relationships, relationships as u64);
        assert_eq!(import.views, views as u64);
        assert_eq!(import.elements, (all.len() - relationships - views) as u64);
        assert_eq!(import.properties, tags(&text, "property").len() as u64);
    }
}

/// The facts that both formats of one model can express: not lines, folders, languages and layout.
fn comparable(import: &Import) -> BTreeSet<String> {
    import
        .triples
        .iter()
        .filter(|triple| {
            !["sourceLine", "sourceFile", "sourceId", "sourceFolder"]
                .iter()
                .any(|name| triple.predicate.as_str().ends_with(name))
        })
        .map(|triple| {
            let object = match &triple.object {
                oxrdf::Term::Literal(literal) => format!("\"{}\"", literal.value()),
                other => other.to_string(),
            };
            format!("{} {} {object}", triple.subject, triple.predicate)
        })
        .collect()
}

#[test]
fn the_same_model_in_two_formats_gives_the_same_facts() {
    let Some(fixtures) = fixtures() else { return };
    for name in ["ArchiSurance_V3", "EKOODI-fi", "toop-goopra-2-3", "VERA-4.1-nl"] {
        let archi = import(&fixtures.join(format!("archimate/{name}.archimate")));
        let exchange = import(&fixtures.join(format!("oef/{name}.xml")));
        assert_eq!(archi.elements, exchange.elements, "{name}");
        assert_eq!(archi.relationships, exchange.relationships, "{name}");
        let (archi, exchange) = (comparable(&archi), comparable(&exchange));
        // What stands in one of them only: nothing about elements and relationships.
        let different: Vec<&String> =
            archi.symmetric_difference(&exchange).filter(|fact| !about_views_or_the_model(fact)).collect();
        println!("{name}: {} facts in both", archi.intersection(&exchange).count());
        assert!(
            different.is_empty(),
            "{name}: {} facts differ, among them {:#?}",
            different.len(),
            &different[..different.len().min(10)]
        );
    }
}

/// Archi lets nobody draw a relationship that it does not allow. What there is was drawn in Archi when an older ArchiMate
/// allowed it (a node in a device, before 3.2; a component in a collaboration), or comes from another tool (an access that
/// begins at the data).
#[test]
fn few_relationships_of_others_models_are_not_allowed() {
    let Some(fixtures) = fixtures() else { return };
    let known = [
        ("EKOODI-fi.archimate", 13),
        ("OS2mo-da.archimate", 2),
        ("WHO_SMART_Guidelines.archimate", 1),
        ("toop-goopra-2-3.archimate", 2),
        ("uav-ref-cs.archimate", 13),
        ("EKOODI-fi.xml", 13),
        ("knutModels-nonArchi.xml", 1),
        ("toop-goopra-2-3.xml", 2),
    ];
    for path in ["archimate", "oef"].iter().flat_map(|folder| files(&fixtures.join(folder))) {
        let import = import(&path);
        let name = path.file_name().unwrap().to_str().unwrap();
        let illegal = import.losses.iter().filter(|loss| loss.kind == "not_allowed");
        let kinds: Vec<&str> = illegal.map(|loss| loss.told(Language::En).what).collect();
        let count = |kind: &&str| kind.rsplit_once('(').unwrap().1.trim_end_matches("×)").parse::<u64>().unwrap();
        let total: u64 = kinds.iter().map(count).sum();
        println!("{name}: {total} of {} relationships: {kinds:?}", import.relationships);
        assert_eq!(total, known.iter().find(|(file, _)| *file == name).map_or(0, |(_, count)| *count), "{name}");
    }
}

fn about_views_or_the_model(fact: &str) -> bool {
    fact.contains("/graph/region/")
        || fact.contains("viewpoint")
        || fact.contains("skos/core#note")
        || fact.contains("shownIn")
        || fact.contains("dc/terms/references")
}

#[test]
fn importing_twice_gives_the_same() {
    let Some(fixtures) = fixtures() else { return };
    for path in files(&fixtures.join("archimate")) {
        let (first, second) = (import(&path), import(&path));
        assert_eq!(first.triples, second.triples);
        assert_eq!(first.losses, second.losses);
    }
}

#[test]
fn every_turtle_file_of_the_archimate_ontology_is_read() {
    let Some(fixtures) = fixtures() else { return };
    for path in files(&fixtures.join("rdf/archimate-ontology/ontology")) {
        let (first, second) = (import(&path), import(&path));
        print(&path, &first);
        assert_eq!(first.triples, second.triples);
        assert!(first.triples.iter().all(|t| t.subject.is_named_node()));
    }
}

fn print(path: &Path, import: &Import) {
    let fate = |fate| import.losses.iter().filter(|loss| loss.fate == fate).count();
    println!(
        "{}: {}, {} elements, {} relationships, {} properties, {} views, {} triples; notes: {} lost, {} mended, {} kept",
        path.file_name().unwrap().display(),
        import.format,
        import.elements,
        import.relationships,
        import.properties,
        import.views,
        import.triples.len(),
        fate(Fate::Lost),
        fate(Fate::Mended),
        fate(Fate::Kept),
    );
}

/// Facts without where in a file they stood.
fn meaning(import: &Import) -> BTreeSet<String> {
    let place = ["sourceFile", "sourceLine", "sourceSheet", "sourceCell"];
    let said = |t: &&oxrdf::Triple| !place.contains(&t.predicate.as_str().strip_prefix(ns::VIITE).unwrap_or_default());
    import.triples.iter().filter(said).map(ToString::to_string).collect()
}

#[test]
fn what_a_workbook_says_of_a_model_its_tables_say_too_and_nothing_is_lost_the_second_time() {
    let Some(fixtures) = fixtures() else { return };
    let names = Names::new("https://example.org/ea/").unwrap();
    let reading = ReadOptions { language: Some(Language::Fi), ..ReadOptions::new(&names, "05") };
    let label = |_: &oxrdf::NamedNode| None;
    let writing = WriteOptions {
        names: &names,
        region: "05",
        language: Language::Fi,
        title: "Malli",
        mapping: Mapping::archimate(),
        label: &label,
    };
    for path in ["oef", "archimate"].iter().flat_map(|folder| files(&fixtures.join(folder))) {
        let model = import(&path);
        let name = path.file_name().unwrap().to_string_lossy();
        let (bytes, losses) = write_workbook(&model.triples, &writing).unwrap();
        let first = read("a.xlsx", &bytes, &reading).unwrap_or_else(|error| panic!("{name}: {error}"));
        let (tables, _) = write_tables(&model.triples, &writing).unwrap();
        let of_tables = read_tables("set", &tables, &reading).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(meaning(&first), meaning(&of_tables), "{name}");
        let (bytes, lost) = write_workbook(&first.triples, &writing).unwrap();
        assert!(lost.is_empty(), "{name}: {lost:#?}");
        let second = read("a.xlsx", &bytes, &reading).unwrap();
        assert_eq!(meaning(&first), meaning(&second), "{name}");
        println!(
            "{name}: {} of {} elements and {} of {} relationships in the workbook, {} kinds told as not carried",
            first.elements,
            model.elements,
            first.relationships,
            model.relationships,
            losses.len()
        );
    }
}
