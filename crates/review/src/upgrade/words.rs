//! The words of an upgrade, in the three languages.

use super::{Becomes, Recognised, ResourceChange};
use viite_model::Language;

pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) nothing: &'static str,
    pub(super) packages: &'static str,
    pub(super) new: &'static str,
    pub(super) facts: [&'static str; 2],
    pub(super) findings: &'static str,
    pub(super) no_findings: &'static str,
    pub(super) recognised: &'static str,
    pub(super) why: &'static str,
    pub(super) unknown_why: &'static str,
    pub(super) more: &'static str,
    pub(super) reference: &'static str,
    pub(super) becomes: &'static str,
    pub(super) region: &'static str,
    pub(super) state: &'static str,
    pub(super) states: [&'static str; 2],
    pub(super) rule: &'static str,
    pub(super) clause: &'static str,
    pub(super) thing: &'static str,
    pub(super) before: &'static str,
    pub(super) after: &'static str,
    pub(super) outcomes: [&'static str; 4],
    pub(super) no_finding: &'static str,
    becoming: [&'static str; 3],
    /// New, changed, gone.
    resources: [&'static str; 3],
    as_what: &'static str,
}

impl Words {
    pub(super) fn becoming(&self, becomes: Becomes) -> &'static str {
        self.becoming[becomes as usize]
    }

    /// `Suomi.fi Messages: owner: A → B`
    pub(super) fn resource(&self, resource: &ResourceChange) -> String {
        let properties: Vec<String> = resource
            .properties
            .iter()
            .map(|change| {
                let values = |values: &[String]| if values.is_empty() { "–".to_owned() } else { values.join(", ") };
                format!("{}: {} → {}", change.property, values(&change.before), values(&change.after))
            })
            .collect();
        let told = if properties.is_empty() {
            self.resources[resource.change.index()].to_owned()
        } else {
            properties.join("; ")
        };
        format!("{}: {told}", resource.label)
    }

    pub(super) fn recognised(&self, recognised: &Recognised) -> String {
        let resource = viite_model::ns::shorten(&recognised.resource);
        format!("{} {} {} ({resource})", recognised.label, self.as_what, recognised.resource_label)
    }
}

pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::En => &Words {
            title: "Upgrade of the reference",
            nothing: "The reference says the same as before: nothing would change.",
            packages: "Packages that differ",
            new: "new",
            facts: ["facts come", "facts go"],
            findings: "Findings that differ",
            no_findings: "No finding appears, disappears or changes.",
            recognised: "Recognised anew",
            why: "because",
            unknown_why: "the cause stands in no single resource that the finding names or its rule reads",
            more: "more",
            reference: "In no region",
            becomes: "what becomes of it",
            region: "region",
            state: "state",
            states: ["current state", "target state"],
            rule: "rule",
            clause: "clause",
            thing: "thing",
            before: "before",
            after: "after",
            outcomes: ["violating", "not assessable", "accepted deviation", "conforming"],
            no_finding: "no finding",
            becoming: ["appears", "changes", "disappears"],
            resources: ["new in the reference", "changed", "gone from the reference"],
            as_what: "is recognised as",
        },
        Language::Fi => &Words {
            title: "Viitteen päivitys",
            nothing: "Viite sanoo saman kuin ennen: mikään ei muuttuisi.",
            packages: "Paketit, jotka eroavat",
            new: "uusi",
            facts: ["tosiasiaa tulee", "tosiasiaa poistuu"],
            findings: "Havainnot, jotka eroavat",
            no_findings: "Mikään havainto ei ilmesty, poistu eikä muutu.",
            recognised: "Tunnistetaan uutena",
            why: "koska",
            unknown_why: "syy ei ole yhdessäkään resurssissa, jonka havainto nimeää tai jota sen sääntö lukee",
            more: "muuta",
            reference: "Ei millään alueella",
            becomes: "mitä sille tapahtuu",
            region: "alue",
            state: "tila",
            states: ["nykytila", "tavoitetila"],
            rule: "sääntö",
            clause: "kohta",
            thing: "kohde",
            before: "ennen",
            after: "jälkeen",
            outcomes: ["rikkoo", "ei arvioitavissa", "hyväksytty poikkeama", "täyttää"],
            no_finding: "ei havaintoa",
            becoming: ["ilmestyy", "muuttuu", "poistuu"],
            resources: ["uusi viitteessä", "muuttunut", "poistunut viitteestä"],
            as_what: "tunnistetaan:",
        },
        Language::Sv => &Words {
            title: "Uppgradering av referensen",
            nothing: "Referensen säger detsamma som förut: inget skulle ändras.",
            packages: "Paket som skiljer sig",
            new: "nytt",
            facts: ["fakta tillkommer", "fakta försvinner"],
            findings: "Iakttagelser som skiljer sig",
            no_findings: "Inga iakttagelser tillkommer, försvinner eller ändras.",
            recognised: "Känns igen på nytt",
            why: "eftersom",
            unknown_why: "orsaken finns inte i någon enskild resurs som iakttagelsen nämner eller regeln läser",
            more: "till",
            reference: "Inte i någon region",
            becomes: "vad som händer",
            region: "region",
            state: "tillstånd",
            states: ["nuläge", "målbild"],
            rule: "regel",
            clause: "punkt",
            thing: "objekt",
            before: "före",
            after: "efter",
            outcomes: ["bryter mot", "kan inte bedömas", "godkänd avvikelse", "uppfyller"],
            no_finding: "ingen iakttagelse",
            becoming: ["tillkommer", "ändras", "försvinner"],
            resources: ["ny i referensen", "ändrad", "borta ur referensen"],
            as_what: "känns igen som",
        },
    }
}
