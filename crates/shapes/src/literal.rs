//! Literals by their value: whether the text is one of the datatype, and which of two is less.

use oxrdf::vocab::xsd;
use oxrdf::{Literal, Term};
use oxsdatatypes::{Decimal, Double};
use spareval::ExpressionTerm;
use std::cmp::Ordering;

/// Whether the text of a literal is one that its datatype has. Datatypes that are not known have every text.
pub(crate) fn is_well_formed(literal: &Literal) -> bool {
    let datatype = literal.datatype();
    let known = [
        xsd::BOOLEAN,
        xsd::INTEGER,
        xsd::DECIMAL,
        xsd::FLOAT,
        xsd::DOUBLE,
        xsd::DATE_TIME,
        xsd::DATE,
        xsd::TIME,
        xsd::DURATION,
        xsd::YEAR_MONTH_DURATION,
        xsd::DAY_TIME_DURATION,
    ];
    if known.contains(&datatype) {
        return !matches!(value(literal), ExpressionTerm::OtherTypedLiteral { .. });
    }
    match integer_range(literal) {
        Some((least, most)) => literal.value().parse::<i128>().is_ok_and(|number| (least..=most).contains(&number)),
        None => true,
    }
}

/// The least and the greatest value of the datatypes that are derived from `xsd:integer`.
fn integer_range(literal: &Literal) -> Option<(i128, i128)> {
    Some(match literal.datatype().as_str().strip_prefix("http://www.w3.org/2001/XMLSchema#")? {
        "byte" => (i8::MIN.into(), i8::MAX.into()),
        "short" => (i16::MIN.into(), i16::MAX.into()),
        "int" => (i32::MIN.into(), i32::MAX.into()),
        "long" => (i64::MIN.into(), i64::MAX.into()),
        "unsignedByte" => (0, u8::MAX.into()),
        "unsignedShort" => (0, u16::MAX.into()),
        "unsignedInt" => (0, u32::MAX.into()),
        "unsignedLong" => (0, u64::MAX.into()),
        "nonNegativeInteger" => (0, i128::MAX),
        "positiveInteger" => (1, i128::MAX),
        "nonPositiveInteger" => (i128::MIN, 0),
        "negativeInteger" => (i128::MIN, -1),
        _ => return None,
    })
}

/// How two values stand to each other under SPARQL's `<`; none when they cannot be compared.
pub(crate) fn compare(a: &Term, b: &Term) -> Option<Ordering> {
    use ExpressionTerm::*;
    let (Term::Literal(a), Term::Literal(b)) = (a, b) else { return None };
    match (value(a), value(b)) {
        (StringLiteral(a), StringLiteral(b)) => Some(a.cmp(&b)),
        (BooleanLiteral(a), BooleanLiteral(b)) => Some(a.cmp(&b)),
        (DateTimeLiteral(a), DateTimeLiteral(b)) => a.partial_cmp(&b),
        (DateLiteral(a), DateLiteral(b)) => a.partial_cmp(&b),
        (TimeLiteral(a), TimeLiteral(b)) => a.partial_cmp(&b),
        (IntegerLiteral(a), IntegerLiteral(b)) => Some(a.cmp(&b)),
        (a, b) => match (exact(&a), exact(&b)) {
            (Some(a), Some(b)) => a.partial_cmp(&b),
            _ => approximate(&a)?.partial_cmp(&approximate(&b)?),
        },
    }
}

fn value(literal: &Literal) -> ExpressionTerm {
    Term::from(literal.clone()).into()
}

fn exact(value: &ExpressionTerm) -> Option<Decimal> {
    match value {
        ExpressionTerm::IntegerLiteral(number) => Some((*number).into()),
        ExpressionTerm::DecimalLiteral(number) => Some(*number),
        _ => None,
    }
}

fn approximate(value: &ExpressionTerm) -> Option<Double> {
    match value {
        ExpressionTerm::IntegerLiteral(number) => Some((*number).into()),
        ExpressionTerm::DecimalLiteral(number) => Some((*number).into()),
        ExpressionTerm::FloatLiteral(number) => Some((*number).into()),
        ExpressionTerm::DoubleLiteral(number) => Some(*number),
        _ => None,
    }
}

/// Whether a language tag lies in a range, as `langMatches` has it.
pub(crate) fn language_matches(tag: &str, range: &str) -> bool {
    let (tag, range) = (tag.as_bytes(), range.as_bytes());
    range == b"*"
        || tag.len() >= range.len()
            && tag[..range.len()].eq_ignore_ascii_case(range)
            && tag.get(range.len()).is_none_or(|next| *next == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxrdf::NamedNode;

    fn typed(value: &str, datatype: &str) -> Literal {
        let datatype = NamedNode::new_unchecked(format!("http://www.w3.org/2001/XMLSchema#{datatype}"));
        Literal::new_typed_literal(value, datatype)
    }

    #[test]
    fn texts_that_are_no_values_of_their_datatype_are_told() {
        for (value, datatype) in [("2018-02-30", "date"), ("yes", "boolean"), ("300", "byte"), ("-1", "unsignedInt")] {
            assert!(!is_well_formed(&typed(value, datatype)), "{value} {datatype}");
        }
        for (value, datatype) in [("2018-02-28", "date"), ("1", "boolean"), ("-128", "byte"), ("+7", "positiveInteger")]
        {
            assert!(is_well_formed(&typed(value, datatype)), "{value} {datatype}");
        }
    }

    #[test]
    fn numbers_of_different_kinds_are_compared_by_value() {
        let compared = |a: Literal, b: Literal| compare(&a.into(), &b.into());
        assert_eq!(compared(typed("2", "integer"), typed("2.5", "decimal")), Some(Ordering::Less));
        assert_eq!(compared(typed("2.5", "double"), typed("2.5", "decimal")), Some(Ordering::Equal));
        assert_eq!(compared(typed("3", "integer"), typed("3", "string")), None);
        assert_eq!(compared(typed("2018-01-01", "date"), typed("2018-01-02", "date")), Some(Ordering::Less));
    }

    #[test]
    fn a_language_range_matches_whole_subtags() {
        assert!(language_matches("sv-FI", "SV"));
        assert!(!language_matches("sve", "sv"));
        assert!(language_matches("fi", "*"));
    }
}
