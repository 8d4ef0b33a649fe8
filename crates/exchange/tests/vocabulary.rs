//! The default mapping speaks of what the vocabulary has.

const ONTOLOGY: &str = concat!(
    include_str!("../../../ontology/viite.ttl"),
    include_str!("../../../ontology/description.ttl"),
    include_str!("../../../ontology/portfolio.ttl"),
    include_str!("../../../ontology/practice.ttl"),
);
const MAPPING: &str = include_str!("../../../data/mappings/archimate.toml");

#[test]
fn every_name_in_the_default_mapping_is_in_the_vocabulary() {
    let mut missing: Vec<&str> = MAPPING
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(|line| line.split('"'))
        .filter(|word| word.starts_with("viite:"))
        .filter(|name| !ONTOLOGY.contains(&format!("\n{name} a ")))
        .collect();
    missing.dedup();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(MAPPING.matches("\"viite:").count() > 100);
}
