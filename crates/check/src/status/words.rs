//! The words of the steering view.

use viite_model::Language;

pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) table: &'static str,
    pub(super) any_state: &'static str,
    pub(super) not_described: &'static str,
    pub(super) nobody_describes: &'static str,
    pub(super) no_rule: &'static str,
    pub(super) rules: &'static str,
    pub(super) change: &'static str,
    pub(super) since: &'static str,
    pub(super) earlier_outcome: &'static str,
}

pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::Fi => &Words {
            title: "Alueiden tilanne",
            table: "Linjauksittain",
            any_state: "tilasta riippumatta",
            not_described: "ei kuvattu",
            nobody_describes: "Ei kuvausta",
            no_rule: "Ei sääntöä, joten mitään ei voi sanoa",
            rules: "sääntöjä",
            change: "muutos",
            since: "muutos verrattuna revisioon",
            earlier_outcome: "aiempi tulos",
        },
        Language::Sv => &Words {
            title: "Läget i regionerna",
            table: "Per riktlinje",
            any_state: "oberoende av läge",
            not_described: "inte beskriven",
            nobody_describes: "Ingen beskrivning",
            no_rule: "Ingen regel, så ingenting kan sägas",
            rules: "regler",
            change: "förändring",
            since: "förändring jämfört med revision",
            earlier_outcome: "tidigare utfall",
        },
        Language::En => &Words {
            title: "How the regions stand",
            table: "By guideline",
            any_state: "whatever the state",
            not_described: "not described",
            nobody_describes: "Not described",
            no_rule: "No rule, so nothing can be said",
            rules: "rules",
            change: "change",
            since: "change since revision",
            earlier_outcome: "earlier outcome",
        },
    }
}
