//! The words of the responsibility matrix.

use super::{Gap, Kind};
use viite_model::Language;

pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) reference: &'static str,
    pub(super) matrix: &'static str,
    pub(super) by_object: &'static str,
    pub(super) class: &'static str,
    pub(super) object: &'static str,
    pub(super) gaps: &'static str,
    pub(super) actors: &'static str,
    pub(super) ended: &'static str,
    pub(super) nothing: &'static str,
    kinds: [(&'static str, &'static str); Kind::ALL.len()],
    gap_names: [&'static str; 5],
}

impl Words {
    /// The sign in a cell.
    pub(super) fn sign(&self, kind: Kind) -> &'static str {
        self.kinds[kind as usize].0
    }

    pub(super) fn kind(&self, kind: Kind) -> &'static str {
        self.kinds[kind as usize].1
    }

    pub(super) fn gap(&self, gap: Gap) -> &'static str {
        self.gap_names[gap as usize]
    }
}

pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::Fi => &Words {
            title: "Vastuumatriisi",
            reference: "kansallinen viite",
            matrix: "Matriisi",
            by_object: "Kohteittain",
            class: "laji",
            object: "kohde",
            gaps: "puutteet",
            actors: "Toimijat",
            ended: "lakannut",
            nothing: "Mitään, mistä joku voisi vastata, ei ole kuvattu.",
            kinds: [
                ("A", "tilivelvollinen"),
                ("R", "vastuutaho"),
                ("C", "konsultoitava"),
                ("I", "tiedotettava"),
                ("va", "vastuussa (lähteen sana)"),
                ("os", "osallistuva"),
                ("om", "omistaja"),
                ("ve", "velvoite"),
            ],
            gap_names: [
                "ketään ei ole nimetty",
                "ei tilivelvollista",
                "useita tilivelvollisia",
                "ei vastuutahoa",
                "lakannut toimija",
            ],
        },
        Language::Sv => &Words {
            title: "Ansvarsmatris",
            reference: "nationella referensen",
            matrix: "Matris",
            by_object: "Per objekt",
            class: "slag",
            object: "objekt",
            gaps: "brister",
            actors: "Aktörer",
            ended: "upphörde",
            nothing: "Ingenting som någon kunde ansvara för är beskrivet.",
            kinds: [
                ("A", "ytterst ansvarig"),
                ("R", "ansvarig"),
                ("C", "konsulteras"),
                ("I", "informeras"),
                ("an", "ansvarig (källans ord)"),
                ("me", "medverkande"),
                ("äg", "ägare"),
                ("sk", "skyldighet"),
            ],
            gap_names: [
                "ingen är nämnd",
                "ingen ytterst ansvarig",
                "flera ytterst ansvariga",
                "ingen ansvarig",
                "aktör som upphört",
            ],
        },
        Language::En => &Words {
            title: "Responsibility matrix",
            reference: "national reference",
            matrix: "Matrix",
            by_object: "By object",
            class: "kind",
            object: "object",
            gaps: "gaps",
            actors: "Actors",
            ended: "ended",
            nothing: "Nothing that somebody could answer for is described.",
            kinds: [
                ("A", "accountable"),
                ("R", "responsible"),
                ("C", "consulted"),
                ("I", "informed"),
                ("re", "responsible (the source's word)"),
                ("co", "contributing"),
                ("ow", "owner"),
                ("du", "duty"),
            ],
            gap_names: [
                "nobody is named",
                "no accountable",
                "more than one accountable",
                "no responsible",
                "actor that has ended",
            ],
        },
    }
}
