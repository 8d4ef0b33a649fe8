//! `docs/rules/` is made of the rules and their cases. `make docs` writes it; without that this test tells when it is
//! stale.

mod clauses;
mod page;

use clauses::Clauses;
use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::Path,
};
use viite_check::{Library, Rule};

#[test]
fn the_pages_of_the_rules_say_what_the_rules_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let library = Library::shipped().unwrap();
    let clauses = Clauses::read(&root.join("data/reference"));
    let mut families: BTreeMap<&str, Vec<&Rule>> = BTreeMap::new();
    for rule in library.rules() {
        families.entry(&rule.family).or_default().push(rule);
    }
    let cases = |rule: &Rule| {
        let file = root.join("queries/checks").join(&rule.file).with_extension("cases.trig");
        fs::read_to_string(file).unwrap_or_default()
    };
    let mut pages: BTreeMap<String, String> = families
        .iter()
        .map(|(family, rules)| (format!("{family}.md"), page::family(family, rules, &clauses, cases)))
        .collect();
    pages.insert("README.md".to_owned(), page::index(&families, &clauses));
    pages.insert("clauses.md".to_owned(), page::clauses(&library, &clauses));

    let folder = root.join("docs/rules");
    if env::var_os("VIITE_WRITE_DOCS").is_some() {
        let _ = fs::remove_dir_all(&folder); // a family may have gone
        fs::create_dir_all(&folder).unwrap();
        for (name, page) in &pages {
            fs::write(folder.join(name), page).unwrap();
        }
    }
    let written: BTreeSet<String> = fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    let stale: Vec<&String> = pages
        .iter()
        .filter(|(name, page)| fs::read_to_string(folder.join(name)).unwrap_or_default() != **page)
        .map(|(name, _)| name)
        .chain(written.iter().filter(|name| !pages.contains_key(*name)))
        .collect();
    assert!(stale.is_empty(), "docs/rules is stale in {stale:?}: run 'make docs', and commit what it writes");
}
