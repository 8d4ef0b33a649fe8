//! A nation that does not exist: 23 regions with systems, services, integrations and responsibilities.
//!
//! The same size gives the same nation, byte for byte. Its proportions follow what is known of real
//! models (a region of 10 000 systems is a large one); every name says that it is invented.

use std::io::{self, Write};

/// The number of regions.
pub(crate) const REGIONS: u64 = 23;

const VIITE: &str = "https://w3id.org/viite/ns#";
const REFERENCE: &str = "https://w3id.org/viite/reference/";
const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const LABEL: &str = "http://www.w3.org/2000/01/rdf-schema#label";
const DATE: &str = "http://www.w3.org/2001/XMLSchema#date";

/// Numbers that look random and are the same in every run (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % below
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.roll(100) < percent
    }
}

/// Writes N-Quads lines into one graph, and counts them.
struct Sink<W> {
    out: W,
    graph: String,
    written: u64,
}

impl<W: Write> Sink<W> {
    fn iri(&mut self, subject: &str, predicate: &str, object: &str) -> io::Result<()> {
        self.written += 1;
        writeln!(self.out, "<{subject}> <{predicate}> <{object}> <{}> .", self.graph)
    }

    fn literal(&mut self, subject: &str, predicate: &str, literal: &str) -> io::Result<()> {
        self.written += 1;
        writeln!(self.out, "<{subject}> <{predicate}> {literal} <{}> .", self.graph)
    }
}

/// Writes a nation of at least so many quads as N-Quads. Yields how many there are.
pub(crate) fn generate(quads: u64, out: impl Write) -> io::Result<u64> {
    let mut sink = Sink { out, graph: "https://w3id.org/viite/graph/reference/invented/1".into(), written: 0 };
    let mut dice = Dice(23);
    reference(&mut sink, quads)?;
    let mut round = 0;
    // One bundle for each region in turn, so that every region is as large as the others.
    while sink.written < quads {
        for region in 1..=REGIONS {
            sink.graph = format!("https://example.org/graph/region/X{region:02}/current/model.xml");
            bundle(&mut sink, &mut dice, region, round, quads)?;
        }
        round += 1;
    }
    sink.out.flush()?;
    Ok(sink.written)
}

/// The functions of a nation grow with it, so that a function has a handful of systems in a region.
fn functions(quads: u64) -> u64 {
    (quads / 2_000).max(200)
}

fn reference(sink: &mut Sink<impl Write>, quads: u64) -> io::Result<()> {
    for region in 1..=REGIONS {
        let iri = format!("{REFERENCE}region/X{region:02}");
        sink.iri(&iri, TYPE, &format!("{VIITE}Region"))?;
        sink.literal(&iri, LABEL, &format!("\"Keksitty alue {region}\"@fi"))?;
    }
    for function in 0..functions(quads) {
        let iri = format!("{REFERENCE}function/f{function}");
        sink.iri(&iri, TYPE, &format!("{VIITE}Function"))?;
        sink.literal(&iri, LABEL, &format!("\"Keksitty tehtävä {function}\"@fi"))?;
        sink.literal(&iri, LABEL, &format!("\"Påhittad uppgift {function}\"@sv"))?;
    }
    for store in 0..12 {
        let iri = format!("{REFERENCE}service/s{store}");
        sink.iri(&iri, TYPE, &format!("{VIITE}NationalService"))?;
        sink.iri(&iri, &format!("{VIITE}masterOf"), &format!("{REFERENCE}data-group/d{store}"))?;
    }
    // The code list of data groups stands in the reference, and every region repeats part of it.
    for group in 0..200 {
        data_group(sink, group)?;
    }
    Ok(())
}

fn data_group(sink: &mut Sink<impl Write>, group: u64) -> io::Result<()> {
    let iri = format!("{REFERENCE}data-group/d{group}");
    sink.iri(&iri, TYPE, &format!("{VIITE}DataGroup"))?;
    sink.literal(&iri, LABEL, &format!("\"Keksitty tietoryhmä {group}\"@fi"))
}

/// A system with its integration, its responsibility and sometimes a service and a part.
fn bundle(sink: &mut Sink<impl Write>, dice: &mut Dice, region: u64, round: u64, quads: u64) -> io::Result<()> {
    let viite = |name: &str| format!("{VIITE}{name}");
    let thing = |kind: &str, number: u64| format!("https://example.org/region/X{region:02}/{kind}-{number}");
    let region_iri = format!("{REFERENCE}region/X{region:02}");
    let system = thing("system", round);
    if round < 40 {
        data_group(sink, (round * 5 + region) % 200)?;
    }
    sink.iri(&system, TYPE, &viite("InformationSystem"))?;
    sink.literal(&system, LABEL, &format!("\"Keksitty järjestelmä {region}-{round}\"@fi"))?;
    sink.iri(&system, &viite("inRegion"), &region_iri)?;
    // About one in five hundred identifiers is used twice.
    let id = if round > 0 && dice.roll(500) == 0 { dice.roll(round) } else { round };
    sink.literal(&system, &viite("sourceId"), &format!("\"id-{region}-{id}\""))?;
    let first = dice.roll(functions(quads));
    let second = (first + 1 + dice.roll(functions(quads) - 1)) % functions(quads);
    for function in [first, second].into_iter().take(1 + dice.roll(2) as usize) {
        sink.iri(&system, &viite("function"), &format!("{REFERENCE}function/f{function}"))?;
    }
    let group = dice.roll(200);
    sink.iri(&system, &viite("dataGroup"), &format!("{REFERENCE}data-group/d{group}"))?;
    if dice.chance(90) {
        sink.iri(&system, &viite("owner"), &thing("unit", round / 50))?;
    }
    if round > 0 {
        sink.iri(&system, &viite("partOf"), &thing("system", (round - 1) / 4))?;
    }
    if dice.roll(20_000) == 0 {
        sink.literal(&system, &viite("validUntil"), &format!("\"2027-12-31\"^^<{DATE}>"))?;
    }

    let integration = thing("integration", round);
    sink.iri(&integration, TYPE, &viite("Integration"))?;
    sink.iri(&integration, &viite("inRegion"), &region_iri)?;
    sink.iri(&integration, &viite("source"), &system)?;
    let target = match dice.roll(4) {
        // The store that the data group belongs to, some other national service, or a neighbour.
        0 => format!("{REFERENCE}service/s{}", group % 12),
        1 => format!("{REFERENCE}service/s{}", dice.roll(12)),
        _ => thing("system", dice.roll(round + 1)),
    };
    sink.iri(&integration, &viite("target"), &target)?;
    sink.iri(&integration, &viite("dataGroup"), &format!("{REFERENCE}data-group/d{group}"))?;

    if dice.chance(80) {
        let responsibility = thing("responsibility", round);
        sink.iri(&responsibility, TYPE, &viite("Responsibility"))?;
        sink.iri(&responsibility, &viite("object"), &system)?;
        sink.iri(&responsibility, &viite("actor"), &thing("unit", dice.roll(round / 50 + 1)))?;
        sink.iri(&responsibility, &viite("responsibilityKind"), &viite("Accountable"))?;
    }
    if round.is_multiple_of(3) {
        let service = thing("service", round);
        sink.iri(&service, TYPE, &viite("Service"))?;
        sink.literal(&service, LABEL, &format!("\"Keksitty palvelu {region}-{round}\"@fi"))?;
        sink.iri(&service, &viite("inRegion"), &region_iri)?;
        sink.iri(&service, &viite("uses"), &system)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_size_gives_the_same_nation() {
        let nation = || {
            let mut out = Vec::new();
            (generate(20_000, &mut out).unwrap(), out)
        };
        let (quads, lines) = nation();
        assert!((20_000..21_000).contains(&quads));
        assert_eq!(lines.iter().filter(|byte| **byte == b'\n').count() as u64, quads);
        assert!(nation() == (quads, lines));
    }
}
