//! The words of a comparison, in the three languages.

use super::Dimension;
use viite_model::{Language, State};

pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) differences: &'static str,
    pub(super) all: &'static str,
    pub(super) by: &'static str,
    pub(super) thing: &'static str,
    pub(super) carried: &'static str,
    pub(super) projects: &'static str,
    pub(super) yes: &'static str,
    pub(super) no: &'static str,
    pub(super) unknown: &'static str,
    pub(super) no_project: &'static str,
    pub(super) no_projects_at_all: &'static str,
    pub(super) in_both: &'static str,
    pub(super) only: &'static str,
    pub(super) untold: &'static str,
    pub(super) alike: &'static str,
    revision: &'static str,
    states: [&'static str; 2],
    dimensions: [&'static str; 4],
}

impl Words {
    pub(super) fn dimension(&self, by: Dimension) -> &'static str {
        self.dimensions[by as usize]
    }

    /// `Suolavuori, nykytila (versio 3)`
    pub(super) fn side(&self, side: &super::SideName) -> String {
        let state = self.states[match side.state {
            State::Current => 0,
            State::Target => 1,
        }];
        let revision = side.revision.map(|number| format!(" ({} {number})", self.revision)).unwrap_or_default();
        format!("{}, {state}{revision}", side.region.name)
    }
}

pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::En => &Words {
            title: "Comparison",
            differences: "Differences",
            all: "Everything",
            by: "kind",
            thing: "thing",
            carried: "carried by",
            projects: "projects that bring the change",
            yes: "has",
            no: "lacks",
            unknown: "cannot be told",
            no_project: "no described project closes this",
            no_projects_at_all: "no project is described: what closes the gap cannot be told",
            in_both: "in both",
            only: "only in",
            untold: "describes none, so what it lacks cannot be told",
            alike: "No difference in functions, services, integrations and data groups.",
            revision: "revision",
            states: ["current state", "target state"],
            dimensions: ["Functions", "Services", "Integrations", "Data groups"],
        },
        Language::Fi => &Words {
            title: "Vertailu",
            differences: "Erot",
            all: "Kaikki",
            by: "laji",
            thing: "kohde",
            carried: "toteuttaja",
            projects: "muutoksen tuovat hankkeet",
            yes: "on",
            no: "puuttuu",
            unknown: "ei pääteltävissä",
            no_project: "mikään kuvattu hanke ei toteuta tätä",
            no_projects_at_all: "hankkeita ei ole kuvattu: muutoksen toteuttajaa ei voi päätellä",
            in_both: "molemmissa",
            only: "vain",
            untold: "ei kuvaa yhtään, joten puuttuvaa ei voi päätellä",
            alike: "Toiminnoissa, palveluissa, liittymissä ja tietoryhmissä ei ole eroja.",
            revision: "versio",
            states: ["nykytila", "tavoitetila"],
            dimensions: ["Toiminnot", "Palvelut", "Liittymät", "Tietoryhmät"],
        },
        Language::Sv => &Words {
            title: "Jämförelse",
            differences: "Skillnader",
            all: "Allt",
            by: "slag",
            thing: "objekt",
            carried: "bärs av",
            projects: "projekt som genomför ändringen",
            yes: "finns",
            no: "saknas",
            unknown: "kan inte avgöras",
            no_project: "inget beskrivet projekt genomför detta",
            no_projects_at_all: "inga projekt är beskrivna: vad som genomför ändringen kan inte avgöras",
            in_both: "i båda",
            only: "endast i",
            untold: "beskriver inga, så vad som saknas kan inte avgöras",
            alike: "Funktionerna, tjänsterna, anslutningarna och datagrupperna skiljer sig inte åt.",
            revision: "version",
            states: ["nuläge", "målbild"],
            dimensions: ["Funktioner", "Tjänster", "Anslutningar", "Datagrupper"],
        },
    }
}
