//! SPARQL functions of our own, known to every query, rule and update.

use oxrdf::{Literal, NamedNode, Term};
use spareval::QueryEvaluator;
use viite_model::{Language, name, ns};

/// An evaluator that knows `viite:nameKey(?name)` and `viite:similarity(?a, ?b)`.
/// The language tag of a name chooses how it is stemmed.
pub(crate) fn evaluator() -> QueryEvaluator {
    let function = |local: &str| NamedNode::new_unchecked(format!("{}{local}", ns::VIITE));
    QueryEvaluator::new()
        .with_custom_function(function("nameKey"), |arguments| match arguments {
            [given] => {
                let (name, language) = text(given)?;
                Some(Literal::from(name::key(name, language)).into())
            }
            _ => None,
        })
        .with_custom_function(function("similarity"), |arguments| match arguments {
            [a, b] => Some(Literal::from(name::similarity(text(a)?, text(b)?)).into()),
            _ => None,
        })
}

fn text(term: &Term) -> Option<(&str, Option<Language>)> {
    match term {
        Term::Literal(literal) => Some((literal.value(), literal.language().and_then(Language::from_locale))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::{Answer, QueryOptions, prepare};
    use viite_store::Snapshot;

    fn ask(expression: &str) -> bool {
        let snapshot = Snapshot::from_quads(Vec::<oxrdf::Quad>::new()).unwrap();
        let query = prepare(&format!("ASK {{ FILTER({expression}) }}")).unwrap();
        match query.run(&snapshot, &QueryOptions::default()).unwrap() {
            Answer::Boolean(answer) => answer,
            _ => unreachable!(),
        }
    }

    #[test]
    fn names_are_folded_and_compared() {
        assert!(ask("viite:nameKey('Ajanvarauksen järjestelmä'@fi) = viite:nameKey('AJANVARAUS'@fi)"));
        assert!(ask("viite:similarity('Faktureringen'@sv, 'Fakturering'@sv) = 1"));
        assert!(ask("viite:similarity('Hoitokaari'@fi, 'Hoitokaara'@fi) > 0.8"));
        assert!(!ask("viite:similarity('Hoitokaari'@fi, 'Laskutus'@fi) > 0.5"));
    }

    #[test]
    fn what_is_no_text_has_no_key() {
        assert!(!ask("BOUND(?x) || viite:nameKey(<http://example.org/x>) = ''"));
        assert!(!ask("viite:nameKey('a', 'b') = 'a'"));
    }
}
