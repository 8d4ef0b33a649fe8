//! The words of the review, in the three languages.

mod en;
mod fi;
mod sv;

use super::{Presence, Standing};
use viite_model::{Language, Outcome, State};

/// The words of one language.
pub(crate) struct Words {
    pub(crate) title: &'static str,
    pub(crate) subtitle: &'static str,
    pub(crate) region: &'static str,
    pub(crate) day: &'static str,
    pub(crate) revision: &'static str,
    pub(crate) described: &'static str,
    pub(crate) states: [&'static str; 2],
    pub(crate) no_pass: &'static str,

    pub(crate) in_short: &'static str,
    pub(crate) by_subject: &'static str,
    pub(crate) by_clause: &'static str,
    pub(crate) subject: &'static str,
    pub(crate) standing: &'static str,

    pub(crate) architecture: &'static str,
    pub(crate) architecture_about: &'static str,
    pub(crate) onwards: &'static str,
    pub(crate) onwards_about: &'static str,

    pub(crate) delivered: &'static str,
    pub(crate) delivered_about: &'static str,
    pub(crate) files: &'static str,
    pub(crate) file: &'static str,
    pub(crate) format: &'static str,
    pub(crate) imported: &'static str,
    pub(crate) by: &'static str,
    pub(crate) reading: &'static str,
    /// Lost, mended, kept, aside.
    pub(crate) fates: [&'static str; 4],
    pub(crate) reading_unknown: &'static str,
    pub(crate) nothing_noted: &'static str,
    pub(crate) losses: &'static str,
    pub(crate) losses_about: &'static str,
    pub(crate) place: &'static str,
    pub(crate) what: &'static str,
    pub(crate) why: &'static str,
    pub(crate) products: &'static str,
    pub(crate) products_about: &'static str,
    pub(crate) product: &'static str,
    pub(crate) presences: [&'static str; 3],
    pub(crate) rows: &'static str,
    pub(crate) what_to_deliver: &'static str,
    pub(crate) products_untold: &'static str,
    pub(crate) doubtful: &'static str,

    pub(crate) conformance: &'static str,
    pub(crate) conformance_about: &'static str,
    pub(crate) clause: &'static str,
    pub(crate) state: &'static str,
    pub(crate) judged: &'static str,
    pub(crate) outcomes: [&'static str; 4],
    pub(crate) assessable: &'static str,
    pub(crate) nothing_concerned: &'static str,
    pub(crate) failed_rules: &'static str,
    pub(crate) findings: &'static str,
    pub(crate) thing: &'static str,
    pub(crate) finding: &'static str,
    pub(crate) severity: &'static str,
    pub(crate) no_findings: &'static str,

    pub(crate) integrations: &'static str,
    pub(crate) integrations_about: &'static str,
    pub(crate) service: &'static str,
    pub(crate) standings: [&'static str; 5],
    pub(crate) who: &'static str,
    pub(crate) ground: &'static str,
    pub(crate) not_described: &'static str,

    pub(crate) duplicates: &'static str,
    pub(crate) duplicates_about: &'static str,
    pub(crate) no_duplicates: &'static str,
    pub(crate) things: &'static str,

    pub(crate) responsibilities: &'static str,
    pub(crate) responsibilities_about: &'static str,
    pub(crate) gap: &'static str,
    pub(crate) objects: &'static str,
    pub(crate) without_gap: &'static str,
    pub(crate) number: &'static str,
    pub(crate) nothing_to_answer_for: &'static str,

    pub(crate) stores: &'static str,
    pub(crate) stores_about: &'static str,
    pub(crate) store: &'static str,
    pub(crate) holds: &'static str,
    pub(crate) master_of: &'static str,
    pub(crate) copy_of: &'static str,
    pub(crate) copy_ground: &'static str,
    pub(crate) owner: &'static str,
    pub(crate) missing: &'static str,
    pub(crate) no_stores: &'static str,
    pub(crate) unplaced: &'static str,
    pub(crate) copies: &'static str,
    pub(crate) copies_without_ground: &'static str,

    pub(crate) deviations: &'static str,
    pub(crate) deviations_about: &'static str,
    pub(crate) no_deviations: &'static str,
    pub(crate) reason: &'static str,
    pub(crate) authority: &'static str,
    pub(crate) until: &'static str,
    pub(crate) ended: &'static str,
    pub(crate) in_force: &'static str,

    pub(crate) changes: &'static str,
    pub(crate) changes_about: &'static str,
    pub(crate) first_delivery: &'static str,
    pub(crate) compared_with: &'static str,
    pub(crate) new_state: &'static str,
    pub(crate) nothing_changed: &'static str,
    pub(crate) elements: &'static str,
    pub(crate) relationships: &'static str,
    pub(crate) change: &'static str,
    /// Added, changed, removed.
    pub(crate) changed: [&'static str; 3],
    pub(crate) kind: &'static str,
    pub(crate) from: &'static str,
    pub(crate) relation: &'static str,
    pub(crate) to: &'static str,
    pub(crate) before_after: &'static str,

    pub(crate) questions: &'static str,
    pub(crate) questions_about: &'static str,
    pub(crate) no_questions: &'static str,
    pub(crate) question: &'static str,
    pub(crate) of_what: &'static str,
    pub(crate) checks: &'static str,
    pub(crate) first_question: &'static str,
    pub(crate) more: &'static str,
}

impl Words {
    pub(crate) fn state(&self, state: State) -> &'static str {
        self.states[state as usize]
    }

    pub(crate) fn outcome(&self, outcome: Outcome) -> &'static str {
        self.outcomes[outcome as usize]
    }

    pub(crate) fn presence(&self, presence: Presence) -> &'static str {
        self.presences[presence as usize]
    }

    pub(crate) fn standing_of(&self, standing: Standing) -> &'static str {
        self.standings[standing as usize]
    }
}

/// The words of a language.
pub(crate) fn words(language: Language) -> &'static Words {
    match language {
        Language::Fi => &fi::WORDS,
        Language::Sv => &sv::WORDS,
        Language::En => &en::WORDS,
    }
}
