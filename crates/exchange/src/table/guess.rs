//! Proposes a mapping profile for a table of somebody's own.

use super::columns::{self, Columns, Kind};
use super::grid::Grid;
use super::{archi_csv, cell, header};
use crate::loss::LossReport;
use crate::mapping::Mapping;
use crate::text::beginning;
use crate::workbook::Workbook;
use crate::{Vocabulary, import};
use std::fmt::Write;
use viite_model::{Language, ns};

/// How alike two names must be for one to be proposed for the other.
const LIKELY: f64 = 0.45;

/// A profile for the tables of a file: what is known stands as it is read, the rest as comments with what is nearest.
///
/// # Errors
/// A file that holds no tables, or that cannot be read.
///
/// ```
/// let table = "EntityId;Järjestelmänimi;Omistajaorg;Kriittisyys\n1;Effica;Terveys;A\n";
/// let profile = viite_exchange::guess("systems.csv", table.as_bytes(), viite_exchange::Mapping::archimate())?;
/// assert!(profile.contains("\"Kriittisyys\" = \"viite:criticality\""));
/// assert!(viite_exchange::Mapping::parse("guess.toml", &profile).is_ok());
/// # Ok::<(), viite_exchange::ReadError>(())
/// ```
pub fn guess(file: &str, bytes: &[u8], mapping: &Mapping) -> Result<String, crate::ReadError> {
    let limits = crate::Limits::default();
    let mut losses = LossReport::new(file, 0);
    let grids = import::grids(file, bytes, &limits, &mut losses)?;
    let mut profile = format!(
        "# Proposed from {}. Lines with # are for you to decide: write a property of the vocabulary (viite query lists\n\
         # them), id, name, description, source, target, actor, object or responsibility, or \"-\" to leave a column out.\n\
         name = {}\n",
        cell::line(file),
        quoted(file)
    );
    for grid in grids {
        if !Workbook::is_guide(&grid.name) {
            table(&mut profile, file, grid, mapping, &mut losses);
        }
    }
    Ok(profile)
}

fn table(profile: &mut String, file: &str, grid: Grid, mapping: &Mapping, losses: &mut LossReport) {
    let name = grid.name.clone();
    let Some(table) = header::find(grid, None, |text| columns::is_header(text, &name, mapping), losses) else { return };
    if archi_csv::part(&table).is_some() {
        let _ = writeln!(profile, "\n# {}: a table of Archi's own export, which needs no profile", cell::line(&name));
        return;
    }
    let columns = Columns::of(&table.header, &name, file, mapping);
    // Writing to a string does not fail.
    let _ = writeln!(profile, "\n[[tables]]\nnames = [{}]", quoted(&name));
    match &columns.kind {
        Kind::Things(concept, class) => {
            if let Some(concept) = concept {
                let _ = writeln!(profile, "concept = {}", quoted(concept));
            }
            if let Some(class) = class {
                let _ = writeln!(profile, "class = {}", quoted(&ns::shorten(class.as_str())));
            }
        }
        Kind::Integrations => profile.push_str("rows = \"integrations\"\n"),
        Kind::Responsibilities => profile.push_str("rows = \"responsibilities\"\n"),
        Kind::Unknown => profile.push_str("# class = \"viite:InformationSystem\"   # what are the rows?\n"),
    }
    profile.push_str("[tables.columns]\n");
    let roles = [
        (columns.id, "id"),
        (columns.name, "name"),
        (columns.description, "description"),
        (columns.source, "source"),
        (columns.target, "target"),
        (columns.actor, "actor"),
        (columns.object, "object"),
        (columns.responsibility, "responsibility"),
    ];
    for (column, header) in table.header.iter().enumerate().filter(|(_, header)| !header.is_empty()) {
        let example = table.rows.iter().find_map(|row| row.text(column)).map(cell::line).unwrap_or_default();
        let example = if example.is_empty() { String::new() } else { format!("   # {}", beginning(&example, 60)) };
        let role = roles.iter().find(|(at, _)| *at == Some(column)).map(|(_, role)| (*role).to_owned());
        let property = || {
            let key = columns.properties.iter().find(|property| property.column == column)?.key.as_str();
            let known = mapping.property(key)?.predicate.as_ref()?;
            Some(ns::shorten(known.as_str()))
        };
        let key = quoted(header);
        if table.header[..column].contains(header) {
            let _ = writeln!(profile, "# {key} stands twice in the header row");
        } else if let Some(meaning) = role.or_else(property) {
            let _ = writeln!(profile, "{key} = {}{example}", quoted(&meaning));
        } else if mapping.property(header).is_some() {
            let _ = writeln!(profile, "# {key} says what a row is, by the mapping '{}'{example}", mapping.name);
        } else if let Some((near, label)) = nearest(header) {
            let _ = writeln!(profile, "# {key} = {}   # {label}?{}", quoted(&near), example.replacen("   #", ";", 1));
        } else {
            let _ = writeln!(profile, "# {key} = \"-\"{example}");
        }
    }
}

/// The property whose name is most like a header, with its label.
fn nearest(header: &str) -> Option<(String, String)> {
    let vocabulary = Vocabulary::shared();
    let labels = vocabulary.labels_of_properties();
    let scored = labels.map(|(property, label)| (likeness(header, label), property, label));
    let best = scored.max_by(|left, right| left.0.total_cmp(&right.0)).filter(|best| best.0 >= LIKELY)?;
    let label = vocabulary.label(best.1, Language::En).unwrap_or(best.2);
    Some((ns::shorten(best.1.as_str()), label.to_owned()))
}

/// How many pairs of letters two names share (Dice).
fn likeness(left: &str, right: &str) -> f64 {
    let pairs = |text: &str| {
        let letters: Vec<char> = viite_model::label::key(text).chars().filter(|c| c.is_alphanumeric()).collect();
        letters.windows(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>()
    };
    let (left, mut right) = (pairs(left), pairs(right));
    let all = left.len() + right.len();
    let shared =
        left.iter().filter(|pair| right.iter().position(|p| p == *pair).map(|at| right.swap_remove(at)).is_some());
    let shared = shared.count();
    if all == 0 { 0.0 } else { 2.0 * shared as f64 / all as f64 }
}

/// A TOML string.
fn quoted(text: &str) -> String {
    toml::Value::String(cell::line(text)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_proposed_column_by_column() {
        let text = "Salkku 2024;;;\nEntityId;Järjestelmänimi;Omistajaorganisaatio;Hakutekijät;Kriittisyys\n1;Effica;Terveys;x;A\n";
        let profile = guess("portfolio.csv", text.as_bytes(), Mapping::archimate()).unwrap();
        for line in [
            "names = [\"portfolio.csv\"]",
            "concept = \"ApplicationComponent\"",
            "\"EntityId\" = \"id\"   # 1",
            "\"Järjestelmänimi\" = \"name\"   # Effica",
            "# \"Omistajaorganisaatio\" = \"viite:owner\"   # owner?; Terveys",
            "\"Kriittisyys\" = \"viite:criticality\"   # A",
        ] {
            assert!(profile.contains(line), "{line}\n{profile}");
        }
        Mapping::parse("p.toml", &profile).unwrap();
    }
}
