//! What the harness leaves out, and why.

/// Whole folders.
const FOLDERS: &[(&str, &str)] = &[
    ("entailment", "entailment regimes: Viite answers from the stated triples"),
    ("service", "SERVICE: Viite asks no other endpoint"),
    ("protocol", "the SPARQL protocol: about HTTP, not about the evaluator"),
    ("graph-store-protocol", "the graph store protocol: about HTTP, not about the evaluator"),
    ("service-description", "service descriptions: about HTTP, not about the evaluator"),
];

/// Single tests.
pub(crate) const TESTS: &[(&str, &str)] =
    &[("functions#bnode01", "spareval: BNODE(\"x\") gives the same node in every solution, not only within one")];

/// Why a test is left out, if it is.
pub(crate) fn reason(name: &str) -> Option<&'static str> {
    let folder = name.split('#').next().unwrap_or_default();
    FOLDERS
        .iter()
        .find(|(known, _)| *known == folder)
        .or_else(|| TESTS.iter().find(|(known, _)| *known == name))
        .map(|(_, reason)| *reason)
}
