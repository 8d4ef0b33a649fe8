//! For people: how much first, then what, the nearest first.

use super::words::{Words, words};
use crate::{Hub, Impact, Reached, Thing, derive::Derived};
use std::{
    collections::BTreeMap,
    io::{self, Write},
};
use viite_model::Language;

/// How a text is shown.
#[derive(Clone, Copy, Debug)]
pub struct TextOptions {
    /// The language of its words.
    pub language: Language,
    /// Rows of each list; the rest is counted. None shows all.
    pub limit: Option<usize>,
}

/// What depends on a thing, or what it depends on; with what is derived, if that was asked for.
///
/// # Errors
/// When the writer refuses.
pub fn impact(
    impact: &Impact,
    derived: Option<&[Derived]>,
    options: TextOptions,
    mut to: impl Write,
) -> io::Result<()> {
    let words = words(options.language);
    writeln!(to, "{}", named(&impact.thing, words))?;
    if impact.reached.is_empty() {
        writeln!(to, "\n{}", words.nothing(impact.direction))?;
    } else {
        let direct = impact.reached.iter().filter(|reached| reached.distance == 1).count();
        let heading = words.heading(impact.direction);
        writeln!(to, "\n{heading}: {} ({direct} {})", impact.reached.len(), words.directly)?;
        counted(words.by_region, &impact.regions, words, &mut to)?;
        counted(words.by_class, &impact.classes, words, &mut to)?;
        for group in impact.reached.chunk_by(|a, b| a.distance == b.distance) {
            let distance = group[0].distance;
            if distance == 1 {
                writeln!(to, "\n  {}", words.directly)?;
            } else {
                writeln!(to, "\n  {distance} {}", words.steps)?;
            }
            let shown = options.limit.unwrap_or(group.len()).min(group.len());
            for reached in &group[..shown] {
                writeln!(to, "    {}", row(reached, words))?;
            }
            rest(group.len() - shown, words, &mut to)?;
        }
        if impact.goes_on {
            writeln!(to, "\n{}", words.deeper)?;
        }
    }
    if !impact.cycle.is_empty() {
        writeln!(to, "\n{}: {}", words.cycle, names(&impact.cycle, options))?;
    }
    let Some(derived) = derived else { return Ok(()) };
    if derived.is_empty() {
        return writeln!(to, "\n{}", words.no_derived);
    }
    writeln!(to, "\n{}", words.derived)?;
    let shown = options.limit.unwrap_or(derived.len()).min(derived.len());
    for one in &derived[..shown] {
        writeln!(
            to,
            "    {} – {} → {}  ({}; {} {})",
            one.source.name,
            one.label,
            one.target.name,
            words.rule(one.rule),
            words.through,
            one.through.join(", ")
        )?;
    }
    rest(derived.len() - shown, words, &mut to)
}

/// What several regions hang on, and what depends on itself.
///
/// # Errors
/// When the writer refuses.
pub fn hubs(hubs: &[Hub], cycles: &[Vec<Thing>], options: TextOptions, mut to: impl Write) -> io::Result<()> {
    let words = words(options.language);
    if hubs.is_empty() {
        writeln!(to, "{}", words.no_hubs)?;
    } else {
        writeln!(to, "{}: {}", words.hubs, hubs.len())?;
        let shown = options.limit.unwrap_or(hubs.len()).min(hubs.len());
        for hub in &hubs[..shown] {
            writeln!(
                to,
                "    {}  {} {} ({}), {} {}",
                named(&hub.thing, words),
                hub.regions.len(),
                words.regions,
                some(&hub.regions),
                hub.dependents,
                words.dependents
            )?;
        }
        rest(hubs.len() - shown, words, &mut to)?;
    }
    if cycles.is_empty() {
        return writeln!(to, "\n{}", words.no_cycles);
    }
    writeln!(to, "\n{}: {}", words.cycles, cycles.len())?;
    let shown = options.limit.unwrap_or(cycles.len()).min(cycles.len());
    for cycle in &cycles[..shown] {
        writeln!(to, "    {}: {}", cycle.len(), names(cycle, options))?;
    }
    rest(cycles.len() - shown, words, &mut to)
}

/// Codes that stand in a line; the rest is only counted, and JSON has them all.
fn some(codes: &[String]) -> String {
    const SOME: usize = 6;
    let rest = codes.len().saturating_sub(SOME);
    let shown = codes[..codes.len() - rest].join(", ");
    if rest > 0 { format!("{shown}, … {rest}") } else { shown }
}

fn counted(heading: &str, counts: &BTreeMap<String, usize>, words: &Words, to: &mut impl Write) -> io::Result<()> {
    let name = |name: &str| if name.is_empty() { words.nation.to_owned() } else { name.to_owned() };
    let counts: Vec<String> = counts.iter().map(|(key, count)| format!("{} {count}", name(key))).collect();
    writeln!(to, "  {heading}: {}", counts.join(", "))
}

/// `Lifecare (05, information system)  integrates with, through Kanta`
fn row(reached: &Reached, words: &Words) -> String {
    let way = if reached.path.is_empty() {
        String::new()
    } else {
        format!(", {} {}", words.through, reached.path.join(" → "))
    };
    // An arrow shows how the relation reads: from the thing, or to it.
    let arrow = match reached.is_subject {
        Some(true) => "→ ",
        Some(false) => "← ",
        None => "↔ ",
    };
    format!("{}  {arrow}{}{way}", named(&reached.thing, words), reached.relation)
}

pub(super) fn named(thing: &Thing, words: &Words) -> String {
    let region = thing.region.as_deref().unwrap_or(words.nation);
    if thing.class.is_empty() {
        format!("{} ({region})", thing.name)
    } else {
        format!("{} ({}, {region})", thing.name, thing.class)
    }
}

fn names(things: &[Thing], options: TextOptions) -> String {
    let shown = options.limit.unwrap_or(things.len()).min(things.len());
    let mut names: Vec<&str> = things[..shown].iter().map(|thing| thing.name.as_str()).collect();
    if shown < things.len() {
        names.push("…");
    }
    names.join(", ")
}

fn rest(rest: usize, words: &Words, to: &mut impl Write) -> io::Result<()> {
    if rest > 0 { writeln!(to, "    … {rest} {}", words.more) } else { Ok(()) }
}
