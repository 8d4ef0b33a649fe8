//! The words around findings, in the three languages.

use viite_model::{Language, Outcome, Severity, State};

/// The words of one language.
pub(crate) struct Words {
    states: [&'static str; 2],
    severities: [&'static str; 3],
    outcomes: [&'static str; 4],
    pub(super) whole_repository: &'static str,
    pub(super) coverage: &'static str,
    pub(super) rule: &'static str,
    pub(super) concerned: &'static str,
    pub(super) missing_facts: &'static str,
    pub(crate) missing: &'static str,
    pub(super) vacuous: &'static str,
    pub(super) failed: &'static str,
    pub(super) nothing_described: &'static str,
    pub(super) no_findings: &'static str,
    pub(super) more: &'static str,
    pub(super) folded: &'static str,
    /// One, and several.
    pub(super) things: [&'static str; 2],
    /// One, and several.
    pub(super) rules_run: [&'static str; 2],
    pub(super) in_short: &'static str,
    pub(super) not_judged: &'static str,
    pub(super) more_here: &'static str,
    pub(super) accepted_by: &'static str,
    pub(super) until: &'static str,
}

impl Words {
    pub(crate) fn state(&self, state: State) -> &'static str {
        self.states[state as usize]
    }

    pub(super) fn severity(&self, severity: Severity) -> &'static str {
        self.severities[severity as usize]
    }

    pub(super) fn outcome(&self, outcome: Outcome) -> &'static str {
        self.outcomes[outcome as usize]
    }
}

/// The words of a language.
pub(crate) fn words(language: Language) -> &'static Words {
    match language {
        Language::Fi => &FI,
        Language::Sv => &SV,
        Language::En => &EN,
    }
}

static EN: Words = Words {
    states: ["current state", "target state"],
    severities: ["violation", "warning", "info"],
    outcomes: ["violating", "not assessable", "accepted deviation", "conforming"],
    whole_repository: "The whole repository",
    coverage: "Coverage",
    rule: "rule",
    concerned: "concerned",
    missing_facts: "Not assessable, and which fact is missing",
    missing: "missing:",
    vacuous: "Concerned nothing here, which is no pass",
    failed: "Could not be run",
    nothing_described: "Nothing is described here yet: import a file with 'viite import FILE --region CODE'.",
    no_findings: "No findings.",
    more: "more findings; --limit shows more of them",
    folded: "more of the kind; all of them:",
    things: ["thing judged", "things judged"],
    rules_run: ["rule run", "rules run"],
    in_short: "Findings by region and guideline",
    not_judged: "What could not be judged, and which fact is missing",
    more_here: "more",
    accepted_by: "accepted by",
    until: "until",
};

static FI: Words = Words {
    states: ["nykytila", "tavoitetila"],
    severities: ["rikkomus", "varoitus", "tieto"],
    outcomes: ["rikkoo", "ei arvioitavissa", "hyväksytty poikkeama", "täyttää"],
    whole_repository: "Koko tietovaranto",
    coverage: "Kattavuus",
    rule: "sääntö",
    concerned: "koskee",
    missing_facts: "Ei arvioitavissa, ja mikä tieto puuttuu",
    missing: "puuttuu:",
    vacuous: "Ei koskenut tässä mitään, mikä ei tarkoita hyväksyntää",
    failed: "Ei voitu ajaa",
    nothing_described: "Täällä ei ole vielä kuvattu mitään: tuo tiedosto komennolla 'viite import TIEDOSTO --region KOODI'.",
    no_findings: "Ei havaintoja.",
    more: "havaintoa lisää; --limit näyttää niistä enemmän",
    folded: "samanlaista lisää; kaikki:",
    things: ["kohde arvioitu", "kohdetta arvioitu"],
    rules_run: ["sääntö ajettu", "sääntöä ajettu"],
    in_short: "Havainnot alueittain ja linjauksittain",
    not_judged: "Mitä ei voitu arvioida, ja mikä tieto puuttuu",
    more_here: "lisää",
    accepted_by: "hyväksyjä",
    until: "voimassa",
};

static SV: Words = Words {
    states: ["nuläge", "målbild"],
    severities: ["överträdelse", "varning", "upplysning"],
    outcomes: ["bryter mot", "kan inte bedömas", "godkänd avvikelse", "uppfyller"],
    whole_repository: "Hela arkivet",
    coverage: "Täckning",
    rule: "regel",
    concerned: "berör",
    missing_facts: "Kan inte bedömas, och vilken uppgift som saknas",
    missing: "saknas:",
    vacuous: "Berörde ingenting här, vilket inte är ett godkännande",
    failed: "Kunde inte köras",
    nothing_described: "Ingenting är beskrivet här ännu: importera en fil med 'viite import FIL --region KOD'.",
    no_findings: "Inga iakttagelser.",
    more: "iakttagelser till; --limit visar fler av dem",
    folded: "likadana till; alla:",
    things: ["objekt bedömt", "objekt bedömda"],
    rules_run: ["regel körd", "regler körda"],
    in_short: "Iakttagelser per region och riktlinje",
    not_judged: "Vad som inte kunde bedömas, och vilken uppgift som saknas",
    more_here: "till",
    accepted_by: "godkänd av",
    until: "till",
};
