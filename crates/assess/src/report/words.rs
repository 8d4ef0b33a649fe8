//! The words of an assessment, in the three languages.

use crate::{
    measure::{Gap, Share, Verdict},
    reference::Operator,
    statement::Fault,
};
use viite_model::{Language, Outcome, State};

pub(super) struct Words {
    /// Meets, does not meet, fact missing.
    verdicts: [&'static str; 3],
    /// Follows, does not follow, open.
    follows: [&'static str; 3],
    /// Greater than, at least, at most, equal to.
    operators: [&'static str; 4],
    /// The whole cost, its yearly share.
    shares: [&'static str; 2],
    states: [&'static str; 2],
    outcomes: [&'static str; 4],
    pub(super) title: &'static str,
    pub(super) criterion: &'static str,
    pub(super) criteria: &'static str,
    pub(super) findings: &'static str,
    pub(super) thing: &'static str,
    pub(super) what: &'static str,
    pub(super) quantity: &'static str,
    pub(super) value: &'static str,
    pub(super) threshold: &'static str,
    pub(super) margin: &'static str,
    pub(super) outcome: &'static str,
    pub(super) clause: &'static str,
    pub(super) investment: &'static str,
    pub(super) state: &'static str,
    pub(super) missing: &'static str,
    pub(super) of: &'static str,
    pub(super) exactly: &'static str,
    pub(super) over: &'static str,
    pub(super) under: &'static str,
    pub(super) comparison: &'static str,
    pub(super) what_follows: &'static str,
    pub(super) procedure: &'static str,
    pub(super) because: &'static str,
    pub(super) depends_on: &'static str,
    pub(super) by_whom: &'static str,
    pub(super) now: &'static str,
    pub(super) decision_level: &'static str,
    pub(super) not_named: &'static str,
    pub(super) clock: &'static str,
    pub(super) rules: &'static str,
    pub(super) rule: &'static str,
    pub(super) finding: &'static str,
    pub(super) no_findings: &'static str,
    pub(super) none: &'static str,
    pub(super) share: &'static str,
    pub(super) years: &'static str,
    pub(super) regions: &'static str,
    pub(super) periods: &'static str,
    /// One, and several.
    pub(super) investments: [&'static str; 2],
    pub(super) to_be_assessed: &'static str,
    pub(super) open: &'static str,
    pub(super) own: &'static str,
    no_number: &'static str,
    negative: &'static str,
    zero: &'static str,
    pub(super) implausible: &'static str,
    no_yes_or_no: &'static str,
    several: &'static str,
}

impl Words {
    pub(super) fn verdict(&self, verdict: Verdict) -> &'static str {
        self.verdicts[verdict as usize]
    }

    pub(super) fn follows(&self, verdict: Verdict) -> &'static str {
        self.follows[verdict as usize]
    }

    pub(super) fn operator(&self, operator: Operator) -> &'static str {
        self.operators[operator as usize]
    }

    pub(super) fn share(&self, share: Share) -> &'static str {
        self.shares[share as usize]
    }

    pub(super) fn found(&self, outcome: Outcome) -> &'static str {
        self.outcomes[outcome as usize]
    }

    pub(super) fn state(&self, state: State) -> &'static str {
        self.states[state as usize]
    }

    /// A property that is missing, and why what is said of it cannot be used.
    pub(super) fn gap(&self, label: &str, gap: &Gap) -> String {
        match &gap.fault {
            None => label.to_owned(),
            Some(Fault::NoNumber(text)) => format!("{label} (”{text}” {})", self.no_number),
            Some(Fault::Zero(text)) => format!("{label} ({text}: {})", self.zero),
            Some(Fault::Negative(text)) => format!("{label} ({text} {})", self.negative),
            Some(Fault::NoYesOrNo(text)) => format!("{label} (”{text}” {})", self.no_yes_or_no),
            Some(Fault::Several(texts)) => format!("{label} ({}: {})", self.several, texts.join("; ")),
        }
    }
}

pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::Fi => &FI,
        Language::Sv => &SV,
        Language::En => &EN,
    }
}

static EN: Words = Words {
    verdicts: ["meets", "does not meet", "fact missing"],
    follows: ["follows", "does not follow", "open"],
    operators: ["more than", "at least", "at most", "exactly"],
    shares: ["whole life-cycle cost", "yearly share"],
    states: ["current state", "target state"],
    outcomes: ["violates", "not assessable", "accepted deviation", "conforms"],
    title: "Assessment of investments",
    criterion: "criterion",
    criteria: "criteria",
    findings: "findings",
    thing: "thing",
    what: "what it means",
    quantity: "quantity",
    value: "value",
    threshold: "threshold",
    margin: "margin",
    outcome: "outcome",
    clause: "clause",
    investment: "investment",
    state: "state",
    missing: "missing:",
    of: "of",
    exactly: "exactly at the limit",
    over: "over by",
    under: "below by",
    comparison: "only to compare with",
    what_follows: "What follows",
    procedure: "procedure",
    because: "because of",
    depends_on: "depends on",
    by_whom: "by",
    now: "now",
    decision_level: "decided at",
    not_named: "a level that the source does not name",
    clock: "yearly clock",
    rules: "Portfolio, phases, decisions, benefits",
    rule: "rule",
    finding: "finding",
    no_findings: "The rules of investments found nothing.",
    none: "No investments are described here: add them with 'viite import', or name the file of a proposal.",
    share: "Life-cycle cost against yearly income: the source leaves open which part of it is meant. Deciding here (--share):",
    years: "years",
    regions: "regions",
    periods: "accounting periods",
    investments: ["investment assessed", "investments assessed"],
    to_be_assessed: "to be assessed jointly or proposed",
    open: "open for want of facts",
    own: "for the region's own decision",
    no_number: "is no number",
    negative: "is negative",
    zero: "nothing can be a share of zero",
    implausible: "more than the whole; check the amounts and their units",
    no_yes_or_no: "is neither yes nor no",
    several: "several values",
};

static FI: Words = Words {
    verdicts: ["täyttyy", "ei täyty", "tieto puuttuu"],
    follows: ["seuraa", "ei seuraa", "avoin"],
    operators: ["enemmän kuin", "vähintään", "enintään", "tasan"],
    shares: ["koko elinkaarikustannus", "vuosiosuus"],
    states: ["nykytila", "tavoitetila"],
    outcomes: ["rikkoo", "ei arvioitavissa", "hyväksytty poikkeama", "täyttää"],
    title: "Investointien arviointi",
    criterion: "peruste",
    criteria: "perusteet",
    findings: "havainnot",
    thing: "kohde",
    what: "mitä se tarkoittaa",
    quantity: "suure",
    value: "arvo",
    threshold: "raja-arvo",
    margin: "ero rajaan",
    outcome: "tulos",
    clause: "kohta",
    investment: "investointi",
    state: "tila",
    missing: "puuttuu:",
    of: "/",
    exactly: "tasan rajalla",
    over: "ylittää rajan:",
    under: "alittaa rajan:",
    comparison: "vain vertailuksi",
    what_follows: "Mitä seuraa",
    procedure: "menettely",
    because: "perusteet",
    depends_on: "riippuu tiedoista",
    by_whom: "kuka",
    now: "nyt",
    decision_level: "päätöstaso",
    not_named: "lähde ei nimeä tasoa",
    clock: "vuosikello",
    rules: "Salkku, vaiheet, päätökset, hyödyt",
    rule: "sääntö",
    finding: "havainto",
    no_findings: "Investointien säännöt eivät löytäneet huomautettavaa.",
    none: "Investointeja ei ole kuvattu: tuo ne komennolla 'viite import' tai anna esityksen tiedosto.",
    share: "Elinkaarikustannus ja vuoden tulorahoitus: lähde jättää auki, mitä osaa kustannuksesta verrataan. Tässä ratkaisee (--share):",
    years: "vuotta",
    regions: "aluetta",
    periods: "tilikautta",
    investments: ["investointi arvioitu", "investointia arvioitu"],
    to_be_assessed: "yhteiseen arviointiin tai esitykseen",
    open: "avoinna puuttuvien tietojen vuoksi",
    own: "alueen omaan päätökseen",
    no_number: "ei ole luku",
    negative: "on negatiivinen",
    zero: "nollasta ei voi laskea osuutta",
    implausible: "enemmän kuin koko summa; tarkista luvut ja niiden yksiköt",
    no_yes_or_no: "ei ole kyllä eikä ei",
    several: "useita arvoja",
};

static SV: Words = Words {
    verdicts: ["uppfylls", "uppfylls inte", "uppgift saknas"],
    follows: ["följer", "följer inte", "öppet"],
    operators: ["mer än", "minst", "högst", "exakt"],
    shares: ["hela livscykelkostnaden", "årlig del"],
    states: ["nuläge", "målbild"],
    outcomes: ["bryter mot", "kan inte bedömas", "godkänd avvikelse", "uppfyller"],
    title: "Bedömning av investeringar",
    criterion: "grund",
    criteria: "grunder",
    findings: "iakttagelser",
    thing: "objekt",
    what: "vad det innebär",
    quantity: "storhet",
    value: "värde",
    threshold: "gränsvärde",
    margin: "avstånd till gränsen",
    outcome: "utfall",
    clause: "punkt",
    investment: "investering",
    state: "läge",
    missing: "saknas:",
    of: "av",
    exactly: "exakt på gränsen",
    over: "över gränsen med",
    under: "under gränsen med",
    comparison: "endast som jämförelse",
    what_follows: "Vad som följer",
    procedure: "förfarande",
    because: "på grund av",
    depends_on: "beror på",
    by_whom: "vem",
    now: "nu",
    decision_level: "beslutsnivå",
    not_named: "källan anger ingen nivå",
    clock: "årsklockan",
    rules: "Portfölj, faser, beslut, nytta",
    rule: "regel",
    finding: "iakttagelse",
    no_findings: "Reglerna för investeringar hittade inget att anmärka på.",
    none: "Inga investeringar är beskrivna här: importera dem med 'viite import', eller ange filen med förslaget.",
    share: "Livscykelkostnaden mot årets inkomstfinansiering: källan lämnar öppet vilken del av kostnaden som avses. Här avgör (--share):",
    years: "år",
    regions: "regioner",
    periods: "räkenskapsperioder",
    investments: ["investering bedömd", "investeringar bedömda"],
    to_be_assessed: "till gemensam bedömning eller gemensamt förslag",
    open: "öppna eftersom uppgifter saknas",
    own: "för regionens eget beslut",
    no_number: "är inget tal",
    negative: "är negativt",
    zero: "av noll kan ingen andel räknas",
    implausible: "mer än hela summan; kontrollera talen och deras enheter",
    no_yes_or_no: "är varken ja eller nej",
    several: "flera värden",
};
