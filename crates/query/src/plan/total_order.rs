//! ORDER BY over values of any kind.
//!
//! SPARQL leaves open how a number compares with a string (section 15.1). The evaluator compares
//! numbers with each other by value and with strings by their text, which is no order at all when both
//! occur: 9 < 10, 10 < "5", "5" < 9. Sorting by the kind first keeps each kind to itself.

use oxrdf::vocab::{rdf, xsd};
use oxrdf::{Literal, NamedNode};
use spargebra::algebra::{Expression, Function, OrderExpression};

/// The conditions with the kind of each value before the value.
pub(super) fn by_kind_first(conditions: Vec<OrderExpression>) -> Vec<OrderExpression> {
    conditions
        .into_iter()
        .flat_map(|condition| match condition {
            OrderExpression::Asc(value) if may_mix(&value) => {
                vec![OrderExpression::Asc(kind(&value)), OrderExpression::Asc(value)]
            }
            OrderExpression::Desc(value) if may_mix(&value) => {
                vec![OrderExpression::Desc(kind(&value)), OrderExpression::Desc(value)]
            }
            alone => vec![alone],
        })
        .collect()
}

/// Whether the values of an expression can be of several kinds.
fn may_mix(value: &Expression) -> bool {
    !matches!(
        value,
        Expression::FunctionCall(
            Function::Str | Function::LCase | Function::UCase | Function::Concat | Function::Lang,
            _
        )
    )
}

/// A text that is the same for values that compare with each other in one way: none for what is no
/// literal, texts in any language, numbers, what is not a number, and each other datatype with and
/// without a time zone.
fn kind(value: &Expression) -> Expression {
    let value = || value.clone();
    let call = |function, arguments| Expression::FunctionCall(function, arguments);
    let text = |text: &str| Expression::Literal(Literal::from(text));
    let choose = |test, then, otherwise| Expression::If(Box::new(test), Box::new(then), Box::new(otherwise));
    let datatype = || call(Function::Datatype, vec![value()]);
    let is = |name: NamedNode| Expression::SameTerm(Box::new(datatype()), Box::new(Expression::NamedNode(name)));
    let is_text = Expression::Or(Box::new(is(xsd::STRING.into_owned())), Box::new(is(rdf::LANG_STRING.into_owned())));
    let is_number = Expression::Equal(Box::new(value()), Box::new(value())); // NaN is not itself
    let zone = call(Function::Regex, vec![call(Function::Str, vec![value()]), text("(Z|[+-][0-9][0-9]:[0-9][0-9])$")]);
    let other = call(
        Function::Concat,
        vec![text("3"), call(Function::Str, vec![datatype()]), choose(zone, text("zone"), text(""))],
    );
    choose(
        call(Function::IsLiteral, vec![value()]),
        choose(
            is_text,
            text("0"),
            choose(call(Function::IsNumeric, vec![value()]), choose(is_number, text("1"), text("2")), other),
        ),
        text(""),
    )
}
