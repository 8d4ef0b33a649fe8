//! The words of the reports.

use crate::{Direction, derive::Rule};
use viite_model::Language;

pub(super) struct Words {
    pub(super) depends_on_it: &'static str,
    pub(super) it_depends_on: &'static str,
    pub(super) nothing_in: &'static str,
    pub(super) nothing_out: &'static str,
    pub(super) nation: &'static str,
    pub(super) by_region: &'static str,
    pub(super) by_class: &'static str,
    pub(super) directly: &'static str,
    pub(super) steps: &'static str,
    pub(super) through: &'static str,
    pub(super) more: &'static str,
    pub(super) deeper: &'static str,
    pub(super) cycle: &'static str,
    pub(super) cycles: &'static str,
    pub(super) no_cycles: &'static str,
    pub(super) hubs: &'static str,
    pub(super) no_hubs: &'static str,
    pub(super) regions: &'static str,
    pub(super) dependents: &'static str,
    pub(super) derived: &'static str,
    pub(super) no_derived: &'static str,
    pub(super) focus: &'static str,
    rules: [&'static str; 5],
}

impl Words {
    pub(super) fn heading(&self, direction: Direction) -> &'static str {
        match direction {
            Direction::In => self.depends_on_it,
            Direction::Out => self.it_depends_on,
        }
    }

    pub(super) fn nothing(&self, direction: Direction) -> &'static str {
        match direction {
            Direction::In => self.nothing_in,
            Direction::Out => self.nothing_out,
        }
    }

    pub(super) fn rule(&self, rule: Rule) -> &'static str {
        self.rules[rule as usize]
    }
}

pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::Fi => &Words {
            depends_on_it: "Tästä riippuu",
            it_depends_on: "Tämä riippuu näistä",
            nothing_in: "Mikään kuvattu ei riipu tästä. Mitä ei ole kuvattu, sitä ei tiedetä.",
            nothing_out: "Tämä ei riipu mistään kuvatusta. Mitä ei ole kuvattu, sitä ei tiedetä.",
            nation: "kansallinen",
            by_region: "Alueittain",
            by_class: "Lajeittain",
            directly: "suoraan",
            steps: "askeleen päässä",
            through: "kautta",
            more: "muuta (--limit 0 näyttää kaikki)",
            deeper: "Useammalla askeleella (--depth) löytyisi lisää.",
            cycle: "Kehä, jossa tämä on",
            cycles: "Kehät",
            no_cycles: "Kehiä ei ole.",
            hubs: "Kohteet, joiden varassa on useita alueita",
            no_hubs: "Minkään kuvatun varassa ei ole useita alueita.",
            regions: "aluetta",
            dependents: "riippuvaa",
            derived: "Johdetut suhteet (ei piirretty; ArchiMate 3.2, liite B.2)",
            no_derived: "Johdettuja suhteita ei ole.",
            focus: "tarkasteltava",
            rules: [
                "erikoistuminen",
                "rakenneketju",
                "riippuvuus rakenteen kautta",
                "virta tai käynnistys rakenteen kautta",
                "käynnistysketju",
            ],
        },
        Language::Sv => &Words {
            depends_on_it: "Beroende av detta",
            it_depends_on: "Detta är beroende av",
            nothing_in: "Inget som beskrivits är beroende av detta. Om det som inte beskrivits vet man inget.",
            nothing_out: "Detta är inte beroende av något som beskrivits. Om det som inte beskrivits vet man inget.",
            nation: "nationell",
            by_region: "Per region",
            by_class: "Per slag",
            directly: "direkt",
            steps: "steg bort",
            through: "via",
            more: "till (--limit 0 visar alla)",
            deeper: "Med fler steg (--depth) skulle mer hittas.",
            cycle: "Ringen som detta ingår i",
            cycles: "Ringar",
            no_cycles: "Det finns inga ringar.",
            hubs: "Sådant som flera regioner vilar på",
            no_hubs: "Flera regioner vilar inte på något som beskrivits.",
            regions: "regioner",
            dependents: "beroende",
            derived: "Härledda relationer (inte ritade; ArchiMate 3.2, bilaga B.2)",
            no_derived: "Det finns inga härledda relationer.",
            focus: "granskas",
            rules: [
                "specialisering",
                "strukturkedja",
                "beroende via struktur",
                "flöde eller utlösning via struktur",
                "utlösningskedja",
            ],
        },
        Language::En => &Words {
            depends_on_it: "What depends on it",
            it_depends_on: "What it depends on",
            nothing_in: "Nothing that is described depends on it. Of what is not described, nothing is known.",
            nothing_out: "It depends on nothing that is described. Of what is not described, nothing is known.",
            nation: "national",
            by_region: "By region",
            by_class: "By kind",
            directly: "directly",
            steps: "steps away",
            through: "through",
            more: "more (--limit 0 shows all)",
            deeper: "More steps (--depth) would reach more.",
            cycle: "The circle that it is in",
            cycles: "Circles",
            no_cycles: "There are no circles.",
            hubs: "What several regions hang on",
            no_hubs: "Nothing that is described has several regions hanging on it.",
            regions: "regions",
            dependents: "dependents",
            derived: "Derived relationships (not drawn; ArchiMate 3.2, Appendix B.2)",
            no_derived: "There are no derived relationships.",
            focus: "looked at",
            rules: [
                "specialisation",
                "structural chain",
                "dependency through structure",
                "flow or trigger through structure",
                "trigger chain",
            ],
        },
    }
}
