//! The W3C's SHACL core suite, against our engine.
//!
//! It is not in this repository: set `VIITE_FIXTURES` to the folder `fixtures` beside which the folder `w3c` lies,
//! or put that folder at `../shared/w3c`. Without it the test says so and passes.
//!
//! `W3C_FILTER=text` runs only the tests whose name contains the text.

mod suite;

use std::path::{Path, PathBuf};
use suite::{Case, cases, report, same};
use viite_shapes::{Shapes, validate};
use viite_store::{Scope, Snapshot};

#[test]
fn the_w3c_core_suite_passes() {
    let Some(root) = suite_root() else {
        eprintln!("SKIPPED: no SHACL suite at $VIITE_FIXTURES/../w3c/shacl or ../shared/w3c/shacl");
        return;
    };
    let filter = std::env::var("W3C_FILTER").unwrap_or_default();
    let mut cases = cases(&root.join("tests/core/manifest.ttl"));
    cases.retain(|case| case.name.contains(&filter));
    let failed: Vec<_> =
        cases.iter().filter_map(|case| ours(case).err().map(|error| format!("{}: {error}", case.name))).collect();
    eprintln!("W3C SHACL core: {} of {} passed, none left out", cases.len() - failed.len(), cases.len());
    assert!(failed.is_empty(), "{} failed:\n{}", failed.len(), failed.join("\n"));
    if filter.is_empty() {
        assert!(cases.len() >= 98, "the suite is smaller than it was: only {} tests", cases.len());
    }
}

fn ours(case: &Case) -> Result<(), Box<dyn std::error::Error>> {
    let turtle = std::fs::read_to_string(&case.shapes)?;
    let shapes = Shapes::parse(&case.shapes.display().to_string(), &turtle)?;
    let snapshot = Snapshot::from_quads(suite::quads(&case.data))?;
    let validation = validate(&shapes, &snapshot, &Scope::default(), &Scope::default());
    same(&report(&validation.to_graph(), case.asks_messages), &case.expected)
}

fn suite_root() -> Option<PathBuf> {
    let shared = match std::env::var_os("VIITE_FIXTURES") {
        Some(fixtures) => PathBuf::from(fixtures).parent()?.to_owned(),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
    };
    let root = shared.join("w3c/shacl").canonicalize().ok()?;
    root.join("tests/core/manifest.ttl").exists().then_some(root)
}
