//! Validates the vocabulary and the national reference with the SHACL engine of the rudof project, which shares no
//! code with ours. `make test-shapes` runs it.
//!
//! It also breaks the reference on purpose: an engine that finds nothing then is not looking.

use anyhow::{Context, Result, ensure};
use rudof_rdf::rdf_core::RDFFormat;
use rudof_rdf::rdf_impl::{OxigraphInMemory, ReaderMode};
use shacl::validator::processor::{GraphValidation, ShaclProcessor};
use shacl::validator::report::ValidationReport;
use shacl::validator::store::{Graph, ShaclDataManager};
use shacl::validator::{ShaclConfig, ShaclValidationMode};
use std::fs;
use std::path::Path;

/// What is wrong on purpose: a principle without a definition, and a measure whose end is no date.
const BROKEN: &str = r#"
<https://example.org/principle> a <https://w3id.org/viite/ns#Principle> .
<https://example.org/measure> a <https://w3id.org/viite/ns#Measure> ; <https://w3id.org/viite/ns#validUntil> "later" .
"#;

fn main() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let shapes = read(&root.join("ontology"), |name| name.starts_with("shapes"))?;
    let vocabulary = read(&root.join("ontology"), |name| !name.starts_with("shapes"))?;
    let reference = read(&root.join("data/reference"), |_| true)?;
    let data = format!("{vocabulary}\n{reference}");

    let report = validate(&shapes, &data)?;
    for result in report.results() {
        eprintln!("{} {} {:?}", result.focus_node(), result.constraint_component(), result.source());
    }
    ensure!(report.conforms(), "{} results: see above", report.results().len());

    let broken = validate(&shapes, &format!("{data}\n{BROKEN}"))?;
    for focus in ["https://example.org/principle", "https://example.org/measure"] {
        let found = broken.results().iter().any(|result| result.focus_node().to_string().contains(focus));
        ensure!(found, "nothing is found wrong with {focus}, which is broken on purpose");
    }
    println!("The vocabulary and the reference conform to ontology/shapes*.ttl, by the engine of rudof as well.");
    Ok(())
}

/// The Turtle files of a folder as one text.
fn read(folder: &Path, wanted: impl Fn(&str) -> bool) -> Result<String> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut files = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    files.sort();
    let mut text = String::new();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        if name.ends_with(".ttl") && wanted(&name) {
            text.push_str(&fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?);
            text.push('\n');
        }
    }
    Ok(text)
}

fn validate(shapes: &str, data: &str) -> Result<ValidationReport> {
    let turtle = RDFFormat::Turtle;
    let schema = ShaclDataManager::load(&mut shapes.as_bytes(), "shapes", &turtle, None)?;
    let store = OxigraphInMemory::from_reader(&mut data.as_bytes(), "data", &turtle, None, &ReaderMode::default())?;
    let mut processor = GraphValidation::from(Graph::from(store));
    Ok(processor.validate(&schema, &ShaclValidationMode::Native, &ShaclConfig::default())?)
}
