//! `docs/vocabulary.md` is made of `ontology/`. `make docs` writes it; without that this test tells when it is stale.

mod page;
mod terms;

use std::{env, fs, path::Path};

#[test]
fn the_vocabulary_page_says_what_the_ontology_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let page = page::write(&terms::Terms::read(&root.join("ontology")));
    let file = root.join("docs/vocabulary.md");
    if env::var_os("VIITE_WRITE_DOCS").is_some() {
        fs::write(&file, &page).unwrap();
    }
    let written = fs::read_to_string(&file).unwrap_or_default();
    assert!(written == page, "docs/vocabulary.md is stale: run 'make docs', and commit what it writes");
}
