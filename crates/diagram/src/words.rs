//! What pictures say by themselves, in the three languages.

use viite_model::Language;

pub(crate) struct Words {
    /// `… and 7 more`
    more: [&'static str; 2],
    pub(crate) part: &'static str,
    pub(crate) boxes: [&'static str; 2],
    pub(crate) lines: [&'static str; 2],
    pub(crate) to: &'static str,
    pub(crate) ungrouped: &'static str,
    pub(crate) no_dates: &'static str,
    pub(crate) today: &'static str,
    pub(crate) unknown: &'static str,
    /// `{shown}` and `{all}` are put in.
    most_linked: &'static str,
    pub(crate) nothing: &'static str,
}

impl Words {
    /// `and 7 more`
    pub(crate) fn and_more(&self, count: usize) -> String {
        format!("{} {count} {}", self.more[0], self.more[1])
    }

    /// `A, B and 7 more`: so many names, and how many are left.
    pub(crate) fn list<'a>(&self, names: impl IntoIterator<Item = &'a str>, most: usize) -> String {
        let names: Vec<&str> = names.into_iter().collect();
        let shown = if names.len() > most + 1 { most } else { names.len() };
        let mut text = names[..shown].join(", ");
        if shown < names.len() {
            text = format!("{text} {}", self.and_more(names.len() - shown));
        }
        text
    }

    /// `1 box`, `7 boxes`
    pub(crate) fn count(count: usize, word: [&str; 2]) -> String {
        format!("{count} {}", word[usize::from(count != 1)])
    }

    /// `Integrations: the 150 boxes with the most links, of 900`
    pub(crate) fn most_linked(&self, title: &str, shown: usize, all: usize) -> String {
        let told = self.most_linked.replace("{shown}", &shown.to_string()).replace("{all}", &all.to_string());
        format!("{title}: {told}")
    }

    /// The title of one page of several.
    pub(crate) fn page(&self, title: &str, page: usize, of: usize) -> String {
        if of > 1 { format!("{title} ({} {page}/{of})", self.part) } else { title.to_owned() }
    }
}

pub(crate) fn words(language: Language) -> &'static Words {
    match language {
        Language::Fi => &FI,
        Language::Sv => &SV,
        Language::En => &EN,
    }
}

static EN: Words = Words {
    more: ["and", "more"],
    part: "part",
    boxes: ["thing", "things"],
    lines: ["link", "links"],
    to: "to",
    ungrouped: "Not grouped",
    no_dates: "Without dates",
    today: "today",
    unknown: "not told",
    most_linked: "the {shown} boxes with the most links, of {all}",
    nothing: "Nothing to show.",
};

static FI: Words = Words {
    more: ["ja", "muuta"],
    part: "osa",
    boxes: ["kohde", "kohdetta"],
    lines: ["yhteys", "yhteyttä"],
    to: "→",
    ungrouped: "Ryhmittelemättä",
    no_dates: "Ajankohta puuttuu",
    today: "tänään",
    unknown: "ei kerrottu",
    most_linked: "{shown} eniten kytkettyä ruutua, kaikkiaan {all}",
    nothing: "Ei näytettävää.",
};

static SV: Words = Words {
    more: ["och", "till"],
    part: "del",
    boxes: ["objekt", "objekt"],
    lines: ["samband", "samband"],
    to: "→",
    ungrouped: "Utan grupp",
    no_dates: "Utan tidpunkt",
    today: "i dag",
    unknown: "inte angivet",
    most_linked: "de {shown} rutor som har flest samband, av {all}",
    nothing: "Inget att visa.",
};
