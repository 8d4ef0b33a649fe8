//! What `viite match` says, in three languages.

use viite_model::Language;

/// What is said, in one language.
pub(super) struct Words {
    pub(super) certain: &'static str,
    pub(super) perhaps: &'static str,
    pub(super) none: &'static str,
    pub(super) nothing_open: &'static str,
    pub(super) nothing_changed: &'static str,
    pub(super) how_to_decide: &'static str,
    /// What the list of open matches is called.
    pub(super) doubtful: &'static str,
    /// Accept and reject, to choose from.
    pub(super) verdicts: [&'static str; 2],
    reasons: [&'static str; 10],
}

impl Words {
    pub(super) fn reason(&self, reason: viite_review::Reason) -> &'static str {
        self.reasons[reason as usize]
    }
}

pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::Fi => &Words {
            certain: "varma",
            perhaps: "ehkä ",
            none: "ei vastinetta: mikään viitteen nimi ei sovi",
            nothing_open: "Epävarmoja vastineita ei ole.",
            nothing_changed: "Mikään ei muuttunut: tietovarastossa on jo sama sisältö.",
            doubtful: "Epävarmat vastineet",
            verdicts: ["hyväksy", "hylkää"],
            how_to_decide: "asiaa odottaa päätöstä: 'viite match accept ASIA [VASTINE]' tai 'viite match reject ASIA [VASTINE]'",
            reasons: [
                "tunniste",
                "nimi",
                "muu nimi",
                "taivutettu nimi",
                "nimi ja lisämerkintöjä",
                "yleinen sana",
                "usean asian nimi",
                "toisenlaisen asian nimi",
                "sisältää nimen",
                "samankaltainen nimi",
            ],
        },
        Language::Sv => &Words {
            certain: "säker ",
            perhaps: "kanske",
            none: "ingen motsvarighet: inget namn i referensen passar",
            nothing_open: "Det finns inga osäkra motsvarigheter.",
            nothing_changed: "Inget ändrades: samma innehåll finns redan.",
            doubtful: "Osäkra motsvarigheter",
            verdicts: ["godkänn", "avvisa"],
            how_to_decide: "saker väntar på beslut: 'viite match accept SAK [MOTSVARIGHET]' eller 'viite match reject SAK [MOTSVARIGHET]'",
            reasons: [
                "identifierare",
                "namn",
                "annat namn",
                "böjt namn",
                "namn med tillägg",
                "allmänt ord",
                "namn på flera saker",
                "namn på ett annat slags sak",
                "innehåller namnet",
                "liknande namn",
            ],
        },
        Language::En => &Words {
            certain: "certain",
            perhaps: "perhaps",
            none: "none: no name of the reference fits",
            nothing_open: "There are no doubtful matches.",
            nothing_changed: "Nothing changed: the repository says this already.",
            doubtful: "Doubtful matches",
            verdicts: ["accept", "reject"],
            how_to_decide: "elements wait for a decision: 'viite match accept ELEMENT [RESOURCE]' or 'viite match reject ELEMENT [RESOURCE]'",
            reasons: [
                "identifier",
                "name",
                "other name",
                "inflected name",
                "name with decoration",
                "common word",
                "name of several things",
                "name of another kind of thing",
                "contains the name",
                "similar name",
            ],
        },
    }
}
